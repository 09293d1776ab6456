package check

import (
	"iter"
	"strings"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
)

// commands checks the commands and the calls in a part of the text, and reports whether there are any.
func (s *sentences) commands(in part) (found bool) {
	text := s.in(in)
	for at := range indexes(text, "get-value") {
		before := strings.TrimRightFunc(text[:at], grammar.IsSpace)
		if start := len(before) - len("config"); strings.HasSuffix(before, "config") && mayCommand(text[:start]) {
			found = s.command(part{in.from + start, in.to}) || found
		}
	}
	for at := range indexes(text, "conf.") {
		if before := text[:at]; at == 0 || before[at-1] != '.' && !isWordByte(before[at-1]) || strings.HasSuffix(before, "configuration.") {
			found = s.command(part{in.from + at, in.to}) || found
		}
	}
	return found
}

// command checks the command or the call that a part of the text begins with, and reports whether
// it does.
func (s *sentences) command(in part) bool {
	in.to = min(in.to, in.from+maxReference)
	r, ok := grammar.FindReference(s.in(in))
	if !ok || r.Form != grammar.Command && r.Form != grammar.Call || r.IsPattern() {
		return false
	}
	v := s.resolve(catalog.Reference{Section: r.Section.Value, Name: r.Name.Value})
	fix := ""
	if o := optionMeant(v); o != nil {
		between, quote := " ", s.in(in)[r.Span.Start:r.Section.Start]
		if quote != "" {
			between = ", "
		}
		fix = quote + o.Section + quote + between + quote + o.Name + v.Ending + quote
	}
	s.add(Command, partAt(in.from, r.Span), v, fix)
	return true
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

// commandTriggers are the triggers of commands and calls.
var commandTriggers = []directives.Trigger{{Text: "get-value"}, {Text: "conf."}}
