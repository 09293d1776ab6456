package main

import (
	"encoding/json"
	"html"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"windsock/fixtures"
)

// TestDemo builds the demo's output tree with Sphinx, which warns of nothing. Tables hold
// what "windsock list" prints, and an author's ":name:", ":class:" and ":caption:", and the
// value in a title, are where they lead to.
func TestDemo(t *testing.T) {
	t.Parallel() // most of the time is Sphinx's
	d := newDocs(t)
	d.copyDemo()
	d.write("docs/asked.rst", ":orphan:\n\nAsked\n=====\n\n"+
		".. airflow-config-default:: [api_auth] *\n   :columns: option, env-var, type\n\n"+
		".. airflow-sensitive-vars::\n   :columns: option, env-var, type\n")
	d.must(windsock(t), "expand", "docs", "-o", "docs-expanded")
	d.build(t, "docs-expanded", "html", "-W")

	asked := [][][]string{{{"Option", "Environment variable", "Type"}}, {{"Option", "Environment variable", "Type"}}}
	for _, o := range d.listed(t) {
		row := []string{"[" + o.Section + "] " + o.Option, o.EnvVar, o.Type}
		if o.Section == "api_auth" {
			asked[0] = append(asked[0], row)
		}
		if o.Sensitive {
			asked[1] = append(asked[1], row)
		}
	}
	slices.SortFunc(asked[1][1:], func(a, b []string) int { return strings.Compare(a[1], b[1]) })
	if tables := tablesOf(d.read("html/asked.html")); !reflect.DeepEqual(tables, asked) {
		t.Errorf("tables read\n%q, want\n%q", tables, asked)
	}
	for page, want := range map[string]string{
		"html/index.html":            `href="security/secrets.html#who-needs-what"><span class="std std-ref">Who needs what</span>`,
		"html/security/secrets.html": `<table class="airflow-sensitive-matrix docutils align-default" id="who-needs-what">`,
		"html/security/tokens.html":  `<span class="caption-text">Tokens of tasks</span>`,
		"html/settings.html":         `<h2>Dag bundles, seen every 300 seconds (5 minutes)`,
	} {
		if !strings.Contains(d.read(page), want) {
			t.Errorf("%s does not hold %s", page, want)
		}
	}
}

// listed returns the options that windsock lists.
func (d *site) listed(t *testing.T) []listedOption {
	t.Helper()
	var l listing
	if err := json.Unmarshal([]byte(d.must(windsock(t), "list", "--format", "json")), &l); err != nil || len(l.Options) == 0 {
		t.Fatalf("%d options: %v", len(l.Options), err)
	}
	return l.Options
}

// A site is a folder in which documentation is built.
type site struct{ *workdir }

// newDocs returns an empty folder to build documentation in.
func newDocs(t *testing.T) *site {
	t.Helper()
	fixtures.Python(t)
	return &site{newWorkdir(t, "LC_ALL=C.UTF-8")}
}

// copyDemo copies the demo tree into the folder.
func (d *site) copyDemo() {
	d.t.Helper()
	must(d.t, os.CopyFS(d.folder, os.DirFS(filepath.Join(fixtures.Root(), "airflow"))))
}

// sphinx returns the command that builds HTML.
func sphinx(t *testing.T, src, out string, flags ...string) []string {
	t.Helper()
	return append([]string{fixtures.Python(t), "-m", "sphinx", "-N", "-b", "html", src, out}, flags...)
}

// A sphinxBuild is what a run of Sphinx printed, and the names of the pages that it
// read one by one, sorted.
type sphinxBuild struct {
	output string
	read   []string
}

// readingLine is what Sphinx prints for each page that it reads, one by one.
var readingLine = regexp.MustCompile(`(?m)^reading sources\.\.\. \[ *\d+%\] (\S+)\s*$`)

// build builds documentation, which must succeed.
func (d *site) build(t *testing.T, src, out string, flags ...string) sphinxBuild {
	t.Helper()
	b := sphinxBuild{output: d.must(sphinx(t, src, out, flags...)...)}
	for _, m := range readingLine.FindAllStringSubmatch(b.output, -1) {
		b.read = append(b.read, m[1])
	}
	slices.Sort(b.read)
	return b
}

// filesBelow reads the files below a folder that end in ext, by their names without
// it.
func filesBelow(t *testing.T, folder, ext string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	err := filepath.WalkDir(folder, func(path string, e os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ext) {
			return err
		}
		text, err := os.ReadFile(path)
		rel, _ := filepath.Rel(folder, path)
		files[strings.TrimSuffix(filepath.ToSlash(rel), ext)] = string(text)
		return err
	})
	must(t, err)
	return files
}

// The parts of the tables that Sphinx writes.
var (
	htmlTable = regexp.MustCompile(`(?s)<table.*?</table>`)
	htmlRow   = regexp.MustCompile(`(?s)<tr.*?</tr>`)
	htmlCell  = regexp.MustCompile(`(?s)<t[hd][ >].*?</t[hd]>`)
	htmlTag   = regexp.MustCompile(`<[^>]*>`)
)

// tablesOf returns the texts of the cells of the tables on a page.
func tablesOf(page string) (tables [][][]string) {
	for _, table := range htmlTable.FindAllString(page, -1) {
		var rows [][]string
		for _, row := range htmlRow.FindAllString(table, -1) {
			var cells []string
			for _, cell := range htmlCell.FindAllString(row, -1) {
				cells = append(cells, textOf(cell))
			}
			rows = append(rows, cells)
		}
		tables = append(tables, rows)
	}
	return tables
}

// textOf returns the words of HTML, with one blank between them.
func textOf(page string) string {
	return strings.Join(strings.Fields(html.UnescapeString(htmlTag.ReplaceAllString(page, ""))), " ")
}
