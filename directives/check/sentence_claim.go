package check

import (
	"regexp"
	"strings"

	"windsock/grammar"
)

// claiming matches what stands between an option and the literal that running
// text says is its default: "[core] parallelism, which defaults to “32“".
var claiming = regexp.MustCompile(`(?i)^(?:[\s,(:;–—-]|\b(?:which|that|it|and|option|setting|parameter|is|has|a|an|the|of|value)\b)*\b(?:defaults? to|default(?: value)?(?: is| of|:| =)?|by default(?:,? it is| is)?)[\s:=]*$`)

// claims judges the defaults that running text claims right behind an option. A
// claim so far from a table may well be meant otherwise, so it is but a warning.
func (p *page) claims(s *sentences) {
	if p.namesOnly {
		return
	}
	for _, n := range s.named {
		for _, in := range s.element.Inlines {
			if in.Kind != grammar.Literal {
				continue
			}
			at := s.flow.find(in.Span.Start)
			if at < n.to || !claiming.MatchString(s.flow.text[n.to:at]) {
				continue
			}
			said := claim{text: in.Text.Value, literals: []string{in.Text.Value}, literal: in.Text.Value, isLiteral: true}
			said.text = strings.TrimSpace(said.text)
			p.claim(n.option, said, in.Text, grammar.Warning)
			break
		}
	}
}
