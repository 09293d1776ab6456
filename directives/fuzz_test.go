package directives_test

import (
	"bytes"
	"strings"
	"testing"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/fixtures"
	"windsock/grammar"
)

// FuzzExpand expands any bytes, in both forms, and checks what holds for every
// page: bytes outside the edits are unchanged, the output holds no directive that
// was expanded, and expanding it again changes nothing.
func FuzzExpand(f *testing.F) {
	fixtures.Seed(f, "expand/*.txtar", "page.rst")
	data := demoData(f)
	cat, _ := catalog.Load(data, catalog.Embedded())
	f.Fuzz(func(t *testing.T, source []byte) {
		for _, mode := range []directives.Mode{directives.OutputTree, directives.InPlace} {
			e := &directives.Expander{Catalog: cat, Mode: mode, Bindings: bindings, Force: true}
			doc := e.Reader().Read(source)
			r := e.Expand(directives.Page{Path: "page.rst", Source: source}, doc)
			if r.Blocked {
				if !bytes.Equal(r.Output, source) {
					t.Fatal("a blocked page was changed")
				}
				continue
			}
			keepsWater(t, doc, r)
			again := e.Reader().Read(r.Output)
			if second := e.Expand(directives.Page{Path: "page.rst", Source: r.Output}, again); !bytes.Equal(second.Output, r.Output) {
				t.Fatalf("expanding %q gives %q, and that %q", source, r.Output, second.Output)
			}
		}
	})
}

// keepsWater checks that all text between what is windsock's stands in the output
// in its order.
func keepsWater(t *testing.T, doc *grammar.Document, r directives.Result) {
	t.Helper()
	rest := r.Output
	for _, n := range doc.Nodes {
		if n.Directive != nil || n.Comment != nil || insideExpansion(n.Span, r) {
			continue
		}
		// What an edit may take from its neighbours is the margin of its own line.
		text := bytes.TrimRight(n.Span.Of(doc.Source), " \t")
		at := bytes.Index(rest, text)
		if at < 0 {
			t.Fatalf("%q of the source is not in the output %q", text, r.Output)
		}
		rest = rest[at+len(text):]
	}
}

// insideExpansion reports whether a span lies in a region that was renewed.
func insideExpansion(s grammar.Span, r directives.Result) bool {
	for _, x := range r.Expansions {
		if x.Managed && x.Source.Contains(s) {
			return true
		}
	}
	return false
}

// TestManyDirectives expands a page of ten thousand directives and as many faults:
// a page that is twice as long must not take four times the work, which a test
// that hangs would show.
func TestManyDirectives(t *testing.T) {
	page := []byte(strings.Repeat(".. airflow-config-default:: [core] parallelism\n\n.. airflow-config-default:: [core] paralelism\n\n", 10_000))
	cat, _ := catalog.Load(demoData(t), catalog.Embedded())
	e := &directives.Expander{Catalog: cat}
	r := e.Expand(directives.Page{Path: "page.rst", Source: page}, e.Reader().Read(page))
	if !r.Blocked || len(r.Diagnostics) != 10_000 {
		t.Errorf("%d findings", len(r.Diagnostics))
	}
}
