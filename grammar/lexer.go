package grammar

import (
	"bytes"
	"slices"

	"github.com/alecthomas/participle/v2/lexer"
)

// The types of tokens of explicit markup.
const (
	markToken    lexer.TokenType = -(iota + 100) // ".." and the blanks after it
	dotsToken                                    // any other number of dots at the start of a line
	barToken                                     // "|"
	nameToken                                    // a word that is a valid directive type
	oddToken                                     // a word that is not a valid directive type
	blankToken                                   // one blank; two tokens represent two or more blanks
	colonToken                                   // ":"
	colonsToken                                  // "::" before a blank or the end of the line
	gluedToken                                   // "::" before anything else
	manyToken                                    // three or more colons
	fieldToken                                   // ":name:" at the margin; the blanks after it are skipped
	phraseToken                                  // the same, with a name of several words
	valueToken                                   // the rest of a line after a field marker, or an indented line below it
	textToken                                    // any other text, up to the end of the line
	newlineToken                                 // the end of a line with no other token left
	gapToken                                     // blank lines before fields
	contentToken                                 // everything after the first blank line
	openToken                                    // "["
	ruleToken                                    // the name of a rule
	commaToken                                   // ","
	closeToken                                   // "]"
	literalToken                                 // an inline literal
)

// markupSymbols maps the names used in the grammar to the types of tokens.
var markupSymbols = symbols{
	"EOF": lexer.EOF, "Mark": markToken, "Dots": dotsToken, "Bar": barToken, "Name": nameToken, "Odd": oddToken,
	"Blank": blankToken, "Colon": colonToken, "Colons": colonsToken, "Glued": gluedToken, "Many": manyToken,
	"Field": fieldToken, "Phrase": phraseToken, "Value": valueToken, "Text": textToken, "NL": newlineToken,
	"Gap": gapToken, "Content": contentToken, "Open": openToken, "Rule": ruleToken, "Comma": commaToken,
	"Close": closeToken, "Literal": literalToken,
}

// A cutter is the lexer of explicit markup: it cuts the lines of a block into tokens. The
// Offset of a token is its offset in the page's text, Line the index of its line, and
// Column its length in bytes.
type cutter struct {
	*parser
	tokenList
	block              // the lines to cut
	line          int  // index of the current line
	at            int  // offset of the rest of the line
	end           int  // offset of the end of the line
	name          Span // the last word, as offsets in the page's text
	afterWindsock bool // the rest of the block follows "windsock:"
	hasOptions    bool // the directive accepts options
}

// tokenizeMarkup returns the tokens of an explicit markup block.
func (p *parser) tokenizeMarkup(b block) *cutter {
	c := &cutter{parser: p, block: b, tokenList: tokenList{list: slices.Grow(p.tokens[:0], 16)}}
	defer func() {
		p.tokens = c.list
		c.tokenList.end.Offset = c.end
	}()
	c.openLine(b.first)
	c.token(markToken, c.at, c.at+2)
	c.skipLineEnd()
	c.cutBar()
	c.cutWords()
	return c
}

// tokenizeText returns the tokens of a line of text.
func (p *parser) tokenizeText(b block) *cutter {
	c := &cutter{parser: p, block: b}
	c.openLine(b.first)
	n := c.at
	for n < c.end && p.text[n] == '.' {
		n++
	}
	switch {
	case n == c.at+2 && n < c.end && p.text[n] == ' ':
		c.token(markToken, c.at, n)
		c.skipBlanks()
	case n > c.at:
		c.token(dotsToken, c.at, n)
		c.cutBlanks()
	}
	c.cutWords()
	return c
}

// token adds a token for text[start:end] and moves to its end.
func (c *cutter) token(kind lexer.TokenType, start, end int) { c.tokenOf(kind, start, end, "") }

// tokenOf is token with a value. Only words, and text that can span lines, have one.
func (c *cutter) tokenOf(kind lexer.TokenType, start, end int, value string) {
	c.list = append(c.list, lexer.Token{
		Type: kind, Value: value, Pos: lexer.Position{Offset: start, Line: c.line, Column: end - start},
	})
	c.at = end
}

// openLine moves to the start of line i.
func (c *cutter) openLine(i int) {
	c.steps++
	c.line = i
	c.at, c.end = c.bounds(&c.block, i)
}

// nextLine moves to the next line. It reports false if the block ends or the line is
// blank.
func (c *cutter) nextLine() bool {
	if c.endsAt(&c.block, c.line+1) {
		return false
	}
	c.openLine(c.line + 1)
	return true
}

// rest returns the rest of the line.
func (c *cutter) rest() []byte { return c.text[c.at:c.end] }

// skipBlanks skips white space.
func (c *cutter) skipBlanks() { c.at += c.indentBytes(c.at, c.end) }

// cutBlanks adds a token for one blank and two tokens for more: the grammar accepts one
// where docutils does. Other white space is not skipped: docutils does not accept it.
func (c *cutter) cutBlanks() {
	n := markEnd(c.rest(), 0)
	end := c.at + n
	for range min(n, 2) {
		c.token(blankToken, c.at, c.at+1)
	}
	c.at = end
}

// cutBar adds a bar. If another bar closes it, cutBar also adds the substitution text
// between them and the closing bar.
func (c *cutter) cutBar() {
	if firstByte(c.rest()) != '|' {
		return
	}
	c.token(barToken, c.at, c.at+1)
	if b := firstByte(c.rest()); b != ' ' && b != 0 {
		inner := c.block.from(c.line)
		inner.textStart = c.at
		if line, offset, ok := c.substitutionName(&inner); ok {
			text := c.joinLines(inner.upTo(line+1), offset)
			c.tokenOf(textToken, c.at, offset, text.Value)
			if line != c.line {
				c.openLine(line)
			}
			c.token(barToken, offset, offset+1)
		}
	}
	c.skipLineEnd()
}

// mostWords limits the words that cutWords reads: a misspelt directive type has at most
// three.
const mostWords = 4

// cutWords adds words, the colons after them, and what follows these. Without colons,
// everything after the first word is text.
func (c *cutter) cutWords() {
	first, start := len(c.list), c.at
	for n := 0; n < mostWords && c.cutWord(); n++ {
		if n == 0 {
			first, start = len(c.list), c.at
		}
		c.cutBlanks()
	}
	text := c.rest()
	n := len(text) - len(bytes.TrimLeft(text, ":"))
	switch {
	case c.afterWindsock && firstByte(text) == '[' && c.isSilence():
		c.cutSilence()
	case n == 0 && !c.afterWindsock:
		c.list, c.at = c.list[:first], start
		c.addText()
	case n == 0 || c.name == Span{}:
		c.addText()
	case n == 1 && c.isFirst(windsock):
		c.token(colonToken, c.at, c.at+n)
		c.cutWindsock()
	case n == 1:
		c.cutWrongColons(colonToken, n)
	case n > 2:
		c.cutWrongColons(manyToken, n)
	case markEnd(text, 2) == 0:
		c.cutWrongColons(gluedToken, n)
	default:
		c.token(colonsToken, c.at, c.at+n)
		c.skipBlanks()
		c.cutDirectiveBlock()
	}
}

// windsock is the first word of the comments that windsock reads.
const windsock = "windsock"

// isFirst reports whether the last word is the given one and also the first word of the
// block.
func (c *cutter) isFirst(word string) bool {
	for _, t := range c.list {
		if t.Type == nameToken {
			return t.Value == word && t.Pos.Offset == c.name.Start
		}
	}
	return false
}

// isSilence reports whether the last word is the keyword of a silencing comment.
func (c *cutter) isSilence() bool {
	word := string(c.text[c.name.Start:c.name.End])
	return word == "ignore" || word == "ignore-file"
}

// cutWindsock cuts the text after "windsock:".
func (c *cutter) cutWindsock() {
	c.name, c.afterWindsock = Span{}, true
	c.skipLineEnd()
	c.cutBar()
	c.cutWords()
}

// skipLineEnd skips blanks. At the end of a line it adds a token and moves to the next line.
func (c *cutter) skipLineEnd() {
	c.at = c.end - len(bytes.TrimLeft(c.rest(), " "))
	if c.at == c.end && c.nextLine() {
		c.token(newlineToken, c.at, c.at)
		c.skipBlanks()
	}
}

// cutSilence cuts the rules and the option of a silencing comment, which can span lines.
// The reason after them is free text.
func (c *cutter) cutSilence() {
	c.token(openToken, c.at, c.at+1)
	for c.skipToText() {
		switch text := c.rest(); text[0] {
		case ',':
			c.token(commaToken, c.at, c.at+1)
		case ']':
			c.token(closeToken, c.at, c.at+1)
			if c.skipToText() {
				c.cutLiteral()
			}
			return
		default:
			n := bytes.IndexAny(text, ",]")
			if n < 0 {
				n = len(text)
			}
			c.token(ruleToken, c.at, c.at+len(trimRight(text[:n])))
		}
	}
}

// skipToText skips white space and line ends. It reports false if a blank line or the end
// of the block comes first.
func (c *cutter) skipToText() bool {
	c.skipBlanks()
	for c.at == c.end && c.nextLine() {
		c.skipBlanks()
	}
	return c.at < c.end
}

// cutLiteral adds an inline literal, which can span lines.
func (c *cutter) cutLiteral() {
	if !bytes.HasPrefix(c.rest(), []byte("``")) {
		return
	}
	b := c.block.from(c.line)
	b.textStart = c.at + 2
	for i := c.line; !c.endsAt(&b, i); i++ {
		start, end := c.bounds(&b, i)
		n := bytes.IndexByte(c.text[start:end], '`')
		if n < 0 {
			continue
		}
		if bytes.HasPrefix(c.text[start+n:end], []byte("``")) {
			text := c.joinLines(b.upTo(i+1), start+n)
			c.tokenOf(literalToken, b.textStart, start+n, text.Value)
			c.openLine(i)
			c.at = start + n + 2
		}
		return
	}
}

// cutWord adds a word and reports whether there is one.
func (c *cutter) cutWord() bool {
	text := c.rest()
	n, kind := simpleNameLength(text), nameToken
	if n == 0 || !endsType(text[n:]) {
		n = len(text) - len(bytes.TrimLeftFunc(text, isWordRune))
		if n == 0 {
			return false
		}
		if simpleNameLength(text[:n]) != n {
			kind = oddToken
		}
	}
	c.name = Span{c.at, c.at + n}
	c.tokenOf(kind, c.at, c.at+n, string(text[:n]))
	return true
}

// endsType reports whether text, which follows a word, makes the word a directive type.
func endsType(text []byte) bool {
	text = bytes.TrimPrefix(text, []byte(" "))
	return bytes.HasPrefix(text, []byte("::")) && markEnd(text, 2) > 0
}

// isWordRune reports whether r can be part of a misspelt directive type.
func isWordRune(r rune) bool {
	return r < 0x80 && (isAlnum(byte(r)) || r == '-' || r == '_')
}

// cutWrongColons adds n colons and the rest of the line.
func (c *cutter) cutWrongColons(kind lexer.TokenType, n int) {
	c.token(kind, c.at, c.at+n)
	c.skipBlanks()
	c.addText()
}

// addText adds the rest of the line, if any, as text.
func (c *cutter) addText() { c.addRest(textToken) }

// addRest adds the rest of the line, if any.
func (c *cutter) addRest(kind lexer.TokenType) {
	if c.at < c.end {
		c.token(kind, c.at, c.end)
	}
}
