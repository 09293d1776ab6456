package grammar

import (
	"cmp"
	"errors"
	"io"
	"math"
	"strings"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// A Problem is a part of a page that a parser rejects.
type Problem struct {
	Span    Span   // the exact words that the message is about
	Message string // one line, without a full stop: what is wrong
	Help    string // what to write instead, "" if nothing is known
}

// A block may hold any number of lines: participle gives up at a million and says
// nothing of the rest.
func init() { participle.MaxIterations = math.MaxInt }

// symbols are the types of tokens, by the names that a grammar has for them.
type symbols map[string]lexer.TokenType

// Symbols returns s.
func (s symbols) Symbols() map[string]lexer.TokenType { return s }

// Lex is what participle asks of the lexer of a grammar. Tokens are cut from lines instead.
func (symbols) Lex(string, io.Reader) (lexer.Lexer, error) { return nil, errors.ErrUnsupported }

// newGrammar returns the parser of a tree.
func newGrammar[T any](s symbols) *participle.Parser[T] {
	return participle.MustBuild[T](participle.Lexer(s), participle.UseLookahead(participle.MaxLookahead))
}

// parse parses tokens. The tree is what could be read; found is the token that nothing
// like it may stand at, or nil.
func parse[T any](parser *participle.Parser[T], tokens lexer.Lexer, options ...participle.ParseOption) (tree *T, found *lexer.Token) {
	lex, err := lexer.Upgrade(tokens)
	if err != nil {
		return new(T), &lexer.Token{}
	}
	tree, err = parser.ParseFromLexer(lex, options...)
	if err == nil {
		return tree, nil
	}
	if unexpected := (*participle.UnexpectedTokenError)(nil); errors.As(err, &unexpected) {
		return tree, &unexpected.Unexpected
	}
	return tree, lex.Peek()
}

// A rejection is what a grammar expects, and what stands there.
type rejection struct{ expected, found string }

// rejections are the words for what stands where a grammar expects something else.
var rejections = map[rejection]struct{ message, help string }{
	{"an option", "several words"}:  {"an option's name may not have several words", ""},
	{"an option", "one colon"}:      {"an option's name stands between two colons", ""},
	{"an option", "text"}:           {"text among the options", "put a blank line above the text"},
	{"a rule", ""}:                  {"a comment that silences names its rules in brackets", ""},
	{"an item", "indented text"}:    {"indented text that belongs to no item", "write the item, at the margin of the content, above it"},
	{"a reference", ""}:             {"it is not complete", ""},
	{"a reference", "a name"}:       {"it names no section", ""},
	{"a section", ""}:               {"its bracket is not closed", ""},
	{"a section", "]"}:              {"it names no section", ""},
	{"a closing bracket", ""}:       {"its bracket is not closed", ""},
	{"a closing bracket", "a name"}: {"its bracket is not closed", ""},
	{"a reference", "`"}:            {"single backquotes", "write double backquotes, or none"},
	{"two backquotes", ""}:          {"double backquotes on one side only", ""},
	{"the end", "``"}:               {"double backquotes on one side only", ""},
	{"the end", "a name"}:           {"text follows it", "write the option alone"},
	{"the end", "="}:                {"a value follows it", "write the option alone"},
	{"the end", ":"}:                {"a unit needs a blank on both sides of its colon", "write \"[section] name : unit\""},
	{"the end", "["}:                {"it names several options", "write each as an item, on a line of its own in the content"},
	{"the end", ","}:                {"it names several options", "write each as an item, on a line of its own in the content"},
}

// optionProblem returns the problem of a token that stands where an option of a directive is
// expected.
func (x *explicit) optionProblem(found *lexer.Token) *Problem {
	start, end := found.Pos.Offset, found.Pos.Offset+found.Pos.Column
	text := string(x.text[start:end])
	r := rejection{"an option", "text"}
	help := ""
	if found.Type == phraseToken {
		r.found = "several words"
	} else if strings.HasPrefix(text, ":") {
		r.found = "one colon"
		help = "write \"" + OptionOf(text) + "\""
	}
	return r.problem(x.span(start, end), help)
}

// problem returns the problem that the rejection at span is. It has the help of the table,
// or else the given one.
func (r rejection) problem(span Span, help string) *Problem {
	words := rejections[r]
	return &Problem{span, words.message, cmp.Or(words.help, help)}
}

// OptionOf returns text, which was meant as an option of a directive, as one: "unit seconds"
// and ":unit:seconds" are ":unit: seconds".
func OptionOf(text string) string {
	text = strings.TrimLeft(text, ":")
	n := strings.IndexFunc(text, func(r rune) bool { return r == ':' || IsSpace(r) })
	if n < 0 {
		return ":" + text + ":"
	}
	value := strings.TrimLeftFunc(text[n:], func(r rune) bool { return r == ':' || IsSpace(r) })
	return strings.TrimSpace(":" + text[:n] + ": " + value)
}
