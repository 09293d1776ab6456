package check

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"windsock/directives/finding"
)

// baselineVersion is the version of the format of baselines.
const baselineVersion = 1

// A Baseline holds findings that are known and not to be reported. A finding is
// known by its page, its rule and its words, and by how many like it there are, so
// that it is found again when lines move.
type Baseline struct {
	Version  int     `json:"version"`
	Findings []Known `json:"findings"`
}

// A Known finding is one entry of a baseline.
type Known struct {
	Path  string `json:"path"` // with "/"
	Rule  string `json:"rule"`
	Text  string `json:"text"`  // the words that the finding is about, blanks for line breaks
	Count int    `json:"count"` // how many findings of the page are like this one
}

// NewBaseline returns a baseline of the findings. relative gives a finding's path
// as the baseline holds it.
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

// compareKnown orders entries by path, rule and words.
func compareKnown(x, y Known) int {
	return cmp.Or(cmp.Compare(x.Path, y.Path), cmp.Compare(x.Rule, y.Rule), cmp.Compare(x.Text, y.Text))
}

// known returns the entry of a finding, without a count.
func known(f finding.Located, relative func(string) string) Known {
	words := bytes.Join(bytes.Fields([]byte(f.Text)), []byte(" "))
	return Known{Path: relative(f.Path), Rule: f.Rule, Text: string(words)}
}

// ReadBaseline reads the file of a baseline.
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

// Write returns the file of a baseline.
func (b *Baseline) Write() ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(b)
	return out.Bytes(), err
}

// A Filter leaves out the findings that a baseline knows.
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

// Left returns what is left of the baseline's entries, which the findings so far did not
// need, in the order of their paths.
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

// Knows reports whether the baseline holds a finding, and counts it: of several
// findings that are alike only as many are known as the baseline holds.
func (f *Filter) Knows(found finding.Located) bool {
	k := known(found, f.relative)
	if f.left[k] == 0 {
		return false
	}
	f.left[k]--
	return true
}
