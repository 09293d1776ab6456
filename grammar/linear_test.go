package grammar_test

import (
	"runtime"
	"strings"
	"testing"

	"windsock/fixtures"
	"windsock/grammar"
)

// pathological are pages of about the given size that read slowly if anything does.
var pathological = []struct {
	name string
	page func(size int) string
}{
	{"levels of indentation", func(size int) string { return stairs(size, 1) }},
	{"levels of indentation, downwards", func(size int) string { return stairs(size, -1) }},
	{"levels of lists", func(size int) string {
		return fill(size, func(n int) string { return strings.Repeat(" ", 2*(n%200)) + "- a\n" })
	}},
	{"list marks on one line", func(size int) string { return strings.Repeat("- ", size/2) + "a" }},
	{"fields on one line", func(size int) string { return strings.Repeat(":a: ", size/4) + "b" }},
	{"one line", func(size int) string { return strings.Repeat("word ", size/5) }},
	{"one word", func(size int) string { return strings.Repeat("a-", size/2) + "`" }},
	{"backquotes", func(size int) string { return strings.Repeat("`", size) }},
	{"backquotes and blanks", func(size int) string { return strings.Repeat("` ", size/2) }},
	{"backquotes before letters", func(size int) string { return strings.Repeat(" `a", size/3) }},
	{"literals without end", func(size int) string { return strings.Repeat(" ``a", size/4) }},
	{"roles without text", func(size int) string { return strings.Repeat(":a", size/2) + "`" }},
	{"roles after text", func(size int) string { return "`" + strings.Repeat("a`:b", size/4) }},
	{"emphasis without end", func(size int) string { return strings.Repeat(" *a", size/3) + "`" }},
	{"bars", func(size int) string { return strings.Repeat(" |a", size/3) + "`" }},
	{"brackets", func(size int) string { return strings.Repeat("[", size) + "`" }},
	{"backslashes", func(size int) string { return strings.Repeat("\\`", size/2) }},
	{"blank lines", func(size int) string { return strings.Repeat("\n", size) }},
	{"blank lines in nested blocks", func(size int) string {
		return stairs(size/2, 1) + strings.Repeat("\n", size/2) + strings.Repeat(" ", 300) + "a\n"
	}},
	{"tabs", func(size int) string { return strings.Repeat("\t", size) + "a" }},
	{"lines of tabs", func(size int) string { return strings.Repeat("\t\ta\tb\n", size/6) }},
	{"a wide grid table", func(size int) string { return gridOf(1000, size/4000) }},
	{"a table of one row", func(size int) string { return gridOf(size/8, 1) }},
	{"a grid table that is no table", func(size int) string {
		return strings.Repeat("+-", 500) + "+\n" + strings.Repeat(strings.Repeat("| ", 500)+"|\n", size/1001) + strings.Repeat("+-", 500) + "+\n"
	}},
	{"a simple table", func(size int) string {
		return "== ==\n" + strings.Repeat("a  b\n", size/5) + "== ==\n"
	}},
	{"a simple table of short rows", func(size int) string {
		border := strings.Repeat("= ", size/16) + "=\n"
		return border + strings.Repeat("a\n", size/3) + border
	}},
	{"a row of short lines", func(size int) string {
		border := strings.Repeat("= ", size/16) + "=\n"
		return border + "a\n" + strings.Repeat("  b\n", size/5) + border
	}},
	{"a table of combining characters", func(size int) string {
		row := "|" + strings.Repeat("e\u0301|", size/16) + "\n"
		border := strings.Repeat("+-", size/16) + "+\n"
		return border + row + border
	}},
	{"simple tables without end", func(size int) string { return strings.Repeat("== ==\na\n\n", size/9) }},
	{"tables in tables", func(size int) string { return strings.Repeat(nestedGrid(50)+"\n", size/10_000) }},
	{"directives without blank lines", func(size int) string { return strings.Repeat(".. note::\n", size/10) }},
	{"levels of directives", func(size int) string {
		return fill(size, func(n int) string { return strings.Repeat(" ", 3*(n%150)) + ".. note:: a\n" })
	}},
	{"directives with classes", func(size int) string {
		return fill(size, func(n int) string {
			margin := strings.Repeat(" ", 3*(n%100))
			return margin + ".. note:: a\n" + margin + "   :class: b\n\n"
		})
	}},
	{"attributions", func(size int) string { return strings.Repeat("  a\n\n  -- b\n\n", size/13) }},
	{"broken attributions", func(size int) string { return strings.Repeat("  -- b\n   c\n  d\n\n", size/17) }},
	{"targets without end", func(size int) string { return ".. _a\n" + strings.Repeat("   b\n", size/5) }},
	{"colons in a target", func(size int) string { return ".. _" + strings.Repeat("a:", size/2) }},
	{"bars in a substitution", func(size int) string { return ".. |" + strings.Repeat("a |", size/3) }},
	{"lines of a substitution", func(size int) string { return ".. |a\n" + strings.Repeat("   b\n", size/5) + "   c| image:: d\n" }},
	{"options of a directive", func(size int) string {
		return ".. note::\n" + fill(size, func(n int) string { return "   :a" + strings.Repeat("b", n%50) + string(rune('a'+n%26)) + ":\n" })
	}},
	{"literals in a line of tabs", func(size int) string { return "\t" + strings.Repeat("``a``\t", size/6) }},
	{"directives in a row of cells", func(size int) string {
		const cell = ".. airflow-sensitive-vars:: a |"
		border := "+" + strings.Repeat(strings.Repeat("-", len(cell)-1)+"+", size/len(cell)/3) + "\n"
		return border + "|" + strings.Repeat(cell, size/len(cell)/3) + "\n" + border
	}},
	{"rules", func(size int) string { return strings.Repeat("=====\n", size/6) }},
	{"titles", func(size int) string { return strings.Repeat("a\n=\n\n", size/5) }},
	{"options", func(size int) string { return strings.Repeat("-a <b, ", size/7) }},
	{"angle brackets", func(size int) string { return "-a " + strings.Repeat("<b", size/2) }},
	{"enumerators", func(size int) string { return strings.Repeat("i. a\n", size/5) }},
	{"a glossary", func(size int) string { return ".. glossary::\n\n" + strings.Repeat("   a\n      b\n", size/13) }},
	{"levels of glossaries", func(size int) string {
		return fill(size, func(n int) string {
			margin := strings.Repeat(" ", 6*(n%100))
			return margin + ".. glossary::\n\n" + margin + "   a\n"
		})
	}},
	{"directives of ours", func(size int) string { return strings.Repeat(".. airflow-sensitive-vars:: core\n", size/33) }},
}

// fill returns what line returns for 0, 1, 2, …, up to size bytes.
func fill(size int, line func(n int) string) string {
	var b strings.Builder
	for n := 0; b.Len() < size; n++ {
		b.WriteString(line(n))
	}
	return b.String()
}

// stairs returns lines each of which is indented by one more, or less, than the
// one before, up to ten thousand.
func stairs(size, step int) string {
	const levels = 10_000
	height := min(levels, 1)
	for height < levels && height*height/2 < size {
		height++
	}
	return fill(size, func(n int) string {
		n %= height
		if step < 0 {
			n = height - n
		}
		return strings.Repeat(" ", n) + "a\n"
	})
}

// gridOf returns a grid table.
func gridOf(columns, rows int) string {
	border := strings.Repeat("+---", columns) + "+\n"
	return border + strings.Repeat(strings.Repeat("| a ", columns)+"|\n"+border, max(rows, 1))
}

// nestedGrid returns a grid table that holds a grid table, and so on.
func nestedGrid(depth int) string {
	width := 2*depth + 3
	var b strings.Builder
	for n := range 2*depth + 1 {
		margin := min(n, 2*depth-n)
		side := strings.Repeat("|", margin)
		b.WriteString(side + "+" + strings.Repeat("-", width-2*margin-2) + "+" + side + "\n")
	}
	return b.String()
}

// TestLinear reads each page at a quarter of its size and at all of it: the steps must
// not grow by much more than the page.
func TestLinear(t *testing.T) {
	size := fixtures.Rounds(1<<16, 2<<20)
	for _, c := range pathological {
		t.Run(c.name, func(t *testing.T) {
			small, large := []byte(c.page(size/4)), []byte(c.page(size))
			a, b := grammar.Steps(small, testReader), grammar.Steps(large, testReader)
			growth := float64(len(large)) / float64(len(small))
			if b > maxSteps(len(large)) || float64(b) > 1.2*growth*float64(a)+10_000 {
				t.Errorf("%d steps for %d bytes, %d for %d", a, len(small), b, len(large))
			}
		})
	}
}

// TestTableMemory reads tables: what is known of a page must not be many more
// times its size than it takes to know each cell and its paragraph.
func TestTableMemory(t *testing.T) {
	const size = 1 << 18
	for name, c := range map[string]struct {
		page string
		most uint64
	}{
		"grid table":   {gridOf(20, size/160), 42},
		"simple table": {"== ==\n" + strings.Repeat("a  b\n", size/5) + "== ==\n", 155},
		"list-table":   {".. list-table::\n\n" + strings.Repeat("   * - a\n     - b\n", size/20), 52},
		"paragraphs":   {strings.Repeat("a b c d\n\n", size/9), 20},
	} {
		if used := memoryOf([]byte(c.page)); used > c.most {
			t.Errorf("%s: a page read takes %d times its size in memory, want %d", name, used, c.most)
		}
	}
}

// memoryOf returns how much memory the reading of a page takes, in sizes of it.
func memoryOf(page []byte) uint64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	doc := new(grammar.Reader).Read(page)
	runtime.GC()
	runtime.GC() // which frees pooled buffers
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(doc)
	return (after.HeapAlloc - before.HeapAlloc) / uint64(len(page))
}

// TestMoreThanAMillion reads a directive with more lines than participle would take.
func TestMoreThanAMillion(t *testing.T) {
	const n = 1_000_001
	r := &grammar.Reader{Directives: []string{"a"}}
	d := r.Read([]byte(".. a::\n\n" + strings.Repeat(" b\n", n))).Nodes[0].Directive
	if d == nil || len(d.Content) != n {
		t.Errorf("a directive with %d lines is read as %.100v", n, d)
	}
}
