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
}

// take considers the line that begins at offset start. It reports false where
// nothing is certain any more.
func (c *cutter) take(start int, line []byte) bool {
	switch kind, value := classify(line); kind {
	case unsure:
		return c.inside
	case marker:
		return c.keys == 0
	case indented:
		return c.keys > 0
	case key:
		c.keys++
		if c.inside {
			c.config.End, c.inside = start, false
		}
		return c.takeKey(start, string(line[:bytes.IndexByte(line, ':')]), value)
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
		c.pkg = plainWord(value)
		return c.pkg != ""
	}
	return true
}

// A lineKind is what a line of a block mapping at column 0 may be.
type lineKind int

// The kinds of lines.
const (
	blank    lineKind = iota // white space or a comment
	key                      // a plain key at column 0
	indented                 // within the value of the key before
	marker                   // "---"
	unsure                   // anything else, or something left open at the line's end
)

// classify returns the kind of a line and, for a key, what follows its colon.
func classify(line []byte) (lineKind, []byte) {
	body := bytes.TrimLeft(line, " ")
	switch {
	case len(body) == 0 || body[0] == '#':
		return blank, nil
	case len(body) < len(line) || body[0] == '-':
		if string(line) == "---" {
			return marker, nil
		}
		return indentedKind(body), nil
	}
	i := 0
	for i < len(line) && isKeyByte(line[i]) {
		i++
	}
	if i == 0 || i == len(line) || line[i] != ':' || i+1 < len(line) && line[i+1] != ' ' {
		return unsure, nil
	}
	if value := bytes.TrimSpace(line[i+1:]); !opens(value) {
		return key, value
	}
	return unsure, nil
}

// indentedKind returns the kind of a line within a value, less its indentation.
func indentedKind(body []byte) lineKind {
	for bytes.HasPrefix(body, []byte("- ")) {
		body = bytes.TrimLeft(body[2:], " ")
	}
	if i := bytes.Index(body, []byte(": ")); i >= 0 && !opens(body) {
		body = bytes.TrimLeft(body[i+2:], " ")
	}
	if opens(body) || bytes.HasPrefix(body, []byte("--")) {
		return unsure
	}
	return indented
}

// opens reports whether a value begins something that need not end on its line.
func opens(value []byte) bool {
	if len(value) == 0 {
		return false
	}
	switch c := value[0]; c {
	case '"', '\'':
		i := bytes.IndexByte(value[1:], c)
		return i < 0 || bytes.IndexByte(value[1:1+i], '\\') >= 0 || !endsLine(value[2+i:])
	case '[', '{':
		close := c + 2 // "]" and "}" are two after "[" and "{"
		i := bytes.IndexByte(value[1:], close)
		return i < 0 || bytes.ContainsAny(value[1:1+i], "\"'[{") || !endsLine(value[2+i:])
	case '&', '!':
		return true // an anchor or a tag, before who knows what
	case '?':
		return len(value) == 1 || value[1] == ' ' // a key that may be anything
	}
	return false
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
