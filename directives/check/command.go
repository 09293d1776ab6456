package check

import (
	"iter"
	"strings"

	"windsock/directives"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
)

// commandOrCall matches the start of a command or a call that names an option. It does not match
// commands of other programs, such as "gcloud config get-value core project", nor methods of other
// objects.
var commandOrCall = lazyregexp.New(`(?:(?:^|\n|[^\w\s])\s*|\bairflow[\w.-]*[ \t]+)(config\s+get-value)|(?:^|[^.\w]|\bconfiguration\.)(conf\.)`)

// commands checks the commands and calls in a part of the text, and reports whether there are any.
func (s *sentences) commands(in part) (found bool) {
	if !strings.Contains(s.in(in), "conf") {
		return false
	}
	for _, m := range commandOrCall().FindAllStringSubmatchIndex(s.in(in), -1) {
		found = s.command(part{in.from + max(m[2], m[4]), in.to}) || found
	}
	return found
}

// command checks the command or call at the start of a part of the text, and reports whether there
// is one.
func (s *sentences) command(in part) bool {
	in.to = min(in.to, in.from+maxReference)
	r, ok := grammar.FindReference(s.in(in))
	if !ok || r.Form != grammar.Command && r.Form != grammar.Call || r.IsPattern() {
		return false
	}
	v := s.resolve(referenceOf(r))
	s.add(Command, partAt(in.from, r.Span), v, rewritten(s.in(in), r, v))
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

// commandTriggers are the triggers for commands and calls.
var commandTriggers = []directives.Trigger{{Text: "get-value"}, {Text: "conf."}}
