package grammar

import (
	"cmp"
	"io"
	"math"
	"slices"
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// A pageTree is a page, as the grammar sees it: an island grammar over the
// tokens that the block reader finds. It sees neither water nor gaps.
type pageTree struct {
	Nodes []*nodeTree `parser:"@@*"`
}

// A nodeTree is an island.
type nodeTree struct {
	Directive *directiveTree `parser:"  DirectiveMark @@"`
	Comment   *commentTree   `parser:"| CommentMark @@"`
}

// A directiveTree is a directive after its mark.
type directiveTree struct {
	Substitution []lexer.Token `parser:"@Substitution?"`
	Type         []lexer.Token `parser:"@Type"`
	Arguments    []lexer.Token `parser:"@(Argument*)"`
	Options      []*optionTree `parser:"@@*"`
	Content      []lexer.Token `parser:"@(Content*)"`
}

// An optionTree is an option of a directive.
type optionTree struct {
	Name  []lexer.Token `parser:"@OptionName"`
	Value []lexer.Token `parser:"@(OptionValue*)"`
}

// A commentTree is a comment after its mark, with the directive that it keeps.
type commentTree struct {
	Text []lexer.Token  `parser:"@(Text*)"`
	Kept *directiveTree `parser:"(Keeper @@)?"`
}

// symbols names the types of tokens in the grammar.
var symbols = map[string]lexer.TokenType{
	"EOF":           lexer.EOF,
	"Water":         lexer.TokenType(water),
	"Gap":           lexer.TokenType(gap),
	"DirectiveMark": lexer.TokenType(directiveMark),
	"CommentMark":   lexer.TokenType(commentMark),
	"Keeper":        lexer.TokenType(keeperMark),
	"Substitution":  lexer.TokenType(substitution),
	"Type":          lexer.TokenType(directiveType),
	"Argument":      lexer.TokenType(argument),
	"OptionName":    lexer.TokenType(optionName),
	"OptionValue":   lexer.TokenType(optionValue),
	"Content":       lexer.TokenType(contentLine),
	"Text":          lexer.TokenType(commentText),
}

// A definition is the lexer of pages that hold what its reader looks for.
type definition struct{ reader *Reader }

// Symbols returns the types of tokens by name.
func (d definition) Symbols() map[string]lexer.TokenType { return symbols }

// Lex returns the tokens of the page that r gives.
func (d definition) Lex(_ string, r io.Reader) (lexer.Lexer, error) {
	source, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	p := &parser{page: newPage(source, nil), reader: d.reader}
	p.readBlocks()
	return newTokens(len(source), p.islands), nil
}

// A tokens is the list of the tokens of a page. As positions are used for spans
// alone, Offset is the first byte of a token in the source, and Column counts
// its bytes there; its Value may differ from these.
type tokens struct {
	list []lexer.Token
	at   int // the offset that the tokens reach up to
}

// Next returns the next token.
func (t *tokens) Next() (lexer.Token, error) {
	if len(t.list) == 0 {
		return lexer.EOFToken(lexer.Position{Offset: t.at}), nil
	}
	next := t.list[0]
	t.list = t.list[1:]
	return next, nil
}

// newTokens returns the tokens of a page of the given size with its islands, in
// the order of the source. The words of an island in a table's cell follow its
// first line, though the lines that hold them may hold other cells too.
func newTokens(size int, islands []island) *tokens {
	t := &tokens{list: make([]lexer.Token, 0, mostTokens(islands))}
	for _, is := range islands {
		t.fill(water, is.span.Start)
		for _, word := range is.tokens {
			if t.at < is.span.End {
				t.fill(gap, min(word.text.Start, is.span.End))
			}
			t.add(word.kind, word.text)
			t.at = min(max(t.at, word.text.End), is.span.End)
		}
		t.fill(gap, is.span.End)
	}
	t.fill(water, size)
	t.at = size
	return t
}

// newWords returns the tokens that the parser sees: those of newTokens less water and
// gaps, which most are.
func newWords(islands []island) *tokens {
	n := 0
	for _, is := range islands {
		n += len(is.tokens)
	}
	t := &tokens{list: make([]lexer.Token, 0, n)}
	for _, is := range islands {
		for _, word := range is.tokens {
			t.add(word.kind, word.text)
		}
	}
	return t
}

// mostTokens returns how many tokens a page with these islands has at most: their words,
// and what is between all of these.
func mostTokens(islands []island) int {
	n := 1
	for _, is := range islands {
		n += 2 + 2*len(is.tokens)
	}
	return n
}

// fill adds a token up to the given offset, unless the tokens reach there.
func (t *tokens) fill(kind tokenKind, to int) {
	if t.at < to {
		t.add(kind, Text{Span: Span{t.at, to}})
		t.at = to
	}
}

// add adds a token.
func (t *tokens) add(kind tokenKind, text Text) {
	t.list = append(t.list, lexer.Token{
		Type:  lexer.TokenType(kind),
		Value: text.Value,
		Pos:   lexer.Position{Offset: text.Start, Column: text.Len()},
	})
}

// A page may hold any number of directives, and these any number of lines: participle
// gives up at a million of either, and what it gave up would be passed over unsaid.
func init() { participle.MaxIterations = math.MaxInt }

// pageGrammar is the parser of pages.
var pageGrammar = sync.OnceValues(func() (*participle.Parser[pageTree], error) {
	return participle.Build[pageTree](
		participle.Lexer(definition{&Reader{}}),
		participle.Elide("Water", "Gap"),
	)
})

// nodes returns the nodes of the page. Its islands are the directives and
// comments of the grammar, one by one.
func (p *parser) nodes() []Node {
	if len(p.islands) == 0 {
		return nil
	}
	slices.SortStableFunc(p.islands, func(a, b island) int { return cmp.Compare(a.span.Start, b.span.Start) })
	tree, err := parsePage(newWords(p.islands))
	if err != nil {
		return nil // no tokens of islands can lead here
	}
	var nodes []Node
	for i, n := range tree.Nodes {
		nodes = append(nodes, p.islands[i].node(n))
	}
	return nodes
}

// parsePage parses the words of a page.
func parsePage(t *tokens) (*pageTree, error) {
	parser, err := pageGrammar()
	if err != nil {
		return nil, err
	}
	lex, err := lexer.Upgrade(t)
	if err != nil {
		return nil, err
	}
	return parser.ParseFromLexer(lex)
}

// node returns the node of an island whose words are those of n.
func (is *island) node(n *nodeTree) Node {
	node := Node{Span: is.span, Directive: is.directive, Comment: is.comment}
	switch {
	case n.Directive != nil && is.directive != nil:
		n.Directive.fill(is.directive)
	case n.Comment != nil && is.comment != nil:
		is.comment.Text = texts(n.Comment.Text)
		if n.Comment.Kept != nil {
			n.Comment.Kept.fill(is.comment.Directive)
		}
	}
	return node
}

// fill puts the words of a directive into d.
func (t *directiveTree) fill(d *Directive) {
	if names := texts(t.Substitution); len(names) > 0 {
		d.Substitution = &names[0]
	}
	d.Type = texts(t.Type)[0]
	d.Arguments = texts(t.Arguments)
	d.Content = texts(t.Content)
	for _, o := range t.Options {
		d.Options = append(d.Options, o.option())
	}
}

// option returns the option that the tree means.
func (t *optionTree) option() Option {
	o := Option{Name: texts(t.Name)[0], Value: texts(t.Value)}
	o.Span = Span{o.Name.Start - 1, o.Name.End + 1}
	if n := len(o.Value); n > 0 {
		o.Span.End = o.Value[n-1].End
	}
	return o
}

// texts returns the words that tokens consist of; a capture holds what is elided before
// these, too.
func texts(tokens []lexer.Token) []Text {
	var list []Text
	for _, t := range tokens {
		if t.Type != lexer.TokenType(water) && t.Type != lexer.TokenType(gap) {
			list = append(list, Text{Span{t.Pos.Offset, t.Pos.Offset + t.Pos.Column}, t.Value})
		}
	}
	return list
}
