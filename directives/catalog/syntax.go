package catalog

import (
	"bytes"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"windsock/directives/finding"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
)

// unreadable finds the first byte that is no UTF-8, which yaml.v3 would report
// without its line.
func unreadable(data []byte) (finding.Finding, bool) {
	if utf8.Valid(data) {
		return finding.Finding{}, false
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

// yamlError takes a message of yaml.v3 apart: its line, where it has one, and
// what is wrong.
var yamlError = lazyregexp.New(`^yaml: (?:line (\d+): )?(.*)`)

// bareReference finds a key such as "[a] b:" that begins with a bracket, which
// YAML takes for a list.
var bareReference = lazyregexp.New(`(?m)(?:^|[{,])[ \t]*(\[[^\]\["'\n]*\][ \t]*[\w.]+)[ \t]*:`)

// syntaxError turns an error of yaml.v3 into a finding.
func (y *YAML) syntaxError(err error) finding.Finding {
	m := yamlError().FindStringSubmatch(err.Error())
	if m == nil {
		return badData(grammar.Span{}, "%v", err)
	}
	if key := bareReference().FindSubmatchIndex(y.Data); key != nil && strings.HasPrefix(m[2], "did not find expected") {
		return y.bareReference(grammar.Span{Start: key[2], End: key[3]})
	}
	if at := bytes.IndexFunc(y.Data, isForbidden); at >= 0 && strings.HasPrefix(m[2], "control characters") {
		_, size := utf8.DecodeRune(y.Data[at:])
		return badData(grammar.Span{Start: at, End: at + size}, "the file is not YAML: it holds a control character")
	}
	return badData(y.lineSpan(y.errorLine(m[1], m[2])), "the file is not YAML: %s", m[2])
}

// isForbidden reports whether YAML has no place for a character.
func isForbidden(c rune) bool {
	switch c {
	case '\t', '\n', '\r', '\u0085':
		return false
	}
	return unicode.IsControl(c) || c == '\ufffe' || c == '\uffff'
}

// bareReference reports a key that must be quoted.
func (y *YAML) bareReference(key grammar.Span) finding.Finding {
	d := badData(key, "a key that begins with a bracket is a list to YAML; quote this key")
	d.Suggestion = strconv.Quote(string(key.Of(y.Data)))
	d.Help = "write " + d.Suggestion + ":"
	return d
}

// misplaced are the errors for which yaml.v3 names the line where the mapping, the list or
// the scalar around them begins, or none.
var misplaced = lazyregexp.New(`^(did not find expected (key|'-'|node content|<)|found (a tab character|unknown escape character|unexpected document indicator))`)

// maxSearch bounds the size in bytes of a file in which the line of an error is
// searched for.
const maxSearch = 1 << 18

// errorLine returns the line, from 1, of an error of yaml.v3 that it puts at line
// said. Where that is no help, it is the last line of the shortest beginning of
// the file that has the same error.
func (y *YAML) errorLine(said, message string) int {
	line, _ := strconv.Atoi(said)
	if strings.HasPrefix(message, "did not find expected ',' or") {
		return line + 1 // yaml.v3 counts these from 0
	}
	if line > 0 && !misplaced().MatchString(message) || len(y.Data) > maxSearch {
		return max(line, 1)
	}
	y.offset(1, 1) // finds the lines
	n := sort.Search(len(y.breaks)-1, func(i int) bool {
		_, err := decode(y.Data[:y.breaks[i+1]])
		return err != nil && strings.HasSuffix(err.Error(), message)
	})
	return n + 1
}

// lineSpan returns the span of what stands on a line, counted from 1 as YAML
// does, without the white space around it.
func (y *YAML) lineSpan(line int) grammar.Span {
	start := y.offset(line, 1)
	text := restOfLine(y.Data[start:])
	start += len(text) - len(bytes.TrimLeft(text, " \t"))
	return grammar.Span{Start: start, End: start + len(bytes.TrimSpace(text))}
}
