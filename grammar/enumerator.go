package grammar

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A sequence is the kind of numbers that an enumerated list counts with.
type sequence byte

// The sequences, in the order in which docutils tries them.
const (
	auto sequence = iota // "#"
	arabic
	lowerAlpha
	upperAlpha
	lowerRoman
	upperRoman
)

// A format is how an enumerator is punctuated: '(' for "(1)", ')' for "1)", '.' for "1.".
type format byte

// An enumerator is the mark of an enumerated list's item.
type enumerator struct {
	format format
	text   string // without the punctuation
	end    int    // length of the mark with the blanks after it
}

// scanEnumerator reads the enumerator that text begins with.
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
		e.format = format(text[n])
	default:
		return e, false
	}
	e.text, e.end = string(text[from:n]), markEnd(text, n+1)
	return e, e.end > 0
}

// isEnumeratorText reports whether s is a number, a letter, a Roman numeral or
// "#".
func isEnumeratorText(s []byte) bool {
	return len(s) == 1 || len(bytes.Trim(s, "0123456789")) == 0 ||
		len(bytes.Trim(s, "ivxlcdm")) == 0 || len(bytes.Trim(s, "IVXLCDM")) == 0
}

// matches reports whether s is a number of the sequence, by its characters.
func (q sequence) matches(s string) bool {
	switch q {
	case auto:
		return s == "#"
	case arabic:
		return isDigit(s[0])
	case lowerAlpha:
		return len(s) == 1 && 'a' <= s[0] && s[0] <= 'z'
	case upperAlpha:
		return len(s) == 1 && 'A' <= s[0] && s[0] <= 'Z'
	case lowerRoman:
		return strings.Trim(s, "ivxlcdm") == ""
	default:
		return strings.Trim(s, "IVXLCDM") == ""
	}
}

// sequenceOf returns the sequence that text is a number of: the expected one if
// it can be; else "i" and "I" are Roman, other letters are not.
func sequenceOf(text string, expected sequence) sequence {
	switch {
	case text == "#":
		return auto
	case expected != auto && expected.matches(text):
		return expected
	case expected == auto && text == "i":
		return lowerRoman
	case expected == auto && text == "I":
		return upperRoman
	}
	q := arabic
	for !q.matches(text) {
		q++
	}
	return q
}

// noOrdinal is the ordinal of a text that is no number.
const noOrdinal = -1

// ordinal returns the number that text is in the sequence, or noOrdinal.
func (q sequence) ordinal(text string) int {
	switch q {
	case auto:
		return 1
	case arabic:
		n, err := strconv.Atoi(text)
		if err != nil {
			return noOrdinal
		}
		return n
	case lowerAlpha:
		return int(text[0]-'a') + 1
	case upperAlpha:
		return int(text[0]-'A') + 1
	default:
		return fromRoman(strings.ToUpper(text))
	}
}

// spell returns ordinal as a number of the sequence, "" if it has none.
func (q sequence) spell(ordinal int) string {
	switch {
	case q == auto:
		return "#"
	case q == arabic:
		return strconv.Itoa(ordinal)
	case q == upperRoman:
		return toRoman(ordinal)
	case q == lowerRoman:
		return strings.ToLower(toRoman(ordinal))
	case ordinal > 26:
		return ""
	case q == lowerAlpha:
		return string(rune('a' + ordinal - 1))
	}
	return string(rune('A' + ordinal - 1))
}

// numerals are the parts of Roman numerals, in falling order.
var numerals = [...]struct {
	text  string
	value int
}{
	{"M", 1000}, {"CM", 900}, {"D", 500}, {"CD", 400}, {"C", 100}, {"XC", 90}, {"L", 50},
	{"XL", 40}, {"X", 10}, {"IX", 9}, {"V", 5}, {"IV", 4}, {"I", 1},
}

// maxRoman is the greatest number that has a Roman numeral.
const maxRoman = 4999

// toRoman returns n as a Roman numeral, "" if it has none.
func toRoman(n int) string {
	if n < 1 || n > maxRoman {
		return ""
	}
	var s strings.Builder
	for _, part := range numerals {
		for ; n >= part.value; n -= part.value {
			s.WriteString(part.text)
		}
	}
	return s.String()
}

// fromRoman returns the number that s is the Roman numeral of, or noOrdinal.
func fromRoman(s string) int {
	n, rest := 0, s
	for _, part := range numerals {
		for strings.HasPrefix(rest, part.text) && n <= maxRoman {
			n, rest = n+part.value, rest[len(part.text):]
		}
	}
	if toRoman(n) != s {
		return noOrdinal
	}
	return n
}

// enumeratedItem reads the item of an enumerated list at line i and returns the
// line after it; 0 if there is none.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#enumerated-lists
func (p *parser) enumeratedItem(s *body, i int, text []byte) int {
	e, ok := scanEnumerator(text)
	if !ok {
		return 0
	}
	l, continues := s.last.follow(e)
	if !continues || !p.numbersOn(s, i, e, l) {
		q := sequenceOf(e.text, auto)
		l = list{kind: EnumeratedList, enumerator: q, format: e.format, auto: q == auto, ordinal: q.ordinal(e.text)}
		if !p.numbersOn(s, i, e, l) {
			return 0
		}
		s.last = list{}
	}
	start, _ := p.bounds(&s.block, i)
	return p.listItem(s, i, p.join(s, EnumeratedList, l, start), e.end, e.end)
}

// follow returns the list l with the item that e marks, and whether that item
// may belong to it.
func (l list) follow(e enumerator) (list, bool) {
	if l.kind != EnumeratedList || l.format != e.format {
		return l, false
	}
	expected := l.enumerator
	if expected == auto {
		expected = arabic
	}
	q := sequenceOf(e.text, expected)
	ordinal := q.ordinal(e.text)
	if q != auto && (q != expected || l.auto || ordinal != l.ordinal+1) {
		return l, false
	}
	l.auto = l.auto || q == auto
	l.ordinal = ordinal
	return l, true
}

// numbersOn reports whether the line after the item at line i, marked e, leaves
// it an item: that line must be blank, indented, or the next item of l.
func (p *parser) numbersOn(s *body, i int, e enumerator, l list) bool {
	if l.ordinal == noOrdinal {
		return false
	}
	if p.endsAt(&s.block, i+1) {
		return true
	}
	below := p.lineText(&s.block, i+1)
	if first, _ := utf8.DecodeRune(below); IsSpace(first) {
		return true
	}
	q := l.enumerator
	if e.text == "#" {
		q = auto
	}
	next := q.spell(l.ordinal + 1)
	return next != "" && (bytes.HasPrefix(below, e.format.mark(next)) || bytes.HasPrefix(below, e.format.mark("#")))
}

// mark returns the mark of an item with the given number, with the blank after it.
func (f format) mark(text string) []byte {
	if f == '(' {
		return []byte("(" + text + ") ")
	}
	return []byte(text + string(f) + " ")
}
