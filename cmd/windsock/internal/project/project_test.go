package project

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/fixtures"
)

// knownRules are the rules that project files in the fixtures may name.
var knownRules = []string{"unknown-option", "deprecated-option", "stale", "orphan"}

// Each case is a folder with a project file; "want" is what is read in it. A file
// "run" holds the working folder, then the PATHs of the command line.
func TestCases(t *testing.T) {
	fixtures.Cases(t, "project/*.txtar", func(t *testing.T, c *fixtures.Case) {
		t.Chdir(t.TempDir())
		folder, paths := unpack(t, c)
		t.Chdir(folder)
		c.Want(t, "want", describe(Find(".", "", paths, knownRules)))
	})
}

// unpack writes the files of a case into the working folder. A byte that is no
// UTF-8 is spelled ^xff in them.
func unpack(t *testing.T, c *fixtures.Case) (folder string, paths []string) {
	folder = "."
	for _, name := range c.Names() {
		data, _ := c.File(name)
		switch name {
		case "want":
		case "run":
			words := strings.Fields(string(data))
			folder, paths = words[0], words[1:]
		default:
			must(t, os.MkdirAll(filepath.Dir(name), 0o777))
			must(t, os.WriteFile(name, bytes.ReplaceAll(data, []byte("^xff"), []byte{0xff}), 0o666))
		}
	}
	must(t, os.MkdirAll(folder, 0o777))
	return folder, paths
}

// must ends the test on an error.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// describe returns a line for all that a project says, or for each error.
func describe(p *Project, err error) string {
	var b strings.Builder
	if err != nil {
		describeError(&b, err)
		return b.String()
	}
	line := func(name, value string) {
		if value != "" && value != "." {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	line("project", p.Path)
	line("folder", p.Folder)
	line("checkout", p.Checkout)
	if p.IsWhole() {
		line("data", "whole")
	}
	describePaths(&b, "config", func() ([]string, error) { return p.Config.Files() })
	describePaths(&b, "providers", func() ([]string, error) { return p.Providers.Files() })
	describePaths(&b, "docs", p.Docs.Paths)
	line("airflow", strings.Join(p.Airflow, " "))
	line("to", p.Expand.To)
	if p.Expand.InPlace {
		line("expand", "in-place")
	}
	line("ignored", ignored(p))
	line("literal", strings.Join(p.LiteralDirectives, " "))
	for _, rule := range slices.Sorted(maps.Keys(p.Rules)) {
		line("rule "+rule, p.Rules[rule].String())
	}
	line("baseline", p.Baseline)
	for _, note := range p.Annotations.Sensitive {
		line("sensitive "+note.String(), fmt.Sprintf("%s %q", note.Value.Description, note.Value.NeededBy))
	}
	if len(p.Regions) == 0 || &p.Regions[0] != &AirflowRegions[0] {
		for _, r := range p.Regions {
			line("region", fmt.Sprintf("%s … %s on line %d: %q", r.Begin, r.End, r.Declared.Line, r.Directive))
		}
	}
	return b.String()
}

// describePaths adds the paths that a key's globs match.
func describePaths(b *strings.Builder, name string, match func() ([]string, error)) {
	paths, err := match()
	if err != nil {
		describeError(b, err)
	}
	for _, path := range paths {
		fmt.Fprintf(b, "%s: %s\n", name, path)
	}
}

// describeError adds an error, with the words that it is about under it.
func describeError(b *strings.Builder, err error) {
	var broken *Error
	if !errors.As(err, &broken) {
		fmt.Fprintln(b, err)
		return
	}
	for _, f := range broken.Findings {
		fmt.Fprintf(b, "%s: %s [%s]\n", place(f), f.Message, f.Rule)
		if f.Help != "" {
			fmt.Fprintf(b, "   help: %s\n", f.Help)
		}
		if f.Severity != finding.Error {
			fmt.Fprintf(b, "   severity: %s\n", f.Severity)
		}
	}
}

// place returns where a finding stands, and the words there.
func place(f finding.Located) string {
	words := strings.ToValidUTF8(f.Text, "^xff")
	return fmt.Sprintf("%s:%d:%d (%s)", f.Path, f.Start.Line, f.Start.Column, words)
}

// ignored returns the files below the working folder that are ignored.
func ignored(p *Project) string {
	var paths []string
	fs.WalkDir(os.DirFS("."), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && p.Ignore.Ignores(path) {
			paths = append(paths, path)
		}
		return err
	})
	return strings.Join(paths, " ")
}

// The project file that "windsock init" writes is one that windsock reads, and
// the lines that it comments out are ones too; between them they name every key.
func TestTemplate(t *testing.T) {
	surroundings := []Surroundings{{}, {Checkout: true}, {Docs: []string{"docs/source"}}, {Config: []string{"config.yml"}}, {Providers: checkoutProviders}}
	for _, s := range surroundings {
		text := Template(s, catalog.EmbeddedSource())
		p := defaults(t.TempDir(), nil)
		if findings := p.decode(text, knownRules); len(findings) > 0 {
			t.Errorf("%+v: %v", s, findings)
		}
		if got := len(p.Annotations.Sensitive); got != 0 {
			t.Errorf("%+v: %d sensitive options are no comments", s, got)
		}
		if !strings.Contains(string(text), "\"[core] fernet_key\":\n") {
			t.Errorf("%+v: no word about the sensitive options", s)
		}
	}
	var all strings.Builder
	_, keys, _ := strings.Cut(string(Template(Surroundings{}, nil)), "\n") // the first line is for editors
	for _, line := range example.FindAllStringSubmatch(strings.Replace(keys, "# expand: in-place\n", "", 1), -1) {
		all.WriteString(line[1] + "\n")
	}
	p := defaults(t.TempDir(), nil)
	if findings := p.decode([]byte(all.String()), knownRules); len(findings) > 0 {
		t.Errorf("%v", findings)
	}
	whole := string(Template(Surroundings{}, catalog.EmbeddedSource()))
	for _, key := range projectKeys() {
		if !regexp.MustCompile("(?m)^(# )?" + key + ":").MatchString(whole) {
			t.Errorf("no word about %s", key)
		}
	}
}

// example matches a line of the template that holds a key or goes on with one, commented out.
var example = regexp.MustCompile("(?m)^# ((?:[a-z-]+:|  ).*)$")

// The template for a checkout, of Airflow 3 or 2, says what holds in it without a project file.
func TestTemplateOfCheckout(t *testing.T) {
	for _, config := range checkoutConfigs {
		t.Chdir(t.TempDir())
		must(t, os.MkdirAll(filepath.Dir(config), 0o777))
		must(t, os.WriteFile(config, nil, 0o666))
		s := Survey(".")
		if !s.Checkout {
			t.Fatal("the checkout was not seen")
		}
		must(t, os.WriteFile(FileName, Template(s, nil), 0o666))
		p, err := Find(".", "", nil, nil)
		must(t, err)
		if !p.IsWhole() {
			t.Errorf("%s: the project file names other data than the checkout's:\n%s", config, p.Source)
		}
	}
}

// Survey finds the Sphinx project where people keep it.
func TestSurvey(t *testing.T) {
	for _, docs := range docsFolders {
		folder := t.TempDir()
		must(t, os.MkdirAll(filepath.Join(folder, docs), 0o777))
		must(t, os.WriteFile(filepath.Join(folder, docs, "conf.py"), nil, 0o666))
		if s := Survey(folder); !slices.Equal(s.Docs, []string{docs}) || s.Checkout {
			t.Errorf("%s: got %+v", docs, s)
		}
	}
	if s := Survey(t.TempDir()); s.Checkout || s.KnowsData() || s.Docs != nil {
		t.Errorf("in an empty folder: %+v", s)
	}
}

// A flag's globs are errors that name the flag where they match nothing.
func TestFlagGlobs(t *testing.T) {
	t.Chdir(t.TempDir())
	must(t, os.MkdirAll("a/b", 0o777))
	must(t, os.WriteFile("a/b/c.yml", nil, 0o666))
	must(t, os.WriteFile("a/[x].yml", nil, 0o666))
	for glob, want := range map[string]string{
		"a/**/*.yml":  "[a/[x].yml a/b/c.yml] <nil>",
		"./a/b/c.yml": "[a/b/c.yml] <nil>",
		"a/[x].yml":   "[a/[x].yml] <nil>",
		"a/{b,z}/*":   "[a/b/c.yml] <nil>",
		"a/b":         "[] --config a/b: it is a folder, not a file",
		"a/d.yml":     "[] --config a/d.yml: there is no such file",
		"**/d.yml":    "[] --config **/d.yml: it matches nothing",
		"n/**/d.yml":  "[] --config n/**/d.yml: it matches nothing",
		"a/[b":        "[] --config a/[b: it is not a glob: a bracket or brace in it is not closed",
	} {
		files, err := FlagGlobs("--config", []string{glob}).Files()
		if got := fmt.Sprint(files, " ", err); got != want {
			t.Errorf("%s: got %s, want %s", glob, got, want)
		}
	}
}

// A project file that the user names is read wherever it lies, with the defaults
// around it.
func TestOpen(t *testing.T) {
	t.Chdir(t.TempDir())
	must(t, os.MkdirAll("etc", 0o777))
	must(t, os.WriteFile("etc/mine.yaml", []byte("ignore: [/a.rst]\n"), 0o666))
	must(t, os.WriteFile(FileName, []byte("baseline: b.json\n"), 0o666))
	p, err := Find(".", "etc/mine.yaml", nil, nil)
	must(t, err)
	if !p.Ignore.Ignores("etc/a.rst") || p.Ignore.Ignores("a.rst") || p.Baseline != "" || len(p.Regions) != 2 {
		t.Errorf("got %+v", p)
	}
	if _, err := Find(".", "nowhere.yaml", nil, nil); err == nil || err.Error() != "cannot read nowhere.yaml: no such file or directory" {
		t.Errorf("got %v", err)
	}
}

// A project that requires a later windsock is refused with a clear sentence, even if it has
// keys that only that knows.
func TestRequires(t *testing.T) {
	t.Chdir(t.TempDir())
	must(t, os.WriteFile(FileName, []byte("requires: \">=1.4\"\nmarvels: [a]\n"), 0o666))
	p, _ := Find(".", "", nil, nil)
	for version, want := range map[string]string{
		"v1.3.9":                 "windsock.yaml:1:12: the project needs windsock 1.4 or later, and this is 1.3.9",
		"v1.4.0":                 "<nil>",
		"v2.0.0":                 "<nil>",
		"v0.0.0-20261130-abcdef": "<nil>",
		"":                       "<nil>",
	} {
		if got := fmt.Sprint(p.Unmet(version)); got != want {
			t.Errorf("%s: got %s, want %s", version, got, want)
		}
	}
}
