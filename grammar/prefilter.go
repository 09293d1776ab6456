package grammar

import (
	"bytes"
	"strings"
)

// mayHold reports whether source may hold a directive or a comment that the
// reader looks for. If it reports false, there is none: the pages that the
// filter lets pass are too many, never too few.
func (r *Reader) mayHold(source []byte) bool {
	ascii := isASCII(source)
	for _, name := range r.Directives {
		prefix, isPrefix := strings.CutSuffix(name, "*")
		if holdsDirective(source, prefix, isPrefix, ascii) {
			return true
		}
	}
	for _, prefix := range r.Comments {
		if holdsComment(source, prefix, ascii) {
			return true
		}
	}
	return false
}

// holdsDirective reports whether source holds name, in any case, where the type
// of a directive may stand: after a margin and, unless name is but the beginning
// of the type, before a colon.
func holdsDirective(source []byte, name string, isPrefix, ascii bool) bool {
	if name == "" {
		return true
	}
	key := max(strings.IndexAny(name, "-_.:+"), 0)
	for from := 0; ; {
		n := indexFold(source[from:], name[key])
		if n < 0 {
			return false
		}
		at := from + n - key
		from += n + 1
		if at < 0 || at+len(name) > len(source) || !bytes.EqualFold(source[at:at+len(name)], []byte(name)) {
			continue
		}
		if (!ascii || followsMargin(source, at)) && (isPrefix || mayBeType(source[at+len(name):])) {
			return true
		}
	}
}

// indexFold returns the index of the ASCII character c in s, in either case, -1
// if there is none.
func indexFold(s []byte, c byte) int {
	n := bytes.IndexByte(s, c)
	if !isLetter(c) {
		return n
	}
	if n >= 0 {
		s = s[:n]
	}
	if m := bytes.IndexByte(s, c^0x20); m >= 0 {
		return m
	}
	return n
}

// holdsComment reports whether source holds the first word of prefix where the
// text of a comment may begin.
func holdsComment(source []byte, prefix string, ascii bool) bool {
	word := []byte(prefix)
	if n := strings.IndexByte(prefix, ' '); n >= 0 {
		word = word[:n]
	}
	for from := 0; ; {
		n := bytes.Index(source[from:], word)
		if n < 0 || len(word) == 0 {
			return n >= 0
		}
		if !ascii || followsMargin(source, from+n) {
			return true
		}
		from += n + 1
	}
}

// followsMargin reports whether what stands at offset at of an ASCII source may
// be the first text after the margin of a line, a table's cell, or explicit
// markup.
func followsMargin(source []byte, at int) bool {
	if at == 0 {
		return true
	}
	c := source[at-1]
	return c <= ' ' || c == '|' || c == '+'
}

// mayBeType reports whether the name of a directive may end before rest: a colon
// follows, after a blank at most.
func mayBeType(rest []byte) bool {
	if len(rest) > 0 && rest[0] <= ' ' {
		rest = rest[1:]
	}
	return text0(rest) == ':'
}
