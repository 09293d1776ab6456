package check

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
	"windsock/render"
)

// These expressions match masked text, see [sentences.masked]: each option is a run of the byte 1,
// and each section of a pair is a run of the byte 2.
const (
	anOption = "\x01+"
	aSection = "\x02+"
	aValue   = "(``[^`]+``|\"[^\" ]+\"|'[^' ]+'|[-+]?\\d+(?:,\\d{3})*(?:\\.\\d+)?|(?:true|false|none)\\b)"
	aKind    = `option|setting|parameter|config|configuration|value|variable|flag`
	aVerb    = `(?: (?:is|are|being)(?: currently| now)?(?: set to)?)`
)

// The ways to state a default. They are matched at the word "default"; valueBefore and valueBy match
// the text before it.
var (
	// "defaults to 4", "default: 4", "default value is 4", "default 4"
	valueBehind = lazyregexp.New(`^(?i)defaults?(?: values?| settings?)?(` + aVerb + `| of| to| ?[:=])? ?` + aValue)
	// "default of X is 4", "default X is 4"
	optionBehind = lazyregexp.New(`^(?i)default(?: values?| settings?)?(?: of| for)?(?: the)? (` + anOption + `)(?: (?:` + aKind + `|in|under|of|the|section|` + aSection + `))*` + aVerb + ` ` + aValue)
	// "by default it is 4", "by default X is set to 4", from the word "default" on
	byDefault = lazyregexp.New(`^(?i)default,?(?: (?:it|this|that|which|this option|the (?:` + aKind + `)|(` + anOption + `)))?(?:` + aVerb + `| to| uses)? ` + aValue)
	// "X is 4 by", "X: 4 (", up to the word "default"; endsBehind matches the text from the word on
	valueBefore = lazyregexp.New(`(?i)(` + anOption + `)(?:[ ,:()=–—-]|\b(?:is|are|set|to|currently|now|which|that|it|` + aKind + `|of|in|under|the|section|can|be|has|takes|uses)\b|` + aSection + `)*[ (:=]` + aValue + `[ ,(]*(?:the |by |as |is )*$`)
	// "4 by", up to the word "default"; the option comes later
	valueBy    = lazyregexp.New(`(?i)[( ]` + aValue + ` by $`)
	endsBehind = lazyregexp.New(`^(?i)default(?: values?| settings?)?(?:[.,;:)]|$| (?:and|or|but|which|that|so)\b)`)
)

// The words around a statement, which decide whether it counts, and for which option.
var (
	// opensClause matches text that is allowed before a statement within a sentence.
	opensClause = lazyregexp.New("(?i)(?:[(,:;–—#-] ?|(?:" + anOption + "|" + aSection + ") |\\b(?:the|its|whose|which|that|it|and|but|with|a|has|" + aKind + "|section) )$")
	// opensSentence matches text that is allowed before a statement that is its own sentence.
	opensSentence = lazyregexp.New(`^(?i)[ (]*(?:(?:the|its|it|this|this option) )?$`)
	// connectsPattern matches the text between a statement and an option behind it: ", set by", ". You can
	// change it using".
	connectsPattern = lazyregexp.New("^[^`\x01]*\\b(?i:set by|(?:chang|adjust|overrid|configur)(?:e|ed|ing|able)?)\\b[^`\x01]*$")
	// conditional matches words that restrict a default to some cases; unset matches those that do
	// not restrict it.
	conditional = lazyregexp.New(`(?i)\b(?:if|when|unless|where|otherwise|whenever)\b`)
	unset       = lazyregexp.New(`(?i)\b(?:if|when|unless) (?:(?:it|this) is |it's )?(?:not )?(?:set|unset|specified|given|provided|defined|omitted|empty)\b`)
	// restricted matches text after a value that restricts it to some cases.
	restricted = lazyregexp.New(`^\)? ?(?i:on|for|in|if|when|with|under|unless|since|until|as of|per|from|during|before|after)\b`)
	// ofVendor matches words for products with their own defaults.
	ofVendor = lazyregexp.New(`(?i)\b(?:our|ours|platform|image|chart|helm|mwaa|composer|astronomer|astro|managed|company)\b`)
)

// longStatement is the number of bytes on either side of the word "default" that are searched.
const longStatement = 300

// A statement is a place in running text that states the default of an option.
type statement struct {
	option *catalog.Option
	value  part
}

// defaults checks the defaults that running text states for the options that it names.
func (s *sentences) defaults() {
	if len(s.options) == 0 || !strings.Contains(s.flow.text, "efault") {
		return
	}
	slices.SortStableFunc(s.options, func(a, b named) int { return cmp.Compare(a.from, b.from) })
	text := s.masked()
	for at := range indexes(text, "efault") {
		if at--; at < 0 || text[at]|0x20 != 'd' || at > 0 && (isWordByte(text[at-1]) || strings.IndexByte("-.`/", text[at-1]) >= 0) {
			continue
		}
		if d, ok := s.statementAt(text, at); ok && d.option != nil {
			s.checkStatement(d)
		}
	}
}

// masked returns the text with each option replaced by bytes 1, and each section of a pair by bytes 2.
func (s *sentences) masked() string {
	text := []byte(strings.NewReplacer("\x01", " ", "\x02", " ").Replace(s.flow.text))
	fill := func(p part, with byte) {
		for i := p.from; i < p.to; i++ {
			text[i] = with
		}
	}
	for i := range s.words {
		if w := &s.words[i]; w.used && w.isSection {
			fill(w.part, 2)
		}
	}
	for _, n := range s.options {
		fill(n.part, 1)
	}
	return string(text)
}

// statementAt returns the statement around the word "default" at an offset of the text.
func (s *sentences) statementAt(text string, at int) (d statement, ok bool) {
	in := s.flow.sentence(at)
	in.from, in.to = max(in.from, at-longStatement), min(in.to, at+longStatement)
	before, behind := text[in.from:at], text[at:in.to]
	if ofVendor().MatchString(before[max(0, len(before)-25):]) {
		return d, false
	}
	end := 0
	if m := optionBehind().FindStringSubmatchIndex(behind); m != nil {
		d, end = statement{s.namedAt(at + m[2]), part{at + m[4], at + m[5]}}, m[1]
	} else if m := byDefault().FindStringSubmatchIndex(behind); m != nil && hasSuffixFold(before, "by ") {
		d.value, end = part{at + m[4], at + m[5]}, m[1]
		if m[2] >= 0 {
			d.option = s.namedAt(at + m[2])
		} else {
			d.option = s.subject(text, part{at - len("by "), at + end}, in)
		}
	} else if m := valueBehind().FindStringSubmatchIndex(behind); m != nil && !hasSuffixFold(before, "by ") {
		if m[2] < 0 && !strings.HasSuffix(before, "(") && !strings.HasSuffix(before, ", ") {
			return d, false // "the default 4 workers"
		}
		d.value, end = part{at + m[4], at + m[5]}, m[1]
		d.option = s.subject(text, part{at, at + end}, in)
	} else if m := valueBefore().FindStringSubmatchIndex(before); m != nil {
		rest := endsBehind().FindStringIndex(behind)
		if rest == nil {
			return d, false
		}
		d, end = statement{s.namedAt(in.from + m[2]), part{in.from + m[4], in.from + m[5]}}, len("default")
	} else if m := valueBy().FindStringSubmatchIndex(before); m != nil && s.options[0].from > at {
		d, end = statement{s.optionAfter(text, at+len("default")), part{in.from + m[2], in.from + m[3]}}, len("default")
	} else {
		return d, false
	}
	return d, !restricted().MatchString(behind[end:]) && s.endsValue(&d, text)
}

// endsValue includes the unit in the value of a statement, and reports whether the value ends there.
func (s *sentences) endsValue(d *statement, text string) bool {
	if c := text[d.value.to-1]; c < '0' || c > '9' {
		return true
	}
	rest := text[d.value.to:]
	if word := strings.TrimLeft(rest, " -"); len(rest)-len(word) <= 1 {
		if end := wordEnd(word, 0); end > 0 {
			if _, ok := render.UnitNamed(word[:end]); ok {
				d.value.to += len(rest) - len(word) + end
				return true
			}
		}
	}
	return rest == "" || strings.IndexByte(" ),;:", rest[0]) >= 0 || rest[0] == '.' && (len(rest) == 1 || rest[1] == ' ')
}

// subject returns the option of a statement in a sentence, nil if it is not certain: the option named
// before it without another thing between them, or else the one behind it.
func (s *sentences) subject(text string, at, in part) *catalog.Option {
	before := sort.Search(len(s.options), func(i int) bool { return s.options[i].to > at.from }) - 1
	clause := text[in.from:at.from]
	if before < 0 {
		if opensClause().MatchString(clause) || opensSentence().MatchString(clause) {
			return s.optionAfter(text, at.to)
		}
		return nil
	}
	n := s.options[before]
	between := text[n.to:at.from]
	switch {
	case len(between) > longStatement || namesThings(between):
		return nil
	case n.from < in.from:
		if !opensSentence().MatchString(clause) {
			return nil
		}
	case !opensClause().MatchString(clause) || conditional().MatchString(unset().ReplaceAllString(between, "")):
		return nil
	}
	return n.option
}

// optionAfter returns the option named after a statement that ends at an offset, nil if the words between
// them do not connect them.
func (s *sentences) optionAfter(text string, end int) *catalog.Option {
	n := s.options[0]
	if n.from < end || n.from-end > longStatement || !connectsPattern().MatchString(text[end:n.from]) {
		return nil
	}
	return n.option
}

// namesThings reports whether a text contains literals other than plain values: the following text
// may be about them.
func namesThings(text string) bool {
	parts := strings.Split(text, "``")
	for i := 1; i < len(parts); i += 2 {
		if literal := parts[i]; !isValue(literal) && !wordsForNone[strings.ToLower(literal)] && !isConfigFile(literal) {
			return true
		}
	}
	return false
}

// namedAt returns the option at an offset of the text.
func (s *sentences) namedAt(at int) *catalog.Option {
	return s.options[sort.Search(len(s.options), func(i int) bool { return s.options[i].to > at })].option
}

// isStated reports whether the data or an annotation states the default of an option. If the data has
// none, or an empty or generated one, only the page may know what the code uses.
func (p *page) isStated(o *catalog.Option) bool {
	value, declared := o.ShownDefault()
	_, isEffective := p.Catalog.Effective(o)
	return isEffective || declared && value != "" && !catalog.IsGenerated(value)
}

// checkStatement checks a statement.
func (s *sentences) checkStatement(d statement) {
	if !s.isStated(d.option) {
		return
	}
	text := s.in(d.value)
	said := statedDefault{text: text}
	if strings.IndexByte("`\"'", text[0]) >= 0 {
		plain := strings.TrimSpace(strings.Trim(text, "`\"'"))
		d.value.from += strings.Index(text, plain)
		d.value.to = d.value.from + len(plain)
		said = statedDefault{text: plain, literals: []string{plain}, literal: plain}
	}
	s.checkDefault(d.option, said, d.value, s.severity())
}

// severity returns the severity of wrong defaults outside of tables.
func (p *page) severity() finding.Severity {
	if p.Catalog.Complete {
		return finding.Error
	}
	return finding.Warning
}

// isOfVendor reports whether a heading or a caption above an element says that it is about the
// defaults of a vendor or a company.
func isOfVendor(e *grammar.Element) bool {
	for ; e != nil; e = e.Parent {
		for _, child := range e.Children[:min(2, len(e.Children))] {
			if (child.Kind == grammar.Title || child.Kind == grammar.Caption) && ofVendor().MatchString(textOf(child)) {
				return true
			}
		}
	}
	return false
}

// hasSuffixFold reports whether a text ends with a suffix, in any case.
func hasSuffixFold(text, suffix string) bool {
	return len(text) >= len(suffix) && strings.EqualFold(text[len(text)-len(suffix):], suffix)
}
