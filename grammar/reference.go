package grammar

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// A Form is a way to write an option reference.
type Form uint8

// The forms of option references.
const (
	Bracketed Form = iota // [section] name
	Dotted                // section.name
	Variable              // AIRFLOW__SECTION__NAME
)

// A Reference names an option of Airflow's configuration.
type Reference struct {
	Span Span // of the reference in the text, backquotes included
	// Section and Name are as written. Those of an environment variable are the
	// upper-case halves between and after the first two double underscores: the
	// section that the first half means is for the configuration data to tell.
	Section, Name Text
	Form          Form
}

// String returns the reference in its form, without backquotes.
func (r Reference) String() string {
	switch r.Form {
	case Dotted:
		return r.Section.Value + "." + r.Name.Value
	case Variable:
		return envPrefix + r.Section.Value + "__" + r.Name.Value
	default:
		return "[" + r.Section.Value + "] " + r.Name.Value
	}
}

// IsPattern reports whether the reference may stand for several options: its
// section or its name holds "*", for any characters, or "?", for any one.
func (r Reference) IsPattern() bool { return strings.ContainsAny(r.Section.Value+r.Name.Value, "*?") }

// In returns the reference, which was read in the value of a text, with its spans in the
// source.
func (r Reference) In(source []byte, t Text) Reference {
	var a Alignment
	r.Span = a.Part(source, t, r.Span.Start, r.Span.End).Span
	r.Section.Span = a.Part(source, t, r.Section.Start, r.Section.End).Span
	r.Name.Span = a.Part(source, t, r.Name.Start, r.Name.End).Span
	return r
}

// A ReferenceError says why a text is no option reference.
type ReferenceError struct {
	Span    Span   // the part of the text that is wrong
	Message string // what is wrong, without a full stop
}

// Error returns the message.
func (e *ReferenceError) Error() string { return e.Message }

// envPrefix is what environment variables of options begin with.
const envPrefix = "AIRFLOW__"

// A referenceTree is an option reference.
type referenceTree struct {
	Open      bool           `parser:"@Backquotes?"`
	Bracketed *bracketedTree `parser:"( @@"`
	EnvVar    []lexer.Token  `parser:"| @EnvVar"`
	Dotted    []lexer.Token  `parser:"| @Word )"`
	Close     bool           `parser:"@Backquotes?"`
}

// A bracketedTree is a reference of the form "[section] name".
type bracketedTree struct {
	Section []lexer.Token `parser:"'[' @Word ']'"`
	Name    []lexer.Token `parser:"@Word"`
}

// referenceSymbols names the types of tokens of references. The brackets are
// tokens by themselves.
var referenceSymbols = map[string]lexer.TokenType{
	"EOF":        lexer.EOF,
	"Gap":        lexer.TokenType(gap),
	"Backquotes": lexer.TokenType(backquotes),
	"EnvVar":     lexer.TokenType(variable),
	"Word":       lexer.TokenType(name),
	"Bracket":    lexer.TokenType(bracket),
	"Other":      lexer.TokenType(foreign),
}

// A referenceLexer is the lexer of option references.
type referenceLexer struct{}

// Symbols returns the types of tokens by name.
func (referenceLexer) Symbols() map[string]lexer.TokenType { return referenceSymbols }

// Lex returns the tokens of the text that r gives.
func (l referenceLexer) Lex(name string, r io.Reader) (lexer.Lexer, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return l.LexString(name, string(text))
}

// LexString returns the tokens of text.
func (referenceLexer) LexString(_, text string) (lexer.Lexer, error) {
	t := &tokens{}
	for t.at < len(text) {
		kind, n := referenceToken(text[t.at:])
		t.add(kind, Text{Span{t.at, t.at + n}, text[t.at : t.at+n]})
		t.at += n
	}
	return t, nil
}

// referenceToken returns the type and the length of the token that text begins
// with.
func referenceToken(text string) (kind tokenKind, n int) {
	switch c := text[0]; {
	case strings.HasPrefix(text, "``"):
		return backquotes, 2
	case c == '[' || c == ']':
		return bracket, 1
	case c == ' ' || c == '\t' || c == '\n' || c == '\r':
		return gap, len(text) - len(strings.TrimLeft(text, " \t\r\n"))
	case isWordByte(c):
		for n < len(text) && isWordByte(text[n]) {
			n++
		}
		if strings.HasPrefix(text[:n], envPrefix) {
			return variable, n
		}
		return name, n
	}
	_, n = utf8.DecodeRuneInString(text)
	return foreign, n
}

// isWordByte reports whether c may stand in the name of a section or an option,
// or in a pattern of names.
func isWordByte(c byte) bool {
	return isAlnum(c) || strings.IndexByte("_.-*?", c) >= 0
}

// referenceGrammar is the parser of option references.
var referenceGrammar = sync.OnceValues(func() (*participle.Parser[referenceTree], error) {
	return participle.Build[referenceTree](participle.Lexer(referenceLexer{}), participle.Elide("Gap"))
})

// ParseReference reads text as an option reference: "[section] name",
// "section.name" or "AIRFLOW__SECTION__NAME", with or without double backquotes.
// Spans count from the beginning of text. The error is a *ReferenceError.
func ParseReference(text string) (Reference, error) {
	parser, err := referenceGrammar()
	if err != nil {
		return Reference{}, err
	}
	tree, err := parser.ParseString("", text)
	if err != nil {
		return Reference{}, referenceError(text, err)
	}
	return tree.reference(text)
}

// referenceError says in our words where the parser stopped.
func referenceError(text string, err error) error {
	at := len(text)
	if failed, ok := err.(participle.Error); ok {
		at = min(failed.Position().Offset, len(text))
	}
	if at == len(text) {
		return &ReferenceError{Span{0, len(text)}, "not an option reference: it is not complete"}
	}
	_, n := referenceToken(text[at:])
	return &ReferenceError{Span{at, at + n}, fmt.Sprintf("not an option reference: unexpected %q", text[at:at+n])}
}

// reference returns the reference that the tree of text means.
func (t *referenceTree) reference(text string) (Reference, error) {
	start := len(text) - len(strings.TrimLeft(text, " \t\r\n"))
	span := Span{start, start + len(strings.TrimSpace(text))}
	if t.Open != t.Close {
		return Reference{}, &ReferenceError{span, "not an option reference: double backquotes on one side only"}
	}
	r := Reference{Span: span}
	switch {
	case t.Bracketed != nil:
		r.Section, r.Name = texts(t.Bracketed.Section)[0], texts(t.Bracketed.Name)[0]
		return r, nil
	case len(t.EnvVar) > 0:
		r.Form = Variable
		return r.split(texts(t.EnvVar)[0], len(envPrefix), "__", strings.Index)
	default:
		r.Form = Dotted
		return r.split(texts(t.Dotted)[0], 0, ".", strings.LastIndex)
	}
}

// split sets Section and Name to the halves of w after its first skip bytes,
// around the separator that index finds.
func (r Reference) split(w Text, skip int, separator string, index func(s, substr string) int) (Reference, error) {
	n := index(w.Value[skip:], separator)
	from := skip + n + len(separator)
	if n <= 0 || from == len(w.Value) {
		missing := "section"
		if n > 0 || n < 0 && r.Form == Variable {
			missing = "option"
		}
		return Reference{}, &ReferenceError{w.Span, fmt.Sprintf("not an option reference: %q names no %s", w.Value, missing)}
	}
	r.Section = Text{Span{w.Start + skip, w.Start + skip + n}, w.Value[skip : skip+n]}
	r.Name = Text{Span{w.Start + from, w.End}, w.Value[from:]}
	return r, nil
}
