package check

import (
	"bytes"
	"slices"
	"strings"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/directives/internal/lazyregexp"
)

var (
	// sectionBehind and sectionBefore match the text around a literal that calls it a section.
	sectionBehind = lazyregexp.New(`^(?i)\s+(?:config(?:uration)?\s+)?sections?\b`)
	sectionBefore = lazyregexp.New(`(?i)\bsections?\s+(?:of\s+|named\s+|called\s+)?$`)
)

// The words that are allowed between the option and the section of a pair: words for options, small
// words, prepositions before a section, and words from a section to an option.
const (
	optionWords = `configs?|configurations?|options?|settings?|keys?|params?|parameters?|property|properties|fields?|values?|` +
		`variables?|flags?|entry|entries|attributes?`
	smallWords = `the|a|an|your|its|this|that|airflow|airflow's|airflow\.cfg|file|is|are|be|both|true|false|set|to|of|defined|` +
		`located|found|specified|configured|enabled|available`
	inWords   = `in|under|within|from|inside|into|at|on|of|sections?`
	leadWords = `sections?|the|a|an|there|you|can|should|must|use|with|called|named|has|have|by|setting|configure|change|set`
)

var (
	// bindsBehind matches the text between an option and a section behind it: "in the", "can be
	// set in".
	bindsBehind = lazyregexp.New(`^(?i)(?:\W*\b(?:` + optionWords + `|` + smallWords + `)\b)*\W*\b(?:` + inWords + `)\b` +
		`(?:\W*\b(?:` + optionWords + `|` + smallWords + `|` + inWords + `)\b)*\W*$`)
	// bindsBefore matches the text between a section and an option behind it: "section, set".
	bindsBefore = lazyregexp.New(`^(?i)(?:\W*\b(?:` + leadWords + `|` + optionWords + `)\b)*[ ,:]*$`)
	// joinsPattern matches the text between options of the same section: ", and the".
	joinsPattern = lazyregexp.New(`^(?i)[ ,]*(?:\b(?:and|or|and/or)\b)?[ ,]*(?:\b(?:the|a|an|` + optionWords + `)\b)? *$`)
)

// pairs pairs the options and sections in each sentence, and checks the other sections alone.
func (s *sentences) pairs() {
	for i := range s.words {
		w := &s.words[i]
		w.isSection = w.bracketed || s.isCalledSection(w)
	}
	sections := countSections(s.words)
	if sections > 0 && s.introducesList() {
		return
	}
	s.slashes()
	if sections == 0 {
		return
	}
	for from := 0; from < len(s.words); {
		bounds := s.flow.sentence(s.words[from].from)
		to := from + 1
		for to < len(s.words) && s.words[to].from < bounds.to {
			to++
		}
		s.pairsIn(s.words[from:to])
		from = to
	}
	for i := range s.words {
		if w := &s.words[i]; !w.used && w.bracketed {
			s.checkSection(w)
		}
	}
}

// countSections returns the number of sections among words.
func countSections(words []word) (n int) {
	for i := range words {
		if words[i].isSection {
			n++
		}
	}
	return n
}

// isCalledSection reports whether the text calls a literal a section.
func (s *sentences) isCalledSection(w *word) bool {
	text := s.flow.text
	behind, before := text[w.to:min(len(text), w.to+maxCall)], text[max(0, w.from-maxCall):w.from]
	if !strings.Contains(strings.ToLower(before+behind), "section") {
		return false // most literals, without a search for the patterns
	}
	return !w.valued && !isPlaceholder(w.name) && (sectionBehind().MatchString(behind) || sectionBefore().MatchString(before))
}

// maxCall is the maximum distance, in bytes, between a literal and the word "section" that makes it
// one.
const maxCall = 40

// pairsIn pairs the words of one sentence.
func (s *sentences) pairsIn(words []word) {
	sections := countSections(words)
	for i := range words {
		section := &words[i]
		if !section.isSection || section.used {
			continue
		}
		paired := s.neighbours(words, i, -1) || s.neighbours(words, i, 1)
		if sections == 1 {
			paired = s.pairInSentence(words, i) || paired
		}
		if !paired && !section.bracketed && s.sentence(section.from).isAirflow() {
			s.checkSection(section)
		}
	}
}

// neighbours pairs the section i with the options before it, if step is -1, or behind it, if step
// is 1.
func (s *sentences) neighbours(words []word, i, step int) (paired bool) {
	fits, tight := bindsBehind, true
	if step > 0 {
		fits, tight = bindsBefore, words[i].bracketed
	}
	for j := i + step; j >= 0 && j < len(words); j += step {
		a, b := &words[min(j, j-step)], &words[max(j, j-step)]
		if words[j].isSection || words[j].used || !fits().MatchString(s.gap(a, b)) || !s.pair(&words[i], &words[j], tight) {
			break
		}
		paired, fits = true, joinsPattern
	}
	return paired
}

// pairInSentence pairs the section i, the only one of its sentence, with its options elsewhere in the
// sentence, if their names have several words.
func (s *sentences) pairInSentence(words []word, i int) (paired bool) {
	for j := range words {
		if w := &words[j]; j != i && !w.used && strings.Contains(w.name, "_") {
			paired = s.pair(&words[i], w, false) || paired
		}
	}
	return paired
}

// maxGap is the maximum number of bytes between the two words of a tight pair.
const maxGap = 120

// gap returns the text between two words, without the backquotes of other literals; or a full stop,
// which binds nothing, if the text is too long.
func (s *sentences) gap(a, b *word) string {
	gap := s.flow.text[a.to:b.from]
	if len(gap) > maxGap {
		return "."
	}
	return strings.ReplaceAll(gap, "``", " ")
}

// pair checks an option in a section, and reports whether the two are a pair. If the text does not
// bind them tightly, the option must exist, or be a misspelt one of the section.
func (s *sentences) pair(section, option *word, tight bool) bool {
	r := catalog.Reference{Section: section.name, Name: option.name}
	if option.isPattern {
		option.used = tight && option.from < section.from && s.pattern(option, section.name)
		return false
	}
	if s.Catalog.Section(strings.ToLower(r.Name)) != nil || strings.Contains(r.Name, ".") {
		return false
	}
	v := s.resolve(r)
	if v.Rule != "" && !tight && !(v.Misspelt && isOf(v, r.Section)) {
		return false
	}
	wrong, fix := option, nameIn(r.Section, v)
	if v.Rule == finding.UnknownSection && !section.isElsewhere && !v.NotAirflow && (v.To == nil || v.To.Option.Name == r.Name) {
		wrong, fix = section, sectionFix(section, v) // the option exists, the section does not
	}
	if !s.addWord(Pair, wrong, v, fix) {
		return false
	}
	section.used, option.used = true, true
	return true
}

// addWord is add for a word.
func (s *sentences) addWord(kind Kind, w *word, v catalog.Resolution, fix string) bool {
	s.markup = w.part
	defer func() { s.markup = part{} }()
	return s.add(kind, w.text, v, fix)
}

// isOf reports whether the suggested option is in a section.
func isOf(v catalog.Resolution, section string) bool {
	o := optionMeant(v)
	return o != nil && strings.EqualFold(o.Section, section)
}

// optionMeant returns the suggested option, or nil.
func optionMeant(v catalog.Resolution) *catalog.Option {
	if v.To == nil {
		return nil
	}
	return v.To.Option
}

// nameIn returns the name of the suggested option, "" if it is not in a section.
func nameIn(section string, v catalog.Resolution) string {
	if !isOf(v, section) {
		return ""
	}
	return v.To.Option.Name + v.Ending
}

// sectionFix returns the replacement for a section, "" if there is none.
func sectionFix(section *word, v catalog.Resolution) string {
	switch {
	case v.To == nil:
		return ""
	case section.bracketed:
		return "[" + v.To.Section.Name + "]"
	}
	return v.To.Section.Name
}

// checkSection checks a section without an option.
func (s *sentences) checkSection(w *word) {
	v := s.Catalog.ResolveSection(w.name)
	fix := sectionFix(w, v)
	if o := optionMeant(v); o != nil {
		if !w.bracketed {
			return
		}
		fix = o.String()
	}
	s.addWord(Literal, w, v, fix)
}

// maxNear is the maximum number of bytes between a literal and the word "section".
const maxNear = 120

// endsMarkup reports whether a word may be the end of a literal, or of a role behind it.
func endsMarkup(word []byte) bool {
	return bytes.HasSuffix(word, []byte("`")) || bytes.HasSuffix(word, []byte(":"))
}

// beginsMarkup reports whether a word may be the start of a literal, or of a role before it.
func beginsMarkup(word []byte) bool { return word[0] == '`' || word[0] == ':' }

// sectionTrigger is the trigger for literals that the text calls a section: one of the two words
// before or behind. In a grid table or a simple table, other cells can be between them.
var sectionTrigger = directives.Trigger{Text: "section", AnyCase: true, Fits: func(page *directives.RawPage, from, to int) bool {
	before, behind := page.Source[max(0, from-maxNear):from], page.Source[to:min(len(page.Source), to+maxNear)]
	if page.MayContainTable() || bytes.IndexByte(before, '`') < 0 && bytes.IndexByte(behind, '`') < 0 {
		return page.MayContainTable()
	}
	words, more := bytes.Fields(before), bytes.Fields(behind) // of which the first may be the end of "sections"
	return slices.ContainsFunc(words[max(0, len(words)-2):], endsMarkup) || slices.ContainsFunc(more[:min(3, len(more))], beginsMarkup)
}}
