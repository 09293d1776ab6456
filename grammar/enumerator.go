package grammar

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// An enumerator is the mark of an item in an enumerated list.
type enumerator struct {
	format byte   // '(' for "(1)", ')' for "1)", '.' for "1."
	text   string // without the punctuation
	end    int    // length of the mark and the blanks after it
}

// scanEnumerator reads the enumerator at the start of text.
func scanEnumerator(text []byte) (e enumerator, ok bool) {
	from := 0
	if text[0] == '(' {
		from = 1
	}
	n := from
	for n < len(text) && (isAlnum(text[n]) || text[n] == '#') {
		n++
	}
	if n == from || n == len(text) || !isEnumeratorText(text[from:n]) {
		return e, false
	}
	switch {
	case from == 1 && text[n] == ')':
		e.format = '('
	case from == 0 && (text[n] == ')' || text[n] == '.'):
		e.format = text[n]
	default:
		return e, false
	}
	e.text, e.end = string(text[from:n]), markEnd(text, n+1)
	return e, e.end > 0
}

// isEnumeratorText reports whether s is a number, a letter, a Roman numeral or
// "#".
func isEnumeratorText(s []byte) bool {
	return len(s) == 1 || len(bytes.Trim(s, "0123456789")) == 0 || roman(string(s)) > 0
}

// romanPattern matches Roman numerals, all in lower or all in upper case, and the empty
// string.
var romanPattern = sync.OnceValue(func() *regexp.Regexp {
	const below4000 = `m{0,4}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})`
	return regexp.MustCompile(`^(?:` + below4000 + `|` + strings.ToUpper(below4000) + `)$`)
})

// romanDigits are the values of the digits of Roman numerals.
var romanDigits = map[byte]int{'i': 1, 'v': 5, 'x': 10, 'l': 50, 'c': 100, 'd': 500, 'm': 1000}

// roman returns the value of the Roman numeral s, 0 if it is not one.
func roman(s string) (n int) {
	if !romanPattern().MatchString(s) {
		return 0
	}
	s = strings.ToLower(s)
	for i := range len(s) {
		if digit := romanDigits[s[i]]; i+1 < len(s) && digit < romanDigits[s[i+1]] {
			n -= digit
		} else {
			n += digit
		}
	}
	return n
}

// enumeratedItem reads the enumerated list item at line i and returns the line after it,
// or 0 if there is none. Where docutils starts a new list because a number does not
// follow the previous one, the list continues.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#enumerated-lists
func (p *parser) enumeratedItem(s *body, i int, text []byte) int {
	e, ok := scanEnumerator(text)
	if !ok || !p.mayFollowItem(&s.block, i+1, e) {
		return 0
	}
	start, _ := p.bounds(&s.block, i)
	return p.listItem(s, i, p.listFor(s, EnumeratedList, string(e.format), start), e.end, e.end)
}

// mayFollowItem reports whether line i can follow the first line of an item with
// enumerator e: it must be blank, indented, or the next item.
func (p *parser) mayFollowItem(b *block, i int, e enumerator) bool {
	if p.endsAt(b, i) {
		return true
	}
	below := p.lineText(b, i)
	if first, _ := utf8.DecodeRune(below); IsSpace(first) {
		return true
	}
	next, ok := scanEnumerator(below)
	return ok && next.end < len(below) && next.format == e.format && follows(e.text, next.text)
}

// follows reports whether b is the number after a, as numbers, letters or Roman numerals.
// "#" follows any enumerator.
func follows(a, b string) bool {
	if b == "#" || a == "#" {
		return b == "#"
	}
	m, errM := strconv.Atoi(a)
	n, errN := strconv.Atoi(b)
	if errM == nil && errN == nil {
		return n == m+1
	}
	isUpper := isUpperCase(a)
	return isUpper == isUpperCase(b) && (len(a) == 1 && len(b) == 1 && b[0] == a[0]+1 || roman(a) > 0 && roman(b) == roman(a)+1)
}

// isUpperCase reports whether s has no lower case letters.
func isUpperCase(s string) bool { return s == strings.ToUpper(s) }
