package grammar

import (
	"bytes"
	"unicode/utf8"
)

// An endString is the end of inline markup.
type endString struct {
	at     int // offset in the text
	length int
	role   int  // length of the role after the backquote, including its colons
	refers bool // set if underscores make the markup a reference
}

// endString returns the first end-string of a delimiter at or after from. Its length is 0
// if there is none, or if the first is right at from.
func (in *inliner) endString(d *delimiter, from int) endString {
	if in.noEnd[d.kind] {
		return endString{}
	}
	for at := from; at < len(in.text); at++ {
		in.steps++
		n := bytes.IndexByte(in.text[at:], d.end[0])
		if n < 0 {
			break
		}
		in.steps += n
		at += n
		if e := in.endAt(d, at, from); e.length > 0 {
			if at == from {
				return endString{}
			}
			return e
		}
	}
	in.noEnd[d.kind] = true
	return endString{}
}

// endAt returns the end-string of a delimiter at offset at. Its length is 0 if there is
// none. The text of the markup begins at from.
func (in *inliner) endAt(d *delimiter, at, from int) endString {
	e := endString{at: at, length: len(d.end)}
	switch {
	case at > from && !in.mayEnd(d.kind, at, from), !bytes.HasPrefix(in.text[at:], []byte(d.end)):
		return endString{}
	case d.kind == SubstitutionUse:
		return in.underscored(e)
	case d.kind == Role:
		return in.roleAfter(e)
	case !in.mayPrecede(at + e.length):
		return endString{}
	}
	return e
}

// mayEnd reports whether the characters before offset at can precede an end-string of the
// kind: neither white space nor an escape. In literals escapes have no meaning, and
// interpreted text can end in escaped white space.
func (in *inliner) mayEnd(kind InlineKind, at, from int) bool {
	r, n := utf8.DecodeLastRune(in.text[from:at])
	if kind == Literal {
		return !IsSpace(r)
	}
	if !IsSpace(r) && r != escape {
		return true
	}
	return kind == Role && at-n > from && in.text[at-n-1] == escape
}

// underscored returns e extended by up to two underscores.
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

// roleAfter returns e, a backquote, extended by the role and the underscores after it.
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
