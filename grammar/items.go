package grammar

import (
	"io"
	"strings"
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// An Item is one item of the content of airflow-config-default: a line at the
// content's margin, and what is indented below it.
type Item struct {
	Span Span // from the bullet, if there is one, to the end of the last line that is not blank
	// Head is the line, less a bullet and less the unit after a reference.
	Head      Text
	Unit      *Text      // what follows " : " after a reference, or nil
	Reference *Reference // what Head refers to, its spans in the source; nil if Head is free text
	Options   []Option   // the field list that the indented lines begin with
	Body      []Text     // the other indented lines, dedented, without blank lines at either end
}

// An itemsTree is the content of the directive.
type itemsTree struct {
	Items []*itemTree `parser:"@@*"`
}

// An itemTree is one item.
type itemTree struct {
	Bullet  []lexer.Token `parser:"@Bullet?"`
	Head    []lexer.Token `parser:"@Head"`
	Unit    []lexer.Token `parser:"@Unit?"`
	Options []*optionTree `parser:"@@*"`
	Body    []lexer.Token `parser:"@(Body*)"`
}

// itemSymbols names the types of tokens of items.
var itemSymbols = map[string]lexer.TokenType{
	"EOF":         lexer.EOF,
	"Bullet":      lexer.TokenType(bullet),
	"Head":        lexer.TokenType(itemHead),
	"Unit":        lexer.TokenType(itemUnit),
	"OptionName":  lexer.TokenType(optionName),
	"OptionValue": lexer.TokenType(optionValue),
	"Body":        lexer.TokenType(itemBody),
}

// An itemLexer is the lexer of items.
type itemLexer struct{}

// Symbols returns the types of tokens by name.
func (itemLexer) Symbols() map[string]lexer.TokenType { return itemSymbols }

// Lex returns the tokens of the content that r gives.
func (itemLexer) Lex(_ string, r io.Reader) (lexer.Lexer, error) {
	source, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	p := parser{page: newPage(source)}
	s := itemScanner{source: source, content: p.linesOf(block{end: len(p.lines), lo: noMark})}
	s.scan()
	return &s.tokens, nil
}

// itemGrammar is the parser of items.
var itemGrammar = sync.OnceValues(func() (*participle.Parser[itemsTree], error) {
	return participle.Build[itemsTree](participle.Lexer(itemLexer{}))
})

// A Problem is a part of a page that a parser rejects.
type Problem struct {
	Span    Span   // the exact words that the message is about
	Message string // one line, without a full stop: what is wrong
	Help    string // what to write instead, "" if nothing is known
}

// ParseItems reads the content of an airflow-config-default directive of a source. Each line
// at the margin begins an item; its indented lines are options, as a field list,
// and the body. Lines that belong to no item are problems.
func ParseItems(source []byte, content []Text) ([]Item, []Problem) {
	s := itemScanner{source: source, content: content}
	s.scan()
	parser, err := itemGrammar()
	if err != nil {
		return nil, []Problem{Problem{Message: err.Error()}}
	}
	lex, err := lexer.Upgrade(&s.tokens)
	if err == nil {
		var tree *itemsTree
		if tree, err = parser.ParseFromLexer(lex); err == nil {
			return tree.items(source), s.problems
		}
	}
	return nil, append(s.problems, Problem{Message: err.Error()})
}

// An itemScanner cuts the lines of content into tokens.
type itemScanner struct {
	tokens
	source   []byte
	content  []Text
	problems []Problem
}

// scan cuts the content into tokens.
func (s *itemScanner) scan() {
	for i := 0; i < len(s.content); {
		t := s.content[i]
		switch {
		case t.Value == "":
			i++
		case t.Value[0] == ' ':
			s.problems = append(s.problems, Problem{
				Span:    trimText(s.source, t, 0).Span,
				Message: "indented text that belongs to no item",
				Help:    "write the item, at the margin of the content, above it",
			})
			i = s.bodyEnd(i)
		default:
			s.head(t)
			end := s.bodyEnd(i + 1)
			s.body(s.content[i+1 : end])
			i = end
		}
	}
}

// bodyEnd returns the first line from i on that is neither blank nor indented.
func (s *itemScanner) bodyEnd(i int) int {
	for i < len(s.content) && (s.content[i].Value == "" || s.content[i].Value[0] == ' ') {
		i++
	}
	return i
}

// head cuts the line of an item into its bullet, its text and its unit.
func (s *itemScanner) head(t Text) {
	if v := t.Value; len(v) > 1 && strings.IndexByte("-*+", v[0]) >= 0 && v[1] == ' ' {
		s.add(bullet, cut(s.source, t, 0, 1))
		t = trimText(s.source, t, 1)
	}
	if reference, unit := CutUnit(s.source, t); unit != nil && isReference(reference.Value) {
		s.add(itemHead, reference)
		s.add(itemUnit, *unit)
		return
	}
	s.add(itemHead, t)
}

// CutUnit divides what stands for a value into the text before " : " and the unit
// after it, which is nil if there is none.
func CutUnit(source []byte, t Text) (reference Text, unit *Text) {
	n := strings.LastIndex(t.Value, " : ")
	if n <= 0 {
		return t, nil
	}
	after := trimText(source, t, n+len(" : "))
	return cut(source, t, 0, len(strings.TrimRight(t.Value[:n], " "))), &after
}

// isReference reports whether text is an option reference.
func isReference(text string) bool {
	_, err := ParseReference(text)
	return err == nil
}

// cut returns the part [start, end) of t.
func cut(source []byte, t Text, start, end int) Text {
	return new(Alignment).Part(source, t, start, end)
}

// trimText returns t less its first n bytes and the blanks after these.
func trimText(source []byte, t Text, n int) Text {
	for n < len(t.Value) && t.Value[n] == ' ' {
		n++
	}
	return cut(source, t, n, len(t.Value))
}

// indentation returns how many blanks the line begins with.
func indentation(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// body cuts the indented lines of an item into options and body.
func (s *itemScanner) body(lines []Text) {
	lines = withoutBlankEnds(lines)
	margin := leastIndentation(lines)
	for len(lines) > 0 {
		name, n := fieldMarker([]byte(lines[0].Value[min(margin, len(lines[0].Value)):]))
		if n == 0 {
			break
		}
		field := cut(s.source, lines[0], margin, len(lines[0].Value))
		s.add(optionName, cut(s.source, field, 1, name))
		if n < len(field.Value) {
			s.add(optionValue, cut(s.source, field, n, len(field.Value)))
		}
		for lines = lines[1:]; len(lines) > 0 && indentation(lines[0].Value) > margin; lines = lines[1:] {
			s.add(optionValue, trimText(s.source, lines[0], 0))
		}
	}
	lines = withoutBlankEnds(lines)
	margin = leastIndentation(lines)
	for _, l := range lines {
		s.add(itemBody, cut(s.source, l, min(margin, len(l.Value)), len(l.Value)))
	}
}

// withoutBlankEnds returns lines without blank lines at either end.
func withoutBlankEnds(lines []Text) []Text {
	for len(lines) > 0 && lines[0].Value == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && lines[len(lines)-1].Value == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// leastIndentation returns the indentation of the line that has least.
func leastIndentation(lines []Text) int {
	least := -1
	for _, l := range lines {
		if n := indentation(l.Value); l.Value != "" && (least < 0 || n < least) {
			least = n
		}
	}
	return max(least, 0)
}

// items returns the items that the tree of a source means.
func (t *itemsTree) items(source []byte) []Item {
	items := make([]Item, 0, len(t.Items))
	for _, tree := range t.Items {
		items = append(items, tree.item(source))
	}
	return items
}

// item returns the item that the tree of a source means.
func (t *itemTree) item(source []byte) Item {
	it := Item{Head: texts(t.Head)[0], Body: texts(t.Body)}
	it.Span = it.Head.Span
	if bullet := texts(t.Bullet); len(bullet) > 0 {
		it.Span.Start = bullet[0].Start
	}
	if unit := texts(t.Unit); len(unit) > 0 {
		it.Unit = &unit[0]
		it.Span.End = unit[0].End
	}
	for _, o := range t.Options {
		it.Options = append(it.Options, o.option())
		it.Span.End = it.Options[len(it.Options)-1].Span.End
	}
	if n := len(it.Body); n > 0 {
		it.Span.End = it.Body[n-1].End
	}
	if r, err := ParseReference(it.Head.Value); err == nil {
		r = r.In(source, it.Head)
		it.Reference = &r
	}
	return it
}
