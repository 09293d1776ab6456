package check

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"windsock/directives/internal/lazyregexp"
)

// isDefault reports whether the F at offset at is that of a "default" that may be
// the header of a column.
func (f *filter) isDefault(at int) bool {
	at -= len("de")
	if at < 0 || !startsWith(f.source[at:], "default") || bytes.HasSuffix(f.source[:at], []byte("y ")) {
		return false // most often it is "by default"
	}
	before, behind := f.source[max(0, at-20):at], head(f.source[at+len("default"):], 80)
	if !mayEndHeader(behind) {
		return false
	}
	if f.listTables.ask(func() bool { return hasTableDirective(f.source) }) {
		return cellHeader().Match(behind) && cellStart().Match(before)
	}
	return f.hasBorders() && gridHeader().Match(behind) && gridStart().Match(before)
}

// mayEndHeader reports whether cellHeader may match: it does not where another word
// follows, as hardly ever in prose.
func mayEndHeader(behind []byte) bool {
	if len(behind) > 0 && behind[0]|0x20 == 's' {
		behind = behind[1:]
	}
	if len(behind) < 2 || behind[0] != ' ' {
		return len(behind) == 0 || behind[0] >= utf8.RuneSelf || !isWordByte(behind[0])
	}
	c := behind[1] | 0x20
	return c < 'a' || c > 'z' || c == 'v' || c == 's'
}

// hasTableDirective reports whether a text may hold a list-table or a csv-table.
func hasTableDirective(text []byte) bool {
	for {
		before, behind, ok := bytes.Cut(text, []byte("::"))
		if !ok {
			return false
		}
		if endsWith(bytes.TrimRight(before, " "), "-table") {
			return true
		}
		text = behind
	}
}

// endOfCell matches what ends a line to docutils, or is some blanks to it.
const endOfCell = `[\t-\r\x1c-\x1e\x{85}\x{2028}\x{2029}]`

var (
	// cellHeader matches what follows "default" in the header of a column, at least up to a
	// parenthesis: that may go on in other lines.
	cellHeader = lazyregexp.New(`(?i)^s?(?: values?| settings?)?(?: \(|[^\w|,"]*(?:[|,"]|  |` + endOfCell + `|$))`)
	// cellStart matches what a cell may begin with before it.
	cellStart = lazyregexp.New(`(?i)(?:^|[|,"*-]|  |: |` + endOfCell + `)[^\w\n]*(?:the )?(?:current )?$`)
	// gridHeader and gridStart are the same in grid tables and simple tables.
	gridHeader = lazyregexp.New(`(?i)^s?(?: values?| settings?)?(?: \(|[^\w|]*(?:\||  |` + endOfCell + `|$))`)
	gridStart  = lazyregexp.New(`(?i)(?:^|\||  |` + endOfCell + `)[^\w\n]*(?:the )?(?:current )?$`)
)

// claims reports whether a default may be claimed behind words that end at offset
// end.
func (f *filter) claims(end int) bool {
	window := head(f.source[end:], 3*maxCall)
	return f.claimsIn(window, "efault") || f.claimsIn(window, "EFAULT")
}

// claimsIn reports whether a text, with a "d" before the first of a word in it, may
// claim a default.
func (f *filter) claimsIn(text []byte, word string) bool {
	n := bytes.Index(text, []byte(word))
	if n <= 0 || isWordByte(text[max(0, n-2)]) {
		return false
	}
	said, _, ok := bytes.Cut(text[n+len(word):], []byte("`"))
	return ok && (f.hasBorders() || isClaim(said)) // in tables the text of other cells may stand there too
}

// isClaim reports whether text may be what stands between "default" and a literal where
// claiming matches.
func isClaim(text []byte) bool {
	for len(text) > 0 {
		if c := text[0]; c <= ' ' || c >= utf8.RuneSelf || strings.IndexByte(",:=", c) >= 0 {
			text = text[1:]
			continue
		}
		n := slices.IndexFunc(claimWords, func(word string) bool { return startsWith(text, word) })
		if n < 0 {
			return false
		}
		text = text[len(claimWords[n]):]
	}
	return true
}

// claimWords are the words that may stand there. None begins with another.
var claimWords = []string{"s", "to", "value", "is", "of", "it"}
