package check

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"windsock/directives/catalog"
	"windsock/grammar"
)

// opening reports whether the bracket at offset at opens a section that may be
// wrong, or what stands behind it or near it, or the rules that a comment silences,
// perhaps for nothing.
func (f *filter) opening(at int) bool {
	if before := f.source[:at]; (bytes.HasSuffix(before, []byte("ignore")) || bytes.HasSuffix(before, []byte("ignore-file"))) &&
		f.comments.ask(func() bool { return bytes.Contains(f.source, []byte(commentPrefix)) }) {
		return true
	}
	end := nameBytes(f.source, at+1)
	if end == at+1 || end == len(f.source) || f.source[end] != ']' {
		return false
	}
	section := string(f.source[at+1 : end])
	isLiteral := at > 0 && (f.source[at-1] == '`' || f.source[at-1] == ']')
	switch {
	case isHeaderAt(f.source, at, end+1):
		return f.header(section, at, end+1) || f.bracket(section, end+1, isLiteral || f.inFormula(at))
	case !isLiteral && (f.inWord(at) || !f.isKnownWord(section) && !(f.near(section).isCertain && f.inFormula(at))):
		return false
	}
	return f.bracket(section, end+1, isLiteral || f.inFormula(at))
}

// inFormula reports whether the bracket at offset at may stand in a literal that
// begins with something else, here or in a line above, as in "timeout [section] name".
func (f *filter) inFormula(at int) bool {
	if at == 0 || f.source[at-1] > ' ' && f.source[at-1] < utf8.RuneSelf {
		return false
	}
	from := max(at-maxCommand, 0)
	text := f.source[from:at]
	blank := bytes.LastIndex(text, []byte("\n\n"))
	if blank < 0 && from > 0 {
		return true
	}
	start := bytes.LastIndex(text, []byte("``"))
	return start > blank && (!f.inWord(from+start) || !mayFollowLiteral(f.source[from+start+len("``")]))
}

// mayFollowLiteral reports whether c may stand behind the end of a literal, or be part of
// what may.
func mayFollowLiteral(c byte) bool {
	return c <= ' ' || c >= utf8.RuneSelf || strings.IndexByte("'\")]}>-/:.,;!?\\", c) >= 0
}

// bracket reports whether a section whose bracket closes before offset end may be
// wrong, or the option behind it, or one near it.
func (f *filter) bracket(section string, end int, isLiteral bool) bool {
	at := len(f.source) - len(bytes.TrimLeftFunc(f.source[end:], dividesNames))
	to := f.nameEnd(at)
	name := string(f.source[at:to])
	if isLiteral && (name == "" || at-end > 1 || f.isNarrow()) && f.mayGoOn(end) {
		return true
	}
	r := catalog.Reference{Section: section, Name: name}
	if name != "" && (isLiteral || strings.Contains(name, "_")) && (f.mayBeWrong(r) && !f.isProse(r, to) || f.claims(to)) {
		return true
	}
	if f.isWhole(r, at-end) {
		return false
	}
	return f.mayBeWrongSection(section) || f.nearby(section, end-len(section)-2, end)
}

// nameEnd is nameEnd for the source, as far as a reference may reach.
func (f *filter) nameEnd(at int) int {
	end := nameBytes(f.source[:min(len(f.source), at+maxLine)], at)
	return at + nameEnd(string(f.source[at:end]), 0)
}

// dividesNames reports whether r may stand between a section's bracket and the name of
// an option: white space may be the end of a line and the next one's margin.
func dividesNames(r rune) bool {
	return r <= ' ' || strings.ContainsRune(">./:", r) || unicode.IsSpace(r)
}

// isProse reports whether what stands between brackets, a section, is followed by mere
// words, of which the first ends at offset end and is nearly no option: a literal such
// as "[core] fixed a typo".
func (f *filter) isProse(r catalog.Reference, end int) bool {
	if strings.Contains(r.Name, "_") || f.Catalog.Section(strings.ToLower(r.Section)) == nil || f.hasBorders() {
		return false
	}
	rest, _ := skipBlanks(f.source[end:])
	return len(rest) > 0 && len(rest) < len(f.source)-end && 'a' <= rest[0]|0x20 && rest[0]|0x20 <= 'z' && !isLikeAny(f.Catalog.Options(), r.Name, twoEdits)
}

// isWhole reports whether a section between brackets and the name that stands so many
// bytes behind it are one reference, so that the section is no half of a pair.
func (f *filter) isWhole(r catalog.Reference, gap int) bool {
	return strings.Contains(strings.TrimRight(r.Name, "_"), "_") && !isPlaceholder(r.Name) && !f.Catalog.IsOptionName(r.Section) &&
		(gap == 0 || gap == 1 && !f.isNarrow())
}

// mayGoOn reports whether a literal that does not end at offset end, behind a
// section, may go on with a name in another line of a cell.
func (f *filter) mayGoOn(end int) bool {
	rest := head(f.source[end:], 2)
	switch {
	case len(rest) < 2 || rest[0] == '`' || rest[0] == '[':
		return false
	case rest[0] == ' ' && rest[1] > ' ' && rest[1] != '|' && !f.isNarrow():
		return false // it goes on in this line, with something else
	}
	return f.hasBorders()
}

// header reports whether a section that stands alone on its line, at source[at:end],
// may be wrong, or one of the settings below it.
func (f *filter) header(section string, at, end int) bool {
	start := f.lineStart(at)
	if !isHeader(f.line(start)) {
		return true // it stands in a cell, or between odd white space
	}
	if f.mayBeWrongSection(section) {
		return true
	}
	if at == start {
		return false // it is not indented, and thus in no literal block
	}
	return f.settings(section, end)
}

// lineStart returns where the line that holds offset at begins, as far back as a reference
// may reach.
func (f *filter) lineStart(at int) int {
	from := max(0, at-maxLine)
	n := bytes.LastIndexAny(f.source[from:at], breaks)
	if n < 0 {
		return from
	}
	_, size := utf8.DecodeRune(f.source[from+n:])
	return from + n + size
}

// settings reports whether one of the settings of a section that stands alone
// before offset from may be wrong. They end where a line is not indented, or is
// another section.
func (f *filter) settings(section string, from int) bool {
	for {
		n := bytes.IndexAny(f.source[from:], breaks)
		if n < 0 {
			return false
		}
		_, size := utf8.DecodeRune(f.source[from+n:])
		from += n + size
		line := f.line(from)
		if strings.TrimSpace(line) == "" || strings.ContainsRune(breaks, firstRune(line)) {
			continue
		}
		if !grammar.IsSpace(firstRune(line)) || isHeader(line) {
			return false
		}
		line = strings.Map(grammar.Blank, line)
		if name, ok := settingAt(line); ok && !strings.Contains(line[name.from:name.to], "__") && f.mayBeWrong(catalog.Reference{Section: section, Name: line[name.from:name.to]}) {
			return true
		}
	}
}

// firstRune returns the first character of a line that is not empty.
func firstRune(line string) rune {
	r, _ := utf8.DecodeRuneInString(line)
	return r
}

// isHeaderAt reports whether source[at:end] stands alone on its line, or on that
// line of a table's cell, perhaps commented out.
func isHeaderAt(source []byte, at, end int) bool {
	before := at
	for before > 0 && strings.IndexByte(" \t\v\f#;|", source[before-1]) >= 0 {
		before--
	}
	after := end
	for after < len(source) && strings.IndexByte(" \t\v\f", source[after]) >= 0 {
		after++
	}
	return (before == 0 || isBreak(source[before-1])) && (after == len(source) || isBreak(source[after]) || strings.IndexByte("#;|", source[after]) >= 0)
}

// isBreak reports whether c may end a line, or be part of what does or of the mark
// at the beginning of a page.
func isBreak(c byte) bool { return c < ' ' || c >= utf8.RuneSelf }
