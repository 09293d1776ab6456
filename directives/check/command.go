package check

import (
	"iter"
	"strings"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
)

// A command is the section and the option that a command or a call names.
type command struct {
	part            // both words, with their quotes
	section, option part
	quote           string // "", or the quotes around the words
}

// commandsIn returns the commands and calls in a text.
func commandsIn(text string) (found []command) {
	for at := range indexes(text, "get-value") {
		before := strings.TrimRightFunc(text[:at], grammar.IsSpace)
		if start := len(before) - len("config"); strings.HasSuffix(before, "config") && mayCommand(text[:start]) {
			found = appendCommand(found, text, start)
		}
	}
	for at := range indexes(text, "conf.") {
		if before := text[:at]; at == 0 || before[at-1] != '.' && !isWordByte(before[at-1]) || isWordOf(before, "configuration.") {
			found = appendCommand(found, text, at)
		}
	}
	return found
}

// indexes yields the offsets of a word in a text.
func indexes(text, word string) iter.Seq[int] {
	return func(yield func(int) bool) {
		for at := 0; ; at += len(word) {
			n := strings.Index(text[at:], word)
			if n < 0 || !yield(at+n) {
				return
			}
			at += n
		}
	}
}

// mayCommand reports whether "config" behind a text may be a command of Airflow's: other
// programs have such a command too, as in "gcloud config get-value core project".
func mayCommand(before string) bool {
	before = before[max(0, len(before)-maxReference):]
	program := strings.TrimRightFunc(before, grammar.IsSpace)
	if program == "" || strings.Contains(before[len(program):], "\n") || !isWordByte(program[len(program)-1]) {
		return true
	}
	return len(program) < len(before) && programAtEnd().MatchString(program)
}

// programAtEnd matches a text that ends in the name of a program of Airflow's.
var programAtEnd = lazyregexp.New(`\bairflow[\w.-]*$`)

// isWordOf reports whether a text ends in a word that nothing continues to the left.
func isWordOf(text, word string) bool {
	rest, ok := strings.CutSuffix(text, word)
	return ok && (rest == "" || !isWordByte(rest[len(rest)-1]))
}

// appendCommand appends the command or the call at an offset of text, if there is one.
func appendCommand(found []command, text string, at int) []command {
	r, ok := grammar.FindReference(text[at:min(len(text), at+maxReference)])
	if !ok || r.Form != grammar.Command && r.Form != grammar.Call || r.IsPattern() {
		return found
	}
	return append(found, command{
		part{at + r.Span.Start, at + r.Span.End}, partAt(at, r.Section), partAt(at, r.Name), text[at+r.Span.Start : at+r.Section.Start],
	})
}

// resolveCommand says what the option of a command is, and what to write in the
// place of both words.
func (p *page) resolveCommand(text string, cmd command) (v catalog.Resolution, fix string) {
	r := catalog.Reference{Section: text[cmd.section.from:cmd.section.to], Name: text[cmd.option.from:cmd.option.to]}
	if isPlaceholder(r.Section) || isPlaceholder(r.Name) {
		return catalog.Resolution{NotAirflow: true}, ""
	}
	v = p.resolve(r)
	o := optionMeant(v)
	if o == nil {
		return v, ""
	}
	between := " "
	if cmd.quote != "" {
		between = ", "
	}
	return v, cmd.quote + o.Section + cmd.quote + between + cmd.quote + o.Name + v.Ending + cmd.quote
}

// commands checks the commands in a literal, and reports whether there are any.
func (s *sentences) commands(t grammar.Text, at part) bool {
	found := commandsIn(t.Value)
	for _, cmd := range found {
		v, fix := s.resolveCommand(t.Value, cmd)
		s.addNamed(s.mention(Command, t, cmd.from, cmd.to, at), v, fix, at)
	}
	return len(found) > 0
}

// commandTriggers are the triggers of commands and calls.
var commandTriggers = []directives.Trigger{{Text: "get-value"}, {Text: "conf."}}
