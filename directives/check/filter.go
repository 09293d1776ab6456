package check

import (
	"bytes"
	"strings"
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
	for at, c := range source {
		if marks[c] && f.mark(c, at) {
			return true
		}
	}
	return bytes.Contains(source, overrides)
}

// overrides begins the option of an item that may claim a default.
var overrides = []byte(":default:")

// marks holds the bytes that stand in all that may be wrong, most of them rare.
var marks = func() (set [256]bool) {
	for _, c := range []byte("[`<#(WwvfF") {
		set[c] = true
	}
	return set
}()

// mark reports whether something may be wrong of which c, one of marks, stands at
// offset at: a section between brackets, a literal, a label, a call, and the letters
// of AIRFLOW__, get-value and default that are rarest.
func (f *filter) mark(c byte, at int) bool {
	switch c {
	case '[':
		return f.opening(at)
	case '`':
		return f.literal(at)
	case '<', '#':
		return f.label(at)
	case '(':
		return f.call(at)
	case 'W', 'w':
		return at+1 < len(f.source) && f.source[at+1] == '_' && f.envVar(at)
	case 'v':
		return at > 0 && f.source[at-1] == '-' && f.getValue(at)
	default:
		return at > 0 && f.source[at-1]|0x20 == 'e' && f.isDefault(at)
	}
}

// A filter looks for what may be wrong in the bytes of a page.
type filter struct {
	*page
	cells, cellsKnown bool   // of hasCells
	table, tableKnown bool   // of hasTable
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
	if n := bytes.IndexAny(rest, breaks); n >= 0 {
		rest = rest[:n]
	}
	return string(rest)
}

// maxLine bounds how much of a line is looked at for one reference; one that is
// longer passes the filter.
const maxLine = 1 << 10

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

// call reports whether the parenthesis at offset at begins the arguments of a call
// of Airflow's configuration, and these may be wrong.
func (f *filter) call(at int) bool {
	method := at
	for method > 0 && at-method < maxCall && isWordByte(f.source[method-1]) {
		method--
	}
	return bytes.HasSuffix(f.source[:method], []byte("conf.")) && f.command(method)
}

// getValue reports whether the V at offset at is that of "airflow config
// get-value", and its arguments may be wrong.
func (f *filter) getValue(at int) bool {
	at -= len("get-")
	return at >= 0 && bytes.HasPrefix(f.source[at:], []byte("get-value")) && f.command(at)
}

// command reports whether the arguments of the command or call around offset at
// may be wrong. Longer ones than anybody writes pass.
func (f *filter) command(at int) bool {
	from, to := max(0, at-maxCall), min(len(f.source), at+maxCommand)
	window := string(f.source[from:to])
	for _, cmd := range commandsIn(window) {
		if v, _ := f.judgeCommand(window, cmd); f.bad(v, from+cmd.to) {
			return true
		}
	}
	return to == at+maxCommand && strings.IndexByte(window[at-from:], '\n') < 0
}

// maxCommand bounds, in bytes, what is looked at for a command or a call.
const maxCommand = 200

// opening reports whether the bracket at offset at opens a section that may be
// wrong, or what stands behind it or near it, or the rules that a comment silences,
// perhaps for nothing.
func (f *filter) opening(at int) bool {
	if tail := f.source[max(0, at-len("ignore-file")):at]; bytes.HasSuffix(tail, []byte("ignore")) || bytes.HasSuffix(tail, []byte("ignore-file")) {
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
		return f.header(section, at, end+1) || f.bracket(section, end+1, isLiteral)
	case !isLiteral && (at > 0 && isWordByte(f.source[at-1]) || !f.isKnownWord(section) && !f.near(section).isCertain):
		return false
	}
	return f.bracket(section, end+1, isLiteral)
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
	if at == lineStart {
		return false // it is not indented, and thus in no literal block
	}
	return f.settings(section, end)
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
		if !isBlank(line[0]) || isHeader(line) {
			return false
		}
		if name, ok := settingAt(line); ok && !strings.Contains(line[name.from:name.to], "__") && f.mayBeWrong(catalog.Reference{Section: section, Name: line[name.from:name.to]}) {
			return true
		}
	}
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

// literal reports whether the backquote at offset at is the last before a literal of
// the form "section.name", one that the text around it makes a section, or a label,
// and that may be wrong.
func (f *filter) literal(at int) bool {
	from := at + 1
	end := nameBytes(f.source, from)
	switch {
	case end == len(f.source):
		return false
	case f.source[end] == ':' && f.label(at):
		return true
	case end == from:
		return false
	}
	for at > 0 && f.source[at-1] == '`' {
		at--
	}
	return f.dotted(f.source[from:end], end) || f.source[end] == '`' && f.called(at, from, end)
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
