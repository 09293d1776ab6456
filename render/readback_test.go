package render_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"windsock/fixtures"
	"windsock/render"
)

// forms are the ways in which a string is put into the cell of a table, and the lines that are
// read there if nothing is lost.
var forms = []struct {
	name  string
	write func(s string) (lines []string, exact bool)
	lines func(s string) []string
}{
	{"literal", render.Literal, oneLine}, {"literal block", render.LiteralBlock, allLines}, {"text", render.Text, unfolded},
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
	if s == "\n" {
		return []string{s}
	}
	lines := strings.Split(strings.TrimSuffix(s, "\n"), "\n")
	if len(lines) == 1 {
		return oneLine(lines[0])
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

// visible returns lines with visible escapes, and whether they need none.
func visible(lines []string) (text string, exact bool) {
	shown := slices.Clone(lines)
	for i, l := range lines {
		shown[i], _ = render.Visible(l)
	}
	return strings.Join(shown, "\n"), slices.Equal(shown, lines)
}

// TestStringsAreReadBack writes hard strings in each form, and asks docutils, and Sphinx
// with its smart quotes, what they read: the string that went in, and no message.
func TestStringsAreReadBack(t *testing.T) {
	r := rand.New(rand.NewPCG(fixtures.Random(t), 1))
	all := slices.Clone(fixtures.HardStrings)
	for len(all) < fixtures.Rounds(130, 1_300) {
		all = append(all, fixtures.RandomString(r))
	}
	batches := slices.Collect(slices.Chunk(all, 80))
	var pages []string
	for _, batch := range batches {
		pages = append(pages, tablesOf(t, batch, r.IntN(100)))
	}
	for _, reader := range []string{"sphinx", "docutils"}[:fixtures.Rounds(1, 2)] {
		for i, reading := range fixtures.ReadCells(t, reader, pages) {
			if len(reading.Messages) > 0 || len(reading.Outside) > 0 || len(reading.Cells) != len(forms)*len(batches[i]) {
				t.Errorf("%s reads %d cells, and %.200q beside them: %.500q", reader, len(reading.Cells), reading.Outside, reading.Messages)
			}
			for k := range len(forms) * len(batches[i]) {
				form, s := forms[k/len(batches[i])], batches[i][k%len(batches[i])]
				if want, _ := visible(form.lines(s)); reading.Cell(k) != want {
					t.Errorf("%s reads the %s of %.60q as %.60q, want %.60q", reader, form.name, s, reading.Cell(k), want)
				}
			}
		}
	}
}

// tablesOf returns a page with a table for each form, of a cell for each string, at a margin.
func tablesOf(t *testing.T, strs []string, margin int) string {
	t.Helper()
	var b render.Block
	for _, form := range forms {
		var table render.Table
		for _, s := range strs {
			lines, exact := form.write(s)
			if _, want := visible(form.lines(s)); exact != want {
				t.Errorf("the %s of %.60q is exact: %v", form.name, s, exact)
			}
			table.Rows = append(table.Rows, []render.Cell{lines})
		}
		b.Add(table.Lines()...)
	}
	b.Add("") // which adds nothing
	page := strings.Repeat(" ", margin) + b.Format(strings.Repeat(" ", margin), "\n") + "\n"
	for line := range strings.Lines(page) {
		if line = strings.TrimSuffix(line, "\n"); utf8.RuneCountInString(line) > render.MaxLine || strings.TrimRight(line, " ") != line {
			t.Errorf("a line of %d characters, or that ends in blanks: %.60q", utf8.RuneCountInString(line), line)
		}
	}
	return page
}
