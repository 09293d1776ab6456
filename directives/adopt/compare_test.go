package adopt

import (
	"strings"
	"testing"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/check"
	"windsock/grammar"
	"windsock/render"
)

// readTables reads the list-tables of a page.
func readTables(source string) []*table {
	a := &Adopter{Expander: &directives.Expander{}}
	return a.tables([]byte(source))
}

// TestCompare shows what makes two tables read otherwise, and what does not.
func TestCompare(t *testing.T) {
	const first = `.. list-table:: A caption
   :header-rows: 1
   :widths: 40, 60
   :class: wide

   * - Option
     - Default
   * - One
       *two* ` + "``a  b``" + `
     - - a
       - b

         c
`
	for _, c := range []struct{ from, to, want string }{
		{"", "", ""},
		{"One\n       *two*", "One *two*", ""},
		{"\n\n   * - Option", "\n\n\n   * - Option", ""},
		{":widths: 40, 60", ":WIDTHS: 40 60", ""},
		{"   :widths: 40, 60\n   :class: wide", "   :class: wide\n   :widths: 40 60", ""},
		{"A caption", "A Caption", "the caption"},
		{"40, 60", "60 40", `the option "widths"`},
		{"   :class: wide\n", "", `the option "class"`},
		{"   :class: wide\n", "   :class: wide\n   :width: 5%\n", `the option "width"`},
		{"``a  b``", "``a b``", "One *two* ``a  b``"},
		{"*two*", "**two**", "One *two* ``a  b``"},
		{"*two*", "\n\n       *two*", "One *two* ``a  b``"},
		{"- - a\n       - b", "- * a\n       * b", "- a - b c"},
		{"b\n\n         c", "b\n         c", "- a - b c"},
		{"\n     - Default", "", "its rows have different numbers of cells"},
		{"   * - One", "   * - x\n     - y\n   * - One", "the number of rows"},
	} {
		a, b := readTables(first)[0], readTables(strings.Replace(first, c.from, c.to, 1))[0]
		got := ""
		if d := compare(a, b); d != nil {
			if got = d.what; d.cell != nil {
				got = strings.Join(strings.Fields(d.was), " ")
				c.want = strings.Join(strings.Fields(c.want), " ")
			}
		}
		if got != c.want {
			t.Errorf("with %q for %q: %q, want %q", c.to, c.from, got, c.want)
		}
	}
}

// TestProve shows that edits after which a page would read otherwise are given up.
func TestProve(t *testing.T) {
	data, _ := catalog.Load([]catalog.File{{Path: "config.yml", Data: []byte("core: {options: {x: {default: '1', type: string}}}")}}, nil)
	page := directives.Page{Path: "page.rst", Source: []byte(".. list-table::\n   :header-rows: 1\n\n   * - Option\n     - Default\n   * - ``[core] x``\n     - ``1``\n")}
	for _, c := range []struct{ written, want string }{
		{".. airflow-config-default::\n\n   [core] x\n", ""},
		{".. airflow-config-default::\n   :header: Option, Value\n\n   [core] x\n", "table 1"},
		{".. airflow-config-default::\n\n   [core] y\n", "option [core] y does not exist"},
		{"* .. airflow-config-default::\n\n     [core] x\n", "table 1"},
		{"Text.\n", "0 tables, not 1"},
	} {
		a := &Adopter{Expander: &directives.Expander{Catalog: data}, Checker: &check.Checker{Catalog: data}}
		e := a.Expander
		p := &pageAdoption{Adopter: a, page: page, lines: grammar.NewLines(page.Source)}
		p.before = e.Expand(page, e.Reader().Read(page.Source))
		p.report = Report{Verdicts: []Verdict{{}}, Edits: []render.Edit{{End: len(page.Source), New: []byte(c.written)}}}
		p.prove()
		if got := p.report.Verdicts[0].Reason; !strings.Contains(got, c.want) || (got == "") != (c.want == "") || (p.report.Edits == nil) != (c.want != "") {
			t.Errorf("%q: %q, want %q", c.written, got, c.want)
		}
	}
}
