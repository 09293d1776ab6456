package expand_test

import (
	"testing"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/check"
	"windsock/directives/expand"
	"windsock/render"
)

// TestFixItems shows that the references of items and roles are mended where it is
// certain what was meant: old names and misspellings, with their backquotes, and nothing
// in a region whose directive stands elsewhere. A unit stays, also behind a tab or a line
// break.
func TestFixItems(t *testing.T) {
	const data = "core:\n  options:\n    parallelism: {default: '32', description: x, version_added: ~, type: string, example: ~}\n" +
		"api:\n  options:\n    secret_key: {default: '', description: x, version_added: ~, type: string, example: ~}\n"
	// A grid table stays as it is.
	const grid = "+--------------------------------------+\n| :airflow-defalt:`[core] parallelism` |\n+--------------------------------------+\n" +
		"| :airflow-default:`[core] paralelism` |\n+--------------------------------------+\n" +
		"| - .. airflow-config-defalt:: x       |\n+--------------------------------------+\n\n" +
		":airflow-defalt:`[core] parallelism`\n====================================\n"
	c, _ := catalog.Load([]catalog.File{{Path: "config.yml", Data: []byte(data)}}, catalog.Embedded())
	e := &expand.Expander{Catalog: c, Mode: expand.SourcesOnly, Bindings: []directives.Binding{
		{Begin: "START", End: "END", Directive: ".. airflow-config-default:: [core] paralelism"},
	}}
	page := ".. airflow-config-default::\n\n   [core] paralelism\n   ``[webserver] secret_key``\n   [core] nope\n\n" +
		".. START\n\nx\n\n.. END\n\n" +
		"Up to :airflow-default:`[core]\nparalelism : tasks`, :airflow-default:`[core]\tparalelism\t: tasks`.\n\n" + grid
	const want = ".. airflow-config-default::\n\n   [core] parallelism\n   ``[api] secret_key``\n   [core] nope\n\n" +
		".. START\n\nx\n\n.. END\n\n" +
		"Up to :airflow-default:`[core] parallelism : tasks`, :airflow-default:`[core] parallelism\t: tasks`.\n\n" + grid
	result := e.Expand(expand.Page{Path: "page.rst", Source: []byte(page)}, e.Reader().Read([]byte(page)))
	fixed, err := render.Splice([]byte(page), check.Fixes(result.Findings))
	if err != nil {
		t.Fatal(err)
	}
	if string(fixed) != want {
		t.Errorf("the page is mended to\n%s", fixed)
	}
}
