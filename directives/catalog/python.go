package catalog

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
	"gopkg.in/yaml.v3"

	"windsock/directives/finding"
	"windsock/grammar"
)

// An installed provider says in a function of Python what its provider.yaml said:
//
//	def get_provider_info():
//	    return {"package-name": "apache-airflow-providers-smtp", "config": {…}}
//
// The dict is read as the literals that it consists of, and nothing is executed. Values of
// keys that windsock does not need may be any expression, and are skipped.

// A pyDict is a dict.
type pyDict struct {
	Pairs []*pyPair `parser:"'{' ( @@ ','? )* '}'"`
}

// A pyPair is a key of a dict with its value, nil if that is skipped.
type pyPair struct {
	Key   *pyValue `parser:"@@ ':'"`
	Value *pyValue `parser:"( @@ | Skipped )"`
}

// A pyValue is a literal.
type pyValue struct {
	Pos    lexer.Position
	Text   []string `parser:"( @String+"` // adjoining strings are one
	Number string   `parser:"| @Number"`
	Word   string   `parser:"| @( 'True' | 'False' | 'None' )"`
	Dict   *pyDict  `parser:"| @@"`
	List   *pyList  `parser:"| @@"`
	Inner  *pyValue `parser:"| '(' @@ ')' )"`
}

// A pyList is a list.
type pyList struct {
	Items []*pyValue `parser:"'[' ( @@ ','? )* ']'"`
}

// pythonParser is the parser of a dict.
var pythonParser = sync.OnceValue(func() *participle.Parser[pyDict] {
	return participle.MustBuild[pyDict](participle.Lexer(&pythonLexer{}))
})

// The types of the tokens of Python.
const (
	pySpace lexer.TokenType = -2 - iota
	pyString
	pyNumber
	pyName
	pyPunctuation
	pySkipped // the value of a key that windsock does not need
)

// pyToken matches one token; its groups are the types above in their order.
var pyToken = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:(\s+|#[^\n]*|\\\r?\n)|` +
		`([uU]?(?:"""(?s:\\.|[^\\])*?"""|'''(?s:\\.|[^\\])*?'''|"(?:(?s:\\.)|[^"\\\n])*"|'(?:(?s:\\.)|[^'\\\n])*'))|` +
		`(-?\d[\d_]*(?:\.\d*)?(?:[eE][-+]?\d+)?)|([A-Za-z_]\w*)|((?s:.)))`)
})

// maxDepth bounds how deep the brackets of a dict may be nested.
const maxDepth = 30

// A pythonLexer yields the tokens of the dict that a function returns.
type pythonLexer struct {
	tokens []lexer.Token
	end    lexer.Token
}

// Symbols implements [lexer.Definition].
func (*pythonLexer) Symbols() map[string]lexer.TokenType {
	return map[string]lexer.TokenType{
		"EOF": lexer.EOF, "String": pyString, "Number": pyNumber, "Name": pyName, "Punctuation": pyPunctuation, "Skipped": pySkipped,
	}
}

// Next implements [lexer.Lexer].
func (l *pythonLexer) Next() (lexer.Token, error) {
	if len(l.tokens) == 0 {
		return l.end, nil
	}
	token := l.tokens[0]
	l.tokens = l.tokens[1:]
	return token, nil
}

// Lex implements [lexer.Definition]; tokens come from lexPython.
func (l *pythonLexer) Lex(string, io.Reader) (lexer.Lexer, error) { return l, nil }

// lexPython returns the tokens of the dict that begins at an offset of data, those of values
// that are skipped joined into one. It reports the offset of a bracket that is nested too deep.
func lexPython(data []byte, at int) (l *pythonLexer, tooDeep int) {
	l = &pythonLexer{}
	depth, skipping := 0, false
	for at < len(data) {
		m := pyToken().FindSubmatchIndex(data[at:])
		kind := pySpace
		for m[2+2*int(pySpace-kind)] < 0 {
			kind--
		}
		token := lexer.Token{Type: kind, Value: string(data[at : at+m[1]]), Pos: lexer.Position{Offset: at}}
		at += m[1]
		switch {
		case kind == pySpace:
			continue
		case kind == pyPunctuation && strings.Contains("{[(", token.Value):
			depth++
		case kind == pyPunctuation && strings.Contains("}])", token.Value):
			depth--
		}
		if skipping && (depth == 1 && token.Value == "," || depth == 0) {
			skipping = false
		}
		if skipping {
			continue
		}
		if depth > maxDepth {
			return l, token.Pos.Offset
		}
		l.tokens = append(l.tokens, token)
		if depth == 0 {
			break
		}
		if skipping = depth == 1 && l.skipsValue(); skipping {
			l.tokens = append(l.tokens, lexer.Token{Type: pySkipped, Value: "…", Pos: lexer.Position{Offset: at}})
		}
	}
	l.end = lexer.EOFToken(lexer.Position{Offset: at})
	return l, -1
}

// skipsValue reports whether the tokens end in a key whose value windsock does not need.
func (l *pythonLexer) skipsValue() bool {
	n := len(l.tokens)
	if n < 2 || l.tokens[n-1].Value != ":" || l.tokens[n-2].Type != pyString {
		return false
	}
	key := strings.Trim(l.tokens[n-2].Value, `"'`)
	return key != "package-name" && key != "config"
}

// parsePython decodes the dict that a function of a module returns into the tree that the
// same provider.yaml would have.
func parsePython(f File) (*YAML, []finding.Finding) {
	y := &YAML{Path: f.Path, Data: f.Data, starts: yamlLines(f.Data)}
	if !utf8.Valid(f.Data) {
		return y, []finding.Finding{y.forbidden()}
	}
	start := returnedDict(f.Data, f.Function)
	if start < 0 {
		return y, []finding.Finding{badData(grammar.Span{}, "the function %s returns no dict that is written out", f.Function)}
	}
	tokens, tooDeep := lexPython(f.Data, start)
	if tooDeep >= 0 {
		return y, []finding.Finding{badData(grammar.Span{Start: tooDeep, End: tooDeep + 1}, "brackets are nested deeper than %d", maxDepth)}
	}
	peeking, err := lexer.Upgrade(tokens)
	if err != nil {
		panic(err) // tokens are there already
	}
	dict, err := pythonParser().ParseFromLexer(peeking)
	if wrong := participle.Error(nil); errors.As(err, &wrong) {
		at := min(wrong.Position().Offset, len(f.Data))
		word := pyToken().Find(f.Data[at:])
		return y, []finding.Finding{badData(grammar.Span{Start: at, End: at + len(word)}, "the dict holds more than literals, so it cannot be read")}
	}
	y.Root = y.dictNode(dict, lexer.Position{Offset: start})
	return y, nil
}

// returnedDict returns the offset of the dict that a function of a module returns, -1 if
// there is none.
func returnedDict(data []byte, function string) int {
	def := regexp.MustCompile(`(?m)^def[ \t]+` + regexp.QuoteMeta(function) + `[ \t]*\(`).FindIndex(data)
	if def == nil {
		return -1
	}
	body := data[def[1]:]
	if next := bytes.Index(body, []byte("\ndef ")); next >= 0 {
		body = body[:next]
	}
	returned := returnDict().FindIndex(body)
	if returned == nil {
		return -1
	}
	return def[1] + returned[1] - 1
}

// returnDict matches the beginning of a statement that returns a dict.
var returnDict = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^[ \t]+return[ \t]*\{`) })

// node returns an empty node at a position.
func (y *YAML) node(kind yaml.Kind, tag string, at lexer.Position) *yaml.Node {
	line, _ := slices.BinarySearch(y.starts, at.Offset+1)
	return &yaml.Node{Kind: kind, Tag: tag, Line: line, Column: 1 + utf8.RuneCount(y.Data[y.starts[line-1]:at.Offset])}
}

// dictNode returns the tree of a dict.
func (y *YAML) dictNode(d *pyDict, at lexer.Position) *yaml.Node {
	n := y.node(yaml.MappingNode, "!!map", at)
	for _, p := range d.Pairs {
		if p.Value != nil {
			n.Content = append(n.Content, y.valueNode(p.Key), y.valueNode(p.Value))
		}
	}
	return n
}

// valueNode returns the tree of a value.
func (y *YAML) valueNode(v *pyValue) *yaml.Node {
	switch {
	case v.Inner != nil:
		return y.valueNode(v.Inner)
	case v.Dict != nil:
		return y.dictNode(v.Dict, v.Pos)
	case v.List != nil:
		n := y.node(yaml.SequenceNode, "!!seq", v.Pos)
		for _, item := range v.List.Items {
			n.Content = append(n.Content, y.valueNode(item))
		}
		return n
	}
	n := y.node(yaml.ScalarNode, "!!str", v.Pos)
	switch {
	case v.Word == "None":
		n.Tag = "!!null"
	case v.Word != "":
		n.Tag, n.Value = "!!bool", strings.ToLower(v.Word)
	case strings.ContainsAny(v.Number, ".eE"):
		n.Tag, n.Value = "!!float", v.Number
	case v.Number != "":
		n.Tag, n.Value = "!!int", v.Number
	default:
		n.Style, n.Value = yaml.DoubleQuotedStyle, joinStrings(v.Text)
	}
	return n
}

// joinStrings returns the text of adjoining strings.
func joinStrings(literals []string) string {
	var text strings.Builder
	for _, s := range literals {
		s = strings.TrimLeft(s, "uU")
		quotes := 1
		if strings.HasPrefix(s, `"""`) || strings.HasPrefix(s, "'''") {
			quotes = 3
		}
		text.WriteString(pyEscape().ReplaceAllStringFunc(s[quotes:len(s)-quotes], unescape))
	}
	return text.String()
}

// pyEscape matches an escape sequence: https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences.
var pyEscape = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\\(?:[0-7]{1,3}|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\r\n|(?s:.))`)
})

// unescape returns what an escape sequence stands for; Python leaves one that it does not
// know as it is.
func unescape(s string) string {
	if short, ok := shortEscapes[s[1:]]; ok {
		return short
	}
	digits, base := s[1:], 8
	if strings.Contains("xuU", s[1:2]) {
		digits, base = s[2:], 16
	}
	if c, err := strconv.ParseUint(digits, base, 32); err == nil {
		return string(rune(c))
	}
	return s
}

// shortEscapes are the characters, and the line ends, that stand behind a backslash.
var shortEscapes = map[string]string{
	"\n": "", "\r\n": "", `\`: `\`, "'": "'", `"`: `"`, "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
}
