package expand_test

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/expand"
	"windsock/fixtures"
	"windsock/grammar"
)

// FuzzExpand expands any bytes, in an output tree and in place, and checks what
// holds for every page: bytes outside the edits are unchanged, the output holds no
// directive that was expanded, and expanding it again changes nothing. Both outputs are
// read alike, but for comments.
func FuzzExpand(f *testing.F) {
	fixtures.Seed(f, "expand/*.txtar", "page.rst")
	f.Add([]byte("- items\n\f.. airflow-config-default:: [core] parallelism")) // its margin is a form feed
	f.Add([]byte(".. airflow-config-default::\n\n   [core] parallelism\n      As :airflow-default:`[co\x93re] x`."))
	f.Add([]byte(".. airflow-sensitive-vars:: cncf.kubernetes\x1dBelow, to docutils.\n"))
	f.Add([]byte(".. note:: .. airflow-config-default:: [core] parallelism\n\n . text\n"))
	forms := fuzzedForms(f)
	f.Fuzz(func(t *testing.T, source []byte) {
		var outlines [][]string
		for _, e := range forms {
			if r := expandAny(t, e, source); !r.Blocked && len(unexpanded(r)) == 0 {
				outlines = append(outlines, outline(e, r.Output))
			}
		}
		if len(outlines) == len(forms) && !slices.Equal(outlines[0], outlines[1]) {
			t.Errorf("%q becomes in an output tree\n%q\nand in place\n%q", source, outlines[0], outlines[1])
		}
	})
}

// outline returns the elements of a page with their text, less the comments that mark regions.
func outline(e *expand.Expander, page []byte) (elements []string) {
	for el := range e.Reader().Read(page).Root.All() {
		if el.Comment != nil && directives.MarksRegion(el.Comment, e.Bindings) {
			continue
		}
		elements = append(elements, el.Kind.String()+" "+grammar.Join(el.Text).Value)
	}
	return elements
}

// FuzzContent expands a directive with any options and content between two
// paragraphs, in the form that the number of bytes selects. Beside what holds for every
// page, line endings must not matter, and what an author wrote into an item must not
// leave its table: below the expansion stands the second paragraph.
func FuzzContent(f *testing.F) {
	for _, d := range contentSeeds {
		f.Add(d.sensitive, d.options, d.content)
	}
	forms := fuzzedForms(f)
	f.Fuzz(func(t *testing.T, sensitive bool, options, content string) {
		kind := "airflow-config-default"
		if sensitive {
			kind = "airflow-sensitive-vars"
		}
		directive := ".. " + kind + "::\n" + indented(options) + "\n" + indented(content)
		source := []byte("Above.\n\n" + directive + "\nBelow.\n")
		e := forms[len(source)%len(forms)]
		r := expandAny(t, e, source)
		if r.Blocked || len(r.Expansions) == 0 {
			return
		}
		sameWithCRLF(t, e, "page.rst", source, r)
		if !sensitive {
			endsBelow(t, e, r.Output)
		}
	})
}

// contentSeeds are options and content of both directives.
var contentSeeds = []struct {
	sensitive        bool
	options, content string
}{
	{false, ":columns: option, default, description\n:header: A, B, C\n:widths: 1 2 3", "[core] parallelism : tasks\n   Text.\nFree text\n   :default: ``1``\n\n   * more"},
	{false, ":duration: short\n:caption: *c*\n:stub-columns: 1", "- [api_auth] jwt_expiration_time : seconds\n- AIRFLOW__CORE__DAGS_FOLDER\n  :default: x"},
	{true, ":style: matrix\n:component: Scheduler, API Server", "Set these::\n\n  a=1\n\n* item"},
	{false, ":columns: ", "[core] paralle\x00lism : a\x14   Text."}, // no column, and a body without words
	{false, "*.*\x1dm\x1d=", "a\rb\r-\u2028c"}, // lines that end in other ways
	{true, ":columns: env-var, needed-by\n:section: core\n:describe: data\n:name: n\n:class: c", "  quote\n\n.. note:: x"},
}

// lineBreak matches all that ends a line to docutils.
var lineBreak = regexp.MustCompile(`\r\n|[\n\r\x1c-\x1e\x{85}\x{2028}\x{2029}]`)

// indented returns lines with the margin that a directive's own lines have.
func indented(text string) string {
	if text == "" {
		return ""
	}
	return "   " + lineBreak.ReplaceAllString(strings.TrimRight(text, "\n"), "$0   ") + "\n"
}

// endsBelow checks that the last element of a page is the paragraph that stood
// below the directive, at the margin.
func endsBelow(t *testing.T, e *expand.Expander, output []byte) {
	t.Helper()
	children := e.Reader().Read(output).Root.Children
	last := children[len(children)-1]
	if last.Kind != grammar.Paragraph || string(bytes.TrimSpace(last.Span.Of(output))) != "Below." {
		t.Fatalf("the expansion includes what stands below: %q", output)
	}
}

// fuzzedForms returns the expanders of both forms for the demo's data.
func fuzzedForms(f *testing.F) []*expand.Expander {
	cat, _ := catalog.Load(demoData(f), catalog.Embedded())
	var forms []*expand.Expander
	for _, mode := range []expand.Mode{expand.OutputTree, expand.InPlace} {
		forms = append(forms, &expand.Expander{Catalog: cat, Mode: mode, Bindings: bindings, Force: true})
	}
	return forms
}

// expandAny expands a page and checks what holds for every page.
func expandAny(t *testing.T, e *expand.Expander, source []byte) expand.Result {
	t.Helper()
	reader := e.Reader()
	doc := reader.Read(source)
	r := e.Expand(expand.Page{Path: "page.rst", Source: source}, doc)
	if r.Blocked {
		if !bytes.Equal(r.Output, source) {
			t.Fatal("a blocked page was changed")
		}
		return r
	}
	again := doc
	if !bytes.Equal(r.Output, source) {
		again = reader.Read(r.Output)
	}
	if len(unexpanded(r)) == 0 {
		keepsRest(t, doc, r)
		for in := range rolesOf(again) {
			t.Fatalf("expanding %q leaves %q", source, in.Span.Of(r.Output))
		}
	}
	for _, n := range again.Nodes {
		if n.Directive != nil && directives.Define(n.Directive.Type.Value) != nil {
			t.Fatalf("expanding %q leaves a directive: %q", source, r.Output)
		}
	}
	if again == doc {
		return r // expanding it again would be the same once more
	}
	if second := e.Expand(expand.Page{Path: "page.rst", Source: r.Output}, again); !bytes.Equal(second.Output, r.Output) {
		t.Fatalf("expanding %q gives %q, and that %q", source, r.Output, second.Output)
	}
	return r
}

// keepsRest checks that all text between what is windsock's stands in the output
// in its order. Of a page with roles that is said of its letters and digits: blanks
// keep columns, and the lines of titles grow.
func keepsRest(t *testing.T, doc *grammar.Document, r expand.Result) {
	t.Helper()
	// An edit may replace of its neighbours the margin of its own line.
	kept := func(text []byte) []byte { return bytes.TrimRight(text, " \t\v\f") }
	var roles []grammar.Span
	for _, x := range r.Expansions {
		if strings.EqualFold(x.Type.Value, directives.Role().Name) {
			roles = append(roles, x.Source)
		}
	}
	rest := r.Output
	if len(roles) > 0 {
		kept, rest = letters, letters(rest)
	}
	for _, piece := range between(doc, roles, r) {
		text := kept(piece.Of(doc.Source))
		at := bytes.Index(rest, text)
		if at < 0 {
			t.Fatalf("%q of the source is not in the output %q", text, r.Output)
		}
		rest = rest[at+len(text):]
	}
}

// between returns what is neither windsock's nor replaced, in order: what stands between
// the nodes, cut where roles stand.
func between(doc *grammar.Document, roles []grammar.Span, r expand.Result) []grammar.Span {
	var pieces []grammar.Span
	at := 0
	add := func(end int) {
		piece := grammar.Span{Start: at, End: end}
		if piece.Len() <= 0 || insideExpansion(piece, r) {
			return
		}
		for _, role := range roles {
			if piece.Contains(role) {
				pieces = append(pieces, grammar.Span{Start: piece.Start, End: role.Start})
				piece.Start = role.End
			}
		}
		pieces = append(pieces, piece)
	}
	for _, n := range doc.Nodes {
		add(n.Span.Start)
		at = max(at, n.Span.End)
	}
	add(len(doc.Source))
	return pieces
}

// letters returns the letters and digits of text.
func letters(text []byte) []byte {
	return bytes.Map(func(r rune) rune {
		if r < utf8.RuneSelf && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return r
	}, text)
}

// insideExpansion reports whether a span lies in a region that was renewed.
func insideExpansion(s grammar.Span, r expand.Result) bool {
	for _, x := range r.Expansions {
		if x.Region != nil && x.Source.Contains(s) {
			return true
		}
	}
	return false
}

// TestLinear expands pages of many roles in one line, in lines of one paragraph, in one
// cell of tables and in one directive, of as many faults, and of many directives: what is
// allocated must grow as the page does.
func TestLinear(t *testing.T) {
	cat, _ := catalog.Load(demoData(t), catalog.Embedded())
	e := &expand.Expander{Catalog: cat}
	const role = ":airflow-default:`[core] parallelism` "
	for _, c := range []struct{ head, piece, foot string }{
		{"", role, ""}, {"", role + "\n", ""}, {"", "* " + role + "\n\n", ""},
		{".. csv-table::\n\n   ", role, ", x\n"}, {".. airflow-sensitive-vars:: core\n\n   ", role, "\n"},
		{".. airflow-sensitive-vars:: core\n\n", "   :airflow-default:`[core] paralelism`\n", ""},
		{"", "a\n..airflow-sensitive-vars:: core\n\n", ""}, {"", ".. airflow-config-default:: [core] parallelism\n\n", ""},
		{"", ".. airflow-config-default:: [core] paralelism\n\n", ""},
	} {
		fixtures.Linear(t, c.head+c.piece, 250, func(n int) {
			page := []byte(c.head + strings.Repeat(c.piece, n) + c.foot)
			r := e.Expand(expand.Page{Path: "page.rst", Source: page}, e.Reader().Read(page))
			if len(r.Expansions) != n && len(r.Expansions) != 1 && len(r.Findings) < n {
				t.Errorf("%d expansions and %d findings of %d times %q", len(r.Expansions), len(r.Findings), n, c.piece)
			}
		})
	}
	fixtures.Linear(t, "a simple table", 250, func(n int) {
		border := strings.Repeat("=", n*len(role)) + "  ===\n"
		page := []byte(border + strings.Repeat(role, n) + "  x\n" + border)
		if r := e.Expand(expand.Page{Path: "page.rst", Source: page}, e.Reader().Read(page)); strings.Contains(string(r.Output), role) && len(r.Findings) == 0 {
			t.Errorf("roles are left of %d in a cell", n)
		}
	})
}
