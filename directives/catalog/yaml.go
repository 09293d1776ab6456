package catalog

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"windsock/grammar"
)

// A YAML is a file of YAML and the tree that yaml.v3 made of it, with the means
// to say where a node stands in the bytes.
type YAML struct {
	Path string     // as messages name the file
	Data []byte     // the whole file
	Root *yaml.Node // the document's content; nil where the file is empty or no YAML

	// skipped is how many lines at the beginning of Data were not decoded, so that
	// line 1 of a node is line 1+skipped of the file.
	skipped int
	// odd is set where YAML breaks lines at characters that end no line elsewhere
	// (NEL, U+2028, U+2029): line numbers then need converting.
	odd    bool
	breaks []int // offsets of the lines as YAML counts them; made when first needed
	lines  *grammar.Lines
}

// ParseYAML decodes the one document in data. What is no YAML, or is more than
// one document, is a diagnostic of the rule bad-data at its line; Root is nil
// then. It opens no file, and no input makes it panic.
func ParseYAML(path string, data []byte) (*YAML, []grammar.Diagnostic) {
	y := &YAML{Path: path, Data: data, odd: hasOddBreaks(data)}
	if d, bad := unreadable(data); bad {
		return y, []grammar.Diagnostic{d}
	}
	root, err := decode(data)
	if err != nil {
		return y, []grammar.Diagnostic{y.syntaxError(err)}
	}
	y.Root = root
	return y, nil
}

// errManyDocuments is decode's verdict on a stream of several documents, of
// which Airflow itself would read none.
var errManyDocuments = errors.New("the file holds more than one YAML document")

// decode returns the content of the one document in data, or nil for none. A
// panic of yaml.v3 becomes an error, since its authors found some of theirs
// only by fuzzing.
func decode(data []byte) (root *yaml.Node, err error) {
	defer func() {
		if p := recover(); p != nil {
			root, err = nil, fmt.Errorf("yaml: the file cannot be read: %v", p)
		}
	}()
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var document, rest yaml.Node
	if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	if err := decoder.Decode(&rest); err == nil {
		return nil, errManyDocuments
	} else if !errors.Is(err, io.EOF) {
		return nil, err
	}
	return document.Content[0], nil
}

// unreadable finds the first byte that is no UTF-8, which yaml.v3 would report
// without its line.
func unreadable(data []byte) (grammar.Diagnostic, bool) {
	if utf8.Valid(data) {
		return grammar.Diagnostic{}, false
	}
	at := 0
	for {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size <= 1 {
			break
		}
		at += size
	}
	return badData(grammar.Span{Start: at, End: at + 1}, "the file is not UTF-8"), true
}

// badData returns a diagnostic of the rule bad-data.
func badData(span grammar.Span, message string, args ...any) grammar.Diagnostic {
	return grammar.Diagnostic{
		Span: span, Rule: "bad-data", Severity: grammar.Error, Message: fmt.Sprintf(message, args...),
	}
}

// yamlError takes a message of yaml.v3 apart: its line, where it has one, and
// what is wrong.
var yamlError = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)`)

// bareReference finds a key such as "[a] b:" that begins with a bracket, which
// YAML takes for a list.
var bareReference = regexp.MustCompile(`(?m)(?:^|[{,])[ \t]*(\[[^\]\["'\n]*\][ \t]*[\w.]+)[ \t]*:`)

// syntaxError turns an error of yaml.v3 into a diagnostic.
func (y *YAML) syntaxError(err error) grammar.Diagnostic {
	if m := bareReference.FindSubmatchIndex(y.Data); m != nil {
		key := grammar.Span{Start: m[2], End: m[3]}
		d := badData(key, "a key that begins with a bracket is a list to YAML; quote this key")
		d.Suggestion = strconv.Quote(string(key.Of(y.Data)))
		d.Help = "write " + d.Suggestion + ":"
		return d
	}
	m := yamlError.FindStringSubmatch(err.Error())
	if m == nil {
		return badData(grammar.Span{}, "%v", err)
	}
	line, _ := strconv.Atoi(m[1])
	return badData(y.lineSpan(max(line, 1)), "the file is not YAML: %s", m[2])
}

// lineSpan returns the span of what stands on a line, counted from 1 as YAML
// does, without the white space around it.
func (y *YAML) lineSpan(line int) grammar.Span {
	start := y.offset(line, 1)
	end := start
	for end < len(y.Data) && y.Data[end] != '\n' && y.Data[end] != '\r' {
		end++
	}
	text := y.Data[start:end]
	start += len(text) - len(bytes.TrimLeft(text, " \t"))
	return grammar.Span{Start: start, End: max(start, start+len(bytes.TrimSpace(text)))}
}

// Span returns the bytes of a node: a scalar's words, without the quotes around
// them, or the rest of the line that begins another node.
func (y *YAML) Span(n *yaml.Node) grammar.Span {
	start := y.offset(n.Line+y.skipped, n.Column)
	rest := y.Data[start:]
	if i := bytes.IndexAny(rest, "\r\n"); i >= 0 {
		rest = rest[:i]
	}
	if n.Kind == yaml.ScalarNode && n.Value != "" {
		quote := 0
		if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
			quote = min(1, len(rest))
		}
		if bytes.HasPrefix(rest[quote:], []byte(n.Value)) {
			return grammar.Span{Start: start + quote, End: start + quote + len(n.Value)}
		}
	}
	if i := bytes.Index(rest, []byte(" #")); i >= 0 {
		rest = rest[:i]
	}
	return grammar.Span{Start: start, End: start + len(bytes.TrimRight(rest, " \t"))}
}

// Place returns the file and line of a node, for messages that speak of where
// something is declared.
func (y *YAML) Place(n *yaml.Node) grammar.Place {
	if !y.odd {
		return grammar.Place{Path: y.Path, Line: n.Line + y.skipped}
	}
	if y.lines == nil {
		y.lines = grammar.NewLines(y.Data)
	}
	return grammar.Place{Path: y.Path, Line: y.lines.Number(y.offset(n.Line+y.skipped, n.Column))}
}

// offset converts a line and a column, both from 1 and counted as yaml.v3 does
// (columns in characters, a byte order mark not at all), to an offset in Data.
func (y *YAML) offset(line, column int) int {
	if y.breaks == nil {
		y.breaks = yamlLines(y.Data)
	}
	if line > len(y.breaks) {
		return len(y.Data)
	}
	at := y.breaks[max(line, 1)-1]
	for ; column > 1 && at < len(y.Data); column-- {
		_, size := utf8.DecodeRune(y.Data[at:])
		at += size
	}
	return at
}

// byteOrderMark is U+FEFF in UTF-8.
const byteOrderMark = "\ufeff"

// yamlLines returns the offsets of the lines of data as YAML counts them.
func yamlLines(data []byte) []int {
	starts := []int{0}
	if bytes.HasPrefix(data, []byte(byteOrderMark)) {
		starts[0] = len(byteOrderMark)
	}
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case c == '\r' && i+1 < len(data) && data[i+1] == '\n':
			i++
			starts = append(starts, i+1)
		case c == '\n' || c == '\r':
			starts = append(starts, i+1)
		case c == 0xC2 || c == 0xE2:
			if n := oddBreak(data[i:]); n > 0 {
				starts = append(starts, i+n)
			}
		}
	}
	return starts
}

// oddBreaks are the characters that break a line in YAML 1.1 alone.
var oddBreaks = []string{"\u0085", "\u2028", "\u2029"}

// oddBreak returns the length of the odd break at the beginning of data, or 0.
func oddBreak(data []byte) int {
	for _, s := range oddBreaks {
		if bytes.HasPrefix(data, []byte(s)) {
			return len(s)
		}
	}
	return 0
}

// hasOddBreaks reports whether data holds an odd break anywhere.
func hasOddBreaks(data []byte) bool {
	for _, s := range oddBreaks {
		if bytes.Contains(data, []byte(s)) {
			return true
		}
	}
	return false
}

// typeOf returns the type of a scalar's value as Airflow's own reader has it:
// string, boolean, integer, float, null or timestamp; and "mapping" or "list"
// for what is no scalar. Airflow reads YAML 1.1, where a plain yes, no, on or
// off is a boolean.
func typeOf(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "mapping"
	case n.Kind == yaml.SequenceNode:
		return "list"
	case n.Style == 0 && isOldBoolean(n.Value):
		return "boolean"
	}
	if name, ok := tagNames[n.Tag]; ok {
		return name
	}
	return strings.TrimLeft(n.Tag, "!")
}

// tagNames are the types of YAML's own tags.
var tagNames = map[string]string{
	"!!str": "string", "!!bool": "boolean", "!!int": "integer", "!!float": "float", "!!null": "null",
	"!!timestamp": "timestamp", "!!merge": "string",
}

// isOldBoolean reports whether s is a boolean of YAML 1.1 that YAML 1.2 has not.
func isOldBoolean(s string) bool {
	switch s {
	case "yes", "Yes", "YES", "on", "On", "ON", "no", "No", "NO", "off", "Off", "OFF":
		return true
	}
	return false
}
