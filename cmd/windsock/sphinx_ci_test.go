//go:build ci

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"windsock/fixtures"
)

// useWindsock puts this windsock on the PATH.
func (d *site) useWindsock() {
	d.env = append(d.env, "PATH="+filepath.Dir(windsock(d.t))+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// TestMakefile changes the Makefile of sphinx-quickstart as docs/with-sphinx.md says, and
// makes HTML with it.
func TestMakefile(t *testing.T) {
	t.Parallel() // most of the time is that of other programs
	d := newDocs(t)
	d.useWindsock()
	d.must(fixtures.Python(t), "-m", "sphinx.cmd.quickstart", "-q", "-p", "Demo", "-a", "Airflow", "-v", "1", "docs")
	d.write("lines", strings.Join(fenced(referencePage(t, "with-sphinx"), "diff"), "\n")+"\n")
	d.must(fixtures.Program(t, "git", "git"), "apply", "lines")
	d.write("windsock.yaml", "config: [config.yml]\ndocs: [docs]\n")
	d.write("config.yml", "core: {options: {parallelism: {type: integer, default: \"32\"}}}\n")
	d.write("docs/plain.rst", ":orphan:\n\nPlain\n=====\n")
	d.write("docs/page.rst", ":orphan:\n\nPage\n====\n\n.. airflow-config-default:: [core] parallelism\n")

	html := []string{fixtures.Program(t, "make", "make"), "-C", "docs", "html", "SPHINXBUILD=" + fixtures.Python(t) + " -m sphinx"}
	d.must(html...)
	if !strings.Contains(d.read("docs/_build/html/page.html"), "<p>32</p>") {
		t.Error("the page does not show the default")
	}
	if out := d.must(html...); readingLine.MatchString(out) {
		t.Errorf("a second run reads pages:\n%s", out)
	}
	d.replace("config.yml", "32", "64")
	if out := d.must(html...); !strings.Contains(out, "] page") || strings.Contains(out, "] plain") {
		t.Errorf("new data does not make one page be read:\n%s", out)
	}
	if !strings.Contains(d.read("docs/_build/html/page.html"), "<p>64</p>") {
		t.Error("the page does not show the new default")
	}
	t.Run("warning", func(t *testing.T) {
		d.write("docs/page.rst", d.read("docs/page.rst")+"\n.. airflow-config-default:: [core] *\n\n:ref:`nowhere`\n")
		if out := d.must(html...); !strings.Contains(out, d.path("docs/page.rst")+":10: WARNING: undefined label: 'nowhere'") {
			t.Errorf("no warning on the line that the author wrote:\n%s", out)
		}
		d.replace("docs/page.rst", "nowhere`", "nowhere`.") // or Sphinx would not read it again
		if out, err := d.run(append(html, "SPHINXOPTS=-W")...); err == nil {
			t.Errorf("-W passes over a warning:\n%s", out)
		}
	})
	t.Run("error", func(t *testing.T) {
		d.replace("docs/page.rst", "parallelism", "paralelism")
		if out, err := d.run(html...); err == nil || !strings.Contains(out, "page.rst:6:29: error: ") {
			t.Errorf("what cannot be expanded does not stop make: %v\n%s", err, out)
		}
	})
	d.must(html[0], "-C", "docs", "help")
}
