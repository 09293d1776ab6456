package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"windsock/directives"
	"windsock/fixtures"
)

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

// TestDemoUsesEveryForm shows that the pages of the demo hold every directive, option,
// value of an option and column, the role, and all other forms that authors write.
func TestDemoUsesEveryForm(t *testing.T) {
	pages := demoPages(t)
	forms := []string{
		":" + directives.Role().Name + ":`", "| " + directives.Types()[1], ".. windsock: " + directives.Types()[1], ".. include:: ",
		directives.Types()[0] + ":: self", directives.Types()[0] + ":: all", directives.Types()[0] + ":: providers", "] jwt_*",
		"     - .. " + directives.Types()[1], "\n   - [", "\n   AIRFLOW__", " : seconds", "\n      :default: ", ":style: matrix",
	}
	for _, d := range directives.Definitions() {
		forms = append(forms, ".. "+d.Type+"::")
		for _, o := range d.Options {
			forms = append(forms, ":"+o.Name+": ")
		}
	}
	columns := strings.Join(regexp.MustCompile(`:columns: .*`).FindAllString(pages, -1), ",") + ","
	for _, c := range directives.Columns() {
		if !strings.Contains(columns, " "+c.Name+",") {
			t.Errorf("no table of the demo has the column %s", c.Name)
		}
	}
	for _, form := range forms {
		if !strings.Contains(pages, form) {
			t.Errorf("no page of the demo holds %q", form)
		}
	}
}

// demoPages returns the text of all pages of the demo's docs.
func demoPages(t *testing.T) string {
	t.Helper()
	var text strings.Builder
	root := filepath.Join(fixtures.Root(), "airflow")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if filepath.Ext(path) != ".rst" || !strings.Contains(path, "docs") || err != nil {
			return err
		}
		page, err := os.ReadFile(path)
		text.Write(page)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return text.String()
}
