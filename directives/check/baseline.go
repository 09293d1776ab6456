package check

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"windsock/directives/finding"
)

// baselineVersion is the version of the baseline format.
const baselineVersion = 1

// A Baseline is a list of known findings, which are not reported. It identifies a finding by its
// page, its rule and its words, and counts equal ones, so that it still matches when lines move.
type Baseline struct {
	Version  int     `json:"version"`
	Findings []Known `json:"findings"`
}

// A Known finding is one entry of a baseline.
type Known struct {
	Path  string `json:"path"` // with slashes
	Rule  string `json:"rule"`
	Text  string `json:"text"`  // the words of the finding, with blanks for line breaks
	Count int    `json:"count"` // the number of equal findings in the page
}

// NewBaseline returns a baseline of the findings. relative converts the path of a finding to
// one relative to the baseline.
func NewBaseline(findings []finding.Located, relative func(path string) string) *Baseline {
	counts := map[Known]int{}
	for _, f := range findings {
		counts[known(f, relative)]++
	}
	b := &Baseline{Version: baselineVersion, Findings: make([]Known, 0, len(counts))}
	for k, n := range counts {
		k.Count = n
		b.Findings = append(b.Findings, k)
	}
	slices.SortFunc(b.Findings, compareKnown)
	return b
}

// compareKnown compares entries by path, rule and words.
func compareKnown(x, y Known) int {
	return cmp.Or(cmp.Compare(x.Path, y.Path), cmp.Compare(x.Rule, y.Rule), cmp.Compare(x.Text, y.Text))
}

// known returns the entry for a finding, without a count.
func known(f finding.Located, relative func(string) string) Known {
	words := bytes.Join(bytes.Fields([]byte(f.Text)), []byte(" "))
	return Known{Path: relative(f.Path), Rule: f.Rule, Text: string(words)}
}

// ReadBaseline parses a baseline file.
func ReadBaseline(data []byte) (*Baseline, error) {
	b := &Baseline{}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(b); err != nil {
		return nil, fmt.Errorf("no baseline: %w", err)
	}
	if b.Version != baselineVersion {
		return nil, fmt.Errorf("a baseline of version %d, which this windsock does not read", b.Version)
	}
	return b, nil
}

// Write returns the content of a baseline file.
func (b *Baseline) Write() ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(b)
	return out.Bytes(), err
}

// A Filter matches findings with the entries of a baseline.
type Filter struct {
	left     map[Known]int
	relative func(string) string
}

// Filter returns a filter for one run.
func (b *Baseline) Filter(relative func(path string) string) *Filter {
	f := &Filter{left: make(map[Known]int, len(b.Findings)), relative: relative}
	for _, k := range b.Findings {
		n := max(k.Count, 1)
		k.Count = 0
		f.left[k] += n
	}
	return f
}

// Left returns the entries, with their remaining counts, that no finding has matched so far,
// sorted by path.
func (f *Filter) Left() []Known {
	var left []Known
	for k, n := range f.left {
		if k.Count = n; n > 0 {
			left = append(left, k)
		}
	}
	slices.SortFunc(left, compareKnown)
	return left
}

// Knows reports whether the baseline contains a finding, and reduces the count of its entry. Of
// several equal findings, only as many are known as the entry counts.
func (f *Filter) Knows(found finding.Located) bool {
	k := known(found, f.relative)
	if f.left[k] == 0 {
		return false
	}
	f.left[k]--
	return true
}
