package check

import (
	"cmp"
	"slices"
	"strings"

	"windsock/directives/finding"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
)

// claiming matches what stands between an option and the literal that running
// text says is its default, such as ", which defaults to".
var claiming = lazyregexp.New(`(?i)^(?:[\s,(:;–—-]|\b(?:which|that|it|and|option|setting|parameter|is|has|a|an|the|of|value)\b)*\b(?:defaults? to|default(?: value)?(?: is| of|:| =)?|by default(?:,? it is| is)?)[\s:=]*$`)

// claims judges the defaults that running text claims right behind an option. A
// claim so far from a table may well be meant otherwise, so it is but a warning.
func (p *page) claims(s *sentences) {
	if p.namesOnly || len(s.named) == 0 {
		return
	}
	slices.SortStableFunc(s.named, func(a, b named) int { return cmp.Compare(a.to, b.to) })
	next := 0
	for _, in := range s.element.Inlines {
		if in.Kind != grammar.Literal {
			continue
		}
		at := s.flow.find(in.Span.Start)
		for next+1 < len(s.named) && s.named[next+1].to <= at {
			next++
		}
		if n := s.named[next]; n.to <= at && at-n.to <= maxCall && claiming().MatchString(s.flow.text[n.to:at]) {
			text := strings.TrimSpace(in.Text.Value)
			p.claim(n.option, claim{text: text, literals: []string{text}, literal: text}, in.Text, mention{from: s.element, at: n.from}, finding.Warning)
		}
	}
}
