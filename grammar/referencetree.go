package grammar

import (
	"cmp"
	"strings"
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// referenceGrammar parses option references.
var referenceGrammar = sync.OnceValue(func() *participle.Parser[referenceTree] { return newGrammar[referenceTree](wordSymbols) })

// foundGrammar parses the option reference at the start of running text.
var foundGrammar = sync.OnceValue(func() *participle.Parser[foundTree] { return newGrammar[foundTree](wordSymbols) })

// A foundTree is an option reference. Directives do not accept its Joined form.
type foundTree struct {
	Reference *referenceTree `parser:"  @@"`
	Joined    *joinedTree    `parser:"| @@"`
}

// A joinedTree is a section and a name with an arrow or a colon between them.
type joinedTree struct {
	Section []lexer.Token `parser:"@Word (Space? '-' '>' Space? | ':')"`
	Name    []lexer.Token `parser:"@Word"`
}

// reference returns the reference that the tree represents in text.
func (t *foundTree) reference(text string) Reference {
	if t.Joined == nil {
		return t.Reference.reference(text)
	}
	r := Reference{Form: Joined, Section: textOf(text, t.Joined.Section), Name: textOf(text, t.Joined.Name)}
	r.Span = Span{r.Section.Start, r.Name.End}
	r.End = r.Name.End
	return r
}

// A referenceTree is an option reference with its unit.
type referenceTree struct {
	Plain  *formTree     `parser:"( @@"`
	Quoted *formTree     `parser:"| Backquotes @@ Backquotes )"`
	Unit   []lexer.Token `parser:"(UnitMark @(~Newline+))?"`
}

// A formTree is an option reference without its backquotes.
type formTree struct {
	Bracketed *bracketedTree `parser:"  @@"`
	Variable  *lexer.Token   `parser:"| @EnvVar"`
	Label     *lexer.Token   `parser:"| LabelPrefix @(Word | Dotted)"`
	Dotted    *lexer.Token   `parser:"| @Dotted"`
	Command   *commandTree   `parser:"| @@"`
	Call      *callTree      `parser:"| @@"`
	Tokens    []lexer.Token
}

// A bracketedTree is one or more sections in brackets, and an option.
type bracketedTree struct {
	Sections []lexer.Token `parser:"Open @(Word | Dotted) Close (Open @(Word | Dotted) Close)*"`
	Name     []lexer.Token `parser:"(@(Word | Dotted))?"`
}

// A commandTree is a command line that prints the value of an option.
type commandTree struct {
	Section []lexer.Token `parser:"'config' Space 'get-value' Space ('-'+ Word Space)* @(Word | Dotted) Space"`
	Name    []lexer.Token `parser:"@(Word | Dotted)"`
}

// A callTree is a call of a method of Airflow's configuration in Python.
type callTree struct {
	Section []lexer.Token `parser:"Method '(' Space? Quote @(Word | Dotted) Quote ',' Space?"`
	Name    []lexer.Token `parser:"Quote @(Word | Dotted) Quote"`
}

// line returns the number of the line that contains the reference, from 0.
func (t *referenceTree) line() int { return cmp.Or(t.Plain, t.Quoted).Tokens[0].Pos.Line }

// reference returns the reference that the tree represents in text.
func (t *referenceTree) reference(text string) Reference {
	form, quotes := t.Plain, 0
	if form == nil {
		form, quotes = t.Quoted, len("``")
	}
	r := form.reference(text)
	if r.Span == (Span{}) {
		r.Span = textOf(text, form.Tokens).Span
	}
	r.Span.Start -= quotes
	r.Span.End += quotes
	r.End = r.Span.End
	if t.Unit != nil {
		unit := textOf(text, t.Unit)
		r.Unit = &unit
	}
	return r
}

// reference returns the reference that the tree represents in text. Its Span is zero if
// it covers the same text as the tree.
func (t *formTree) reference(text string) Reference {
	switch {
	case t.Bracketed != nil:
		return t.Bracketed.reference(text)
	case t.Variable != nil:
		return splitReference(text, t.Variable, Variable, len(EnvPrefix), strings.Index(t.Variable.Value[len(EnvPrefix):], Separator), len(Separator))
	case t.Label != nil:
		return splitReference(text, t.Label, Label, 0, strings.Index(t.Label.Value, Separator), len(Separator))
	case t.Dotted != nil:
		return splitReference(text, t.Dotted, Dotted, 0, strings.LastIndexByte(t.Dotted.Value, '.'), len("."))
	case t.Command != nil:
		r := Reference{Form: Command, Section: textOf(text, t.Command.Section), Name: textOf(text, t.Command.Name)}
		r.Span = Span{r.Section.Start, r.Name.End}
		return r
	}
	r := Reference{Form: Call, Section: textOf(text, t.Call.Section), Name: textOf(text, t.Call.Name)}
	r.Span = Span{r.Section.Start - len(`"`), r.Name.End + len(`"`)}
	return r
}

// reference returns the reference that the tree represents in text.
func (t *bracketedTree) reference(text string) Reference {
	last := t.Sections[len(t.Sections)-1:]
	r := Reference{Form: Bracketed, Section: textOf(text, last), Name: textOf(text, t.Name)}
	if t.Name == nil {
		open := strings.LastIndexByte(text[:r.Section.Start], '[')
		r.Span = Span{open, r.Section.End + strings.IndexByte(text[r.Section.End:], ']') + len("]")}
	}
	return r
}

// splitReference returns the reference that a separator of the given length divides into
// section and name. The separator is at offset at of the word without its first skip
// bytes. If at is negative, a variable is all name and any other form all section.
func splitReference(text string, word *lexer.Token, form Form, skip, at, length int) Reference {
	whole := Span{word.Pos.Offset + skip, word.Pos.Offset + len(word.Value)}
	section, name := whole, whole
	switch {
	case at >= 0:
		section.End = whole.Start + at
		name.Start = section.End + length
	case form == Variable:
		section.End = section.Start
	default:
		name.Start = name.End
	}
	return Reference{Form: form, Section: Text{section, text[section.Start:section.End]}, Name: Text{name, text[name.Start:name.End]}}
}
