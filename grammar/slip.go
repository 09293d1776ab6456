package grammar

import (
	"bytes"

	"github.com/alecthomas/participle/v2/lexer"
)

// A Slip is probably a misspelt directive of a type that the reader looks for. docutils
// reads it as a comment, as text, or as an empty substitution definition.
type Slip struct {
	Head Text     // the first line up to the colons
	Name string   // the directive type as written
	Form SlipForm // what is wrong
	Text []Text   // the lines of the comment; nil for other slips
}

// A SlipForm says what is wrong in a Slip.
type SlipForm uint8

// The forms of slips. docutils reads [NoDots] and all later ones as text.
const (
	NoColons         SlipForm = iota
	WrongColons               // one colon, or more than two
	NoBlankBehind             // no blank after the two colons
	BlankBefore               // too many blanks before the colons
	SeveralWords              // or one word that is not a valid directive type
	BelowDots                 // the type is in the line below the dots
	NoBar                     // the second bar of a substitution definition is missing
	NoDots                    // no dots before the type
	OneDot                    // one dot, or three
	NoBlankAfterDots          // two dots, with no blank after them
	InParagraph               // a directive without a blank line between it and a paragraph
)

// IsText reports whether docutils reads the slip as text.
func (f SlipForm) IsText() bool { return f >= NoDots }

// commentSlip returns the slip if the comment is one, else nil.
func (x *explicit) commentSlip() *Slip {
	switch c := x.tree.Comment; {
	case c == nil || x.reader.Near == nil:
		return nil
	case c.Bar:
		return x.barSlip(c.Loose)
	default:
		return x.looseSlip(c.Loose, c.Below, 1)
	}
}

// looseSlip returns the slip if words and colons are one, else nil. blanks is the number
// of blanks that docutils allows before the colons.
func (x *explicit) looseSlip(t *looseTree, below bool, blanks int) *Slip {
	if len(t.Words) == 0 {
		return nil
	}
	last := t.Words[len(t.Words)-1]
	colons, form := t.Right, SeveralWords
	switch {
	case t.Right == nil && t.Wrong == nil:
		colons, form, last = &t.Words[0], NoColons, t.Words[0]
	case t.Right == nil && t.Wrong.Type == gluedToken:
		colons, form = t.Wrong, NoBlankBehind
		if len(t.Words) > 1 || last.Type == oddToken {
			form = SeveralWords
		}
	case t.Right == nil && len(t.Words) > 1:
		return nil // a sentence that ends with a colon
	case t.Right == nil:
		colons, form = t.Wrong, WrongColons
	case below:
		form = BelowDots
	case len(t.Words) == 1 && last.Type == nameToken && t.Right.Pos.Offset-last.Pos.Offset-last.Pos.Column > blanks:
		form = BlankBefore
	}
	slip := x.slip(t.Words[0], *colons, form)
	slip.Name = string(x.text[t.Words[0].Pos.Offset : last.Pos.Offset+last.Pos.Column])
	if !x.reader.Near(slip.Name) {
		return nil
	}
	return slip
}

// barSlip returns the slip if words after a bar are one, else nil. The last word is the
// type.
func (x *explicit) barSlip(t *looseTree) *Slip {
	if t.Right == nil || len(t.Words) < 2 {
		return nil
	}
	last := t.Words[len(t.Words)-1]
	if slip := x.slip(last, *t.Right, NoBar); x.reader.Near(slip.Name) {
		return slip
	}
	return nil
}

// slip returns the slip whose head extends from the type to the colons.
func (p *parser) slip(typ, colons lexer.Token, form SlipForm) *Slip {
	start, end := typ.Pos.Offset, colons.Pos.Offset+colons.Pos.Column
	return &Slip{
		Head: p.textAt(start, end), Name: string(p.text[start : start+typ.Pos.Column]), Form: form,
	}
}

// reportTextSlips reports the lines of b that are slips.
func (p *parser) reportTextSlips(b block) {
	if p.reader.Near == nil {
		return
	}
	for i := b.first; i < b.end; i++ {
		line := bytes.TrimLeft(p.lineText(&b, i), ". ")
		n := len(line) - len(bytes.TrimLeftFunc(line, isWordRune))
		if n == 0 || !p.reader.Near(string(line[:n])) {
			continue
		}
		if slip := p.textSlip(b.from(i).upTo(i + 1)); slip != nil {
			p.found = append(p.found, Node{Span: slip.Head.Span, Slip: slip})
		}
	}
}

// textSlip returns the slip if the only line of b is one, else nil.
func (p *parser) textSlip(b block) *Slip {
	c := p.tokenizeText(b)
	start, _ := p.bounds(&b, b.first)
	tree, rejected := parse(textGrammar(), c)
	t := tree.Loose
	if rejected != nil || t == nil || len(t.Words) != 1 || t.Right == nil && t.Wrong == nil {
		return nil
	}
	colons := t.Right
	if colons == nil {
		colons = t.Wrong
	}
	form := NoDots
	switch dots := tree.Dots; {
	case tree.Mark != nil && colons.Type != colonToken:
		form = InParagraph
	case tree.Mark != nil: // prose
		return nil
	case dots != nil && dots.Pos.Column == len(".."):
		form = NoBlankAfterDots
	case t.Right == nil || dots != nil && dots.Pos.Column > len("..."):
		return nil
	case dots != nil:
		form = OneDot
	case len(t.Block.Text) == 0:
		return nil // text that introduces a literal block
	}
	slip := p.slip(t.Words[0], *colons, form)
	slip.Head = p.textAt(start, colons.Pos.Offset+colons.Pos.Column)
	return slip
}
