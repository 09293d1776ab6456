package grammar

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

// mayHold returns the pieces of source that may hold a directive or a comment that the
// reader looks for, and begin and end where blocks do, in order. Elsewhere there is none:
// what the filter lets pass is too much, never too little.
//
// Both begin with two dots. A directive's type follows on the same line; so does
// the text of a comment, if it does not begin on a line below.
func (r *Reader) mayHold(source []byte) (pieces []Span) {
	f := filter{reader: r, source: source, initials: r.initials()}
	for at, done := 0, 0; ; {
		n := bytes.IndexByte(source[at:], '.')
		if n < 0 || at+n+1 >= len(source) {
			return pieces
		}
		if at += n + 1; source[at] != '.' || at <= done || !f.mayHoldAt(at-1) {
			continue
		}
		if f.followsBorder(len(source) - 1) { // within a simple table anything may stand at the margin
			return []Span{{0, len(source)}}
		}
		piece := Span{f.blockStart(done, at), f.blockEnd(at)}
		if last := len(pieces) - 1; last >= 0 && piece.Start <= pieces[last].End {
			pieces[last].End = piece.End
		} else {
			pieces = append(pieces, piece)
		}
		done = piece.End
	}
}

// blockStart returns the last offset up to at, but not before from, where a block at the
// margin certainly begins: behind a blank line, which does not follow the mark of a literal
// block.
func (f *filter) blockStart(from, at int) int {
	for {
		start := bytes.LastIndexByte(f.source[from:at], '\n') + 1 + from
		if start == from || f.beginsBlock(start) && !bytes.HasSuffix(trimRight(f.source[from:start]), []byte("::")) {
			return start
		}
		at = start - 1
	}
}

// blockEnd returns the first offset from at on where a block at the margin begins, or
// the page ends.
func (f *filter) blockEnd(at int) int {
	for {
		n := bytes.IndexByte(f.source[at:], '\n')
		if n < 0 {
			return len(f.source)
		}
		if at += n + 1; f.beginsBlock(at) {
			return at
		}
	}
}

// beginsBlock reports whether the line that begins at offset start is certainly the first
// of a block at the margin.
func (f *filter) beginsBlock(start int) bool {
	if c := firstByte(f.source[start:]); c <= ' ' || c >= utf8.RuneSelf {
		return false
	}
	before := f.source[:start-1]
	above := before[bytes.LastIndexByte(before, '\n')+1:]
	return len(bytes.TrimLeft(above, " \t\r")) == 0
}

// maxRole is the length of the longest name of a role that is looked for.
const maxRole = 64

// mayHoldRole reports whether source may hold a role that the reader looks for: a
// backquote with such a name, between colons, on one side.
func (r *Reader) mayHoldRole(source []byte) bool {
	if len(r.Roles) == 0 {
		return false
	}
	for at := 0; ; at++ {
		n := bytes.IndexByte(source[at:], '`')
		if n < 0 {
			return false
		}
		at += n
		if at > 0 && source[at-1] == ':' && isNamedAtEnd(r.Roles, roleAtEnd(source[max(0, at-1-maxRole):at-1])) {
			return true
		}
		if at+1 < len(source) && source[at+1] == ':' {
			name := firstBytes(source[at+2:], maxRole)
			if end := bytes.IndexByte(name, ':'); end > 0 && len(roleAtEnd(name[:end])) == end && isNamed(r.Roles, name[:end]) {
				return true
			}
		}
	}
}

// roleAtEnd returns what at the end of text may be the name of a role.
func roleAtEnd(text []byte) []byte {
	from := len(text)
	for from > 0 && (text[from-1] >= utf8.RuneSelf || isAlnum(text[from-1]) || isInnerPunctuation(text[from-1])) {
		from--
	}
	return text[from:]
}

// isNamedAtEnd reports whether text ends in the name of a role behind a colon. Names
// may hold colons themselves.
func isNamedAtEnd(names []string, text []byte) bool {
	for end := len(text); end >= 0; {
		end = bytes.LastIndexByte(text[:end], ':')
		if isNamed(names, text[end+1:]) {
			return true
		}
	}
	return false
}

// A filter is the search for what may be looked for in one page. What it asks of
// the whole page it asks once.
type filter struct {
	reader        *Reader
	source        []byte
	initials      byteSet // of the reader
	tables, words answer
	seen          int  // up to where it was looked for characters that are not ASCII
	wide          bool // whether the line that seen is in has any before it
	border        int  // one more than where the first border of a simple table may be; 0 if unasked
}

// An answer is what is known of a question about a page.
type answer byte

// The answers.
const (
	unasked answer = iota
	yes
	no
)

// ask returns the answer, by f if that is not known yet.
func (a *answer) ask(f func() bool) bool {
	if *a == unasked {
		*a = no
		if f() {
			*a = yes
		}
	}
	return *a == yes
}

// mayHoldAt reports whether the two dots at offset at may begin something that
// the reader looks for.
func (f *filter) mayHoldAt(at int) bool {
	rest := f.source[at+2:]
	blanks := 0
	for blanks < len(rest) && rest[blanks] == ' ' {
		blanks++
	}
	rest = rest[blanks:]
	c := firstByte(rest)
	// The text may begin on a line below: at the end of a line, or of a table's
	// cell, or where white space stands that may be the one or the other. The
	// same holds after a substitution text.
	below := c <= ' ' || c >= 0x7f || c == '|' || c == '+'
	switch {
	case !f.mayBeMark(at):
		return false
	case blanks == 0 && !below:
		return c == 'a' && f.reader.mayBegin(rest) // a blank is missing, which is for others to say
	case below:
		if text, ok := f.behind(rest); ok {
			return f.reader.mayBegin(text)
		}
		return f.holdsWord()
	case f.initials[c] && f.reader.mayBegin(rest):
		return true
	}
	// In a simple table the text may be that of the next column.
	return blanks > 1 && f.followsBorder(at) && f.holdsWord()
}

// behind returns what a directive or a comment begins with whose mark stands before rest,
// where that is on the line below or behind a substitution text. It reports false where it
// cannot tell, as in a table.
func (f *filter) behind(rest []byte) (text []byte, ok bool) {
	switch firstByte(rest) {
	case '\n':
		text = rest[1:]
	case '|':
		line, _ := lineOf(rest)
		text = behindSubstitution(line)
	}
	if text == nil {
		return nil, false
	}
	text = bytes.TrimLeft(text, " ")
	c := firstByte(text)
	return text, (c == '\n' || c > ' ' && c < 0x7f) && !f.tables.ask(f.hasTables)
}

// behindSubstitution returns what stands behind the substitution text that a line begins
// with, nil if it may go on in the next line or is none.
func behindSubstitution(line []byte) []byte {
	if len(line) < 2 || line[1] == ' ' {
		return nil
	}
	for at := 2; at+1 < len(line); at++ {
		before, behind := line[at-1], line[at+1]
		switch {
		case line[at] == '\\':
			return nil
		case line[at] != '|' || before == ' ' || behind > ' ' && behind < utf8.RuneSelf:
		case before > ' ' && before < utf8.RuneSelf && behind == ' ':
			return line[at+1:]
		default:
			return nil
		}
	}
	return nil
}

// hasTables reports whether the page may hold a grid table or a simple table.
func (f *filter) hasTables() bool {
	return bytes.Contains(f.source, []byte("+-")) || f.followsBorder(len(f.source)-1)
}

// mayBeMark reports whether the two dots at offset at may begin a line or a
// table's cell, or stand after the mark of a list. Where a line holds characters that
// are not of one width, cells of tables may begin anywhere in it.
func (f *filter) mayBeMark(at int) bool {
	before := f.source[:at]
	if at == 0 || string(before) == byteOrderMark {
		return true
	}
	r, _ := utf8.DecodeLastRune(before)
	return r <= ' ' || r == '|' || r == '+' || IsSpace(r) ||
		f.tables.ask(f.hasTables) && f.isWideBefore(at)
}

// isWideBefore reports whether characters that are not ASCII stand before offset at in its
// line. It is asked in ascending order, so that each byte is looked at once.
func (f *filter) isWideBefore(at int) bool {
	between := f.source[f.seen:at]
	if n := bytes.LastIndexByte(between, '\n'); n >= 0 {
		between, f.wide = between[n+1:], false
	}
	f.wide = f.wide || slices.ContainsFunc(between, func(c byte) bool { return c >= utf8.RuneSelf })
	f.seen = at
	return f.wide
}

// initials returns the bytes that what the reader looks for may begin with, letters
// in both cases.
func (r *Reader) initials() (set byteSet) {
	for _, name := range slices.Concat(r.Directives, r.Comments) {
		if name = strings.TrimSuffix(name, "*"); name == "" {
			return anyByte
		}
		set[name[0]], set[name[0]|0x20], set[name[0]&^0x20] = true, true, true
	}
	return set
}

// anyByte holds all bytes.
var anyByte = func() (set byteSet) {
	for c := range set {
		set[c] = true
	}
	return set
}()

// mayBegin reports whether text begins with a directive type or with the first
// word of a comment that the reader looks for.
func (r *Reader) mayBegin(text []byte) bool {
	may := false
	for _, name := range r.Directives {
		name = strings.TrimSuffix(name, "*")
		may = may || len(text) >= len(name) && bytes.EqualFold(text[:len(name)], []byte(name))
	}
	for _, prefix := range r.Comments {
		may = may || bytes.HasPrefix(text, []byte(firstWord(prefix)))
	}
	if !may || r.Unlike == nil {
		return may
	}
	line, whole := lineOf(text)
	return !whole || !r.Unlike(line)
}

// maxAhead is how far ahead of a mark is looked, in bytes: a line may hold many marks.
const maxAhead = 1 << 10

// lineOf returns the text up to the first character that ends a line, and whether that is
// near enough to be all of the line.
func lineOf(text []byte) (line []byte, whole bool) {
	near := firstBytes(text, maxAhead)
	end, _, _ := lineEnd(near, 0)
	return near[:end], end < len(near) || len(near) == len(text)
}

// firstWord returns what stands before the first blank of prefix; a tab may
// stand for that blank in a page.
func firstWord(prefix string) string {
	word, _, _ := strings.Cut(prefix, " ")
	return word
}

// followsBorder reports whether the page may hold the border of a simple table
// before offset at.
func (f *filter) followsBorder(at int) bool {
	if f.border == 0 {
		f.border = borderIndex(f.source) + 1
	}
	return f.border <= at
}

// borderIndex returns where source may hold the first border of a simple table,
// its length if there is none.
func borderIndex(source []byte) int {
	for at := 0; ; at++ {
		n := bytes.IndexByte(source[min(at, len(source)):], '=')
		if n < 0 {
			return len(source)
		}
		for at += n; at+1 < len(source) && source[at+1] == '='; at++ {
		}
		rest := source[at+1:]
		if wide := bytes.TrimLeft(rest, " \t\v\f"); len(wide) < len(rest) && firstByte(wide) == '=' {
			return at
		}
	}
}

// holdsWord reports whether a directive type or the first word of a comment that
// the reader looks for stands anywhere in the page.
func (f *filter) holdsWord() bool {
	return f.words.ask(func() bool {
		for _, name := range f.reader.Directives {
			if containsFold(f.source, strings.TrimSuffix(name, "*")) {
				return true
			}
		}
		for _, prefix := range f.reader.Comments {
			if bytes.Contains(f.source, []byte(firstWord(prefix))) {
				return true
			}
		}
		return false
	})
}

// containsFold reports whether source holds word, in any case.
func containsFold(source []byte, word string) bool {
	if word == "" {
		return true
	}
	key := max(strings.IndexAny(word, "-_.:+"), 0)
	for at := 0; ; {
		n := indexFold(source[at:], word[key])
		if n < 0 {
			return false
		}
		start := at + n - key
		at += n + 1
		if start >= 0 && start+len(word) <= len(source) &&
			bytes.EqualFold(source[start:start+len(word)], []byte(word)) {
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
