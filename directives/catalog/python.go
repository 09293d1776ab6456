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
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
)

// An installed provider says in a function of Python what its provider.yaml said:
//
//	def get_provider_info():
//	    return {"package-name": "apache-airflow-providers-smtp", "config": {…}}
//
// The dict is read as the literals that it consists of, and nothing is executed. Values of
// keys that windsock does not need may be any expression, and are skipped.

// A pyValue is a literal.
type pyValue struct {
	Pos     lexer.Position
	Strings []string   `parser:"( @String+"` // adjoining strings are one
	Word    string     `parser:"| @( Number | 'True' | 'False' | 'None' )"`
	Inner   *pyValue   `parser:"| '(' @@ ')'"`
	Open    string     `parser:"| @'{'"`
	Pairs   []*pyPair  `parser:"( @@ ','? )* '}'"`
	Items   []*pyValue `parser:"| '[' ( @@ ','? )* ']' )"`
}

// A pyPair is a key of a dict with its value.
type pyPair struct {
	Key   *pyValue `parser:"@@ ':'"`
	Value *pyValue `parser:"@@"`
}

// pythonTokens are the tokens of Python; those with a name in lower case are left out.
var pythonTokens = []lexer.SimpleRule{
	{Name: "blank", Pattern: `\s+|#[^\n]*|\\\r?\n`},
	{Name: "String", Pattern: `[uU]?(?:"""(?s:\\.|[^\\])*?"""|'''(?s:\\.|[^\\])*?'''|"(?:(?s:\\.)|[^"\\\n])*"|'(?:(?s:\\.)|[^'\\\n])*')`},
	{Name: "Number", Pattern: `-?\d[\d_]*(?:\.\d*)?(?:[eE][-+]?\d+)?`},
	{Name: "Name", Pattern: `[A-Za-z_]\w*`},
	{Name: "Other", Pattern: `(?s:.)`},
}

// pythonParser is the parser of a dict.
var pythonParser = sync.OnceValue(func() *participle.Parser[pyValue] {
	return participle.MustBuild[pyValue](participle.Lexer(dictDefinition{lexer.MustSimple(pythonTokens)}))
})

// A dictDefinition makes a dictLexer of a lexer of Python.
type dictDefinition struct{ lexer.Definition }

// Lex implements [lexer.Definition].
func (d dictDefinition) Lex(name string, r io.Reader) (lexer.Lexer, error) {
	python, err := d.Definition.Lex(name, r)
	return &dictLexer{Lexer: python}, err
}

// A dictLexer returns the tokens of one dict, in which None stands for the values that
// windsock does not need.
type dictLexer struct {
	lexer.Lexer
	depth  int
	before [2]lexer.Token // the last tokens
	behind *lexer.Token   // the one behind a value that was skipped
}

// maxDepth bounds how deep the brackets of a dict may be nested.
const maxDepth = 30

// Next implements [lexer.Lexer].
func (l *dictLexer) Next() (token lexer.Token, err error) {
	switch key := strings.Trim(l.before[0].Value, `"'`); {
	case l.behind != nil:
		token, l.behind = *l.behind, nil
	case l.depth == 0 && l.before[1].Value == "}":
		return lexer.EOFToken(l.before[1].Pos), nil
	case l.depth == 1 && l.before[1].Value == ":" && key != "package-name" && key != "config":
		token = lexer.Token{Type: l.before[0].Type, Value: `""`, Pos: l.before[1].Pos}
		l.behind, err = l.skip()
	default:
		if token, err = l.Lexer.Next(); err != nil {
			return token, err
		}
		if l.count(token); l.depth > maxDepth {
			return token, participle.Errorf(token.Pos, "brackets are nested deeper than %d", maxDepth)
		}
	}
	l.before = [2]lexer.Token{l.before[1], token}
	return token, err
}

// count counts the brackets that are open.
func (l *dictLexer) count(token lexer.Token) {
	switch token.Value {
	case "{", "[", "(":
		l.depth++
	case "}", "]", ")":
		l.depth--
	}
}

// skip returns the token behind the value of a key.
func (l *dictLexer) skip() (*lexer.Token, error) {
	for {
		token, err := l.Lexer.Next()
		if err != nil || token.EOF() {
			return &token, err
		}
		if l.count(token); l.depth == 0 || l.depth == 1 && token.Value == "," {
			return &token, nil
		}
	}
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
	dict, err := pythonParser().ParseBytes("", f.Data[start:])
	if wrong := participle.Error(nil); errors.As(err, &wrong) {
		message := "the dict holds more than literals, so it cannot be read"
		if strings.HasPrefix(wrong.Message(), "brackets") {
			message = wrong.Message()
		}
		at := min(start+wrong.Position().Offset, len(f.Data))
		return y, []finding.Finding{badData(grammar.Span{Start: at, End: at + len(pythonWord().Find(f.Data[at:]))}, "%s", message)}
	}
	y.Root = dict.node(y, start)
	return y, nil
}

// pythonWord matches a name, or another character.
var pythonWord = lazyregexp.New(`^(?:\w+|(?s:.))`)

// returnedDict returns the offset of the dict that a function of a module returns, -1 if
// there is none.
func returnedDict(data []byte, function string) int {
	def := regexp.MustCompile(`(?m)^def[ \t]+` + regexp.QuoteMeta(function) + `[ \t]*\(`).FindIndex(data)
	if def == nil {
		return -1
	}
	body, _, _ := bytes.Cut(data[def[1]:], []byte("\ndef "))
	returned := returnDict().FindIndex(body)
	if returned == nil {
		return -1
	}
	return def[1] + returned[1] - 1
}

// returnDict matches the beginning of a statement that returns a dict.
var returnDict = lazyregexp.New(`(?m)^[ \t]+return[ \t]*\{`)

// node returns the tree of a value in a dict that begins at an offset.
func (v *pyValue) node(y *YAML, start int) *yaml.Node {
	at := start + v.Pos.Offset
	line, _ := slices.BinarySearch(y.starts, at+1)
	n := &yaml.Node{Kind: yaml.ScalarNode, Line: line, Column: 1 + utf8.RuneCount(y.Data[y.starts[line-1]:at])}
	switch {
	case v.Inner != nil:
		return v.Inner.node(y, start)
	case v.Strings != nil:
		n.Tag, n.Style, n.Value = "!!str", yaml.DoubleQuotedStyle, joinStrings(v.Strings)
	case v.Word == "None":
		n.Value = "null"
	case v.Word != "":
		n.Value = v.Word
	case v.Open != "":
		n.Kind = yaml.MappingNode
		for _, p := range v.Pairs {
			n.Content = append(n.Content, p.Key.node(y, start), p.Value.node(y, start))
		}
	default:
		n.Kind = yaml.SequenceNode
		for _, item := range v.Items {
			n.Content = append(n.Content, item.node(y, start))
		}
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
var pyEscape = lazyregexp.New(`\\(?:[0-7]{1,3}|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\r\n|(?s:.))`)

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
