package grammar

import (
	"bytes"
	"unicode/utf8"
)

// A delimiter is the start-string and the end-string of a kind of inline markup.
type delimiter struct {
	start, end string
	kind       InlineKind
}

// delimiters lists the delimiters of all kinds. A start-string precedes its own prefixes.
// A [Role] with underscores after it and no name is a [PhraseReference].
var delimiters = [...]delimiter{
	{"**", "**", StrongEmphasis}, {"*", "*", Emphasis}, {"``", "``", Literal}, {"`", "`", Role},
	{"_`", "`", InlineTarget}, {"|", "|", SubstitutionUse},
}

// A startString is the start of inline markup.
type startString struct {
	*delimiter     // nil if the start-string is the whole markup: a reference
	at         int // offset in the text
	length     int
	role       int // length of the role before the backquote, including its colons
}

// nextStart returns the first start-string at or after from. Its length is 0 if there is
// none.
func (in *inliner) nextStart(from int) startString {
	for at := from; at < len(in.text); {
		c := in.text[at]
		if !startBytes[c] || at > from && !in.mayFollow(at) {
			at++
			continue
		}
		in.steps++
		if s := in.startAt(at); s.length > 0 {
			return s
		}
		at++
	}
	return startString{}
}

// startBytes is the set of bytes that inline markup can begin with.
var startBytes = func() (set byteSet) {
	for c := range set {
		set[c] = c >= utf8.RuneSelf || isAlnum(byte(c))
	}
	for _, c := range []byte("*`|_[:") {
		set[c] = true
	}
	return set
}()

// startAt returns the start-string at offset at. Its length is 0 if there is none.
func (in *inliner) startAt(at int) startString {
	switch in.text[at] {
	case '[':
		return in.footnoteReference(at)
	case ':':
		return in.role(at)
	case '*', '`', '_', '|':
		return in.delimited(at)
	}
	return in.reference(at)
}

// delimited returns the start-string of a delimiter at offset at. White space must not
// follow it.
func (in *inliner) delimited(at int) startString {
	rest := in.text[at:]
	if bytes.HasPrefix(rest, []byte("||")) {
		return startString{}
	}
	for i := range delimiters {
		d := &delimiters[i]
		if !bytes.HasPrefix(rest, []byte(d.start)) {
			continue
		}
		if next := at + len(d.start); next < len(in.text) {
			if r, _ := in.rune(next); IsSpace(r) {
				break
			}
		}
		return startString{delimiter: d, at: at, length: len(d.start)}
	}
	return startString{}
}

// role returns the start-string at offset at that consists of a role and a backquote.
func (in *inliner) role(at int) startString {
	n := in.name(at+1) - at
	if n < 2 || !bytes.HasPrefix(in.text[at+n:], []byte(":`")) {
		return startString{}
	}
	s := in.delimited(at + n + 1)
	if s.length != len("`") {
		return startString{}
	}
	s.at, s.role = at, n+1
	return s
}

// reference returns the reference at offset at: a simple name and one or two underscores.
func (in *inliner) reference(at int) startString {
	end := in.name(at)
	if end == at || end == len(in.text) || in.text[end] != '_' {
		return startString{}
	}
	end++
	if end < len(in.text) && in.text[end] == '_' {
		end++
	}
	if !in.mayPrecede(end) {
		return startString{}
	}
	return startString{at: at, length: end - at}
}

// footnoteReference returns the reference to a footnote or a citation at offset at.
func (in *inliner) footnoteReference(at int) startString {
	end := at + 1
	switch c := firstByte(in.text[end:]); {
	case c == '*':
		end++
	case c == '#':
		end = in.name(end + 1)
	default:
		if end = in.name(end); end == at+1 {
			return startString{}
		}
	}
	if !bytes.HasPrefix(in.text[end:], []byte("]_")) || !in.mayPrecede(end+2) {
		return startString{}
	}
	return startString{at: at, length: end + 2 - at}
}

// name returns the end of the simple name at offset at, or at if there is none. It caches
// the last name, whose suffixes all have the same end, so that each name is read once.
func (in *inliner) name(at int) int {
	if at >= in.nameEnd || at < in.nameFrom {
		n := simpleNameLength(in.text[at:])
		in.steps += n
		in.nameFrom, in.nameEnd = at, at+n
		return at + n
	}
	if alnumAt(in.text[at:]) == 0 {
		return at
	}
	return in.nameEnd
}
