package project

import (
	"reflect"
	"testing"

	"windsock/directives/finding"
	"windsock/fixtures"
)

// FuzzProject reads any bytes as a project file: what is wrong has a place in the
// file and a message, what is right reads the same each time, and its patterns
// can be asked about any path.
func FuzzProject(f *testing.F) {
	fixtures.Seed(f, "project/*.txtar", FileName)
	f.Add([]byte("config: [a]\nrules: {stale: off}\nregions:\n  - {begin: a, end: b, directive: 'c:: d'}\n"))
	f.Add([]byte("ignore: [**/a]\nexpand: {to: [x]}\nsensitive: {\"[a] b\": {needed-by: c}}\n"))
	f.Add([]byte("docs: &a [*a]\n"))
	start := defaults(".", nil)
	start.Path = FileName
	f.Fuzz(func(t *testing.T, data []byte) {
		p, findings := decodeOver(start, data)
		for _, d := range findings {
			if d.Rule != BadProject || d.Message == "" || d.Span.Start < 0 || d.Span.Len() < 0 || d.Span.End > len(data) {
				t.Fatalf("a finding without a place or a message: %+v", d)
			}
		}
		finding.Resolve(FileName, data, findings)
		again, same := decodeOver(start, data)
		if !reflect.DeepEqual(findings, same) {
			t.Fatalf("found %+v, then %+v", findings, same)
		}
		if len(findings) == 0 && !reflect.DeepEqual(p, again) {
			t.Fatalf("read %+v, then %+v", p, again)
		}
		if p.Ignore == start.Ignore {
			return
		}
		for _, path := range []string{"a.rst", "docs/a/b.rst", "../a.rst", string(data)} {
			if p.Ignore.Ignores(path) != again.Ignore.Ignores(path) {
				t.Errorf("%q is ignored, and is not", path)
			}
		}
	})
}

// decodeOver reads a project file over what start holds, which stays as it is.
func decodeOver(start *Project, data []byte) (*Project, []finding.Finding) {
	p := *start
	return &p, p.decode(data, knownRules)
}
