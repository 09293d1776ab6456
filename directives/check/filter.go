package check

import (
	"bytes"
	"strings"

	"windsock/directives/catalog"
	"windsock/grammar"
)

// Suspects returns the offsets in a page, in bytes from 0 and in ascending order, where
// [Checker.Page] may find something wrong, or a comment that silences; nil if that is
// nowhere. Whatever it finds is about a body element that holds a suspect, or about a list
// that such an element introduces: there are too many suspects, rather than too few.
// Suspects looks at bytes alone, and so takes a small part of the time of reading
// RST: most pages name no option, and most of the others name options that exist.
func (c *Checker) Suspects(source []byte) (offsets []int) {
	f, _ := c.filters.Get().(*filter)
	if f == nil {
		f = new(filter)
	}
	*f = filter{page: page{Checker: c, source: source}, words: f.words[:0], judged: f.judged}
	clear(f.judged)
	defer func() {
		f.page = page{} // whose source is not held for the next one
		c.filters.Put(f)
	}()
	before := pairs['\n']
	for at := 0; at < len(source); {
		if rest := source[at:]; len(rest) >= 4 { // four at a time are quicker to pass over
			a, b, c, d := pairs[rest[0]], pairs[rest[1]], pairs[rest[2]], pairs[rest[3]]
			if before.first&a.second|a.first&b.second|b.first&c.second|c.first&d.second == 0 {
				before = d
				at += 4
				continue
			}
		}
		c := source[at]
		now := pairs[c]
		if before.first&now.second != 0 && f.pair(c, at) {
			offsets = append(offsets, at)
		}
		before = now
		at++
	}
	return offsets
}

// pairs tells for each byte in which of some pairs of bytes it is the first and in which
// the second, a bit for each pair. Something may be wrong where both bytes of one of them
// stand together: they stand in all that may be, and hardly elsewhere.
var pairs = func() (sets [256]struct{ first, second uint8 }) {
	for i, pair := range [...]string{"w_", "g:", ":d", "f.", "-v", "ef"} {
		for n, c := range []byte(pair) {
			for _, c := range [...]byte{c, upper(c)} {
				set := &sets[c].first
				if n == 1 {
					set = &sets[c].second
				}
				*set |= 1 << i
			}
		}
	}
	for c := range sets {
		sets[c].first |= 1 << 6 // any byte before a bracket
		if isNameByte(byte(c)) {
			sets[c].second |= 1 << 7
		}
	}
	sets['['].second |= 1 << 6
	sets['`'].first |= 1 << 7
	return sets
}()

// upper returns an ASCII letter in upper case, and any other byte as it is.
func upper(c byte) byte { return strings.ToUpper(string(rune(c)))[0] }

// pair reports whether something may be wrong where one of pairs stands, of which
// c is the second byte, at offset at: a section between brackets, a literal, or
// the rarest letters of AIRFLOW__, a label, an overridden default, a call,
// get-value and the header of a column.
func (f *filter) pair(c byte, at int) bool {
	switch {
	case c == '[':
		return f.opening(at)
	case f.source[at-1] == '`':
		return f.literal(at)
	}
	switch c {
	case '_':
		return f.envVar(at)
	case ':':
		return f.label(at)
	case 'd':
		return bytes.HasPrefix(f.source[at:], []byte("default:"))
	case '.':
		return bytes.HasSuffix(f.source[:at], []byte("conf")) && f.command(at+1)
	case 'v', 'V':
		return f.getValue(at)
	default:
		return f.isDefault(at)
	}
}

// A filter looks for what may be wrong in the bytes of a page.
type filter struct {
	page
	borders, cells answer
	listTables     answer                 // whether it holds a list-table or a csv-table
	comments       answer                 // whether it holds comments that are for windsock
	narrow         answer                 // whether columns of a simple table may be one blank apart
	blockAt        part                   // the block of lines looked at last
	words          []blockWord            // the words that literals in it begin with
	judged         map[string][]wordState // what may be wrong about these, by section
	blockSection   answer                 // whether it says "section", which may be next to a literal in cells
	blockSlash     answer                 // whether it has a slash that may be
}

// bad reports whether a verdict may become a finding, or if not whether a default
// is claimed behind the words that end at offset end.
func (f *filter) bad(v catalog.Resolution, end int) bool {
	if v.NotAirflow {
		return false
	}
	return v.Rule != "" || f.claims(end)
}

// head returns the first n bytes of s, or all.
func head(s []byte, n int) []byte { return s[:min(n, len(s))] }

// line returns the source from offset at to the end of the line, as far as a
// reference may reach.
func (f *filter) line(at int) string {
	rest := head(f.source[at:], maxLine)
	if n := bytes.IndexAny(rest, breaks); n >= 0 {
		rest = rest[:n]
	}
	return string(rest)
}

// maxLine bounds how much of a line is looked at for one reference; one that is
// longer passes the filter.
const maxLine = 1 << 10

// nameBytes is nameEnd for bytes, but for full stops and hyphens at the end.
func nameBytes(source []byte, at int) int {
	for at < len(source) && isNameByte(source[at]) {
		at++
	}
	return at
}

// isNameByte reports whether c may stand in the name of a section or an option.
func isNameByte(c byte) bool { return isWordByte(c) || c == '.' || c == '-' }

// mayBeWrong reports whether a reference may break a rule: judge without what
// would be suggested, which is most of the work.
func (f *filter) mayBeWrong(r catalog.Reference) bool {
	if f.Catalog.Find(r) != nil {
		return f.Catalog.Resolve(r).Rule != ""
	}
	section := strings.ToLower(r.Section)
	notes := f.Catalog.Annotations
	if notes.Undeclared.Of(r) != nil || notes.IsKeyFree(section) {
		return false
	}
	if base, ok := f.suffixed(r); ok {
		return f.Catalog.Find(base) == nil || !f.Catalog.Find(base).Sensitive
	}
	return f.Catalog.Section(section) != nil || f.Catalog.WasSection(section) || f.near(section).isNear || isLikeAny(f.Catalog.Options(), r.Name, oneEdit)
}

// suffixes are the endings of an option's name that say where its value is to be found.
var suffixes = [...]string{"_cmd", "_secret"}

// suffixed returns a reference less one of suffixes, if without it the name is, or was, an
// option's.
func (f *filter) suffixed(r catalog.Reference) (base catalog.Reference, ok bool) {
	for _, suffix := range suffixes {
		if name, ok := strings.CutSuffix(strings.ToLower(r.Name), suffix); ok {
			base = catalog.Reference{Section: strings.ToLower(r.Section), Name: name}
			_, note := f.Catalog.Renamed(base)
			return base, note != nil || f.Catalog.Find(base) != nil
		}
	}
	return base, false
}

// mayBeWrongSection is mayBeWrong for a section alone.
func (f *filter) mayBeWrongSection(name string) bool {
	section := strings.ToLower(name)
	if f.Catalog.Section(section) != nil || f.Catalog.Annotations.IsKeyFree(section) {
		return false
	}
	return f.Catalog.WasSection(section) || f.Catalog.IsOptionName(section) || f.near(section).isCertain
}

// breaks are the characters that end a line of a page.
const breaks = grammar.LineBreaks

// isKnownWord reports whether a word is a section that Airflow has or had, or an
// option that may be taken for one.
func (c *Checker) isKnownWord(word string) bool {
	return c.Catalog.Section(word) != nil || c.Catalog.WasSection(word) || c.Catalog.IsOptionName(word)
}

// endsWith reports whether s ends with a word, in any case.
func endsWith(s []byte, word string) bool {
	return len(s) >= len(word) && s[len(s)-1]|0x20 == word[len(word)-1] && bytes.EqualFold(s[len(s)-len(word):], []byte(word))
}

// skipBlanks returns s less the white space that it begins with, and how many
// blanks that is before the end of the line, 0 if nothing follows there.
func skipBlanks(s []byte) (rest []byte, blanks int) {
	for blanks < len(s) && isBlank(s[blanks]) {
		blanks++
	}
	rest = s[blanks:]
	if bytes.IndexByte(s[:blanks], '\n') >= 0 {
		blanks = 0
	}
	return rest, blanks
}

// trimBlanks returns s less the white space that it ends with.
func trimBlanks(s []byte) []byte {
	for len(s) > 0 && isBlank(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

// startsWith reports whether s begins with a word, in any case.
func startsWith(s []byte, word string) bool {
	return len(s) >= len(word) && s[0]|0x20 == word[0]|0x20 && bytes.EqualFold(s[:len(word)], []byte(word))
}

// An answer is what is known of a question about a page.
type answer struct{ known, yes bool }

// ask returns the answer, by f if that is not known yet.
func (a *answer) ask(f func() bool) bool {
	if !a.known {
		a.known, a.yes = true, f()
	}
	return a.yes
}
