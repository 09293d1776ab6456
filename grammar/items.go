package grammar

import (
	"maps"
	"strings"
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// An Item is an item of the content of airflow-config-default: a line at the content's
// margin and the indented lines below it.
type Item struct {
	Span Span // from the bullet, if any, to the end of the last line that is not blank
	// Head is the line without a bullet and without the unit after a reference.
	Head      Text
	Unit      *Text      // the text after " : " of a reference, or nil
	Reference *Reference // the reference in Head, with spans in the source; nil if Head is free text
	Wrong     bool       // set if Head is neither a reference nor free text; [ParseReference] returns the reason
	Options   []Option   // the field list at the start of the indented lines
	Body      []Text     // the other indented lines, dedented, without blank lines at either end
}

// ParseItems parses the content of an airflow-config-default directive. Each line at the
// margin begins an item. Its indented lines are options, as a field list, and a body.
// Indented lines above the first item are a problem.
func ParseItems(source []byte, content []Text) ([]Item, []Problem) {
	c := itemContent{source, content}
	tree, _ := parse(itemGrammar(), c.tokens()) // the grammar accepts any content
	return c.items(tree)
}

// itemGrammar parses items.
var itemGrammar = sync.OnceValue(func() *participle.Parser[itemsTree] { return newGrammar[itemsTree](itemSymbols) })

// An itemsTree is the whole content.
type itemsTree struct {
	Stray *bodyTree   `parser:"@@?"`
	Items []*itemTree `parser:"@@*"`
}

// An itemTree is one item.
type itemTree struct {
	Bullet    []lexer.Token  `parser:"@Bullet?"`
	Reference *referenceTree `parser:"( @@ Newline"`
	Text      []lexer.Token  `parser:"| @(~(Open | EnvVar | Newline)+) Newline"`
	Wrong     []lexer.Token  `parser:"| @(~Newline+) Newline )"`
	Options   []*fieldTree   `parser:"Blank* @@*"`
	Body      *bodyTree      `parser:"@@?"`
}

// A fieldTree is an option of an item.
type fieldTree struct {
	Name  []lexer.Token `parser:"@FieldName"`
	Value []lexer.Token `parser:"@(Deeper*)"`
}

// A bodyTree is indented text.
type bodyTree struct {
	Lines []lexer.Token `parser:"@( (FieldName | Deeper | Line | Blank)+ )"`
}

// The types of the tokens of items, beside those of references.
const (
	itemBullet    = wordNewline - 1 - iota // the bullet of a line at the margin
	itemFieldName                          // the name of a field at the margin of the indented lines
	itemDeeper                             // the text after a field name, or a line indented deeper than the margin
	itemLine                               // another line at the margin of the indented lines
	itemBlank                              // a blank line
)

// itemSymbols maps the names used in the grammar to the types of tokens.
var itemSymbols = func() symbols {
	all := symbols{"Bullet": itemBullet, "FieldName": itemFieldName, "Deeper": itemDeeper, "Line": itemLine, "Blank": itemBlank}
	maps.Copy(all, wordSymbols)
	return all
}()

// An itemContent is the content of a directive in a source.
type itemContent struct {
	source []byte
	lines  []Text
}

// tokens returns the tokens of the content.
func (c itemContent) tokens() *tokenList {
	list := &tokenList{}
	for i := 0; i < len(c.lines); {
		end := i
		for end < len(c.lines) && (c.lines[end].Value == "" || c.lines[end].Value[0] == ' ') {
			end++
		}
		c.addIndented(list, i, end)
		if end < len(c.lines) {
			c.addHead(list, end)
		}
		i = end + 1
	}
	return list
}

// addHead adds the tokens of a line at the margin.
func (c itemContent) addHead(list *tokenList, i int) {
	line, at := c.lines[i].Value, 0
	if len(line) > 1 && strings.IndexByte("-*+", line[0]) >= 0 && line[1] == ' ' {
		list.addToken(itemBullet, line[:1], i, 0)
		at = 1 + indentation(line[1:])
	}
	list.addWords(line, i, at)
	list.addToken(wordNewline, "", i, len(line))
}

// addIndented adds the tokens of lines[start:end], which are indented or blank.
func (c itemContent) addIndented(list *tokenList, start, end int) {
	margin := leastIndentation(c.lines[start:end])
	for i := start; i < end; i++ {
		line := c.lines[i].Value
		depth := indentation(line)
		name, n := fieldMarker([]byte(line[depth:]))
		switch {
		case line == "":
			list.addToken(itemBlank, "", i, 0)
		case depth > margin:
			list.addToken(itemDeeper, line[depth:], i, depth)
		case n == 0:
			list.addToken(itemLine, line[depth:], i, depth)
		default:
			list.addToken(itemFieldName, line[depth+1:depth+name], i, depth+1)
			if depth+n < len(line) {
				list.addToken(itemDeeper, line[depth+n:], i, depth+n)
			}
		}
	}
}

// items returns the items of the tree, and the problems of the content.
func (c itemContent) items(tree *itemsTree) (items []Item, problems []Problem) {
	if stray := c.body(tree.Stray); len(stray) > 0 {
		first := stray[0]
		span := cut(c.source, first, indentation(first.Value), len(first.Value)).Span
		problems = append(problems, *rejection{"an item", "indented text"}.problem(span, ""))
	}
	for _, t := range tree.Items {
		items = append(items, c.item(t))
	}
	return items, problems
}

// item returns the item of a tree.
func (c itemContent) item(t *itemTree) Item {
	it := Item{Wrong: t.Wrong != nil}
	if t.Reference == nil {
		it.Head = c.text(append(t.Text, t.Wrong...))
	} else {
		line := c.lines[t.Reference.line()]
		r := t.Reference.reference(line.Value)
		it.Head = cut(c.source, line, r.Span.Start, r.Span.End)
		r = r.In(c.source, line)
		it.Unit = r.Unit
		if it.Wrong = r.validate() != nil; !it.Wrong {
			it.Reference = &r
		}
	}
	it.Span = it.Head.Span
	if len(t.Bullet) > 0 {
		it.Span.Start = c.text(t.Bullet).Start
	}
	if it.Unit != nil {
		it.Span.End = it.Unit.End
	}
	for _, o := range t.Options {
		it.Options = append(it.Options, c.option(o))
		it.Span.End = it.Options[len(it.Options)-1].Span.End
	}
	if it.Body = c.body(t.Body); len(it.Body) > 0 {
		it.Span.End = it.Body[len(it.Body)-1].End
	}
	return it
}

// text returns the text that tokens of one line cover.
func (c itemContent) text(list []lexer.Token) Text {
	line := c.lines[list[0].Pos.Line]
	t := textOf(line.Value, list)
	return cut(c.source, line, t.Start, t.End)
}

// option returns the option of a tree.
func (c itemContent) option(t *fieldTree) Option {
	o := Option{Name: c.text(t.Name)}
	o.Span = Span{o.Name.Start - 1, o.Name.End + 1}
	for _, line := range t.Value {
		o.Value = append(o.Value, c.text([]lexer.Token{line}))
		o.Span.End = o.Value[len(o.Value)-1].End
	}
	return o
}

// body returns the lines of indented text without their margin and without blank lines at
// either end.
func (c itemContent) body(t *bodyTree) []Text {
	if t == nil {
		return nil
	}
	lines := withoutBlankEnds(c.lines[t.Lines[0].Pos.Line : t.Lines[len(t.Lines)-1].Pos.Line+1])
	margin := leastIndentation(lines)
	body := make([]Text, len(lines))
	for i, l := range lines {
		body[i] = cut(c.source, l, min(margin, len(l.Value)), len(l.Value))
	}
	return body
}

// cut returns the part t.Value[start:end] of t.
func cut(source []byte, t Text, start, end int) Text {
	return new(Alignment).Part(source, t, start, end)
}

// indentation returns the number of leading blanks of line.
func indentation(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

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

// leastIndentation returns the least indentation of lines that are not blank.
func leastIndentation(lines []Text) int {
	least := -1
	for _, l := range lines {
		if n := indentation(l.Value); l.Value != "" && (least < 0 || n < least) {
			least = n
		}
	}
	return max(least, 0)
}
