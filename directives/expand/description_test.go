package expand_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"windsock/directives/catalog"
	"windsock/directives/expand"
	"windsock/fixtures"
	"windsock/grammar"
)

// hostile are pieces of descriptions: markup that reaches beyond a cell, reads files,
// or is broken in some way that docutils has a message for. FILE stands for the
// path of a file whose content must not appear.
var hostile = []string{
	"Text.", "a *star", "a **strong", "a `back", "a ``lit", "a |bar", "a _`target", "`a`_", "`a`__", "a_", "a__", "[1]_", "[#]_", "[*]_", "[CIT]_", "|sub|", "_`inline`",
	"*ok*", "``ok``", "`ok`", "`ok <http://e.org>`_", "`ok <http://e.org>`__", "`x <name_>`_", "`x <javascript:alert(1)>`__", ":code:`ok`", ":ref:`ok`", ":py:class:`ok`", ":nope:`x`", ":raw:`x`", ":download:`FILE`", ":math:`x^2`", ":r:`<b>`", ":pep:`x`", ":rfc:`x`", ":index:`x`", ":eq:`x`", ":code:`x`:code:", ":code:`x`_", "`x`:nope:",
	"Title\n=====", "=====\nTitle\n=====", "==\nTitle\n==", "Title\n==", "--------", "====", ".. contents::", ".. sectnum::", ".. meta::\n   :a: b", ".. title:: x", ".. header:: x", ".. footer:: x",
	".. raw:: html\n\n   <b>raw</b>", ".. raw:: html\n   :file: FILE", ".. include:: FILE", ".. include:: FILE\n   :literal:", ".. literalinclude:: FILE", ".. csv-table::\n   :file: FILE", ".. csv-table::\n   :url: http://localhost/x", ".. csv-table::\n\n   a,b", ".. exampleinclude:: FILE",
	".. role:: r(raw)\n   :format: html", ".. default-role:: raw", ".. role:: nope(code)", ".. highlight:: c", ".. only:: html\n\n   x", ".. ifconfig:: True\n\n   x", ".. graphviz::\n\n   digraph {}", ".. math::\n\n   x", ".. image:: FILE", ".. figure:: FILE\n\n   x", ".. toctree::\n\n   index", ".. jinja::\n\n   {{ x }}", ".. unknown::", ".. unknown:: x\n\n   y", ".. airflow-config-default:: [core] parallelism",
	".. _target:", ".. _target: http://e.org", ".. __: http://e.org", "__ http://e.org", "__ a_", ".. |sub| replace:: x", ".. |sub| image:: FILE", ".. [1] note", ".. [#a] note", ".. [CIT] cite", ".. comment", "..", ".. _bad", ".. [1]", ".. |x|", ".. |x| nope",
	".. note:: ok", ".. note::", ".. note::\n   :name: n", ".. note::\n   :nope: x", ".. note::\n   ok\n\n   - a", ".. note:: ok\ntext", ".. note:: Title\n\n   ====\n   x\n   ====", ".. note::\n\n   .. include:: FILE", ".. warning::\n\n   .. raw:: html\n\n      <b>", ".. admonition:: T\n\n   x", ".. admonition::", ".. versionadded:: 2.0", ".. versionadded:: 2.0 a\n\n   ====\n   x\n   ====", ".. deprecated:: 2.0\n\n   x\n   =", ".. deprecated::", ".. versionchanged:: 1\n   *x",
	".. code-block:: ini\n\n   [a]\n   b = 1", ".. code-block:: nope\n\n   x", ".. code-block::", ".. code-block:: ini\n   :name: x\n\n   y", ".. code-block:: ini\n   :linenos:\n\n   y", ".. code-block:: python\n   x = 1", ".. code:: bash\n\n   ls", ".. parsed-literal::\n\n   *x* |y|", ".. parsed-literal::\n\n   *x*", ".. container:: a b\n\n   x", ".. container:: !\n\n   x", ".. epigraph::\n\n   x\n\n   -- y", ".. compound::\n\n   x", ".. list-table::\n\n   * - a", ".. table::\n\n   == ==\n   a  b\n   == ==", ".. rubric:: x", ".. centered:: x", ".. topic:: x\n\n   y", ".. sidebar:: x\n\n   y", ".. class:: x", ".. class::\n",
	"- a\n- b", "- a\ntext", "- a\n\n  - b\n  c", "- a\n * b", "* a\n\n  * b\n\n    * c", "-", "- ::", "- ====", "1. a\n2. b", "1. a\n3. c", "1. a\ntext", "(i) a", "#. a\n#. b", "a. x\n   y\n z", "term\n   definition", "term : class\n  definition\nterm2\n  d2", "term\n   def\n  bad", "`term\n  def", ":field: body", ":field: body\ntext", ":a: ::", ":fi`eld: x", "-a  option", "-a  option\ntext", "--long=X  option\n\n  more", "-a", "| line\n| block", "| line\ntext", "|", "| *a\n| b*",
	"text::\n\n   literal *x", "text::", "text ::\n   x", "text::\n\n> quoted\n> more", "text::\n\n> quoted\nother", "::\n\n   literal", "::", "para\n::\n\n   literal", "bad *star::\n\n   .. include:: FILE", "text::\n\n   .. include:: FILE\nshort", ">>> doctest\n1", ">>> x\n\ny", "> x", "+---+\n| a |\n+---+", "+---+\n| a\n+---+", "== ==\na  b\n== ==", "== ==\na  b", "=== ===\na",
	"   quote", "  quote\n\n  -- attribution", "text\n   text\n text", "text\ntext\n   indented", "\ttab", "a\tb", "\u00a0nbsp", "\ufeff.. include:: FILE", "a\x00b", "\x1b", "x\r\n.. include:: FILE", "x\u2028.. include:: FILE", "\\", "\\*", "a\\\nb", "日本語\n=====", "🚀 `x`", "* - cell", "   * - ``[d] o0``\n     - row", "     - cell", ".. windsock: end 0123", "]]>", strings.Repeat("long ", 60), strings.Repeat("x", 300), strings.Repeat("w ``a b`` *c d* ", 20), "..  note:: x", ".. note :: x", ".. NOTE:: x", ".. note::x",
}

// hostileDescription returns a random description of a few pieces.
func hostileDescription(r *rand.Rand, file string) string {
	var b strings.Builder
	for range 1 + r.IntN(4) {
		piece := strings.ReplaceAll(hostile[r.IntN(len(hostile))], "FILE", file)
		if r.IntN(4) == 0 {
			piece = strings.ReplaceAll(piece, "\n", "\n  ")
			piece = []string{"- ", "  ", "1. x\n\n  ", "t\n  ", ".. note:: "}[r.IntN(5)] + piece
		}
		b.WriteString(piece)
		b.WriteString([]string{"\n\n", "\n\n", "\n\n", "\n", " ", "\n  "}[r.IntN(6)])
	}
	return b.String()
}

// describedCatalog loads a section "d" with an option for each description.
func describedCatalog(t testing.TB, descriptions []string) *catalog.Catalog {
	t.Helper()
	var b strings.Builder
	b.WriteString("package-name: apache-airflow-providers-hostile\nconfig:\n  d:\n    options:\n")
	for i, d := range descriptions {
		fmt.Fprintf(&b, "      o%d: {type: string, default: ~, sensitive: true, description: %s}\n", i, strconv.QuoteToASCII(d))
	}
	cat, findings := catalog.Load([]catalog.File{{Path: "provider.yaml", Data: []byte(b.String()), Provider: true}}, catalog.Embedded())
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return cat
}

// expandPage expands a page, which is to work.
func expandPage(t testing.TB, cat *catalog.Catalog, source string) expand.Result {
	t.Helper()
	e := &expand.Expander{Catalog: cat}
	r := e.Expand(expand.Page{Path: "page.rst", Source: []byte(source)}, e.Reader().Read([]byte(source)))
	if r.Blocked {
		t.Fatalf("%s\n%v", source, r.Findings)
	}
	return r
}

// cellKinds are the kinds of nodes that descriptions may bring into a page.
var cellKinds = strings.Fields(`document block_quote table tgroup colspec thead tbody row entry paragraph literal emphasis strong
	title_reference reference pending_xref inline bullet_list list_item enumerated_list definition_list definition_list_item term classifier definition
	field_list field field_name field_body option_list option_list_item option_group option option_string option_argument description
	line_block line literal_block doctest_block attribution note warning admonition title versionmodified compound container`)

// TestHostileDescriptions expands descriptions that want to leave their cells, and
// asks Sphinx for what it read: no message, no node but those of safe markup,
// nothing beside the table, all rows in order, and no file's content.
func TestHostileDescriptions(t *testing.T) {
	r := rand.New(rand.NewPCG(fixtures.Random(t), 3))
	file := filepath.Join(t.TempDir(), "file.txt")
	if err := os.WriteFile(file, []byte("content of the file\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	var descriptions []string
	for _, piece := range hostile {
		descriptions = append(descriptions, strings.ReplaceAll(piece, "FILE", file))
	}
	for len(descriptions) < fixtures.Rounds(120, 2_000) {
		descriptions = append(descriptions, hostileDescription(r, file))
	}
	batches := slices.Collect(slices.Chunk(descriptions, 100))
	var pages []string
	for i, batch := range batches {
		source := strings.Repeat(" ", i%5) + ".. airflow-config-default:: [d] *\n" + strings.Repeat(" ", i%5) + "   :columns: option, description\n"
		if i%3 == 0 {
			source = ".. airflow-sensitive-vars:: hostile\n   :columns: option, description\n   :describe: data\n"
		}
		pages = append(pages, string(expandPage(t, describedCatalog(t, batch), source).Output))
	}
	for i, reading := range fixtures.ReadCells(t, "sphinx", pages) {
		checkHostile(t, &reading, batches[i], pages[i])
	}
}

// checkHostile checks what Sphinx read of one page of descriptions.
func checkHostile(t *testing.T, reading *fixtures.CellReading, batch []string, page string) {
	t.Helper()
	if len(reading.Messages) > 0 || len(reading.Outside) > 0 {
		t.Errorf("%q\nbeside the table: %q", reading.Messages, reading.Outside)
		for _, m := range reading.Messages {
			t.Log(blamed(m, page))
		}
	}
	for _, kind := range reading.Kinds {
		if !slices.Contains(cellKinds, kind) {
			t.Errorf("the page holds a %s", kind)
		}
	}
	if len(reading.Cells) != 2+2*len(batch) {
		t.Fatalf("%d cells for %d options", len(reading.Cells), len(batch))
	}
	names := map[string]bool{}
	for k := 2; k < len(reading.Cells); k += 2 {
		names[reading.Cell(k)] = true
		if strings.Contains(reading.Cell(k+1), "content of the file") {
			t.Errorf("the page shows a file: %.200q", reading.Cell(k+1))
		}
	}
	for i := range batch {
		if !names[fmt.Sprintf("[d] o%d", i)] {
			t.Errorf("the row of %.200q is gone", batch[i])
		}
	}
}

// blamed returns the lines of a page around the one that a message names.
func blamed(message, page string) string {
	_, rest, _ := strings.Cut(message, ".rst:")
	line := 0
	fmt.Sscanf(rest, "%d", &line)
	lines := strings.Split(page, "\n")
	return strings.Join(lines[max(line-6, 0):min(line+6, len(lines))], "\n")
}

// TestDescriptionsOfAirflow shows that Airflow's descriptions are passed on, but for
// the two that use a substitution of its documentation's.
func TestDescriptionsOfAirflow(t *testing.T) {
	cat := airflowCatalog(t)
	var source strings.Builder
	seen := map[string]bool{}
	for _, s := range cat.Sections() {
		if !seen[s.Name] {
			fmt.Fprintf(&source, ".. airflow-config-default:: [%s] *\n   :columns: option, description\n\n", s.Name)
		}
		seen[s.Name] = true
	}
	r := expandPage(t, cat, source.String())
	var asText []string
	for _, f := range r.Data {
		asText = append(asText, f.Text)
	}
	if want := []string{"use_cache", "cache_ttl_seconds"}; !slices.Equal(asText, want) {
		t.Errorf("shown as text are %v, want %v", asText, want)
	}
	reading := fixtures.ReadCells(t, "sphinx", []string{string(r.Output)})[0]
	if len(reading.Messages) > 0 || len(reading.Outside) > 0 || len(reading.Cells) < 2*len(cat.Options()) {
		t.Errorf("%d cells, %q beside them, %q", len(reading.Cells), reading.Outside, reading.Messages)
	}
}

// TestWrapping wraps long random paragraphs, and asks docutils whether they read as
// the description does that was not wrapped, but for the line ends. What is of
// plain words is within 110 columns of the page, and wrapping what is wrapped
// changes nothing.
func TestWrapping(t *testing.T) {
	r := rand.New(rand.NewPCG(fixtures.Random(t), 4))
	var wrapped, plain []string
	count := fixtures.Rounds(40, 800)
	for i := range count {
		isPlain := i%4 == 0
		description := longDescription(r, isPlain)
		margin := strings.Repeat(" ", 3*(i%5))
		source := margin + ".. airflow-config-default:: [d] *\n" + margin + "   :columns: description\n"
		result := expandPage(t, describedCatalog(t, []string{description}), source)
		if len(result.Data) > 0 {
			continue // it is shown as text
		}
		out := string(result.Output)
		lines := cellLines(out, len(margin)+7)
		again := expandPage(t, describedCatalog(t, []string{strings.Join(lines, "\n")}), source)
		if string(again.Output) != out {
			t.Errorf("wrapped again, %q becomes %q", out, again.Output)
		}
		for line := range strings.Lines(out) {
			if isPlain && grammar.Width([]byte(strings.TrimSuffix(line, "\n"))) > 110 {
				t.Errorf("a line is too wide: %q", line)
			}
		}
		wrapped, plain = append(wrapped, strings.Join(lines, "\n")+"\n"), append(plain, description+"\n")
	}
	if len(plain) < count*3/8 {
		t.Errorf("only %d descriptions were safe", len(plain))
	}
	before, after := fixtures.ReadCells(t, "docutils", plain), fixtures.ReadCells(t, "docutils", wrapped)
	for i := range before {
		if len(before[i].Messages) > 0 || len(after[i].Messages) > 0 {
			t.Errorf("%q: %q\nwrapped %q", plain[i], before[i].Messages, after[i].Messages)
		}
		if a, b := words(before[i].Cells), words(after[i].Cells); a != b || !slices.Equal(before[i].Kinds, after[i].Kinds) {
			t.Errorf("docutils reads\n%s\nwrapped\n%s\nof %q", a, b, wrapped[i])
		}
	}
}

// longDescription returns a random description of long paragraphs, of plain words or of what
// looks like markup too.
func longDescription(r *rand.Rand, plain bool) string {
	words := strings.Fields("word a of configuration – 日本語 é - + * 1. (a) :: .. | :f: >>> = ==== -- --x -a /v __ e.g. ... it's \\\\ \\* x:: `t` http://example.org/")
	words = append(words, "``a b``", "*c d e*", "**f g**", "`link text <http://example.org/path>`__", ":code:`h i`", `x\ y`)
	if plain {
		words = words[:7]
	}
	var b strings.Builder
	b.WriteString([]string{"Text", "- item", "1. item", "- a\n\n  - b", "term\n   definition", "Text::\n\n   literal  text\n\nMore"}[r.IntN(6)])
	for range 30 + r.IntN(60) {
		b.WriteString(" " + words[r.IntN(len(words))])
	}
	return b.String() + " end."
}

// words returns the texts of cells with one blank in place of white space.
func words(cells [][]string) string { return strings.Join(strings.Fields(fmt.Sprint(cells)), " ") }

// cellLines returns the lines of the last cell of a page's one table, less a margin
// of so many columns.
func cellLines(page string, margin int) []string {
	_, cell, _ := strings.Cut(page, "Description\n")
	lines := strings.Split(strings.TrimRight(cell, "\n"), "\n")
	for i, l := range lines {
		lines[i] = l[min(margin, len(l)):]
	}
	return lines
}
