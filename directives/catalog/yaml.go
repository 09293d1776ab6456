package catalog

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"windsock/directives/finding"
	"windsock/grammar"
)

// A YAML is a parsed YAML file. It finds the positions of nodes in the file.
type YAML struct {
	Path string     // as messages name the file
	Data []byte     // the whole file
	Root *yaml.Node // the content of the document; nil if the file is empty or not YAML

	starts []int // the offsets of lines, as YAML counts them, that Root was decoded from; nil until needed
	lines  *grammar.Lines
}

// ParseYAML parses data, which is one document. If it is not YAML, or several documents, Root is
// nil, and a finding of the rule bad-data has the line. No input makes it panic.
func ParseYAML(path string, data []byte) (*YAML, []finding.Finding) {
	y := &YAML{Path: path, Data: data}
	if !utf8.Valid(data) {
		return y, []finding.Finding{y.forbidden()}
	}
	root, err := decode(data)
	if err != nil {
		return y, []finding.Finding{y.syntaxError(err)}
	}
	y.Root = root
	return y, nil
}

// decode returns the content of the document in data, or nil if it is empty. It converts a
// panic of yaml.v3 to an error.
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
		return nil, errors.New("yaml: it contains more than one document") // Airflow does not read such a file
	} else if !errors.Is(err, io.EOF) {
		return nil, err
	}
	if root = document.Content[0]; TypeOf(root) == "null" {
		return nil, nil
	}
	return root, nil
}

// badData returns a finding of the rule bad-data.
func badData(span grammar.Span, message string, args ...any) finding.Finding {
	return finding.Finding{
		Span: span, Rule: "bad-data", Severity: finding.Error, Message: fmt.Sprintf(message, args...),
	}
}

// Span returns the span of a node: of a scalar its text without quotes, of another node the rest
// of its first line.
func (y *YAML) Span(n *yaml.Node) grammar.Span {
	start := y.offset(n.Line, n.Column)
	rest := restOfLine(y.Data[start:])
	words := start
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 && len(rest) > 0 {
		words++
	}
	if n.Kind == yaml.ScalarNode && n.Value != "" && bytes.HasPrefix(y.Data[words:], []byte(n.Value)) {
		return grammar.Span{Start: words, End: words + len(n.Value)}
	}
	if i := bytes.Index(rest, []byte(" #")); i >= 0 {
		rest = rest[:i]
	}
	return grammar.Span{Start: start, End: start + len(bytes.TrimRight(rest, " \t"))}
}

// restOfLine returns the first line of data.
func restOfLine(data []byte) []byte {
	if i := bytes.IndexAny(data, "\r\n"); i >= 0 {
		return data[:i]
	}
	return data
}

// Place returns the file and line of a node.
func (y *YAML) Place(n *yaml.Node) finding.Place {
	if y.lines == nil {
		y.lines = grammar.NewLines(y.Data)
	}
	return finding.Place{Path: y.Path, Line: y.lines.Number(y.offset(n.Line, n.Column))}
}

// offset converts a position of yaml.v3 to an offset in Data. Line and column count from 1, the
// column in characters; a byte order mark does not count.
func (y *YAML) offset(line, column int) int {
	if y.starts == nil {
		y.starts = yamlLines(y.Data)
	}
	if line > len(y.starts) {
		return len(y.Data)
	}
	at := y.starts[max(line, 1)-1]
	for ; column > 1 && at < len(y.Data); column-- {
		_, size := utf8.DecodeRune(y.Data[at:])
		at += size
	}
	return at
}

// byteOrderMark is U+FEFF in UTF-8.
const byteOrderMark = "\ufeff"

// yamlLines returns the offsets of the lines of data. In YAML 1.1, three more characters end a
// line than in other files.
func yamlLines(data []byte) []int {
	starts := []int{0}
	if bytes.HasPrefix(data, []byte(byteOrderMark)) {
		starts[0] = len(byteOrderMark)
	}
	for i, c := range string(data) {
		switch c {
		case '\r':
			if bytes.HasPrefix(data[i+1:], []byte("\n")) {
				continue
			}
			fallthrough
		case '\n', '\u0085', '\u2028', '\u2029':
			starts = append(starts, i+utf8.RuneLen(c))
		}
	}
	return starts
}
