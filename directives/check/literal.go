package check

import (
	"strings"

	"windsock/grammar"
)

// literal checks an inline literal, whose place in the flow is at.
func (s *sentences) literal(t grammar.Text, at part) {
	switch {
	case s.envVars(t, at):
	case s.commands(t, at):
	case strings.HasPrefix(t.Value, "["):
		s.bracketed(t, 0, at)
	case strings.Contains(t.Value, " ["):
		s.bracketed(t, strings.Index(t.Value, " [")+1, at)
	case s.joined(t, at):
	default:
		if !s.dotted(t, at) {
			s.word(t, at)
		}
	}
}

// maxReference is how many bytes of a text are looked at for a reference.
const maxReference = 400

// wordsEnd returns the end of the word at an offset of text and of those behind it, n in all: a
// reference goes no further.
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

// patternStart returns where a part of a text becomes a pattern of names, which names no
// option in running text; else its end.
func patternStart(text string, p part) int {
	if n := strings.IndexAny(text[p.from:p.to], "*?"); n >= 0 {
		return p.from + n
	}
	return p.to
}

// partAt returns the part of a text that a word stands in of a reference found at offset at.
func partAt(at int, word grammar.Text) part { return part{at + word.Start, at + word.End} }

// endsReference reports whether what follows a name in a literal leaves it the
// name of an option: nothing, a value, or the end of a clause, but no prose.
func endsReference(rest string) bool {
	rest = strings.TrimLeft(rest, " ")
	return rest == "" || strings.IndexByte("=:,;)/|>.-", rest[0]) >= 0
}

// word notes a literal that is one word, perhaps with a value: the name of an
// option or of a section, if something else in the text says so. "airflow.cfg" is neither,
// nor is an environment variable.
func (s *sentences) word(t grammar.Text, at part) {
	end := nameEnd(t.Value, 0)
	name, rest := t.Value[:end], t.Value[end:]
	if name == "" || isConfigFile(name) || strings.Contains(name, "__") || s.paired[t.Start] {
		return
	}
	switch {
	case rest == "*" && strings.HasSuffix(name, "_"):
		s.note(word{part: at, text: s.subText(t, 0, len(t.Value)), name: t.Value, isPattern: true})
		return
	case rest != "" && !strings.HasPrefix(strings.TrimLeft(rest, " "), "="):
		return
	}
	s.note(word{part: at, text: s.subText(t, 0, end), name: name, valued: rest != ""})
}

// isConfigFile reports whether a word is the name of Airflow's configuration file.
func isConfigFile(word string) bool { return strings.EqualFold(word, "airflow.cfg") }

// namesEnd returns the end of the words, with dots and hyphens between, that begin at offset at.
func namesEnd(source []byte, at int) int {
	for at < len(source) && (isWordByte(source[at]) || source[at] == '.' || source[at] == '-') {
		at++
	}
	return at
}
