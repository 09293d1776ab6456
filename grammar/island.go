package grammar

// An island is a directive or a comment that the reader looks for: what the
// block reader knows of it, and its words as tokens.
type island struct {
	span      Span       // of its node
	directive *Directive // of a directive; its words are put in from the tokens
	comment   *Comment   // of a comment, likewise
	tokens    []token
}

// A token is a word or a line of an island.
type token struct {
	kind tokenKind
	text Text
}

// A tokenKind is the type of a token of a page.
type tokenKind rune

// The types of tokens. Each byte of a page is in one that is water, a gap, or a word of an island.
const (
	water         tokenKind = -(iota + 2) // everything between islands
	gap                                   // between the words of an island
	directiveMark                         // the ".." of a directive
	commentMark                           // the ".." of a comment
	keeperMark                            // of no width: what follows is the directive that a comment keeps
	substitution                          // the substitution text that a directive defines
	directiveType                         // the directive type
	argument                              // a line of arguments
	optionName                            // the name of an option, without its colons
	optionValue                           // a line of the value of an option
	contentLine                           // a line of content
	commentText                           // a line of a comment
)

// island adds an island at span, whose first line ends at lineEnd in the page's
// text and begins with the given mark, and returns its index.
func (p *parser) island(span Span, lineEnd int, mark tokenKind) int {
	node := span
	if p.cell != InDocument {
		node.End = p.sourceOffset(lineEnd)
	}
	is := island{span: node}
	is.put(mark, Text{Span: Span{span.Start, span.Start + len("..")}})
	p.islands = append(p.islands, is)
	return len(p.islands) - 1
}

// put adds a token.
func (is *island) put(kind tokenKind, text Text) { is.tokens = append(is.tokens, token{kind, text}) }

// putAll adds a token for each of the lines.
func (is *island) putAll(kind tokenKind, lines []Text) {
	for _, t := range lines {
		is.put(kind, t)
	}
}

// putDirective adds the words of a directive, less its mark.
func (p *parser) putDirective(is *island, h directiveHead, parts parts) {
	if h.substitution != nil {
		is.put(substitution, *h.substitution)
	}
	is.put(directiveType, p.textAt(h.name, h.nameEnd))
	is.putAll(argument, p.linesOf(parts.arguments))
	for _, o := range parts.options {
		is.put(optionName, o.Name)
		is.putAll(optionValue, o.Value)
	}
	is.putAll(contentLine, p.linesOf(parts.content))
}
