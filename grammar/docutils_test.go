package grammar

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"windsock/fixtures"
)

// probes are directive types that are only in this test. Their content is literal, so
// that the tree holds its lines.
var probes = []spec{
	{optional: 1, content: literal, names: words("x-both")},
	{required: 1, content: literal, names: words("x-required")},
	{optional: 1, single: true, content: literal, names: words("x-single")},
	{required: 1, noOptions: true, content: literal, names: words("x-arguments")},
	{content: literal, names: words("x-options")},
	{noOptions: true, content: literal, names: words("x-neither")},
	{optional: 1, content: none, names: words("x-empty")},
}

// A divided is a directive as docutils divides it; the last three are nil where it
// rejects the block.
type divided struct {
	name      string
	arguments *string
	options   map[string]string
	content   []string
}

// UnmarshalJSON reads what fixtures/docutils/blocks.py writes.
func (d *divided) UnmarshalJSON(text []byte) error {
	return json.Unmarshal(text, &[]any{&d.name, &d.arguments, &d.options, &d.content})
}

// String returns the directive as a failure shows it.
func (d divided) String() string {
	if d.arguments == nil {
		return d.name + " rejected"
	}
	return fmt.Sprintf("%s %q %q %q", d.name, *d.arguments, d.options, d.content)
}

// TestBlocksAreDocutils divides blocks of the corpus that were changed by chance, some of
// them in cells or in substitution definitions, as docutils does. "make soak" draws a
// hundred times as many.
func TestBlocksAreDocutils(t *testing.T) {
	const size = 40 // of a page, in blocks
	pages := fixtures.Rounds(2_000, 200_000) / size
	random := rand.New(rand.NewPCG(fixtures.Random(t), 0))
	types := map[string][]any{}
	for i := range probes {
		s := &probes[i]
		specByName()[s.names[0]] = s
		types[s.names[0]] = []any{s.required, s.optional, !s.single, !s.noOptions, s.content != none}
		t.Cleanup(func() { delete(specByName(), s.names[0]) })
	}
	blocks := corpusBlocks(t)
	var sources []string
	for range pages {
		var page strings.Builder
		for range size {
			page.WriteString(changed(random, blocks[random.IntN(len(blocks))]) + "\n\nText.\n\n")
		}
		sources = append(sources, page.String())
	}
	for i, want := range docutilsBlocks(t, types, sources) {
		want = known(want)
		got := dividedIn((&Reader{}).Read([]byte(sources[i])))
		for n := range max(len(got), len(want)) {
			if a, b := at(got, n), at(want, n); a != b {
				t.Errorf("directive %d of %d is\n%s\ndocutils has\n%s\nin\n%s", n, len(want), a, b, sources[i])
				return
			}
		}
	}
}

// at returns directive n of the list as a failure shows it.
func at(list []divided, n int) string {
	if n >= len(list) {
		return "none"
	}
	return list[n].String()
}

// docutilsBlocks returns how docutils divides the directives of each page.
func docutilsBlocks(t *testing.T, types map[string][]any, pages []string) (answers [][]divided) {
	t.Helper()
	fixtures.Ask(t, "blocks.py", map[string]any{"types": types, "pages": pages}, &answers)
	return answers
}

// known returns the directives whose types are probes.
func known(list []divided) (of []divided) {
	for _, d := range list {
		if strings.HasPrefix(d.name, "x-") && specByName()[d.name] != nil {
			of = append(of, d)
		}
	}
	return of
}

// dividedIn returns the directives of a page that do not stand in others.
func dividedIn(doc *Document) (list []divided) {
	var walk func(e *Element)
	walk = func(e *Element) {
		if e.Kind == DirectiveBlock {
			list = append(list, dividedOf(e))
			return
		}
		for _, child := range e.Children {
			walk(child)
		}
	}
	walk(doc.Root)
	return known(list)
}

// dividedOf returns a directive of the tree.
func dividedOf(e *Element) divided {
	d := divided{name: e.Name.Value}
	if e.Directive.Problem != nil {
		return d
	}
	arguments := strings.Join(strings.Fields(joinValues(e.Directive.Arguments, " ")), " ")
	d.arguments, d.options = &arguments, map[string]string{}
	for _, o := range e.Directive.Options {
		d.options[strings.ToLower(o.Name.Value)] = joinValues(o.Value, "\n")
	}
	for _, child := range e.Children {
		if child.Kind == LiteralBlock {
			for _, line := range child.Text {
				d.content = append(d.content, line.Value)
			}
		}
	}
	return d
}

// joinValues joins the lines of a text.
func joinValues(lines []Text, with string) string {
	var values []string
	for _, l := range lines {
		values = append(values, l.Value)
	}
	return strings.Join(values, with)
}

// directiveLine matches the first line of a directive.
var directiveLine = regexp.MustCompile(`^( *)\.\. ([\w:-]+)::( .*)?$`)

// corpusBlocks returns the directives of the corpus as blocks of lines without margin,
// with "TYPE" for their type. Long ones are cut.
func corpusBlocks(t *testing.T) (blocks [][]string) {
	for _, page := range fixtures.Pages(t) {
		lines := strings.Split(string(page.Data), "\n")
		for i, line := range lines {
			m := directiveLine.FindStringSubmatch(line)
			if m == nil {
				continue
			}
			block := []string{".. TYPE::" + m[3]}
			for _, below := range lines[i+1 : min(i+9, len(lines))] {
				if rest, ok := strings.CutPrefix(below, m[1]+" "); ok {
					block = append(block, " "+rest)
				} else if strings.TrimSpace(below) == "" {
					block = append(block, "")
				} else {
					break
				}
			}
			blocks = append(blocks, block)
		}
	}
	return blocks
}

// odd are lines that a changed block may get.
var oddLines = []string{
	"", "   :a: b", "   :a:", "   :a b: c", "   :A: b", "  :c: d", "     e", "   text", "\t:a: b", "\ttext", "   :a:b", "   :a", "   ::", "      :deep: er", "   a::", "   \\:a: b",
}

// changed returns a block with a few lines changed, at the margin, in a list item, in a
// cell, or as what a substitution text stands for.
func changed(random *rand.Rand, block []string) string {
	lines := append([]string(nil), block...)
	lines[0] = strings.Replace(lines[0], "TYPE", probes[random.IntN(len(probes))].names[0], 1)
	for range random.IntN(4) {
		i := random.IntN(len(lines))
		switch random.IntN(9) {
		case 0, 1, 2:
			lines = append(lines[:i+1], append([]string{oddLines[random.IntN(len(oddLines))]}, lines[i+1:]...)...)
		case 3:
			if i > 0 {
				lines = append(lines[:i], lines[i+1:]...)
			}
		case 4:
			if i > 0 {
				lines[i] = " " + lines[i]
			}
		case 5:
			if strings.HasPrefix(lines[i], "  ") {
				lines[i] = lines[i][1:]
			}
		case 6:
			lines[i] = strings.Replace(lines[i], "   ", "\t", 1)
		case 7:
			lines[0] = []string{strings.Replace(lines[0], "::", " ::", 1), strings.Replace(lines[0], ":: ", "::\t", 1), lines[0] + " :x: y", lines[0][:strings.Index(lines[0], "::")+2]}[random.IntN(4)]
		case 8:
			lines[i] = strings.Replace(lines[i], ":", "", 1)
		}
	}
	switch random.IntN(8) {
	case 0:
		lines[0] = ".. |s| " + strings.TrimPrefix(lines[0], ".. ")
	case 1:
		lines[0] = ".. |s\n   t|  " + strings.TrimPrefix(lines[0], ".. ")
	case 2:
		lines[0] = ".. |s|\n   " + strings.TrimPrefix(lines[0], ".. ")
	case 3:
		return "* " + strings.Join(lines, "\n  ")
	case 4:
		return cellOf(lines)
	}
	return strings.Join(lines, "\n")
}

// cellOf returns a grid table with one cell, which holds the lines.
func cellOf(lines []string) string {
	const width = 100
	border := "+" + strings.Repeat("-", width) + "+"
	table := []string{border}
	for _, line := range lines {
		line = strings.ReplaceAll(line, "\t", "        ")
		if Width([]byte(line)) != len(line) || len(line) > width {
			line = ""
		}
		table = append(table, "|"+line+strings.Repeat(" ", width-len(line))+"|")
	}
	return strings.Join(append(table, border), "\n")
}
