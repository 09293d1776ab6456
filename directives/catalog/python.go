package catalog

import (
	"bytes"
	"errors"
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

// An installed provider has a Python function with the content of its provider.yaml:
//
//	def get_provider_info():
//	    return {"package-name": "apache-airflow-providers-smtp", "config": {…}}
//
// windsock parses the literals of the dict, and executes nothing. It skips the values of keys
// that it does not need, which can be any expression.

// A pyDict is the dict. Only some of its keys are read.
type pyDict struct {
	Pairs   []*pyPair    `parser:"'{' ( ( (?= Needed) @@"`
	Skipped []*pySkipped `parser:"| @@ ) ','? )* '}'"`
}

// A pySkipped is an entry that is not read.
type pySkipped struct {
	Brackets []*pyBrackets `parser:"( @@ | ~( ',' | '{' | '[' | '(' | '}' | ']' | ')' ) )+"`
}

// A pyPair is a key of a dict with its value.
type pyPair struct {
	Key   *pyValue `parser:"@@ ':'"`
	Value *pyValue `parser:"@@"`
}

// A pyValue is a literal.
type pyValue struct {
	Pos     lexer.Position
	Strings []string   `parser:"( @( String | Needed )+"` // adjoining strings are one
	Word    string     `parser:"| @( Number | 'True' | 'False' | 'None' )"`
	Inner   *pyValue   `parser:"| '(' @@ ')'"`
	Open    string     `parser:"| @'{'"`
	Pairs   []*pyPair  `parser:"( @@ ','? )* '}'"`
	Items   []*pyValue `parser:"| '[' ( @@ ','? )* ']' )"`
}

// pyBrackets are brackets in an entry that is not read.
type pyBrackets struct {
	Inner []*pyBrackets `parser:"( '{' | '[' | '(' ) ( @@ | ~( '{' | '[' | '(' | '}' | ']' | ')' ) )* ( '}' | ']' | ')' )"`
}

// pythonTokens are the tokens of Python. Tokens with a lower-case name are skipped. A Needed
// token is a key to read.
var pythonTokens = []lexer.SimpleRule{
	{Name: "blank", Pattern: `\s+|#[^\n]*|\\\r?\n`},
	{Name: "Needed", Pattern: `"(?:package-name|config)"|'(?:package-name|config)'`},
	{Name: "String", Pattern: `[uU]?(?:"""(?s:\\.|[^\\])*?"""|'''(?s:\\.|[^\\])*?'''|"(?:(?s:\\.)|[^"\\\n])*"|'(?:(?s:\\.)|[^'\\\n])*')`},
	{Name: "Number", Pattern: `-?\d[\d_]*(?:\.\d*)?(?:[eE][-+]?\d+)?`},
	{Name: "Name", Pattern: `[A-Za-z_]\w*`},
	{Name: "Other", Pattern: `(?s:.)`},
}

// pythonParser is the parser of a dict.
var pythonParser = sync.OnceValue(func() *participle.Parser[pyDict] {
	return participle.MustBuild[pyDict](participle.Lexer(lexer.MustSimple(pythonTokens)))
})

// maxDepth is the maximum nesting of brackets.
const maxDepth = 20_000

// isDeep reports whether the brackets of a text may be nested deeper than maxDepth.
func isDeep(text []byte) bool {
	depth := 0
	for _, c := range text {
		switch c {
		case '{', '[', '(':
			if depth++; depth > maxDepth {
				return true
			}
		case '}', ']', ')':
			depth--
		}
	}
	return false
}

// parsePython parses the dict that a function of a Python module returns. The result is the same
// as for a provider.yaml.
func parsePython(f File) (*YAML, []finding.Finding) {
	y := &YAML{Path: f.Path, Data: f.Data, starts: yamlLines(f.Data)}
	if !utf8.Valid(f.Data) {
		return y, []finding.Finding{y.forbidden()}
	}
	start := returnedDict(f.Data, f.Function)
	if start < 0 {
		return y, []finding.Finding{badData(grammar.Span{}, "the function %s returns no dict that is written out", f.Function)}
	}
	if isDeep(f.Data[start:]) {
		return y, []finding.Finding{badData(grammar.Span{Start: start, End: start + 1}, "brackets are nested deeper than %d", maxDepth)}
	}
	dict, err := pythonParser().ParseBytes("", f.Data[start:], participle.AllowTrailing(true))
	if wrong := participle.Error(nil); errors.As(err, &wrong) {
		at := min(start+wrong.Position().Offset, len(f.Data))
		span := grammar.Span{Start: at, End: at + len(pythonWord().Find(f.Data[at:]))}
		return y, []finding.Finding{badData(span, "the dict contains more than literals, so it cannot be read")}
	}
	y.Root = (&pyValue{Open: "{", Pairs: dict.Pairs}).node(y, start)
	return y, nil
}

// pythonWord matches a name, or another character.
var pythonWord = lazyregexp.New(`^(?:\w+|(?s:.))`)

// returnedDict returns the offset of the dict that a function returns, -1 if there is none.
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

// returnDict matches the start of a statement that returns a dict.
var returnDict = lazyregexp.New(`(?m)^[ \t]+return[ \t]*\{`)

// node returns a value as a YAML node. The dict begins at the offset start of the file.
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
var pyEscape = lazyregexp.New(`\\(?:[0-7]{3}|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\r\n|(?s:.))`)

// unescape returns the text of an escape sequence. As in Python, an unknown one does not change.
func unescape(s string) string {
	switch s[1] {
	case '\r', '\n':
		return ""
	case '"', '\'':
		return s[1:]
	}
	if c, _, _, err := strconv.UnquoteChar(s, 0); err == nil {
		return string(c)
	}
	return s
}
