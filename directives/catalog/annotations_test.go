package catalog

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// The embedded annotations decode without fault, use no key that a project file
// may not have, and use all of them but those about one project's data.
func TestEmbedded(t *testing.T) {
	y, findings := ParseYAML("airflow.yaml", EmbeddedSource())
	a, more := DecodeAnnotations(y)
	for _, d := range append(findings, more...) {
		t.Errorf("%d: %s", d.Span.Start, d.Message)
	}
	checkKeys(t, y, "defaults", "complete", "version")
	for i, note := range Embedded().Undeclared { // TestRenamedFacts looks at the renames
		if a.Undeclared[i].Reference != note.Reference {
			t.Errorf("%s is embedded as %s", a.Undeclared[i], note)
		}
	}
	for i, note := range Embedded().Sensitive {
		if a.Sensitive[i].Reference != note.Reference {
			t.Errorf("%s is embedded as %s", a.Sensitive[i], note)
		}
	}
	if n := len(Embedded().Sensitive); n != 11 {
		t.Errorf("%d sensitive options are mapped, want 11", n)
	}
	if note := Embedded().Effective.Of(Reference{"api_auth", "jwt_algorithm"}); note == nil || note.Value != "GUESS" {
		t.Error("the effective value of [api_auth] jwt_algorithm is missing")
	}
}

// checkKeys checks that the keys of a file are those of annotations less the absent.
func checkKeys(t *testing.T, y *YAML, absent ...string) {
	d := &Decoder{YAML: y}
	var keys []string
	for _, e := range d.Entries("the file", y.Root) {
		keys = append(keys, e.Key.Value)
	}
	known := KeyNames(d.AnnotationKeys(&Annotations{}))
	want := slices.DeleteFunc(known, func(s string) bool { return slices.Contains(absent, s) })
	slices.Sort(keys)
	slices.Sort(want)
	if !slices.Equal(keys, want) {
		t.Errorf("the keys are %v, want %v", keys, want)
	}
}

// The example in the package's documentation is one that the package reads.
func TestDocumentation(t *testing.T) {
	source, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(source), "# Annotations")
	text, _, _ = strings.Cut(text, "# Suggestions")
	var example strings.Builder
	for line := range strings.Lines(text) {
		if code, ok := strings.CutPrefix(line, "//\t"); ok {
			example.WriteString(code)
		}
	}
	y, findings := ParseYAML("doc.go", []byte(example.String()))
	_, more := DecodeAnnotations(y)
	for _, d := range append(findings, more...) {
		t.Errorf("%d: %s", d.Span.Start, d.Message)
	}
	checkKeys(t, y)
}

// The lines to paste for unmapped options are YAML that maps them.
func TestMappingLines(t *testing.T) {
	data := []byte(`core: {options: {Odd_name: {sensitive: true}, key: {sensitive: true}}}`)
	files := []File{{Path: "config.yml", Data: data}}
	c, _ := Load(files, Embedded())
	y, _ := ParseYAML("windsock.yaml", []byte(c.MappingLines(c.Unmapped(c.Options())...)))
	project, findings := DecodeAnnotations(y)
	c, _ = Load(files, Embedded().Extend(project))
	if len(findings) != 0 || len(c.Unmapped(c.Options())) != 0 || len(c.Stale()) != 0 {
		t.Errorf("%v, %v, %v:\n%s", findings, c.Unmapped(c.Options()), c.Stale(), y.Data)
	}
}

// In the lines to paste, names of components are what they were, whatever YAML makes of
// them without quotes.
func TestMappingLinesQuoteComponents(t *testing.T) {
	names := []string{"Workers", "yes", "~", "1.5", "A, B", "C: D", "# E", "- F", `"G"`, "'H'", "[I]", "two\nlines", " J ", "*K", "0x1F", strings.Repeat("long name ", 50)}
	known := &Annotations{}
	known.Sensitive = known.Sensitive.extended(Note[Sensitivity]{Reference: Reference{"core", "a"}, Value: Sensitivity{NeededBy: names}})
	c, _ := Load([]File{{Path: "config.yml", Data: []byte(`core: {options: {key: {sensitive: true}}}`)}}, known)
	lines := c.MappingLines(c.Options()...)
	y, findings := ParseYAML("windsock.yaml", []byte(lines))
	project, more := DecodeAnnotations(y)
	if got := project.Sensitive[0].Value.NeededBy; len(findings)+len(more) != 0 || !slices.Equal(got, known.Components()) {
		t.Errorf("%v, %v, got %q, want %q from\n%s", findings, more, got, known.Components(), lines)
	}
}
