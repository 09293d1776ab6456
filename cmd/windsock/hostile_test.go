package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"windsock/fixtures"
)

// caseFiles returns the files with a name of all cases, by names of their own in a folder. Half
// of the cases do for make test.
func caseFiles(t *testing.T, folder, name string) map[string]string {
	t.Helper()
	files, cases := make(map[string]string), 0
	fixtures.Cases(t, "*/*.txtar", func(t *testing.T, c *fixtures.Case) {
		if cases++; cases%fixtures.Rounds(2, 1) > 0 {
			return
		}
		for i, of := range c.Names() {
			if data, ok := c.File(of); ok && (of == name || name == "page.rst" && path.Ext(of) == ".rst") {
				of := fmt.Sprintf("%s-%s-%d%s", filepath.Base(filepath.Dir(c.Path)), strings.TrimSuffix(filepath.Base(c.Path), ".txtar"), i, path.Ext(name))
				files[path.Join(folder, of)] = string(data)
			}
		}
	})
	return files
}

// hostilePages returns the pages of all cases, and pages with strings that are hard to read
// where windsock reads names and values.
func hostilePages(t *testing.T) map[string]string {
	files := caseFiles(t, "pages", "page.rst")
	random := rand.New(rand.NewPCG(fixtures.Random(t), 7))
	all := append([]string{}, fixtures.HardStrings...)
	for range fixtures.Rounds(100, 3000) {
		all = append(all, fixtures.RandomString(random))
	}
	for i, s := range all {
		if len(s) > 1000 {
			continue // others measure long ones
		}
		files[fmt.Sprintf("pages/hard-%d.rst", i)] = fmt.Sprintf(".. airflow-config-default:: %[1]s\n\n.. airflow-config-default::\n   :caption: %[1]s\n\n   %[1]s\n      :default: %[1]s\n\n"+
			".. airflow-sensitive-vars:: %[1]s\n   :%[1]s: %[1]s\n\n:airflow-default:`%[1]s` :airflow-default: `%[1]s`\n\n.. windsock: %[1]s\n\n.. windsock: ignore[%[1]s]\n\n.. csv-table::\n\n   \"%[1]s\", .. airflow-config-default:: %[1]s\n", s)
	}
	return files
}

// useDemoData makes the data of the cases for check that of the working folder.
func useDemoData(t *testing.T) {
	t.Helper()
	for _, name := range []string{"config.yml", "provider.yaml"} {
		data := fileText(t, filepath.Join(fixtures.Root(), "check", name))
		writeFiles(t, map[string]string{name: data})
	}
	writeFiles(t, map[string]string{"windsock.yaml": "config: [config.yml]\nproviders: [provider.yaml]\n"})
}

// TestNoStackTrace shows that no command ends in a stack trace, whatever pages, data,
// project files and arguments it reads. Many runs over all pages are left to "make soak".
func TestNoStackTrace(t *testing.T) {
	t.Chdir(t.TempDir())
	try := func(input string, args ...string) {
		t.Helper()
		if out := printedOf(input, args...); strings.Contains(out, "goroutine ") || strings.Contains(out, "a bug in windsock") {
			at := max(strings.Index(out, "a bug in windsock")-200, 0)
			t.Errorf("windsock %s prints\n%.2000s", strings.Join(args, " "), out[at:])
		}
	}
	useDemoData(t)
	writeFiles(t, hostilePages(t))
	pages, err := filepath.Glob("pages/*.rst")
	if err != nil || len(pages) < 300 {
		t.Fatal(len(pages), err)
	}
	var warnings strings.Builder
	for i, s := range fixtures.HardStrings {
		fmt.Fprintf(&warnings, "out/hard-%d.rst:%d: WARNING: %s\n%s:1: out/%s\n", i, 3*i, s, s, s)
		try("", "explain", s)
		try("", "completion", "words", "windsock "+s+" --")
	}
	try("", append([]string{"list"}, fixtures.HardStrings...)...)
	try("", append([]string{"uses"}, fixtures.HardStrings...)...)
	try("", append([]string{"inspect", "--format", "json"}, pages...)...)
	for i, line := range []string{
		"check pages --format sarif", "expand pages -o out", "remap out", "check --fix pages", "expand -w --force pages", "adopt -w pages",
		"init", "check pages", "inspect pages/hard-0.rst", "adopt pages", "verify pages", "verify -w pages", "verify pages -o out", "check --write-baseline pages", "check pages",
	} {
		if i < fixtures.Rounds(7, 100) {
			try(warnings.String(), strings.Fields(line)...)
		}
	}

	writeFiles(t, map[string]string{"docs/page.rst": ".. airflow-sensitive-vars::\n   :style: matrix\n\n.. airflow-config-default:: [core] *\n\n.. START\n\n.. END\n"})
	for _, kind := range []struct{ name, flag string }{{"config.yml", "--config"}, {"provider.yaml", "--providers"}, {"windsock.yaml", "--project"}} {
		files := caseFiles(t, kind.name+".d", kind.name)
		writeFiles(t, files)
		for i, name := range slices.Sorted(maps.Keys(files)) {
			if i%fixtures.Rounds(4, 1) == 0 {
				try("", "verify", "docs", kind.flag, name)
			}
		}
	}
}

// TestFixIsDone shows that after check --fix another changes nothing more, and that what is
// written in is not wrong by itself.
func TestFixIsDone(t *testing.T) {
	t.Chdir(t.TempDir())
	useDemoData(t)
	files := caseFiles(t, "pages", "page.rst")
	writeFiles(t, files)
	before := foundIn(t)
	printed("check", "--fix", "pages")
	fixed, changed := make(map[string]string), 0
	for name := range files {
		text := fileText(t, name)
		if fixed[name] = text; fixed[name] != files[name] {
			changed++
		}
	}
	if changed < 10 {
		t.Errorf("only %d pages are mended", changed)
	}
	for name, findings := range foundIn(t) {
		for finding, n := range findings {
			// Behind what was no directive others may come to light, and the default that a
			// page claims for a misspelt option.
			hidden := before[name]["near-miss"]+before[name]["bad-directive"] > 0 || strings.HasPrefix(finding, "wrong-default")
			if !hidden && n > before[name][finding] {
				t.Errorf("%s: --fix makes the finding %q", name, finding)
			}
		}
	}
	if out := printed("check", "--fix", "pages"); strings.Contains(out, "corrected") {
		t.Errorf("a second --fix corrects more: %.300s", out[strings.LastIndex(out[:len(out)-1], "\n")+1:])
	}
	for name := range files {
		if text, _ := os.ReadFile(name); string(text) != fixed[name] {
			t.Errorf("%s: a second --fix changes it again", name)
		}
	}
}

// foundIn returns how many findings of each rule, and of each rule with the same words, each
// page below pages has.
func foundIn(t *testing.T) map[string]map[string]int {
	t.Helper()
	var report struct {
		Findings []struct{ Path, Rule, Text string }
	}
	must(t, json.Unmarshal([]byte(printed("check", "--format", "json", "pages")), &report))
	found := make(map[string]map[string]int)
	for _, f := range report.Findings {
		if found[f.Path] == nil {
			found[f.Path] = make(map[string]int)
		}
		found[f.Path][f.Rule]++
		found[f.Path][f.Rule+" "+f.Text]++
	}
	return found
}
