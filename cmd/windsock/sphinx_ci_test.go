//go:build ci

package main

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"windsock/fixtures"
)

// TestDemoAgain builds the demo's two output trees with Sphinx, which warns of nothing, and
// reads again only what shows a default that changed.
func TestDemoAgain(t *testing.T) {
	t.Parallel() // most of the time is Sphinx's
	d := newDocs(t)
	d.copyDemo()
	expand := []string{windsock(t), "expand", "docs", "providers/celery/docs", "--each-to", "docs-expanded"}
	d.must(expand...)
	d.build(t, "docs-expanded", "html", "-W")
	d.build(t, "providers/celery/docs-expanded", "html/celery", "-W")

	t.Run("names", func(t *testing.T) { demoNames(t, d) })
	t.Run("nothing changed", func(t *testing.T) {
		d.must(expand...)
		if b := d.build(t, "docs-expanded", "html", "-W"); b.read != nil {
			t.Errorf("Sphinx read %v", b.read)
		}
	})
	t.Run("data changed", func(t *testing.T) {
		before := filesBelow(t, d.path("docs-expanded"), ".rst")
		d.replace("config.yml", `default: "10"`, `default: "20"`)
		d.must(expand...)
		want := differing(before, filesBelow(t, d.path("docs-expanded"), ".rst"))
		want = slices.DeleteFunc(want, func(name string) bool { return name == "includes/clocks" }) // which tokens includes
		if b := d.build(t, "docs-expanded", "html", "-W"); !slices.Contains(want, "security/tokens") || !slices.Equal(b.read, want) {
			t.Errorf("Sphinx read %v, want %v", b.read, want)
		}
	})
}

// TestRecipe builds the demo with Sphinx and the lines for conf.py that the README
// gives, in several processes, and holds the HTML against that of an output tree.
func TestRecipe(t *testing.T) {
	t.Parallel() // most of the time is that of other programs
	d := newDocs(t)
	d.copyDemo()
	// What a page includes is read by Sphinx itself.
	d.replace("docs/security/tokens.rst", ".. include:: /includes/clocks.rst\n", "")
	for i := range 6 {
		d.write(fmt.Sprintf("docs/plain%d.rst", i), fmt.Sprintf(":orphan:\n\nPlain %d\n=======\n\nText.\n", i))
	}
	d.write("docs/plain5.rst", ":orphan:\n\nPlain 5\n=======\n\nThere are :airflow-default:`[core] parallelism`.\n")
	d.must(windsock(t), "expand", "docs", "-o", "docs-expanded")
	d.write("docs/conf.py", d.read("docs/conf.py")+strings.Join(fenced(readme(t), "python"), "\n"))
	d.useWindsock()

	first := d.build(t, "docs", "html", "-W", "-j", "2")
	if !strings.Contains(first.output, "reading sources... [100%] ") || !strings.Contains(first.output, " .. ") {
		t.Errorf("the first build does not read several pages at once:\n%s", first.output)
	}
	d.build(t, "docs-expanded", "html-expanded", "-W", "-j", "2")
	sameHTML(t, d, "html", "html-expanded")

	showing := d.showing(t)
	t.Run("nothing changed", func(t *testing.T) { d.reads(t, nil) })
	t.Run("data changed", func(t *testing.T) {
		d.replace("config.yml", `default: "10"`, `default: "20"`)
		d.reads(t, showing)
		d.reads(t, nil)
	})
	t.Run("data came", func(t *testing.T) {
		d.write("providers/foo/provider.yaml", "package-name: apache-airflow-providers-foo\nconfig: {foo: {options: {a: {type: string, default: ~}}}}\n")
		d.reads(t, showing)
	})
	t.Run("project file changed", func(t *testing.T) {
		d.write("windsock.yaml", d.read("windsock.yaml")+"\n")
		d.reads(t, showing)
	})
	t.Run("page changed", func(t *testing.T) {
		d.write("docs/plain1.rst", ":orphan:\n\nPlain\n=====\n\n.. airflow-config-default:: [core] parallelism\n")
		d.reads(t, []string{"plain1"})
	})
	t.Run("findings", func(t *testing.T) { recipeFindings(t, d) })
	t.Run("trouble", func(t *testing.T) { recipeTrouble(t, d) })
}

// recipeFindings shows that findings are warnings of Sphinx's at their own lines, and
// that a page on which something cannot be expanded is read again when the data changes.
func recipeFindings(t *testing.T, d *docs) {
	d.write("docs/plain2.rst", ":orphan:\n\nPlain\n=====\n\n.. airflow-config-default:: [api_auth] jwt_*\n\nSet ``[core] laod_examples``.\n")
	d.write("docs/plain3.rst", ":orphan:\n\nPlain\n=====\n\n.. airflow-config-default:: [core] later\n")
	b := d.build(t, "docs", "html")
	for _, want := range []string{
		"docs/plain2.rst:8: WARNING: option [core] laod_examples does not exist; did you mean [core] load_examples?\n",
		"docs/plain3.rst:6: WARNING: option [core] later does not exist",
	} {
		if !strings.Contains(b.output, filepath.Join(d.folder, want)) {
			t.Errorf("no %q in\n%s", want, b.output)
		}
	}
	if _, err := d.run(sphinx(t, "docs", "html", "-E", "-W")...); err == nil {
		t.Error("-W passes over findings")
	}
	if out, err := d.run(sphinx(t, "docs", "html", "-D", "suppress_warnings=windsock.unknown-option")...); err != nil || strings.Contains(out, "laod_examples") {
		t.Errorf("a finding cannot be suppressed: %v\n%s", err, out)
	}
	d.replace("config.yml", "core:\n  description: ~\n  options:\n", "core:\n  description: ~\n  options:\n    later: {type: string, default: now}\n")
	if b := d.build(t, "docs", "html"); !slices.Contains(b.read, "plain3") || strings.Contains(b.output, "later") {
		t.Errorf("read %v:\n%s", b.read, b.output)
	}
}

// recipeTrouble shows that a build without windsock, or without its data, fails and
// says why.
func recipeTrouble(t *testing.T, d *docs) {
	d.write("windsock.yaml", "confg: [config.yml]\n")
	out, err := d.run(sphinx(t, "docs", "html")...)
	if err == nil || !strings.Contains(out, "windsock could not work") || !strings.Contains(out, "did you mean config?") {
		t.Errorf("a project file that cannot be read: %v\n%s", err, out)
	}
	python := sphinx(t, "docs", "html")
	if python[0], err = exec.LookPath(python[0]); err != nil {
		t.Fatal(err)
	}
	d.env = append(d.env, "PATH="+t.TempDir())
	out, err = d.run(python...)
	if err == nil || !strings.Contains(out, "windsock is not on the PATH") {
		t.Errorf("without windsock: %v\n%s", err, out)
	}
}

// useWindsock puts this windsock on the PATH.
func (d *docs) useWindsock() {
	d.env = append(d.env, "PATH="+filepath.Dir(windsock(d.t))+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// reads builds the pages, and compares which of them are read with those that should
// be.
func (d *docs) reads(t *testing.T, want []string) {
	t.Helper()
	if b := d.build(t, "docs", "html", "-W"); !slices.Equal(b.read, want) {
		t.Errorf("Sphinx read %v, want %v", b.read, want)
	}
}

// ours matches a directive, a region or a role of windsock's.
var ours = regexp.MustCompile(`(?m)^[ *#.-]*\.\. (windsock: )?(\|\w+\| )?airflow-(sensitive-vars|config-default)::|:airflow-default:`)

// showing returns the demo's pages that hold something of windsock's, sorted.
func (d *docs) showing(t *testing.T) []string {
	t.Helper()
	var names []string
	pages := filesBelow(t, d.path("docs"), ".rst")
	for name, text := range pages {
		if ours.MatchString(text) && !strings.HasPrefix(name, "includes/") {
			names = append(names, name)
		}
	}
	if len(names) == 0 || len(names) == len(pages) {
		t.Fatalf("%d of %d pages show something", len(names), len(pages))
	}
	slices.Sort(names)
	return names
}

// sameHTML compares the pages of two builds.
func sameHTML(t *testing.T, d *docs, a, b string) {
	t.Helper()
	left, right := filesBelow(t, d.path(a), ".html"), filesBelow(t, d.path(b), ".html")
	if len(left) == 0 || !maps.Equal(left, right) {
		t.Errorf("%d pages in %s, %d in %s; not the same: %v", len(left), a, len(right), b, differing(left, right))
	}
}

// TestMakefile changes the Makefile of sphinx-quickstart as the README says, and
// makes HTML with it.
func TestMakefile(t *testing.T) {
	t.Parallel() // most of the time is that of other programs
	d := newDocs(t)
	d.useWindsock()
	d.must(fixtures.Python(t), "-m", "sphinx.cmd.quickstart", "-q", "-p", "Demo", "-a", "Airflow", "-v", "1", "docs")
	d.write("lines", strings.Join(fenced(readme(t), "diff"), "\n")+"\n")
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

// demoNames looks in the HTML of the demo for what an author's ":name:", ":class:" and
// ":caption:" lead to, and for what stands in a title and on a provider's page.
func demoNames(t *testing.T, d *docs) {
	for page, want := range map[string]string{
		"html/index.html":            `href="security/secrets.html#who-needs-what"><span class="std std-ref">Who needs what</span>`,
		"html/security/secrets.html": `<table class="airflow-sensitive-matrix docutils align-default" id="who-needs-what">`,
		"html/security/tokens.html":  `<span class="caption-text">Tokens of tasks</span>`,
		"html/settings.html":         `<h2>Dag bundles, seen every 300 seconds (5 minutes)`,
		"html/celery/index.html":     `<span class="pre">AIRFLOW__CELERY__BROKER_URL</span>`,
	} {
		if !strings.Contains(d.read(page), want) {
			t.Errorf("%s does not hold %s", page, want)
		}
	}
}
