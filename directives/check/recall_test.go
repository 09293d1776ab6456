package check_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"windsock/directives/catalog"
	"windsock/directives/check"
	"windsock/directives/finding"
	"windsock/fixtures"
	"windsock/grammar"
)

// A mention is a place of a page of the corpus that names an option, or says what the default
// of one is.
type mention struct {
	page          string
	line, column  int // from 1; the column in bytes
	form          string
	option        catalog.Reference
	value         string // the default that the place gives, "" where it names the option
	offset        int    // in the page
	words, broken string // what stands there, and what the test puts there
}

// mentions reads one of the lists of mentions in fixtures/check/recall.
func mentions(t testing.TB, name string, pages map[string][]byte) (all []mention) {
	t.Helper()
	list, err := os.ReadFile(filepath.Join(fixtures.Root(), "check", "recall", name))
	if err != nil {
		t.Fatal(err)
	}
	page := ""
	for line := range strings.Lines(string(list)) {
		switch line = strings.TrimRight(line, "\n"); {
		case line[0] == '#':
		case line[0] != ' ':
			page = line
		default:
			m := mention{page: page}
			if _, err := fmt.Sscanf(line+" ", " %d:%d %s %s %s %s", &m.line, &m.column, &m.form, &m.option.Section, &m.option.Name, &m.value); err != nil && m.option.Name == "" {
				t.Fatalf("%s: %q: %v", name, line, err)
			}
			m.locate(t, pages[page])
			all = append(all, m)
		}
	}
	return all
}

// locate finds the words of a mention in its page, and breaks them.
func (m *mention) locate(t testing.TB, source []byte) {
	t.Helper()
	lines := strings.SplitAfter(string(source), "\n")
	if m.line > len(lines) {
		t.Fatalf("%s has no line %d", m.page, m.line)
	}
	for _, line := range lines[:m.line-1] {
		m.offset += len(line)
	}
	m.offset += m.column - 1
	want := m.value
	if want == "" {
		want = m.option.Name
	}
	m.words = string(source[m.offset : m.offset+len(want)])
	if plain := strings.ReplaceAll(strings.ToLower(m.words), "-", "_"); plain != strings.ToLower(want) {
		t.Fatalf("%s:%d:%d: %q, not %s", m.page, m.line, m.column, m.words, want)
	}
	if m.value != "" {
		m.broken = otherValue(m.words)
	} else {
		m.broken = misspelt(m.words)
	}
}

// misspelt returns a word with two letters in its middle swapped.
func misspelt(word string) string {
	for i := len(word) / 2; i > 0; i-- {
		if a, b := word[i-1], word[i]; a != b && a != '_' && b != '_' && a != '-' && b != '-' {
			return word[:i-1] + string(b) + string(a) + word[i+1:]
		}
	}
	return word + "x"
}

// otherValue returns another value of the same kind.
func otherValue(value string) string {
	switch n, err := strconv.Atoi(value); {
	case err == nil:
		return strconv.Itoa(n + 3)
	case value == "True":
		return "False"
	case value == "False":
		return "True"
	}
	return misspelt(value)
}

// isFound reports whether a page with a mention broken has a finding at its place.
func (m *mention) isFound(c *check.Checker, source []byte) bool {
	broken := slices.Concat(source[:m.offset], []byte(m.broken), source[m.offset+len(m.words):])
	at := grammar.Span{Start: m.offset, End: m.offset + len(m.broken)}
	return slices.ContainsFunc(c.Page(c.Reader().Read(broken)).Findings, func(f finding.Finding) bool {
		return (f.Rule == finding.WrongDefault) == (m.value != "") && f.Span.Start < at.End && at.Start < f.Span.End
	})
}

// TestRecall breaks each mention of an option on Airflow's own pages, and each default that
// they give outside of tables, one at a time, and counts by form how many are found. "make
// soak" breaks all of them, "make test" one of several.
func TestRecall(t *testing.T) {
	c, files := corpus(t)
	pages := map[string][]byte{}
	for _, f := range files {
		pages[f.Path] = f.Data
	}
	fixtures.Cases(t, "check/recall/*.txtar", func(t *testing.T, tc *fixtures.Case) {
		found, of := map[string]int{}, map[string]int{}
		all := slices.Concat(mentions(t, "mentions.txt", pages), mentions(t, "defaults.txt", pages))
		for i := 0; i < len(all); i += fixtures.Rounds(6, 1) {
			m := &all[i]
			of[m.form]++
			if m.isFound(c, pages[m.page]) {
				found[m.form]++
			} else {
				t.Logf("missed: %s:%d:%d: %s %s: %q", m.page, m.line, m.column, m.form, m.option, m.broken)
			}
		}
		var got strings.Builder
		for _, form := range slices.Sorted(maps.Keys(of)) {
			fmt.Fprintf(&got, "%s: %d of %d\n", form, found[form], of[form])
		}
		tc.Want(t, [...]string{"sample", "all"}[fixtures.Rounds(0, 1)], got.String())
	})
}

// formerOption matches an entry of the lists of options that earlier versions declared.
var formerOption = regexp.MustCompile(`(?m)^"\[(\S+)\] (\S+)":`)

// TestFormer names each option that only earlier versions of Airflow declared in every form that
// names its section: all are found.
func TestFormer(t *testing.T) {
	c, _ := corpus(t)
	forms := []string{
		"Airflow\n\nSet ``[%s] %s``.\n", "Airflow\n\nSet [%[1]s] %[2]s.\n", "Airflow reads ``%s.%s``.\n", "Airflow: ``%[2]s`` in the ``[%[1]s]`` section.\n",
		"Airflow\n\nSee :ref:`config:%s__%s`.\n", "Airflow::\n\n  airflow config get-value %s %s\n", "Airflow::\n\n  [%s]\n  %s = x\n", "",
	}
	found, all := 0, 0
	for _, list := range []string{"former.yaml", "renamed.yaml"} {
		data, err := os.ReadFile(fixtures.Shared(t, "facts", list))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range formerOption.FindAllStringSubmatch(string(data), -1) {
			option := catalog.Reference{Section: m[1], Name: m[2]}
			if c.Catalog.Find(option) != nil || c.Catalog.IsOpen(option.Section) {
				continue
			}
			for _, form := range forms {
				page := fmt.Sprintf(form, option.Section, option.Name)
				if form == "" {
					page = "``" + option.EnvVar() + "``\n"
				}
				all++
				if len(c.Page(c.Reader().Read([]byte(page))).Findings) > 0 {
					found++
				} else {
					t.Logf("missed: %q", page)
				}
			}
		}
	}
	t.Logf("%d of %d", found, all)
	if found < all {
		t.Errorf("%d of %d options of earlier versions were found", found, all)
	}
}
