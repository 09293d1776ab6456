package grammar

import (
	"bytes"
	"slices"

	"github.com/alecthomas/participle/v2/lexer"
)

// The types of tokens of explicit markup.
const (
	markToken    lexer.TokenType = -(iota + 100) // ".." and the blanks behind it
	dotsToken                                    // other dots that begin a line
	barToken                                     // "|"
	nameToken                                    // what docutils takes for a directive type
	oddToken                                     // a word that is no type
	blankToken                                   // one blank, or several where docutils takes one for many
	colonToken                                   // ":"
	colonsToken                                  // "::" before a blank or the end of the line
	gluedToken                                   // "::" before anything else
	manyToken                                    // three colons and more
	fieldToken                                   // ":name:" at the margin, with the blanks behind it
	phraseToken                                  // the same, with a name of several words
	valueToken                                   // the rest of a line behind a field marker, or an indented line below it
	textToken                                    // any other text, up to the end of the line
	newlineToken                                 // the end of a line that holds no more
	gapToken                                     // blank lines before fields
	contentToken                                 // all lines behind the first blank one
	openToken                                    // "["
	ruleToken                                    // the name of a rule
	commaToken                                   // ","
	closeToken                                   // "]"
	literalToken                                 // an inline literal
)

// markupSymbols names the types of tokens in the grammar.
var markupSymbols = symbols{
	"EOF": lexer.EOF, "Mark": markToken, "Dots": dotsToken, "Bar": barToken, "Name": nameToken, "Odd": oddToken,
	"Blank": blankToken, "Colon": colonToken, "Colons": colonsToken, "Glued": gluedToken, "Many": manyToken,
	"Field": fieldToken, "Phrase": phraseToken, "Value": valueToken, "Text": textToken, "NL": newlineToken,
	"Gap": gapToken, "Content": contentToken, "Open": openToken, "Rule": ruleToken, "Comma": commaToken,
	"Close": closeToken, "Literal": literalToken,
}

// A cutter cuts the lines of a block into tokens.
type cutter struct {
	*parser
	tokenList
	block              // the lines, of which the first begins at at
	line          int  // the line that is cut
	at            int  // where its rest begins
	end           int  // where it ends
	name          Span // the last word, in the page's text
	afterWindsock bool // what is cut stands behind "windsock:"
	hasOptions    bool // the directive takes options
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

// token adds a token, which is text[start:end], and moves behind it.
func (c *cutter) token(kind lexer.TokenType, start, end int) { c.tokenOf(kind, start, end, "") }

// tokenOf adds a token with a value: a name, or what may go on in other lines.
func (c *cutter) tokenOf(kind lexer.TokenType, start, end int, value string) {
	c.list = append(c.list, lexer.Token{
		Type: kind, Value: value, Pos: lexer.Position{Offset: start, Line: c.line, Column: end - start},
	})
	c.at = end
}

// open begins to cut line i.
func (c *cutter) openLine(i int) {
	c.steps++
	c.line = i
	c.at, c.end = c.bounds(&c.block, i)
}

// next begins to cut the next line, unless the block ends or it is blank.
func (c *cutter) nextLine() bool {
	if c.endsAt(&c.block, c.line+1) {
		return false
	}
	c.openLine(c.line + 1)
	return true
}

// rest returns what is left of the line.
func (c *cutter) rest() []byte { return c.text[c.at:c.end] }

// skipBlanks moves behind white space.
func (c *cutter) skipBlanks() { c.at += c.indentBytes(c.at, c.end) }

// blanks adds the blanks that come next, if there are any: two are more than one.
func (c *cutter) cutBlanks() {
	n := markEnd(c.rest(), 0)
	for range min(n, 2) {
		c.token(blankToken, c.at, c.at+1)
	}
	c.skipBlanks()
}

// bar adds a bar and, if another one closes it, the substitution text between them.
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

// mostWords is how many words, at most, may have been meant as a directive type, and one.
const mostWords = 4

// words adds words and the colons behind them, and what these begin. Without colons all
// but the first word is text.
func (c *cutter) cutWords() {
	first, behind := len(c.list), c.at
	for n := 0; n < mostWords && c.cutWord(); n++ {
		if n == 0 {
			first, behind = len(c.list), c.at
		}
		c.cutBlanks()
	}
	text := c.rest()
	n := len(text) - len(bytes.TrimLeft(text, ":"))
	switch {
	case c.afterWindsock && firstByte(text) == '[' && c.isSilence():
		c.cutSilence()
	case n == 0 && !c.afterWindsock:
		c.list, c.at = c.list[:first], behind
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

// windsock is the word that comments for windsock begin with.
const windsock = "windsock"

// isFirst reports whether the last word is the given one, and the first of the block.
func (c *cutter) isFirst(word string) bool {
	for _, t := range c.list {
		if t.Type == nameToken {
			return t.Value == word && t.Pos.Offset == c.name.Start
		}
	}
	return false
}

// isSilence reports whether the last word begins a comment that silences.
func (c *cutter) isSilence() bool {
	word := string(c.text[c.name.Start:c.name.End])
	return word == "ignore" || word == "ignore-file"
}

// cutWindsock cuts what follows the colon of a comment for windsock.
func (c *cutter) cutWindsock() {
	c.name, c.afterWindsock = Span{}, true
	c.skipLineEnd()
	c.cutBar()
	c.cutWords()
}

// skipLineEnd moves behind white space and, where the line ends, to the next one.
func (c *cutter) skipLineEnd() {
	if c.skipBlanks(); c.at == c.end && c.nextLine() {
		c.token(newlineToken, c.at, c.at)
		c.skipBlanks()
	}
}

// silence cuts the rules and the option of a comment that silences, which may go on in other
// lines. The reason behind them is free text.
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

// skipToText moves to what comes next that is no white space, and reports whether there is any
// before a blank line.
func (c *cutter) skipToText() bool {
	c.skipBlanks()
	for c.at == c.end && c.nextLine() {
		c.skipBlanks()
	}
	return c.at < c.end
}

// literal adds an inline literal, which may go on in other lines.
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

// word adds a word and reports whether there is one.
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

// endsType reports whether what stands behind a word makes it a directive type.
func endsType(text []byte) bool {
	text = bytes.TrimPrefix(text, []byte(" "))
	return bytes.HasPrefix(text, []byte("::")) && markEnd(text, 2) > 0
}

// isWordRune reports whether r may stand in what was meant as a directive type.
func isWordRune(r rune) bool {
	return r < 0x80 && (isAlnum(byte(r)) || r == '-' || r == '_')
}

// wrong adds colons of n bytes and the rest of the line.
func (c *cutter) cutWrongColons(kind lexer.TokenType, n int) {
	c.token(kind, c.at, c.at+n)
	c.skipBlanks()
	c.addText()
}

// addText adds the rest of the line as text, if there is any.
func (c *cutter) addText() { c.addRest(textToken) }

// addRest adds the rest of the line, if there is any.
func (c *cutter) addRest(kind lexer.TokenType) {
	if c.at < c.end {
		c.token(kind, c.at, c.end)
	}
}
