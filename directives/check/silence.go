package check

import (
	"cmp"
	"fmt"
	"slices"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
)

// commentPrefix is the prefix of comments for windsock.
const commentPrefix = "windsock:"

// A silenced is a rule, or a rule for one option, that a comment silences.
type silenced struct {
	rule string
	only finding.Option // the option, in lower case; the zero value for all
}

// An ignore is a silenced rule with its scope.
type ignore struct {
	silenced
	word   grammar.Text // the name of the rule in the comment
	scope  grammar.Span // where it applies
	isUsed bool
}

// silence removes findings that comments silence, and reports comments that silence nothing.
func (p *page) silence(root *grammar.Element) {
	slices.SortStableFunc(p.findings, byStart)
	ignores := p.ignores(root, nil)
	if len(ignores) == 0 {
		return
	}
	slices.SortStableFunc(ignores, func(a, b *ignore) int { return cmp.Compare(a.scope.Start, b.scope.Start) })
	by := map[silenced][]*ignore{}
	for _, ig := range ignores {
		by[ig.silenced] = append(by[ig.silenced], ig)
	}
	p.findings = slices.DeleteFunc(p.findings, func(f finding.Finding) (isSilenced bool) {
		if r := directives.FindRule(f.Rule); r != nil && r.Blocks {
			return false
		}
		for _, of := range silencedBy(f) {
			by[of] = slices.DeleteFunc(by[of], func(ig *ignore) bool { return ig.scope.End < f.Span.Start })
			if i := slices.IndexFunc(by[of], func(ig *ignore) bool { return ig.scope.Contains(f.Span) }); i >= 0 {
				by[of][i].isUsed, isSilenced = true, true
			}
		}
		return isSilenced
	})
	for _, ig := range ignores {
		if !ig.isUsed {
			p.unused(ig)
		}
	}
}

// silencedBy returns the ways to silence a finding: by its rule, or by its rule for its option. They
// are the same for a finding without an option.
func silencedBy(f finding.Finding) []silenced {
	all := silenced{rule: f.Rule}
	return slices.Compact([]silenced{all, {f.Rule, finding.Option(lower(catalog.Reference(f.About)))}})
}

// unused reports a comment that silences nothing, unless it could do so in another run.
func (p *page) unused(ig *ignore) {
	message := fmt.Sprintf("nothing here breaks the rule %s", ig.rule)
	help := "remove the comment"
	switch r := directives.FindRule(ig.rule); {
	case r == nil:
		message, help = fmt.Sprintf("there is no rule %q", ig.rule), "run \"windsock explain\" for the rules"
		if near, ok := catalog.Nearest(ig.rule, ruleNames()); ok {
			message += "; did you mean " + near + "?"
		}
	case r.IsConditional:
		return
	case r.Blocks || r.CannotSilence:
		message = fmt.Sprintf("a comment cannot silence the rule %s", ig.rule)
	}
	p.findings = append(p.findings, finding.Finding{
		Span: ig.word.Span, Rule: finding.UnusedIgnore, Severity: severityOf(finding.UnusedIgnore), Message: message, Help: help,
	})
}

// ruleNames returns the names of all rules.
func ruleNames() (names []string) {
	for _, r := range directives.Rules() {
		names = append(names, r.Name)
	}
	return names
}

// ignores appends the silencing comments below e to found.
func (p *page) ignores(e *grammar.Element, found []*ignore) []*ignore {
	next := 0 // the first element behind the comment that it can silence
	for i, child := range e.Children {
		if child.Comment != nil && child.Comment.Silence != nil {
			for next = max(next, i+1); next < len(e.Children) && p.isPlainComment(e.Children[next]); {
				next++
			}
			found = append(found, p.ignore(child, e.Children[next:])...)
		}
		found = p.ignores(child, found)
	}
	return found
}

// isPlainComment reports whether an element is a comment without findings outside all regions.
func (p *page) isPlainComment(e *grammar.Element) bool {
	if e.Kind != grammar.CommentBlock || p.regions.At(e.Span) != nil {
		return false
	}
	n, _ := slices.BinarySearchFunc(p.findings, e.Span.Start, func(f finding.Finding, at int) int { return cmp.Compare(f.Span.Start, at) })
	return n == len(p.findings) || p.findings[n].Span.Start >= e.Span.End
}

// ignore reads a silencing comment; next are the elements behind it and behind further comments.
func (p *page) ignore(comment *grammar.Element, next []*grammar.Element) (found []*ignore) {
	silence := comment.Comment.Silence
	scope := grammar.Span{End: len(p.source)}
	if !silence.Page {
		scope = p.covered(comment, next)
	}
	var only finding.Option
	if silence.Option != nil {
		if r, ok := catalog.ParseReference(silence.Option.Value); ok {
			only = finding.Option(lower(r))
		}
	}
	for _, rule := range silence.Rules {
		found = append(found, &ignore{silenced: silenced{rule.Value, only}, word: rule, scope: scope})
	}
	return found
}

// covered returns the scope of a comment: the first of the next elements, with the literal block that
// it introduces, or the managed region that begins there. It is empty if there are no elements.
func (p *page) covered(comment *grammar.Element, next []*grammar.Element) grammar.Span {
	if len(next) == 0 {
		return grammar.Span{Start: comment.Span.End, End: comment.Span.End}
	}
	if region := p.regions.At(next[0].Span); region != nil {
		return region.Span()
	}
	span := next[0].Span
	if next[0].Kind == grammar.Paragraph && len(next) > 1 && (isLiteral(next[1]) || containsLiteral(next[1])) {
		span.End = next[1].Span.End
	}
	return span
}

// containsLiteral reports whether an element is a directive with literal content.
func containsLiteral(e *grammar.Element) bool {
	return e.Kind == grammar.DirectiveBlock && len(e.Children) > 0 && isLiteral(e.Children[len(e.Children)-1])
}

// commentTrigger is the trigger for silencing comments.
var commentTrigger = directives.Trigger{Text: commentPrefix}
