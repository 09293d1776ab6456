package check

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"windsock/directives/catalog"
)

// literal reports whether the literal whose text begins at offset from is of the form
// "section.name", or one that the text around it makes a section, and may be wrong.
func (f *filter) literal(from int) bool {
	end := nameBytes(f.source, from)
	switch {
	case end == len(f.source):
		return false
	case bytes.IndexByte(f.source[from:end], '.') > 0 && f.dotted(f.source[from:end], end):
		return true
	case f.source[end] != '`':
		return false
	}
	at := from
	for at > 0 && f.source[at-1] == '`' {
		at--
	}
	return f.called(at, from, end)
}

// dotted reports whether a word may be of the form "section.name", and wrong.
func (f *filter) dotted(word []byte, end int) bool {
	dot := bytes.LastIndexByte(word, '.')
	if dot <= 0 {
		return false
	}
	r := lower(catalog.Reference{Section: string(word[:dot]), Name: string(word[dot+1:])})
	if !f.isFamiliar(r) {
		return false
	}
	if f.Catalog.Find(r) != nil {
		return f.Catalog.Resolve(r).Rule != "" || f.claims(end)
	}
	return f.mayBeWrong(r) && (f.Catalog.Section(r.Section) == nil || f.Catalog.IsOptionName(r.Name) || f.isLike(r.Section, r.Name) || f.isSuffixed(r))
}

// isSuffixed reports whether a reference has a suffix that its option may not have.
func (f *filter) isSuffixed(r catalog.Reference) bool {
	base, ok := f.suffixed(r)
	return ok && (f.Catalog.Find(base) == nil || !f.Catalog.Find(base).Sensitive)
}

// called reports whether the literal of one word at source[from:end], whose markup
// begins at offset at, may be called a section, or stand before a slash, and
// something about it be wrong.
func (f *filter) called(at, from, end int) bool {
	for end < len(f.source) && f.source[end] == '`' {
		end++
	}
	isSection, slashed := f.isCalled(at, end)
	if !isSection && !slashed {
		return false
	}
	name := string(bytes.Trim(f.source[from:end], "`"))
	if isConfigFile(name) || !isSection && f.Catalog.Section(name) == nil {
		return false
	}
	return isSection && f.mayBeWrongSection(name) || f.nearby(name, at, end)
}

// isCalled reports whether the literal at source[at:end] may be called a section, and
// whether it may stand before a slash.
func (f *filter) isCalled(at, end int) (isSection, slashed bool) {
	behind, before := f.source[end:], f.source[:at]
	rest, gap := skipBlanks(behind)
	slashed = len(rest) > 0 && rest[0] == '/'
	if len(rest) > 0 && isWideSpace(utf8.DecodeRune(rest)) {
		return true, true
	}
	if callsSection(rest) || endsInSection(before) {
		return true, slashed
	}
	trimmed := bytes.TrimRight(before, " \t")
	isLast := len(rest) > 0 && (rest[0] == '|' || gap > 1) || startsWith(rest, "config")
	isFirst := len(trimmed) > 0 && (trimmed[len(trimmed)-1] == '|' || len(before)-len(trimmed) > 1)
	if (isLast || isFirst) && f.hasCells() {
		f.readBlock(at)
		isSection = f.blockSection.ask(func() bool { return f.blockHolds(hasSection) })
		slashed = slashed || f.blockSlash.ask(func() bool { return f.blockHolds(hasSlash) })
	}
	return isSection, slashed
}

// callsSection reports whether a text may begin with what calls the literal before it a
// section: "section", "config section".
func callsSection(text []byte) bool {
	if !startsWith(text, "config") {
		return startsWith(text, "section")
	}
	text = text[len("config"):]
	if startsWith(text, "uration") {
		text = text[len("uration"):]
	}
	text, _ = skipBlanks(text)
	return len(text) > 0 && (text[0] < ' ' || isWideSpace(utf8.DecodeRune(text)) || startsWith(text, "section"))
}

// isWideSpace reports whether a character, as decoded, is white space beyond ASCII.
func isWideSpace(r rune, _ int) bool { return r >= utf8.RuneSelf && unicode.IsSpace(r) }

// endsInSection reports whether a text may end in what calls the literal behind it a
// section: "section", "sections of", "section named".
func endsInSection(text []byte) bool {
	text = trimBlanks(text)
	for _, word := range [...]string{"of", "named", "called"} {
		if endsWith(text, word) {
			text = trimBlanks(text[:len(text)-len(word)])
			break
		}
	}
	if len(text) == 0 {
		return false
	}
	return text[len(text)-1] < ' ' || isWideSpace(utf8.DecodeLastRune(text)) || endsWith(text, "section") || endsWith(text, "sections")
}

// hasSection reports whether a text holds "section", in any case but a mixed one.
func hasSection(text []byte) bool { return follows(text, "ection") || follows(text, "ECTION") }

// follows reports whether an S, in any case, stands before one of the words in text.
func follows(text []byte, word string) bool {
	for {
		n := bytes.Index(text, []byte(word))
		if n > 0 && text[n-1]|0x20 == 's' {
			return true
		}
		if n < 0 {
			return false
		}
		text = text[n+len(word):]
	}
}
