package render_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"windsock/fixtures"
	"windsock/render"
)

// A form is a way in which a string is put into the cell of a table, and the lines
// that are read there if nothing is lost.
type form struct {
	name  string
	write func(s string) (lines []string, exact bool)
	lines func(s string) []string
}

var forms = []form{
	{"literal", render.Literal, oneLine},
	{"literal block", render.LiteralBlock, allLines},
	{"text", render.Text, unfolded},
	{"list item", listItem, allLines},
}

// listItem writes a literal block into a list item.
func listItem(s string) (lines []string, exact bool) {
	lines, exact = render.LiteralBlock(s)
	for i, l := range lines {
		if lines[i] = strings.TrimRight("  "+l, " "); i == 0 {
			lines[i] = "- " + l
		}
	}
	return lines, exact
}

// oneLine says what is read where a string is shown on one line.
func oneLine(s string) []string {
	if s == "" {
		return []string{"''"}
	}
	return []string{s}
}

// allLines says what is read where a string is shown on its lines.
func allLines(s string) []string {
	lines := strings.Split(strings.TrimSuffix(s, "\n"), "\n")
	if len(lines) == 1 && s != "\n" {
		return oneLine(lines[0])
	}
	if s == "\n" {
		return []string{s}
	}
	return lines
}

// unfolded says what is read where a string is shown as running text: a line break
// and the blanks around it are a blank there, or nothing at an end.
func unfolded(s string) []string {
	lines := strings.Split(strings.ReplaceAll(s, "\r", "\n"), "\n")
	for i := range lines {
		if i > 0 {
			lines[i] = strings.TrimLeft(lines[i], " \t\f")
		}
		if i+1 < len(lines) {
			lines[i] = strings.TrimRight(lines[i], " \t")
		}
	}
	if len(lines) > 1 {
		lines = slices.DeleteFunc(lines, func(l string) bool { return l == "" })
	}
	return []string{strings.Join(lines, " ")}
}

// A shown is a string in a form.
type shown struct {
	s string
	form
}

// want returns what is to be read, and whether it is the string as it is.
func (c shown) want() (text string, exact bool) {
	lines := slices.Clone(c.lines(c.s))
	for i, l := range lines {
		lines[i] = visible(l)
	}
	return strings.Join(lines, "\n"), slices.Equal(lines, c.lines(c.s))
}

// visible spells what no RST can hold.
func visible(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r < ' ' || r >= 0x7f && r < 0xa0:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r == '\u2028' || r == '\u2029' || r == '\ufeff':
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// TestStringsAreReadBack writes hard strings, and asks docutils, and Sphinx
// with its smart quotes, what they read: the string that went in, and no message.
func TestStringsAreReadBack(t *testing.T) {
	r := rand.New(rand.NewPCG(fixtures.Random(t), 1))
	var all []shown
	for _, s := range fixtures.HardStrings {
		for _, f := range forms {
			all = append(all, shown{s, f})
		}
	}
	for len(all) < fixtures.Rounds(400, 4_000) {
		all = append(all, shown{fixtures.RandomString(r), forms[r.IntN(len(forms))]})
	}
	batches := slices.Collect(slices.Chunk(all, 250))
	var pages []string
	for _, batch := range batches {
		pages = append(pages, tablePage(t, batch, r.IntN(100)))
	}
	for _, reader := range []string{"sphinx", "docutils"}[:fixtures.Rounds(1, 2)] {
		for i, reading := range fixtures.ReadCells(t, reader, pages) {
			if len(reading.Messages) > 0 || len(reading.Outside) > 0 || len(reading.Cells) != len(batches[i]) {
				t.Errorf("%s reads %d cells, and %.200q beside them: %.500q", reader, len(reading.Cells), reading.Outside, reading.Messages)
			}
			for k, c := range batches[i] {
				if want, _ := c.want(); reading.Cell(k) != want {
					t.Errorf("%s reads the %s of %.60q as %.60q, want %.60q", reader, c.name, c.s, reading.Cell(k), want)
				}
			}
		}
	}
}

// tablePage returns a page with a table of a cell for each string, at a margin.
func tablePage(t *testing.T, cells []shown, margin int) string {
	t.Helper()
	var table render.Table
	for _, c := range cells {
		lines, exact := c.write(c.s)
		if _, want := c.want(); exact != want {
			t.Errorf("the %s of %.60q is exact: %v", c.name, c.s, exact)
		}
		table.Rows = append(table.Rows, []render.Cell{lines})
	}
	var b render.Block
	b.Add(table.Lines()...)
	page := strings.Repeat(" ", margin) + b.Place(strings.Repeat(" ", margin), "\n") + "\n"
	for line := range strings.Lines(page) {
		if utf8.RuneCountInString(line) > render.MaxLine {
			t.Errorf("a line has %d characters", utf8.RuneCountInString(line))
		}
		if line = strings.TrimSuffix(line, "\n"); strings.TrimRight(line, " ") != line {
			t.Errorf("a line ends in blanks: %.60q", line)
		}
	}
	return page
}

// TestStringsAreWritten asks what Sphinx's text builder writes of strings that
// stand in paragraphs: the string, but for the white space at which it wraps lines.
func TestStringsAreWritten(t *testing.T) {
	r := rand.New(rand.NewPCG(fixtures.Random(t), 2))
	var words, pages []string
	for _, s := range fixtures.HardStrings {
		if len(s) < 100 {
			words = append(words, s)
		}
	}
	for len(words) < fixtures.Rounds(200, 1_000) {
		words = append(words, fixtures.RandomString(r))
	}
	var want []string
	for batch := range slices.Chunk(words, 100) {
		var page render.Block
		var texts strings.Builder
		for _, s := range batch {
			literal, _ := render.Literal(s)
			text, _ := render.Text(s)
			page.Add(literal...)
			page.Add(text...)
			asLiteral, _ := shown{s, forms[0]}.want()
			asText, _ := shown{s, forms[2]}.want()
			texts.WriteString(`"` + asLiteral + `"` + asText)
		}
		pages, want = append(pages, page.Place("", "\n")+"\n"), append(want, unspaced(texts.String()))
	}
	for i, reading := range fixtures.ReadCells(t, "text", pages) {
		if got := unspaced(reading.Written); got != want[i] || len(reading.Messages) > 0 {
			t.Errorf("the text builder writes\n%q\nwant\n%q\n%q", got, want[i], reading.Messages)
		}
	}
}

// unspaced returns s without white space.
func unspaced(s string) string { return strings.Join(strings.Fields(s), "") }
