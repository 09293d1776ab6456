package directives

import (
	"slices"
	"strings"
	"unicode/utf8"

	"windsock/directives/catalog"
	"windsock/grammar"
	"windsock/render"
)

// description returns the data's description of an option, wrapped for the cell
// of a table. It is RST by Airflow's convention and passed on; elements that would
// read files, run code, leak out of the cell or be read with a message of
// docutils are shown as text, with a warning.
func (c *call) description(o *catalog.Option) render.Cell {
	text := c.described(o)
	if text == "" {
		return nil
	}
	return strings.Split(c.wrap(text, c.cellWidth()), "\n")
}

// described returns the data's description of an option as RST that is safe in a
// cell, before it is wrapped; "" if there is none.
func (c *call) described(o *catalog.Option) string {
	source := normalDescription(o.Description)
	if source == "" {
		return ""
	}
	text, safe := c.passOn(source)
	if !safe {
		c.unsafe(o, "the description of %s holds markup that does not fit into a table cell or would read files or run code; it is shown as text", o)
	}
	return text
}

// lineEnds makes the line ends of a description those that docutils sees: it ends
// a line where Python's str.splitlines does, and what stood behind would leave
// the margin.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x1c", "\n", "\x1d", "\n", "\x1e", "\n",
	"\u0085", "\n", "\u2028", "\n", "\u2029", "\n", "\v", " ", "\f", " ")

// normalDescription returns a description with line feeds alone at line ends, tabs
// expanded, and neither a common margin nor blank lines at its ends. Its first
// line is not indented, since it tells where those of its cell begin.
func normalDescription(s string) string {
	lines := strings.Split(lineEnds.Replace(s), "\n")
	margin := -1
	for i, l := range lines {
		l = strings.TrimRight(expandTabs(l), " ")
		lines[i] = l
		if indent := len(l) - len(strings.TrimLeft(l, " ")); l != "" && (margin < 0 || indent < margin) {
			margin = indent
		}
	}
	for i, l := range lines {
		lines[i] = l[min(len(l), max(margin, 0)):]
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// tabWidth is the distance of the tab stops of docutils, in characters.
const tabWidth = 8

// expandTabs returns a line with blanks for its tabs.
func expandTabs(line string) string {
	if !strings.Contains(line, "\t") {
		return line
	}
	var b strings.Builder
	column := 0
	for _, r := range line {
		if r != '\t' {
			b.WriteRune(r)
			column++
			continue
		}
		n := tabWidth - column%tabWidth
		b.WriteString("        "[:n])
		column += n
	}
	return b.String()
}

// passOn returns a description with what is not safe in it as text, and whether
// all of it was safe.
func (c *call) passOn(source string) (text string, safe bool) {
	if !isShowable(source) {
		return asText(source), false
	}
	u := c.units(source)
	text = u.String()
	if again := c.units(text); !again.allSafe() {
		return asText(source), false // what is text now changes how the rest is read
	}
	return text, u.allSafe()
}

// isShowable reports whether docutils and windsock see the same characters in each
// line, and its margin is of blanks.
func isShowable(source string) bool {
	for line := range strings.SplitSeq(source, "\n") {
		_, exact := render.Visible(line)
		rest := strings.TrimLeft(line, " ")
		if !exact || strings.TrimSpace(rest) != rest {
			return false
		}
	}
	return true
}

// asText writes RST as text, a paragraph for each of its paragraphs.
func asText(source string) string {
	var b render.Block
	var words []string
	for _, line := range append(strings.Split(source, "\n"), "") {
		if line = strings.TrimSpace(line); line != "" {
			words = append(words, line)
			continue
		}
		if len(words) > 0 {
			lines, _ := render.Text(strings.Join(words, " "))
			b.Add(lines...)
		}
		words = nil
	}
	return strings.Join(b.Lines(), "\n")
}

// units cuts a description into units.
func (c *call) units(source string) units {
	doc := (&grammar.Reader{LiteralDirectives: c.LiteralDirectives}).Read([]byte(source))
	j := judge{source: source}
	u := units{source: source}
	elements := unsectioned(doc.Root.Children)
	for i, e := range elements {
		u.add(e, j.accepts(e, 0) && j.isIntroduced(e, elements[i+1:]))
	}
	u.unread(len(source))
	return u
}

// unsectioned returns elements with those in their sections: a cell has no
// sections.
func unsectioned(elements []*grammar.Element) []*grammar.Element {
	var out []*grammar.Element
	for _, e := range elements {
		if e.Kind == grammar.Section {
			out = append(out, unsectioned(e.Children)...)
		} else {
			out = append(out, e)
		}
	}
	return out
}

// units is a description, cut.
type units struct {
	source string
	list   []unit
}

// A unit is a run of whole lines of a description that is passed on, or shown as
// text, as one: a body element, or a paragraph with the literal block that it
// introduces.
type unit struct {
	start, end int              // offsets in the description, of the first line and of the end of the last
	element    *grammar.Element // the first; nil if docutils would read none
	safe       bool
}

// end returns the offset where the last unit ends.
func (u *units) end() int {
	if len(u.list) == 0 {
		return 0
	}
	return u.list[len(u.list)-1].end
}

// add adds an element, which is safe or not. A literal block goes with what
// introduces it: a paragraph, or "::" on a line of its own.
func (u *units) add(e *grammar.Element, safe bool) {
	start := strings.LastIndexByte(u.source[:e.Span.Start], '\n') + 1
	end, n := e.Span.End, len(u.list)
	if start < u.end() { // docutils reads lines of a broken table again as something else
		u.list[n-1].end, u.list[n-1].safe = max(end, u.end()), false
		return
	}
	safe = safe && !isLong(u.source[start:end], e)
	switch isLiteral, gap := e.Kind == grammar.LiteralBlock, strings.TrimSpace(u.source[u.end():start]); {
	case isLiteral && gap == "" && n > 0:
		isParted := strings.Count(u.source[u.end():start], "\n") > 1
		u.list[n-1].end, u.list[n-1].safe = end, u.list[n-1].safe && safe && isParted
		return
	case isLiteral && gap == "::":
		start = u.end()
	default:
		u.unread(start)
	}
	u.list = append(u.list, unit{start: start, end: end, element: e, safe: safe})
}

// unread adds the lines up to offset end, if there are any, which are no element:
// docutils would find fault with them.
func (u *units) unread(end int) {
	start := u.end()
	if strings.TrimSpace(u.source[start:end]) == "" {
		return
	}
	if n := len(u.list); n > 0 && !u.list[n-1].safe {
		u.list[n-1].end = end // such as the line under a title
		return
	}
	u.list = append(u.list, unit{start: start, end: end})
}

// allSafe reports whether no unit has to be shown as text.
func (u *units) allSafe() bool {
	return !slices.ContainsFunc(u.list, func(one unit) bool { return !one.safe })
}

// String returns the description with its unsafe units as text.
func (u *units) String() string {
	var b render.Block
	for _, one := range u.list {
		text := u.source[one.start:one.end]
		if one.safe {
			text = anonymous(text, one)
		} else {
			text = asText(text)
		}
		b.Add(strings.Split(text, "\n")...)
	}
	return strings.Join(b.Lines(), "\n")
}

// isLong reports whether docutils may find a line of an element too long, so that
// it would have to be broken where it cannot be.
func isLong(text string, e *grammar.Element) bool {
	return e.Kind != grammar.Paragraph && slices.ContainsFunc(strings.Split(text, "\n"), isLongLine)
}

// isLongLine reports whether docutils may find a line too long, given its margin.
func isLongLine(line string) bool { return utf8.RuneCountInString(line) > render.MaxLine*9/10 }

// anonymous returns the text of a unit in which each link with its address is
// anonymous: a named one would make a target that the whole page shares.
func anonymous(text string, u unit) string {
	var edits []render.Edit
	for child := range u.element.All() {
		for _, in := range child.Inlines() {
			at := in.Span.End - u.start
			if in.Kind == grammar.PhraseReference && !strings.HasSuffix(text[:at], "__") {
				edits = append(edits, render.Edit{Start: at, End: at, New: []byte("_")})
			}
		}
	}
	out, err := render.Splice([]byte(text), edits)
	if err != nil {
		return text
	}
	return string(out)
}
