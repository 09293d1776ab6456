package check

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"windsock/directives/catalog"
	"windsock/directives/internal/lazyregexp"
)

// nearby reports whether a literal in the block of lines around source[at:end], the
// name of a section, may be the name of an option of that section, and a wrong
// one, or whether the block introduces a list of such names.
func (f *filter) nearby(section string, at, end int) bool {
	f.readBlock(at)
	block := f.source[f.blockAt.from:f.blockAt.to]
	folded := strings.ToLower(section)
	known := f.Catalog.Section(folded) != nil || f.Catalog.WasSection(folded)
	if len(block) > maxBlock || known && (bytes.ContainsAny(block, "|"+breaks[len("\n\r"):]) || f.isIntro(block[end-f.blockAt.from:])) {
		return true
	}
	if !known { // there are no options of such a section that words farther away could nearly be
		return slices.ContainsFunc(f.words, func(w blockWord) bool {
			gap := w.gap(at, end)
			return gap.to-gap.from <= maxBound && w.isBeside(at, end) && f.isWrongPair(f.judgeWord(folded, w), gap)
		})
	}
	for i, judged := range f.judgeWords(folded) {
		if w := f.words[i]; judged != fine && w.isBeside(at, end) && f.isWrongPair(judged, w.gap(at, end)) {
			return true
		}
	}
	return false
}

// A blockWord is a word of a block of lines that may be the name of an option.
type blockWord struct {
	part // in the source, with a value behind it
	name string
}

// gap returns what stands between a word and source[at:end].
func (w *blockWord) gap(at, end int) part { return part{min(w.to, end), max(w.from, at)} }

// isBeside reports whether a word stands before or behind source[at:end].
func (w *blockWord) isBeside(at, end int) bool { return w.to <= at || w.from >= end }

// maxBlock bounds how many bytes are looked at for one pair; a block of lines that
// is longer passes the filter.
const maxBlock = 16 << 10

// readBlock finds the block of lines around offset at, and the words that its
// literals begin with, unless that is the block found last.
func (f *filter) readBlock(at int) {
	if f.blockAt.from <= at && at < f.blockAt.to {
		return
	}
	start, end := f.block(at)
	f.blockAt, f.words, f.blockSection, f.blockSlash = part{start, end}, f.words[:0], answer{}, answer{}
	clear(f.judged)
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
		to := nameBytes(f.source[:end], at)
		if name := string(f.source[at:to]); to > at && f.mayEndWord(f.source[to:end]) && f.mayBeOption(name) {
			f.words = append(f.words, blockWord{part{at, valueEnd(f.source[:end], to)}, name})
		}
		at = to
	}
}

// valueEnd returns where the value ends that stands behind a word, whose end is at offset
// at, in a literal; at if there is none.
func valueEnd(source []byte, at int) int {
	rest, _ := skipBlanks(source[at:])
	n := bytes.IndexByte(rest, '`')
	if n < 0 || rest[0] != '=' {
		return at
	}
	return len(source) - len(rest) + n
}

// mayEndWord reports whether a literal may be the word alone before text, or a word with
// a value: of other words at its beginning none is the name of an option.
func (f *filter) mayEndWord(text []byte) bool {
	rest := bytes.TrimLeft(text, " \t")
	return len(rest) == 0 || len(rest) == len(text) && rest[0] == '`' || isBreak(rest[0]) || rest[0] == '=' || f.hasBorders()
}

// mayBeOption reports whether a word may be the name of an option: it is neither in two
// parts nor a section nor a placeholder.
func (f *filter) mayBeOption(name string) bool {
	return !strings.Contains(name, ".") && f.Catalog.Section(strings.ToLower(name)) == nil && !isPlaceholder(name)
}

// A wordState is what may be wrong about a word as the name of an option of a section.
type wordState byte

const (
	fine    wordState = iota
	unbound           // nothing, unless what stands between the two binds them
	wrong             // something: it is nearly the name of an option, or right with a default that may be wrong
)

// judgeWord returns what may be wrong about a word as the name of an option of a section.
func (f *filter) judgeWord(section string, w blockWord) wordState {
	switch {
	case !f.mayBeWrong(catalog.Reference{Section: section, Name: w.name}):
		if f.Catalog.Lookup(section, strings.ToLower(w.name)) != nil && f.claims(w.to) {
			return wrong
		}
		return fine
	case strings.Contains(w.name, "_") && f.isLike(section, w.name):
		return wrong
	}
	return unbound
}

// judgeWords is judgeWord for the words of the block of lines looked at last. It is
// remembered: a block may name a section as often as options.
func (f *filter) judgeWords(section string) []wordState {
	states, known := f.judged[section]
	if !known {
		for _, w := range f.words {
			states = append(states, f.judgeWord(section, w))
		}
		if f.judged == nil {
			f.judged = map[string][]wordState{}
		}
		f.judged[section] = states
	}
	return states
}

// isWrongPair reports whether a word may be a wrong name, or have a wrong default, as an
// option of a section, and belong to it.
func (f *filter) isWrongPair(judged wordState, gap part) bool {
	return judged == wrong || judged == unbound && f.mayBind(gap)
}

// maxBound is how many bytes may stand between two words that what stands there binds,
// the text of other cells included.
const maxBound = 4 * maxGap

// mayBind reports whether text may bind the two halves of a pair: it is short and,
// but for literals, of words that do.
func (f *filter) mayBind(gap part) bool {
	if gap.to-gap.from > maxBound {
		return false
	}
	between := f.source[gap.from:gap.to]
	if hasColumns(between) || f.isNarrow() {
		return true // the text of other cells may stand between
	}
	text := string(between)
	if strings.ContainsAny(text, "`]") {
		text = quotedText().ReplaceAllString(text, " ")
	}
	for text = nextWord(text); text != ""; text = nextWord(text) {
		var kind wordKind
		if kind, text = cutWord(text); kind == 0 {
			return false
		}
	}
	return true
}

// isNarrow reports whether columns of a simple table may be one blank apart.
func (f *filter) isNarrow() bool {
	return f.narrow.ask(func() bool {
		return slices.ContainsFunc([]string{"= =", "=\t=", "=\v=", "=\f="}, func(border string) bool { return bytes.Contains(f.source, []byte(border)) })
	})
}

// hasColumns reports whether a text holds what may divide the columns of a table: a
// bar, or two blanks behind something.
func hasColumns(text []byte) bool {
	if bytes.IndexByte(text, '|') >= 0 {
		return true
	}
	for at := 1; at+1 < len(text); at++ {
		if text[at] == ' ' && text[at+1] == ' ' && !isBlank(text[at-1]) {
			return true
		}
	}
	return false
}

// quotedText finds literals, and what is left of one that was cut.
var quotedText = lazyregexp.New("^[^`\\s]*[`\\]]+|``?[^`]*``?")

// isLike reports whether a name has nearly the letters of an option of the
// section, in any order, as all misspellings of it have.
func (f *filter) isLike(section, name string) bool {
	return isLikeAny(f.optionsIn(section), name, twoEdits)
}

// isLikeAny is isLike for some options, of which at most so many letters may differ, and
// for their forms with one of suffixes.
func isLikeAny(options []*catalog.Option, name string, most int) bool {
	return hasLetters(options, name, most) || slices.ContainsFunc(suffixes[:], func(suffix string) bool {
		base, ok := strings.CutSuffix(strings.ToLower(name), suffix)
		return ok && hasLetters(options, base, most)
	})
}

// hasLetters is isLikeAny for the options' names alone.
func hasLetters(options []*catalog.Option, name string, most int) bool {
	letters := lettersOf(strings.ToLower(strings.ReplaceAll(name, "-", "_")))
	for _, o := range options {
		if longer := len(o.Name) - len(name); longer > most || -longer > most {
			continue
		}
		different := 0
		for i, n := range lettersOf(o.Name) {
			different += max(n-letters[i], letters[i]-n)
		}
		if different <= most {
			return true
		}
	}
	return false
}

// oneEdit and twoEdits are how many letters so many edits can make different.
const (
	oneEdit  = 2
	twoEdits = 4
)

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
	if at == 0 || source[at-1] != '\n' && (source[at-1] != '\r' || at < len(source) && source[at] == '\n') {
		return false
	}
	rest := bytes.TrimLeft(source[at:], " \t\v\f")
	return len(rest) == 0 || rest[0] == '\n' || rest[0] == '\r'
}

// isIntro reports whether a section, with text behind it in its block of lines, may
// introduce a list, which stands behind that block: the text ends in a colon, or says
// no more than that it is a section.
func (f *filter) isIntro(text []byte) bool {
	text = trimBlanks(text)
	if !bytes.HasSuffix(text, []byte(":")) && !isSection(text) {
		return false
	}
	rest, _ := skipBlanks(f.source[f.blockAt.to:])
	for bytes.HasPrefix(rest, []byte("::")) { // which is no paragraph
		rest, _ = skipBlanks(rest[len("::"):])
	}
	if len(rest) == 0 {
		return false
	}
	c := rest[0]
	if c < ' ' || strings.IndexByte("-*+(`", c) >= 0 || '0' <= c && c <= '9' || c >= utf8.RuneSelf || bytes.HasPrefix(rest, []byte("#.")) || bytes.HasPrefix(rest, []byte("#)")) {
		return true
	}
	return listMark().Match(head(rest, 8)) || isTerm(rest, f.source[:len(f.source)-len(rest)])
}

// isSection reports whether text may be what stands behind the name of a section that is
// all that a paragraph says: its markup, and the word "section".
func isSection(text []byte) bool {
	isMarkup := func(r rune) bool { return r <= ' ' || r >= utf8.RuneSelf || strings.ContainsRune("`*:]", r) }
	word := bytes.TrimFunc(text, isMarkup)
	return len(word) == 0 || bytes.EqualFold(word, []byte("section"))
}

// listMark matches the mark of an item of a list that begins with a letter.
var listMark = lazyregexp.New(`^[A-Za-z]+[.)] `)

// isTerm reports whether the line that rest begins with, behind before, has a line
// below that is indented deeper, as a term has.
func isTerm(rest, before []byte) bool {
	margin := len(before) - bytes.LastIndexByte(before, '\n') - 1
	_, below, ok := bytes.Cut(head(rest, maxLine), []byte("\n"))
	return !ok && len(rest) >= maxLine || len(below) > margin && strings.TrimLeft(string(below[:margin+1]), " \t") == ""
}
