package catalog

import (
	"bytes"

	"windsock/grammar"
)

// A slice is the part of a provider.yaml that holds its configuration. The rest
// of such a file (versions, operators, hooks) is ten times as long and none of
// ours, so it is cut away before YAML is decoded.
type slice struct {
	pkg    string       // the value of package-name
	config grammar.Span // from the key "config" to the next key; empty where there is none
	line   int          // the number of lines before config
}

// cutConfig finds the slice of a provider.yaml without decoding it. It reports
// false unless that is certain: the file must be a plain block mapping at column
// 0, and no line outside config may open a quoted scalar or a flow collection
// that it does not close, in which a line at column 0 would be no key. Within
// config it need not look: cut short by such a line, config is no YAML.
func cutConfig(data []byte) (slice, bool) {
	c := cutter{data: data}
	for start := 0; start < len(data); c.line++ {
		end := len(data)
		if i := bytes.IndexByte(data[start:], '\n'); i >= 0 {
			end = start + i + 1
		}
		if !c.take(start, bytes.TrimRight(data[start:end], "\r\n")) {
			return c.slice, false
		}
		start = end
	}
	return c.slice, c.keys > 0
}

// A cutter goes through the lines of a provider.yaml.
type cutter struct {
	slice
	data   []byte
	line   int  // lines before the current one
	keys   int  // keys at column 0 so far
	inside bool // whether the line is within config
	naming bool // whether the last key was package-name
	scalar int  // the least column, from 0, of lines within a block scalar; 0: in none
}

// take considers the line that begins at offset start. It reports false where
// nothing is certain any more.
func (c *cutter) take(start int, line []byte) bool {
	body := bytes.TrimLeft(line, " ")
	if len(body) == 0 || c.scalar > 0 && len(line)-len(body) >= c.scalar {
		return true
	}
	l := classify(line, body)
	c.scalar = 0
	if len(l.value) > 0 && (l.value[0] == '|' || l.value[0] == '>') {
		c.scalar = l.column + 1
	}
	switch l.kind {
	case unsure:
		return c.inside
	case marker:
		return c.keys == 0
	case indented:
		return c.keys > 0 && !c.naming // which the line would go on with
	case key:
		c.keys++
		c.naming = false
		if c.inside {
			c.config.End, c.inside = start, false
		}
		return c.takeKey(start, string(line[:bytes.IndexByte(line, ':')]), l.value)
	}
	return true
}

// takeKey considers a key at column 0. A key that stands twice is not certain:
// decoding the whole file reports it.
func (c *cutter) takeKey(start int, name string, value []byte) bool {
	switch name {
	case "config":
		if c.config.Len() > 0 {
			return false
		}
		c.config, c.slice.line, c.inside = grammar.Span{Start: start, End: len(c.data)}, c.line, true
	case "package-name":
		if c.pkg != "" {
			return false
		}
		c.pkg, c.naming = plainWord(value), true
		return c.pkg != ""
	}
	return true
}

// A lineKind is what a line of a block mapping at column 0 may be.
type lineKind int

// The kinds of lines.
const (
	comment  lineKind = iota
	key               // a plain key at column 0
	indented          // within the value of the key before
	marker            // "---"
	unsure            // anything else, or something left open at the line's end
)

// An outline is what can be told of a line by itself.
type outline struct {
	kind   lineKind
	column int    // from 0: where the line's last "-" or its key stands
	value  []byte // what follows the key's colon or the "-"
}

// classify tells what a line is; body is the line less its indentation.
func classify(line, body []byte) outline {
	switch {
	case body[0] == '#':
		return outline{kind: comment}
	case string(line) == "---":
		return outline{kind: marker}
	case len(body) < len(line) || body[0] == '-':
		return classifyIndented(line, body)
	}
	i := 0
	for i < len(line) && isKeyByte(line[i]) {
		i++
	}
	if i == 0 || i == len(line) || line[i] != ':' || i+1 < len(line) && line[i+1] != ' ' {
		return outline{kind: unsure}
	}
	value := bytes.TrimSpace(line[i+1:])
	if mayStayOpen(value) {
		return outline{kind: unsure}
	}
	return outline{kind: key, value: value}
}

// classifyIndented tells what a line within a value is.
func classifyIndented(line, body []byte) outline {
	l := outline{kind: indented, column: len(line) - len(body)}
	for bytes.HasPrefix(body, []byte("- ")) {
		l.column = len(line) - len(body)
		body = bytes.TrimLeft(body[2:], " ")
		l.value = body
	}
	if i := bytes.Index(body, []byte(": ")); i >= 0 && !mayStayOpen(body) {
		l.column = len(line) - len(body)
		l.value = bytes.TrimLeft(body[i+2:], " ")
	}
	if mayStayOpen(body) || mayStayOpen(l.value) || bytes.HasPrefix(body, []byte("--")) {
		l.kind = unsure
	}
	return l
}

// mayStayOpen reports whether a value may begin something that does not end on
// its line: only a quoted scalar or a flow collection that does is certain.
func mayStayOpen(value []byte) bool {
	if len(value) == 0 {
		return false
	}
	switch value[0] {
	case '"', '\'', '[', '{':
		n := flowLength(value)
		return n == 0 || !endsLine(value[n:])
	case '&', '!':
		return true // an anchor or a tag, before who knows what
	case '?':
		return len(value) == 1 || value[1] == ' ' // a key that may be anything
	}
	return false
}

// flowLength returns the length of the quoted scalar or flow collection that
// value begins with, or 0 where its end is not certain.
func flowLength(value []byte) int {
	depth := 0
	for i := 0; i < len(value); i++ {
		switch c := value[i]; c {
		case '"', '\'':
			n := quotedLength(value[i:], c)
			if n == 0 {
				return 0
			}
			i += n - 1
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		case '#':
			return 0 // may be a comment
		}
		if depth == 0 {
			return i + 1
		}
	}
	return 0
}

// quotedLength returns the length of the quoted scalar that value begins with, or
// 0 where it does not end there. Only double quotes have escapes.
func quotedLength(value []byte, quote byte) int {
	for i := 1; i < len(value); i++ {
		switch {
		case value[i] == quote:
			return i + 1
		case value[i] == '\\' && quote == '"':
			i++
		}
	}
	return 0
}

// endsLine reports whether nothing but white space or a comment is left.
func endsLine(rest []byte) bool {
	rest = bytes.TrimSpace(rest)
	return len(rest) == 0 || rest[0] == '#'
}

// isKeyByte reports whether c may stand in a plain key.
func isKeyByte(c byte) bool {
	return c == '-' || c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// plainWord returns the value of a key if it is one plain word that YAML takes
// for a string, else "".
func plainWord(value []byte) string {
	if len(value) == 0 || value[0] < 'a' || value[0] > 'z' {
		return ""
	}
	hyphen := false
	for i, c := range value {
		hyphen = hyphen || c == '-'
		if !isKeyByte(c) && c != '.' {
			if !endsLine(value[i:]) || c != ' ' {
				return ""
			}
			value = value[:i]
			break
		}
	}
	if !hyphen {
		return "" // may be true, null or yes
	}
	return string(value)
}
