package main

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"windsock/directives"
	"windsock/fixtures"
)

// TestDemoUsesEveryForm shows that the pages of the demo hold every directive, option,
// value of an option and column, the role, and all other forms that authors write.
func TestDemoUsesEveryForm(t *testing.T) {
	pages := ""
	for _, folder := range []string{"docs", "providers"} {
		for _, page := range filesBelow(t, filepath.Join(fixtures.Root(), "airflow", folder), ".rst") {
			pages += page
		}
	}
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
