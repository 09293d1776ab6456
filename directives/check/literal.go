package check

import (
	"strings"

	"windsock/directives/catalog"
	"windsock/grammar"
)

// literal checks an inline literal.
func (s *sentences) literal(text part) {
	value := s.in(text)
	switch {
	case s.envVars(text):
	case s.commands(text):
	case strings.HasPrefix(value, "["):
		s.bracketed(text, text.from)
	case strings.Contains(value, " ["):
		s.bracketed(text, text.from+strings.Index(value, " [")+1)
	case s.joined(text):
	default:
		if !s.dotted(text) {
			s.word(text)
		}
	}
}

// maxReference is the maximum length, in bytes, of the text in which a reference is parsed.
const maxReference = 400

// wordsEnd returns the end of n words from an offset of text on, at most maxReference bytes further.
func wordsEnd(text string, at, n int) int {
	text = text[:min(len(text), at+maxReference)]
	for ; n > 0 && at < len(text); n-- {
		at += len(text[at:]) - len(strings.TrimLeft(text[at:], " "))
		if blank := strings.IndexByte(text[at:], ' '); blank >= 0 {
			at += blank
		} else {
			at = len(text)
		}
	}
	return at
}

// formEnd returns the end of a reference of one word at an offset of text. It begins with the prefix
// of its form; without more text, the end is that of the prefix.
func formEnd(text string, at int, form grammar.Form, prefix string) int {
	r, ok := grammar.FindReference(text[at:wordsEnd(text, at, 1)])
	if !ok || r.Form != form {
		return at + len(prefix)
	}
	return patternStart(text, part{at, at + r.End})
}

// patternStart returns the offset of the first wildcard in a part of a text, or else its end. In
// running text, a pattern does not name an option.
func patternStart(text string, p part) int {
	if n := strings.IndexAny(text[p.from:p.to], "*?"); n >= 0 {
		return p.from + n
	}
	return p.to
}

// referenceOf converts a reference of the grammar to one of the catalogue.
func referenceOf(r grammar.Reference) catalog.Reference {
	return catalog.Reference{Section: r.Section.Value, Name: r.Name.Value}
}

// rewritten returns a reference in a text with the suggested option instead, "" without a
// suggestion.
func rewritten(text string, r grammar.Reference, v catalog.Resolution) string {
	o := optionMeant(v)
	if o == nil {
		return ""
	}
	return text[r.Span.Start:r.Section.Start] + o.Section + text[r.Section.End:r.Name.Start] + o.Name + v.Ending + text[r.Name.End:r.Span.End]
}

// partAt returns the part of a text for a span in a reference found at offset at.
func partAt(at int, span grammar.Span) part { return part{at + span.Start, at + span.End} }

// endsReference reports whether the text after a name in a literal ends the reference: it is empty,
// a value, or the end of a clause, but not prose.
func endsReference(rest string) bool {
	rest = strings.TrimLeft(rest, " ")
	return rest == "" || strings.IndexByte("=:,;)/|>.-", rest[0]) >= 0
}

// word records a literal of one word, perhaps with a value. It may be the name of an option or a
// section, depending on the text around it. "airflow.cfg" and environment variables are neither.
func (s *sentences) word(text part) {
	value := s.in(text)
	end := nameEnd(value, 0)
	w := word{part: s.markup, text: part{text.from, text.from + end}, name: value[:end]}
	if end == 0 || isConfigFile(w.name) || strings.Contains(w.name, "__") {
		return
	}
	switch rest := value[end:]; {
	case rest == "*" && strings.HasSuffix(w.name, "_"):
		w.text, w.name, w.isPattern = text, value, true
	case rest != "" && !strings.HasPrefix(strings.TrimLeft(rest, " "), "="):
		return
	default:
		w.valued = rest != ""
	}
	s.words = append(s.words, w)
}

// isConfigFile reports whether a word is the name of Airflow's configuration file.
func isConfigFile(word string) bool { return strings.EqualFold(word, "airflow.cfg") }

// namesEnd returns the end of the word bytes, dots and hyphens from offset at on.
func namesEnd(source []byte, at int) int {
	for at < len(source) && (isWordByte(source[at]) || source[at] == '.' || source[at] == '-') {
		at++
	}
	return at
}
