package check

import (
	"bytes"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"windsock/directives/catalog"
)

// MayFind reports whether [Checker.Page] may find anything wrong in a page, or a
// comment there that silences. If it reports false there is nothing: the pages
// that it lets pass are too many, never too few. It looks at bytes alone, and so
// takes a small part of the time of reading RST: most pages name no option, and
// most of the others name options that exist.
func (c *Checker) MayFind(source []byte) bool {
	f := &filter{page: c.page(source)}
	return f.brackets() || f.envVars() || f.literals() || f.labels() || f.calls() || f.commands() || f.defaults()
}

// A filter looks for what may be wrong in the bytes of a page.
type filter struct {
	*page
	cells, cellsKnown bool   // of hasCells
	blockAt           part   // the block of lines looked at last
	words             []part // the words that literals in it begin with, as offsets in the source
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
	if n := bytes.IndexByte(rest, '\n'); n >= 0 {
		rest = rest[:n]
	}
	return string(rest)
}

// maxLine bounds how much of a line is looked at for one reference; one that is
// longer passes the filter.
const maxLine = 1 << 10

// eachByte calls test with the offset of each c in the source, until it reports
// true.
func (f *filter) eachByte(c byte, test func(at int) bool) bool {
	for from := 0; ; {
		n := bytes.IndexByte(f.source[from:], c)
		if n < 0 {
			return false
		}
		if test(from + n) {
			return true
		}
		from += n + 1
	}
}

// envVars reports whether an environment variable may be wrong. The letter before
// the underscores is rarer than these.
func (f *filter) envVars() bool {
	return f.eachByte('W', f.envVar) || f.eachByte('w', f.envVar)
}

// envVar reports whether the W at offset at is that of a variable's prefix, and
// the variable may be wrong.
func (f *filter) envVar(at int) bool {
	start := at + len("__") + 1 - len(envPrefix)
	if start < 0 || !startsWith(f.source[start:], envPrefix) || start > 0 && isWordByte(f.source[start-1]) {
		return false
	}
	line := f.line(start)
	end := envEnd(line, 0)
	if end == len(line) && len(line) == maxLine {
		return true
	}
	return !isPlaceholderEnv(line, 0, end) && f.bad(f.judgeEnv(line[:end]), start+end)
}

// labels reports whether a label may be wrong that stands in angle brackets or in
// a URL. Those that a role begins with are literals to the filter.
func (f *filter) labels() bool {
	return f.eachByte('<', f.label) || f.eachByte('#', f.label)
}

// label reports whether a label stands behind the mark at offset at, perhaps
// behind the name of an inventory, and may be wrong.
func (f *filter) label(at int) bool {
	at++
	if !startsWith(f.source[at:], labelPrefix) {
		if at = nameBytes(f.source, at) + 1; at > len(f.source) || f.source[at-1] != ':' || !startsWith(f.source[at:], labelPrefix) {
			return false
		}
	}
	line := f.line(at + len(labelPrefix))
	end := nameEnd(line, 0)
	if end == 0 {
		return false
	}
	v, _ := f.judgeLabel(line[:end])
	return f.bad(v, at+len(labelPrefix)+end)
}

// calls reports whether the arguments of a call of Airflow's configuration may be
// wrong.
func (f *filter) calls() bool {
	return f.eachByte('(', func(at int) bool {
		method := at
		for method > 0 && isWordByte(f.source[method-1]) {
			method--
		}
		return bytes.HasSuffix(f.source[:method], []byte("conf.")) && f.command(method)
	})
}

// commands reports whether the arguments of "airflow config get-value" may be
// wrong.
func (f *filter) commands() bool {
	return f.eachByte('v', func(at int) bool {
		at -= len("get-")
		return at >= 0 && bytes.HasPrefix(f.source[at:], []byte("get-value")) && f.command(at)
	})
}

// command reports whether the arguments of the command or call around offset at
// may be wrong.
func (f *filter) command(at int) bool {
	from := max(0, at-maxCall)
	window := string(f.source[from:min(len(f.source), at+maxLine)])
	for _, cmd := range commandsIn(window) {
		if v, _ := f.judgeCommand(window, cmd); f.bad(v, from+cmd.to) {
			return true
		}
	}
	return false
}

// brackets reports whether a section between brackets may be wrong, or what
// stands behind it or near it.
func (f *filter) brackets() bool {
	return f.eachByte('[', func(at int) bool {
		if tail := f.source[max(0, at-len("ignore-file")):at]; bytes.HasSuffix(tail, []byte("ignore")) || bytes.HasSuffix(tail, []byte("ignore-file")) {
			return true // a comment that silences, perhaps nothing
		}
		end := nameBytes(f.source, at+1)
		if end == at+1 || end == len(f.source) || f.source[end] != ']' {
			return false
		}
		section := string(f.source[at+1 : end])
		isLiteral := at > 0 && (f.source[at-1] == '`' || f.source[at-1] == ']')
		switch {
		case isHeaderAt(f.source, at, end+1):
			return f.header(section, at, end+1) || f.bracket(section, end+1, isLiteral)
		case !isLiteral && (at > 0 && isWordByte(f.source[at-1]) || !f.isKnownWord(section)):
			return false
		}
		return f.bracket(section, end+1, isLiteral)
	})
}

// nameBytes is nameEnd for bytes, but for full stops and hyphens at the end.
func nameBytes(source []byte, at int) int {
	for at < len(source) && (isWordByte(source[at]) || source[at] == '.' || source[at] == '-') {
		at++
	}
	return at
}

// bracket reports whether a section whose bracket closes before offset end may be
// wrong, or the option behind it, or one near it.
func (f *filter) bracket(section string, end int, isLiteral bool) bool {
	at := end
	for at < len(f.source) && strings.IndexByte(" >./:\t\r\n", f.source[at]) >= 0 {
		at++
	}
	to := nameEnd(f.line(at), 0) + at
	name := string(f.source[at:to])
	if isLiteral && name == "" && end < len(f.source) && f.source[end] != '`' && f.source[end] != '[' {
		return true // it goes on, perhaps in another line of a cell
	}
	r := catalog.Reference{Section: section, Name: name}
	if name != "" && (isLiteral || strings.Contains(name, "_")) && (f.mayBeWrong(r) || f.claims(to)) {
		return true
	}
	return f.mayBeWrongSection(section) || f.nearby(section, end-len(section)-2, end)
}

// claims reports whether a default may be claimed behind words that end at offset
// end.
func (f *filter) claims(end int) bool {
	window := head(f.source[end:], 3*maxCall)
	n := bytes.Index(window, []byte("efault"))
	return n > 0 && !isWordByte(window[max(0, n-2)]) && bytes.IndexByte(window[n:], '`') >= 0
}

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
	return f.Catalog.Section(section) != nil || f.Catalog.WasSection(section) || f.isOption(strings.ToLower(r.Name)) || f.near(section).isNear
}

// mayBeWrongSection is mayBeWrong for a section alone.
func (f *filter) mayBeWrongSection(name string) bool {
	section := strings.ToLower(name)
	if f.Catalog.Section(section) != nil || f.Catalog.Annotations.IsKeyFree(section) {
		return false
	}
	return f.Catalog.WasSection(section) || f.isOption(section) || f.near(section).isCertain
}

// A nearness says how near a section that does not exist is to one that does.
type nearness struct{ isNear, isCertain bool }

// near returns how near a section is to one that exists.
func (f *filter) near(section string) nearness {
	known, ok := f.nearSections.Load(section)
	if !ok {
		var n nearness
		if to := f.Catalog.SuggestSection(section); to != nil {
			n = nearness{true, to.Certain || to.Renamed}
		}
		if known = n; len(section) <= maxCall {
			f.nearSections.Store(section, n)
		}
	}
	return known.(nearness)
}

// nearby reports whether a literal in the block of lines around source[at:end], the
// name of a section, may be the name of an option of that section, and a wrong
// one, or whether the block introduces a list of such names.
func (f *filter) nearby(section string, at, end int) bool {
	if f.blockAt.from > at || at >= f.blockAt.to {
		f.readBlock(at)
	}
	block := f.source[f.blockAt.from:f.blockAt.to]
	folded := strings.ToLower(section)
	known := f.Catalog.Section(folded) != nil || f.Catalog.WasSection(folded)
	if len(block) > maxBlock || known && (bytes.IndexByte(block, '|') >= 0 || f.isIntro(block)) {
		return true
	}
	for _, w := range f.words {
		if w.to <= at || w.from >= end {
			if f.isWrongPair(folded, string(f.source[w.from:w.to]), part{min(w.to, end), max(w.from, at)}) {
				return true
			}
		}
	}
	return false
}

// maxBlock bounds how many bytes are looked at for one pair; a block of lines that
// is longer passes the filter.
const maxBlock = 16 << 10

// readBlock finds the block of lines around offset at, and the words that its
// literals begin with.
func (f *filter) readBlock(at int) {
	start, end := f.block(at)
	f.blockAt, f.words = part{start, end}, f.words[:0]
	if end-start > maxBlock {
		return
	}
	for at := start; ; {
		n := bytes.IndexByte(f.source[at:end], '`')
		if n < 0 {
			return
		}
		for at += n; at < end && f.source[at] == '`'; {
			at++
		}
		if to := nameBytes(f.source[:end], at); to > at {
			f.words = append(f.words, part{at, to})
			at = to
		}
	}
}

// isWrongPair reports whether an option of that name would be wrong in a section,
// and may belong to it: what stands between the two, at gap, binds them, or the
// name is almost that of an option there.
func (f *filter) isWrongPair(section, name string, gap part) bool {
	if strings.Contains(name, ".") || f.Catalog.Section(strings.ToLower(name)) != nil || isPlaceholder(name) ||
		!f.mayBeWrong(catalog.Reference{Section: section, Name: name}) {
		return false
	}
	return f.Catalog.Section(section) == nil || f.mayBind(gap) || strings.Contains(name, "_") && f.isLike(section, name)
}

// mayBind reports whether text may bind the two halves of a pair: it is short and,
// but for literals, of words that do.
func (f *filter) mayBind(gap part) bool {
	if gap.to-gap.from > 4*maxGap {
		return false
	}
	between := f.source[gap.from:gap.to]
	if columns.Match(between) || bytes.Contains(f.source, []byte("= =")) {
		return true // the text of other cells may stand between
	}
	text := quotedText.ReplaceAllString(string(between), " ")
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if !binding()[strings.ToLower(word)] {
			return false
		}
	}
	return true
}

// binding returns the words that may stand between the halves of a pair.
var binding = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{"s": true, "cfg": true, "and": true, "or": true}
	for _, list := range [...]string{thing, tiny, place, around} {
		for _, word := range strings.Split(list, "|") {
			words[word] = true
		}
	}
	return words
})

// columns finds what may divide the columns of a table.
var columns = regexp.MustCompile(`\S  |\|`)

// quotedText finds literals, and what is left of one that was cut.
var quotedText = regexp.MustCompile("^[^`\\s]*[`\\]]+|``?[^`]*``?")

// isLike reports whether a name has nearly the letters of an option of the
// section, in any order, as all misspellings of it have.
func (f *filter) isLike(section, name string) bool {
	letters := lettersOf(strings.ToLower(name))
	for _, o := range f.optionsIn(section) {
		different := 0
		for i, n := range lettersOf(o.Name) {
			different += max(n-letters[i], letters[i]-n)
		}
		if different <= maxDifferent {
			return true
		}
	}
	return false
}

// maxDifferent is how many letters two edits can make different.
const maxDifferent = 4

// lettersOf counts the letters of a word.
func lettersOf(word string) (letters [64]int) {
	for i := range len(word) {
		letters[word[i]&63]++
	}
	return letters
}

// block returns where the lines around offset at begin and end that no blank line
// divides.
func (f *filter) block(at int) (start, end int) {
	start, end = at, at
	for start > 0 && at-start <= maxBlock && !isBlankLineAt(f.source, start) {
		start--
	}
	for end < len(f.source) && end-at <= maxBlock && !isBlankLineAt(f.source, end) {
		end++
	}
	return start, end
}

// isBlankLineAt reports whether offset at is right behind the end of a line, and
// before one that is blank.
func isBlankLineAt(source []byte, at int) bool {
	if at == 0 || source[at-1] != '\n' && source[at-1] != '\r' {
		return false
	}
	rest := bytes.TrimLeft(source[at:], " \t\v\f")
	return len(rest) == 0 || rest[0] == '\n' || rest[0] == '\r'
}

// isIntro reports whether a block of lines may introduce a list, which stands
// behind it.
func (f *filter) isIntro(block []byte) bool {
	last := bytes.TrimSpace(block)
	last = last[bytes.LastIndexByte(last, '\n')+1:]
	if !bytes.HasSuffix(last, []byte(":")) && len(last) > maxCall+len("section") {
		return false
	}
	rest := bytes.TrimLeft(f.source[f.blockAt.to:], " \t\r\n\v\f")
	if len(rest) == 0 {
		return false
	}
	c := rest[0]
	if strings.IndexByte("-*+#(`", c) >= 0 || '0' <= c && c <= '9' || c >= utf8.RuneSelf {
		return true
	}
	return listMark.Match(head(rest, 8)) || isTerm(rest, f.source[:len(f.source)-len(rest)])
}

// listMark matches the mark of an item of a list that begins with a letter.
var listMark = regexp.MustCompile(`^[A-Za-z]+[.)] `)

// isTerm reports whether the line that rest begins with, behind before, has a line
// below that is indented deeper, as a term has.
func isTerm(rest, before []byte) bool {
	margin := len(before) - bytes.LastIndexByte(before, '\n') - 1
	_, below, ok := bytes.Cut(head(rest, maxLine), []byte("\n"))
	return !ok && len(rest) >= maxLine || len(below) > margin && strings.TrimLeft(string(below[:margin+1]), " \t") == ""
}

// header reports whether a section that stands alone on its line, at source[at:end],
// may be wrong, or one of the settings below it.
func (f *filter) header(section string, at, end int) bool {
	lineStart := bytes.LastIndexByte(f.source[:at], '\n') + 1
	if bytes.IndexByte(f.source[lineStart:at], '|') >= 0 {
		return true
	}
	if f.mayBeWrongSection(section) {
		return true
	}
	margin := at - lineStart
	for from := end; ; {
		n := bytes.IndexByte(f.source[from:], '\n')
		if n < 0 {
			return false
		}
		from += n + 1
		line := f.line(from)
		if strings.TrimSpace(line) == "" {
			continue
		}
		if len(line)-len(strings.TrimLeft(line, " \t#;")) < margin || isHeader(line) {
			return false
		}
		if name, ok := settingAt(line); ok && !strings.Contains(line[name.from:name.to], "__") && f.mayBeWrong(catalog.Reference{Section: section, Name: line[name.from:name.to]}) {
			return true
		}
	}
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

// literals reports whether a literal of the form "section.name" may be wrong, or
// one that the text around it makes a section.
func (f *filter) literals() bool {
	past := 0
	return f.eachByte('`', func(at int) bool {
		if at < past {
			return false
		}
		from := at + 1
		for from < len(f.source) && f.source[from] == '`' {
			from++
		}
		past = from
		end := nameBytes(f.source, from)
		if end == from || end == len(f.source) {
			return false
		}
		if f.source[end] == ':' && f.label(from-1) {
			return true
		}
		return f.dotted(f.source[from:end], end) || f.source[end] == '`' && f.called(at, from, end)
	})
}

// dotted reports whether a word may be of the form "section.name", and wrong.
func (f *filter) dotted(word []byte, end int) bool {
	dot := bytes.LastIndexByte(word, '.')
	if dot <= 0 || f.Catalog.Section(string(word[:dot])) == nil && !f.Catalog.WasSection(string(word[:dot])) {
		return false
	}
	r := lower(catalog.Reference{Section: string(word[:dot]), Name: string(word[dot+1:])})
	if o := f.Catalog.Find(r); o != nil {
		return f.found(r, o).rule != "" || f.claims(end)
	}
	return f.mayBeWrong(r) && (f.Catalog.Section(r.Section) == nil || f.isOption(r.Name) || f.isLike(r.Section, r.Name) || f.isOld(r))
}

// isOld reports whether a reference is to an option of the past, in any form.
func (f *filter) isOld(r catalog.Reference) bool {
	if _, note := f.Catalog.Renamed(r); note != nil {
		return true
	}
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
	if !f.isCalled(at, end) {
		return false
	}
	name := string(bytes.Trim(f.source[from:end], "`"))
	return f.mayBeWrongSection(name) || f.nearby(name, at, end)
}

// isCalled reports whether the literal at source[at:end] may be called a section,
// or stand before a slash.
func (f *filter) isCalled(at, end int) bool {
	behind, before := f.source[end:], f.source[:at]
	rest, gap := skipBlanks(behind)
	if len(rest) > 0 && (rest[0] == '/' || rest[0] >= utf8.RuneSelf || startsWith(rest, "section")) ||
		startsWith(rest, "config") && hasSection(head(rest, maxCall)) || hasSection(before[max(0, len(before)-maxCall):]) {
		return true
	}
	trimmed := bytes.TrimRight(before, " \t")
	isLast := len(rest) > 0 && (rest[0] == '|' || gap > 1)
	isFirst := len(trimmed) > 0 && (trimmed[len(trimmed)-1] == '|' || len(before)-len(trimmed) > 1)
	return (isLast || isFirst) && f.hasCells()
}

// skipBlanks returns s less the white space that it begins with, and how many
// blanks that is before the end of the line, 0 if nothing follows there.
func skipBlanks(s []byte) (rest []byte, blanks int) {
	rest = bytes.TrimLeft(s, " \t\r\n\v\f")
	if blanks = len(s) - len(rest); bytes.IndexByte(s[:blanks], '\n') >= 0 {
		blanks = 0
	}
	return rest, blanks
}

// startsWith reports whether s begins with a word, in any case.
func startsWith(s []byte, word string) bool {
	return len(s) >= len(word) && bytes.EqualFold(s[:len(word)], []byte(word))
}

// hasSection reports whether a text holds "section", in any case.
func hasSection(text []byte) bool {
	n := bytes.Index(text, []byte("ection"))
	if n < 0 {
		n = bytes.Index(text, []byte("ECTION"))
	}
	return n > 0 && text[n-1]|0x20 == 's'
}

// hasCells reports whether the page has tables, in whose cells "section" or a slash
// may begin or end a line.
func (f *filter) hasCells() bool {
	if !f.cellsKnown {
		f.cellsKnown = true
		f.cells = (bytes.Contains(f.source, []byte("= =")) || bytes.Contains(f.source, []byte("=  =")) || bytes.Contains(f.source, []byte("--+"))) &&
			(hasSection(f.source) || bytes.Contains(f.source, []byte("/ ")) || bytes.Contains(f.source, []byte(" /")))
	}
	return f.cells
}

// defaults reports whether the source holds what may be the header of a column of
// defaults.
func (f *filter) defaults() bool {
	return f.eachByte('f', f.isDefault) || f.eachByte('F', f.isDefault)
}

// isDefault reports whether the F at offset at is that of a "default" that may be
// the header of a column.
func (f *filter) isDefault(at int) bool {
	at -= len("de")
	return at >= 0 && startsWith(f.source[at:], "default") &&
		cellHeader.Match(head(f.source[at+len("default"):], 80)) && cellStart.Match(f.source[max(0, at-20):at]) && f.hasTable()
}

// hasTable reports whether the page may hold a table with a head.
func (f *filter) hasTable() bool {
	for _, mark := range [...]string{"list-table", "csv-table", "+=", "= =", "=  =", "--+"} {
		if bytes.Contains(f.source, []byte(mark)) {
			return true
		}
	}
	return false
}

var (
	// cellHeader matches what follows "default" in the header of a column.
	cellHeader = regexp.MustCompile(`(?i)^s?(?: values?| settings?)?(?: \([^)\n]*\))?[^\w\s|,"]*[ \t]*(?:\r|\n|\||,|"|  |$)`)
	// cellStart matches what a cell may begin with before it.
	cellStart = regexp.MustCompile(`(?i)(?:^|[\n\r|,"*-]|  |: )[^\w\n]*(?:the )?(?:current )?$`)
)
