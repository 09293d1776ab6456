package expand_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"windsock/directives/catalog"
	"windsock/directives/expand"
	"windsock/fixtures"
)

// airflowCatalog loads Airflow's own configuration data.
func airflowCatalog(t *testing.T) *catalog.Catalog {
	t.Helper()
	var files []catalog.File
	for i, f := range fixtures.Data(t) {
		files = append(files, catalog.File{Path: f.Path, Data: f.Data, Provider: i > 0})
	}
	c, findings := catalog.Load(files, catalog.Embedded())
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return c
}

// TestTablesOfDefaults writes the three tables of defaults in Airflow's page on
// tokens as directives, and asks docutils whether the expansions read the same,
// cell by cell.
func TestTablesOfDefaults(t *testing.T) {
	path := fixtures.Shared(t, "corpus", "airflow", "airflow-core", "docs", "security", "jwt_token_authentication.rst")
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	e := &expand.Expander{Catalog: airflowCatalog(t)}
	var tables, pages []string
	rows := 0
	for _, table := range listTables(string(source)) {
		header := tableCells(table)[0]
		if header[0] != "Setting" && header[0] != "Parameter" {
			continue
		}
		rows += len(tableCells(table)) - 1
		page := asDirective(tableCells(table))
		r := e.Expand(expand.Page{Path: "page.rst", Source: []byte(page)}, e.Reader().Read([]byte(page)))
		if r.Blocked || len(r.Data) > 0 {
			t.Fatalf("%s\n%s", page, findingsText([]byte(page), r))
		}
		tables, pages = append(tables, table), append(pages, string(r.Output))
	}
	if len(tables) != 3 || rows != 3+3+12 {
		t.Fatalf("found %d tables with %d rows", len(tables), rows)
	}
	want, got := fixtures.ReadBack(t, tables), fixtures.ReadBack(t, pages)
	for i := range want {
		if got[i].Text != oneLine.ReplaceAllString(want[i].Text, "$1 $2") || len(got[i].Messages) > 0 {
			t.Errorf("docutils reads\n%s\nwant\n%s\nmessages %q", got[i].Text, want[i].Text, got[i].Messages)
		}
	}
}

// oneLine matches a line break within a paragraph.
var oneLine = regexp.MustCompile(`([^\n])\n([^\n])`)

// listTables returns the list-tables of a page, each as it stands there.
func listTables(page string) []string {
	return regexp.MustCompile(`(?m)^\.\. list-table::.*\n(?:(?:   .*)?\n)+`).FindAllString(page, -1)
}

// tableCells returns the cells of a list-table, as RST on one line each.
func tableCells(table string) [][]string {
	var rows [][]string
	for _, line := range strings.Split(table, "\n") {
		cell := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), "* "))
		switch {
		case strings.HasPrefix(line, "   * - "):
			rows = append(rows, []string{strings.TrimPrefix(cell, "- ")})
		case strings.HasPrefix(line, "     - "):
			rows[len(rows)-1] = append(rows[len(rows)-1], strings.TrimPrefix(cell, "- "))
		case strings.HasPrefix(line, "       "):
			row := rows[len(rows)-1]
			row[len(row)-1] += " " + cell
		}
	}
	return rows
}

// asDirective writes a table of options as an airflow-config-default directive:
// what is no number, no literal and not None is an author's own default.
func asDirective(rows [][]string) string {
	var b strings.Builder
	b.WriteString(".. airflow-config-default::\n   :header: " + strings.Join(rows[0], ", ") + "\n")
	if len(rows[0]) == 3 {
		b.WriteString("   :columns: option, default, description\n   :duration: short\n")
	}
	b.WriteString("\n")
	for _, row := range rows[1:] {
		b.WriteString("   " + row[0])
		number := strings.ContainsAny(row[1][:1], "0123456789") && !strings.Contains(row[1], "%")
		if number {
			b.WriteString(" : seconds")
		} else if row[1] != "None" && !strings.HasPrefix(row[1], "``") {
			b.WriteString("\n      :default: " + row[1])
		}
		b.WriteString("\n")
		if len(row) == 3 {
			b.WriteString("\n      " + row[2] + "\n")
		}
	}
	return b.String()
}

// TestOutputsReadWell asks docutils about the output of every case: where the
// author made no fault, docutils has none to report.
func TestOutputsReadWell(t *testing.T) {
	var names, pages []string
	fixtures.Cases(t, "expand/*.txtar", func(_ *testing.T, c *fixtures.Case) {
		for _, form := range []string{"output", "in-place"} {
			if page, ok := c.File(form); ok {
				names, pages = append(names, filepath.Base(c.Path)+" "+form), append(pages, string(page))
			}
		}
	})
	faults := []string{"near_miss.txtar", "place_literal.txtar", "bytes_kept.txtar", "role_near_miss.txtar", "near_miss_forms.txtar", "near_miss_none.txtar", "near_miss_slips.txtar"} // of the pages themselves
	for i, reading := range fixtures.ReadBack(t, pages) {
		if name, _, _ := strings.Cut(names[i], " "); len(reading.Messages) > 0 && !slices.Contains(faults, name) {
			t.Errorf("%s: docutils says %q", names[i], reading.Messages)
		}
	}
}
