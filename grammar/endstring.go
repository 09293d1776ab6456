package grammar

import (
	"bytes"
	"unicode/utf8"
)

// The kinds of end-strings.
const (
	emphasisEnd = iota
	strongEnd
	literalEnd
	targetEnd
	substitutionEnd
	roleEnd
	ends // how many kinds there are
)

// An endString is where inline markup ends.
type endString struct {
	at     int // offset in the text
	length int
	role   int  // length of the role after the backquote, colons included
	refers bool // underscores make it a reference
}

// endString returns the first end-string of the kind at or after from, of length
// 0 if there is none. One right at from does not count, nor does any after it.
func (in *inliner) endString(kind, from int) endString {
	if in.noEnd[kind] {
		return endString{}
	}
	for at := from; at < len(in.text); at++ {
		in.steps++
		n := bytes.IndexByte(in.text[at:], endBytes[kind])
		if n < 0 {
			break
		}
		in.steps += n
		at += n
		if e := in.endAt(kind, at, from); e.length > 0 {
			if at == from {
				return endString{}
			}
			return e
		}
	}
	in.noEnd[kind] = true
	return endString{}
}

// endBytes holds the first byte of the end-strings.
var endBytes = [ends]byte{'*', '*', '`', '`', '|', '`'}

// endAt returns the end-string of the kind at offset at, of length 0 if there is
// none. The markup's text begins at from.
func (in *inliner) endAt(kind, at, from int) endString {
	e := endString{at: at, length: 1}
	switch {
	case at > from && !in.mayEnd(kind, at, from):
		return endString{}
	case kind == strongEnd || kind == literalEnd:
		if e.length = 2; at+1 >= len(in.text) || in.text[at+1] != in.text[at] {
			return endString{}
		}
	case kind == substitutionEnd:
		return in.underscored(e)
	case kind == roleEnd:
		return in.roleAfter(e)
	}
	if !in.mayPrecede(at + e.length) {
		return endString{}
	}
	return e
}

// mayEnd reports whether an end-string of the kind may stand at offset at, by
// the characters before it: no white space, and no escape, except that a literal
// takes no notice of escapes and interpreted text may end in escaped white space.
func (in *inliner) mayEnd(kind, at, from int) bool {
	r, n := utf8.DecodeLastRune(in.text[from:at])
	if kind == literalEnd {
		return !IsSpace(r)
	}
	if !IsSpace(r) && r != escape {
		return true
	}
	return kind == roleEnd && at-n > from && in.text[at-n-1] == escape
}

// underscored returns e with up to two underscores after it.
func (in *inliner) underscored(e endString) endString {
	for n := 2; n >= 0; n-- {
		tail := in.text[min(e.at+1, len(in.text)):]
		if bytes.HasPrefix(tail, []byte("__")[:n]) && in.mayPrecede(e.at+1+n) {
			e.length, e.refers = 1+n, n > 0
			return e
		}
	}
	return endString{}
}

// roleAfter returns e, a backquote, with the role and the underscores after it.
func (in *inliner) roleAfter(e endString) endString {
	if firstByte(in.text[e.at+1:]) == ':' {
		end := in.name(e.at + 2)
		if end > e.at+2 && firstByte(in.text[end:]) == ':' {
			with := in.underscored(endString{at: end})
			if with.length > 0 {
				with.at, with.length = e.at, end-e.at+with.length
				with.role = end - e.at
				return with
			}
		}
	}
	return in.underscored(e)
}
