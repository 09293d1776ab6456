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

// forbidden reports the first invalid UTF-8, or the first character that YAML does not allow.
// yaml.v3 does not report their lines.
func (y *YAML) forbidden() finding.Finding {
	for at := 0; at < len(y.Data); {
		c, size := utf8.DecodeRune(y.Data[at:])
		span := grammar.Span{Start: at, End: at + size}
		switch {
		case c == utf8.RuneError && size == 1:
			return badData(span, "the file is not UTF-8")
		case unicode.IsControl(c) && !strings.ContainsRune("\t\n\r\u0085", c) || c == '\ufffe' || c == '\uffff':
			return badData(span, "the file is not YAML: it contains a control character")
		}
		at += size
	}
	return badData(grammar.Span{}, "the file is not YAML: it contains a control character")
}

// unquoted matches a key, a value or an item that needs quotes: an option reference, which YAML
// reads as a list, or a glob that begins with a star or an exclamation mark, which YAML reads as
// an alias or a tag.
var unquoted = lazyregexp.New(`(?m)(?:^[ \t]*(?:-[ \t]+)?|[{,\[][ \t]*|:[ \t]+)(\[[\w.-]+\][ \t]+[\w.*]+|[*!][^\s,\]}]+)([ \t]*:)?`)

// syntaxError converts an error of yaml.v3 to a finding.
func (y *YAML) syntaxError(err error) finding.Finding {
	message := yamlPrefix().ReplaceAllString(err.Error(), "")
	if strings.HasPrefix(message, "control characters") {
		return y.forbidden()
	}
	if m := unquoted().FindSubmatchIndex(y.Data); m != nil {
		word := grammar.Span{Start: m[2], End: m[3]}
		d := badData(word, "quote this word, which begins with what means something else to YAML")
		d.Suggestion = strconv.Quote(string(word.Of(y.Data)))
		d.Help = "write " + d.Suggestion
		if m[4] >= 0 {
			d.Message, d.Help = "a key that begins with a bracket is a list to YAML; quote this key", d.Help+":"
		}
		return d
	}
	return badData(y.lineSpan(y.errorLine(message)), "the file is not YAML: %s", message)
}

// yamlPrefix matches the prefix of yaml.v3's messages. Its line is often the first line of the
// mapping or scalar that contains the error.
var yamlPrefix = lazyregexp.New(`^yaml: (?:line \d+: )?`)

// maxSearch is the maximum size, in bytes, of a file in which errorLine searches.
const maxSearch = 1 << 18

// errorLine returns the line, from 1, of an error of yaml.v3: the last line of the shortest
// prefix of the file with the same error.
func (y *YAML) errorLine(message string) int {
	if len(y.Data) > maxSearch {
		return 1
	}
	y.offset(1, 1) // sets y.starts
	return 1 + sort.Search(len(y.starts)-1, func(i int) bool {
		_, err := decode(y.Data[:y.starts[i+1]])
		return err != nil && strings.HasSuffix(err.Error(), message)
	})
}

// lineSpan returns the span of a line, from 1, without the white space around it.
func (y *YAML) lineSpan(line int) grammar.Span {
	start := y.offset(line, 1)
	text := restOfLine(y.Data[start:])
	start += len(text) - len(bytes.TrimLeft(text, " \t"))
	return grammar.Span{Start: start, End: start + len(bytes.TrimSpace(text))}
}
