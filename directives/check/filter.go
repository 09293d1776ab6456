package check

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"windsock/directives/catalog"
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
func (f *filter) bad(v verdict, end int) bool {
	if v.foreign {
		return false
	}
	return v.rule != "" || f.claims(end)
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

// envVar reports whether the underscore at offset at is the first of two at the end
// of a variable's prefix, and the variable may be wrong.
func (f *filter) envVar(at int) bool {
	start := at + len("__") - len(envPrefix)
	if start < 0 || !startsWith(f.source[start:], envPrefix) || f.inWord(start) {
		return false
	}
	line := f.line(start)
	end := envEnd(line, 0)
	if end == len(line) && len(line) == maxLine {
		return true
	}
	return !isPlaceholderEnv(line, 0, end) && f.bad(f.judgeEnv(line[:end]), start+end)
}

// inWord reports whether what stands before offset at is part of a word, and no white
// space: that may be the margin.
func (f *filter) inWord(at int) bool {
	if at == 0 || !isWordByte(f.source[at-1]) {
		return false
	}
	r, _ := utf8.DecodeLastRune(f.source[:at])
	return !unicode.IsSpace(r)
}

// label reports whether the colon at offset at ends the prefix of a label, and the
// label may be wrong.
func (f *filter) label(at int) bool {
	start, name := at+1-len(labelPrefix), at+1
	if start < 0 || !startsWith(f.source[start:], labelPrefix) || !f.mayBeginLabel(start) {
		return false
	}
	line := f.line(name)
	end := nameEnd(line, 0)
	if end == 0 {
		return false
	}
	v, _ := f.judgeLabel(line[:end])
	return f.bad(v, name+end)
}

// mayBeginLabel reports whether a label may begin at offset at, perhaps behind the
// name of an inventory or, in text that could not be read, any other.
func (f *filter) mayBeginLabel(at int) bool {
	return at > 0 && strings.IndexByte("`<#:", f.source[at-1]) >= 0
}

// getValue reports whether the V at offset at is that of "airflow config
// get-value", and its arguments may be wrong.
func (f *filter) getValue(at int) bool {
	at -= len("get-")
	return at >= 0 && bytes.HasPrefix(f.source[at:], []byte("get-value")) && f.command(at)
}

// command reports whether the arguments of the command or call around offset at
// may be wrong. Longer ones than anybody writes pass, and those with other cells between.
func (f *filter) command(at int) bool {
	if f.hasBorders() {
		return true
	}
	from, to := max(0, len(bytes.TrimRightFunc(f.source[:at], isSpace))-maxCall), min(len(f.source), at+maxCommand)
	window := blanked(f.source[from:to])
	for _, cmd := range commandsIn(window) {
		if v, _ := f.judgeCommand(window, cmd); f.bad(v, from+cmd.to) {
			return true
		}
	}
	return to < len(f.source) && !isWholeCommand(window[at-from:])
}

// maxCommand bounds, in bytes, what is looked at for a command or a call.
const maxCommand = 200

// blanked returns a text with line feeds for all white space, as many as that has bytes.
func blanked(text []byte) string {
	out := bytes.Clone(text)
	for at := 0; at < len(out); {
		r, size := utf8.DecodeRune(out[at:])
		if isSpace(r) {
			copy(out[at:at+size], "\n\n\n")
		}
		at += size
	}
	return string(out)
}

// isSpace reports whether r is white space to docutils.
func isSpace(r rune) bool { return unicode.IsSpace(r) || 0x1c <= r && r <= 0x1f }

// isWholeCommand reports whether a text holds a command or a call, which it begins with,
// up to its second argument: more than three words that are no flags.
func isWholeCommand(text string) bool {
	words := 0
	for word := range strings.FieldsSeq(text) {
		if word[0] != '-' {
			words++
		}
	}
	return words > 3
}

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

// nameBytes is nameEnd for bytes, but for full stops and hyphens at the end.
func nameBytes(source []byte, at int) int {
	for at < len(source) && isNameByte(source[at]) {
		at++
	}
	return at
}

// isNameByte reports whether c may stand in the name of a section or an option.
func isNameByte(c byte) bool { return isWordByte(c) || c == '.' || c == '-' }

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
	return strings.Contains(strings.TrimRight(r.Name, "_"), "_") && !isPlaceholder(r.Name) && !f.isOption(r.Section) &&
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

// mayBeWrong reports whether a reference may break a rule: judge without what
// would be suggested, which is most of the work.
func (f *filter) mayBeWrong(r catalog.Reference) bool {
	if o := f.Catalog.Find(r); o != nil {
		return f.found(r, o).rule != ""
	}
	section := strings.ToLower(r.Section)
	notes := f.Catalog.Annotations
	if notes.Undeclared.Of(r) != nil || notes.IsKeyFree(section) {
		return false
	}
	if v, ok := f.judgeSuffixed(r); ok {
		return v.rule != ""
	}
	return f.Catalog.Section(section) != nil || f.Catalog.WasSection(section) || f.near(section).isNear || isLikeAny(f.Catalog.Options(), r.Name, oneEdit)
}

// mayBeWrongSection is mayBeWrong for a section alone.
func (f *filter) mayBeWrongSection(name string) bool {
	section := strings.ToLower(name)
	if f.Catalog.Section(section) != nil || f.Catalog.Annotations.IsKeyFree(section) {
		return false
	}
	return f.Catalog.WasSection(section) || f.isOption(section) || f.near(section).isCertain
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
		if !isSpace(firstRune(line)) || isHeader(line) {
			return false
		}
		line = strings.Map(plainBlank, line)
		if name, ok := settingAt(line); ok && !strings.Contains(line[name.from:name.to], "__") && f.mayBeWrong(catalog.Reference{Section: section, Name: line[name.from:name.to]}) {
			return true
		}
	}
}

// plainBlank returns a blank for white space, and any other character as it is.
func plainBlank(r rune) rune {
	if isSpace(r) {
		return ' '
	}
	return r
}

// breaks are the characters that end a line of a page.
const breaks = "\n\r\x1c\x1d\x1e\u0085\u2028\u2029"

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

// isKnownWord reports whether a word is a section that Airflow has or had, or an
// option that may be taken for one.
func (c *Checker) isKnownWord(word string) bool {
	return c.Catalog.Section(word) != nil || c.Catalog.WasSection(word) || c.isOption(word)
}

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
	if o := f.Catalog.Find(r); o != nil {
		return f.found(r, o).rule != "" || f.claims(end)
	}
	return f.mayBeWrong(r) && (f.Catalog.Section(r.Section) == nil || f.isOption(r.Name) || f.isLike(r.Section, r.Name) || f.isSuffixed(r))
}

// isSuffixed reports whether a reference has a suffix that its option may not have.
func (f *filter) isSuffixed(r catalog.Reference) bool {
	v, ok := f.judgeSuffixed(r)
	return ok && v.rule != ""
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

// hasCells reports whether the page has tables, in whose cells "section" or a slash
// may begin or end a line.
func (f *filter) hasCells() bool {
	return f.cells.ask(func() bool { return f.hasBorders() && (hasSection(f.source) || hasSlash(f.source)) })
}

// blockHolds reports whether the block of lines looked at last, unless it is too long to
// be looked through, holds something.
func (f *filter) blockHolds(what func([]byte) bool) bool {
	block := f.source[f.blockAt.from:f.blockAt.to]
	return len(block) > maxBlock || what(block)
}

// hasSlash reports whether a text holds a slash with a blank before or behind it.
func hasSlash(text []byte) bool {
	return bytes.Contains(text, []byte("/ ")) || bytes.Contains(text, []byte(" /"))
}

// hasBorders reports whether the page may hold a grid table or a simple table.
func (f *filter) hasBorders() bool {
	return f.borders.ask(func() bool { return bytes.Contains(f.source, []byte("+-")) || hasSimpleBorder(f.source) })
}

// hasSimpleBorder reports whether a text may hold the border of a simple table:
// equals signs with blanks between.
func hasSimpleBorder(text []byte) bool {
	for {
		n := bytes.IndexByte(text, '=')
		if n < 0 {
			return false
		}
		text = text[n:]
		for len(text) > 0 && text[0] == '=' {
			text = text[1:]
		}
		rest := bytes.TrimLeft(text, " \t\v\f")
		if len(rest) < len(text) && len(rest) > 0 && rest[0] == '=' {
			return true
		}
		text = rest
	}
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
