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

// A Problem is an error in a part of a page.
type Problem struct {
	Span    Span   // the words that are wrong
	Message string // what is wrong: one line, without a full stop
	Help    string // what to write instead, or ""
}

// By default participle stops after a million iterations without an error, but a block can
// have more lines.
func init() { participle.MaxIterations = math.MaxInt }

// symbols maps the names that a grammar uses to the types of tokens.
type symbols map[string]lexer.TokenType

// Symbols implements lexer.Definition.
func (s symbols) Symbols() map[string]lexer.TokenType { return s }

// Lex implements lexer.Definition. It is never called: parse gets its tokens from a page.
func (symbols) Lex(string, io.Reader) (lexer.Lexer, error) { return nil, errors.ErrUnsupported }

// newGrammar returns a parser of trees of type T.
func newGrammar[T any](s symbols) *participle.Parser[T] {
	return participle.MustBuild[T](participle.Lexer(s), participle.UseLookahead(participle.MaxLookahead))
}

// parse parses tokens. If the parser rejects them, the tree is partial and found is the
// unexpected token; else found is nil.
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

// A rejection names what a grammar expects and what it finds instead.
type rejection struct{ expected, found string }

// rejections are the messages of rejections, with their help.
var rejections = map[rejection]struct{ message, help string }{
	{"an option", "several words"}:  {"an option's name may not have several words", ""},
	{"an option", "one colon"}:      {"an option's name is written between two colons", ""},
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

// optionProblem returns the problem of a token found where the grammar expects an option.
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

// problem returns the problem of a rejection at span. help is used if the table has none.
func (r rejection) problem(span Span, help string) *Problem {
	words := rejections[r]
	return &Problem{span, words.message, cmp.Or(words.help, help)}
}

// OptionOf returns text, a malformed option of a directive, as a correct one: "unit
// seconds" and ":unit:seconds" become ":unit: seconds".
func OptionOf(text string) string {
	text = strings.TrimLeft(text, ":")
	n := strings.IndexFunc(text, func(r rune) bool { return r == ':' || IsSpace(r) })
	if n < 0 {
		return ":" + text + ":"
	}
	value := strings.TrimLeftFunc(text[n:], func(r rune) bool { return r == ':' || IsSpace(r) })
	return strings.TrimSpace(":" + text[:n] + ": " + value)
}
