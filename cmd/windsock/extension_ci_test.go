//go:build ci

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"windsock/docs"
	"windsock/fixtures"
)

// TestExtension builds the demo with Sphinx and the extension that "windsock init --sphinx"
// writes, with each Sphinx that is at hand.
func TestExtension(t *testing.T) {
	t.Run("installed", func(t *testing.T) { testExtension(t) })
	t.Run("newer", func(t *testing.T) { testExtension(t, "PYTHONPATH="+newerSphinx(t)) })
}

// newerSphinx returns the folder of a Sphinx that is newer than the one installed.
func newerSphinx(t *testing.T) string {
	t.Helper()
	script := fixtures.Shared(t, "oracle", "newer.sh")
	out, err := exec.Command("bash", script, filepath.Join(os.TempDir(), "windsock-newer-sphinx")).Output()
	if err != nil {
		t.Skipf("no newer Sphinx: %v", err)
	}
	return strings.TrimSpace(string(out))
}

// testExtension runs the builds of TestExtension with variables of the environment.
func testExtension(t *testing.T, env ...string) {
	t.Parallel() // most of the time is that of other programs
	d := newExtended(t, env...)
	first := d.build(t, "docs", "html", "-W", "-j", "2")
	if !strings.Contains(first.output, "build succeeded") {
		t.Errorf("the first build says\n%s", first.output)
	}
	// The page that tokens.rst includes is expanded too.
	if page := d.read("html/security/tokens.html"); strings.Contains(page, "airflow-") || !strings.Contains(textOf(page), "Clocks may differ by 10 seconds") {
		t.Errorf("what a page includes is not expanded:\n%s", textOf(page))
	}
	t.Run("nothing changed", func(t *testing.T) { d.reads(t, nil) })
	t.Run("data changed", func(t *testing.T) {
		d.replace("config.yml", `default: "10"`, `default: "20"`)
		d.reads(t, []string{"security/tokens"})
		d.reads(t, nil)
	})
	t.Run("page changed", func(t *testing.T) {
		d.write("docs/plain.rst", ":orphan:\n\nPlain\n=====\n\n.. airflow-config-default:: [core] parallelism\n")
		d.reads(t, []string{"plain"})
		d.reads(t, nil)
	})
	t.Run("warnings", func(t *testing.T) { extensionWarnings(t, d) })
	t.Run("trouble", func(t *testing.T) { extensionTrouble(t, d) })
}

// newExtended returns the demo with the extension in its conf.py.
func newExtended(t *testing.T, env ...string) *site {
	t.Helper()
	d := newDocs(t)
	d.env = append(d.env, env...)
	d.copyDemo()
	d.useWindsock()
	d.write("docs/windsock_ext.py", string(docs.SphinxExtension))
	d.write("docs/conf.py", d.read("docs/conf.py")+strings.Join(fenced(referencePage(t, "with-sphinx"), "python"), "\n"))
	return d
}

// extensionWarnings shows that findings, and Sphinx's own warnings, name the lines that
// the author wrote.
func extensionWarnings(t *testing.T, d *site) {
	d.write("docs/plain.rst", ":orphan:\n\nPlain\n=====\n\n.. airflow-config-default:: [api_auth] jwt_*\n   :columns: option, default\n   :caption: :nowhere:`x`\n\n"+
		"Set ``[core] laod_examples``.\n\n:ref:`nowhere`\n")
	b := d.build(t, "docs", "html")
	for _, want := range []string{
		"docs/plain.rst:10: WARNING: option [core] laod_examples does not exist; did you mean [core] load_examples?",
		"docs/plain.rst:12: WARNING: undefined label: 'nowhere'",
	} {
		if !strings.Contains(b.output, filepath.Join(d.folder, want)) {
			t.Errorf("no %q in\n%s", want, b.output)
		}
	}
	// The author's own words, which the expansion shows, stand on line 8.
	if !regexp.MustCompile(`(?m)^\S+/docs/plain\.rst:[68]: ERROR: Unknown interpreted text role "nowhere"\.`).MatchString(b.output) {
		t.Errorf("no warning about the caption in\n%s", b.output)
	}
	d.write("docs/plain.rst", ":orphan:\n\nPlain\n=====\n\nSet ``[core] laod_examples``.\n")
	if _, err := d.run(sphinx(t, "docs", "html", "-W")...); err == nil {
		t.Error("-W passes over findings")
	}
	if out, err := d.run(sphinx(t, "docs", "html", "-W", "-D", "suppress_warnings=windsock.unknown-option")...); err != nil || strings.Contains(out, "laod_examples") {
		t.Errorf("a finding cannot be suppressed: %v\n%s", err, out)
	}
}

// extensionTrouble shows that a build without windsock, or without its data, fails and
// says why.
func extensionTrouble(t *testing.T, d *site) {
	d.write("windsock.yaml", "confg: [config.yml]\n")
	out, err := d.run(sphinx(t, "docs", "html")...)
	if err == nil || !strings.Contains(out, "windsock could not work") || !strings.Contains(out, "did you mean config?") {
		t.Errorf("a project file that cannot be read: %v\n%s", err, out)
	}
	out, err = d.run(sphinx(t, "docs", "html", "-D", "windsock_command=windsock-of-no-kind")...)
	if err == nil || !strings.Contains(out, "windsock-of-no-kind is not on the PATH; install windsock") {
		t.Errorf("without windsock: %v\n%s", err, out)
	}
}

// reads builds the pages, and compares which of them are read with those that should
// be.
func (d *site) reads(t *testing.T, want []string) {
	t.Helper()
	if b := d.build(t, "docs", "html", "-W"); !slices.Equal(b.read, want) {
		t.Errorf("Sphinx read %v, want %v", b.read, want)
	}
}
