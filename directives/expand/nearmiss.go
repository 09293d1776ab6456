package expand

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
)

// nearMisses reports misspelt directives, and misspelt comments that silence.
func (p *pageExpansion) nearMisses(doc *grammar.Document) {
	for _, n := range doc.Nodes {
		switch {
		case n.Directive != nil && directives.Define(n.Directive.Type.Value) == nil:
			p.nearMissDirective(n.Directive)
		case n.Slip != nil:
			p.slip(n.Slip)
		case n.Comment != nil && n.Comment.Problem != nil && n.Comment.Directive == nil && n.Comment.End == nil:
			p.nearMiss(n.Comment.Problem.Span, n.Comment.Problem.Message, n.Comment.Problem.Help)
		}
	}
	if silenceGate.Passes(doc.Source) {
		p.silenceSlips(doc)
	}
}

// silenceTrigger is the trigger of comments that silence, and of what was meant as one.
var silenceTrigger = directives.Trigger{Text: "windsock", AnyCase: true, Fits: func(page *directives.RawPage, _, to int) bool {
	rest := bytes.TrimLeft(page.Source[to:], " \t:")
	return len(rest) >= len("ignore") && bytes.EqualFold(rest[:len("ignore")], []byte("ignore"))
}}

var silenceGate = directives.NewGate(silenceTrigger)

// silenceSlip matches what was meant as a comment that silences, in a comment or in text.
var silenceSlip = lazyregexp.New(`(?i)^(\.*)[ \t]*(windsock[ \t]*:*[ \t]*(ignore(?:-file)?))[ \t]*[\[({]`)

// silenceSlips reports comments and lines of text that were meant to silence, which the
// grammar knows as none.
func (p *pageExpansion) silenceSlips(doc *grammar.Document) {
	for e := range doc.Root.All() {
		isText := e.Kind == grammar.Paragraph
		if !isText && (e.Kind != grammar.CommentBlock || e.Comment != nil && e.Comment.ForWindsock) {
			continue
		}
		for _, line := range e.Text {
			m := silenceSlip().FindStringSubmatchIndex(line.Value)
			if m == nil || !isText && m[2] < m[3] || p.isReported(e.Span) {
				continue
			}
			var a grammar.Alignment
			word := strings.ToLower(line.Value[m[6]:m[7]])
			p.nearMiss(a.Part(doc.Source, line, m[4], m[5]).Span, "this silences nothing", "write \".. windsock: "+word+"[rule]\"")
		}
	}
}

// nearMiss reports a near miss.
func (p *pageExpansion) nearMiss(span grammar.Span, message, help string) {
	p.report(finding.Finding{Span: span, Rule: finding.NearMiss, Severity: finding.Error, Message: message, Help: help})
}

// isReported reports whether a finding stands in a span.
func (p *pageExpansion) isReported(s grammar.Span) bool {
	return slices.ContainsFunc(p.result.Findings, func(f finding.Finding) bool { return s.Contains(f.Span) })
}

// nearMissDirective reports a directive that is almost one of windsock's: Sphinx
// has directives of its own whose types begin with "airflow-".
func (p *pageExpansion) nearMissDirective(d *grammar.Directive) {
	if near := nearType(d.Type.Value); near != "" {
		f := nearDirective(d.Type, near, grammar.Join(d.Arguments).Value, fmt.Sprintf("there is no directive %q", d.Type.Value))
		f.Certain = isSlip(d.Type.Value, near) && d.Fits(p.page.Source, d.Type.Span, near)
		p.report(f)
	}
}

// isSlip reports whether a name is certainly meant to be another: but for one slip,
// and for hyphens written as underscores, it is. What docutils reads as a comment or
// as text is never certain: an author may have put it out of use so.
func isSlip(name, meant string) bool {
	name = typeSpelling.Replace(strings.ToLower(name))
	return name == meant || catalog.OneSlip(name, meant)
}

// slip reports what was almost a directive of windsock's: docutils drops a comment
// without a word, and shows text as it is.
func (p *pageExpansion) slip(s *grammar.Slip) {
	near := nearType(s.Name)
	argument, _, _ := strings.Cut(string(p.page.Source[s.Head.End:min(s.Head.End+longestSlip, len(p.page.Source))]), "\n")
	read, suggestion := "this is a comment, which Sphinx drops", near+"::"
	switch {
	case s.Form == grammar.InParagraph:
		p.nearMiss(s.Head.Span, "this is text of the paragraph above it, which Sphinx shows", "put a blank line above it")
		return
	case s.Form == grammar.NoColons && !p.isArgument(s):
		return
	case s.Form.IsText():
		read, suggestion = "this is text", ".. "+suggestion
	case s.Text == nil:
		read = "this substitution holds nothing"
	}
	if !s.Form.IsText() && argument != "" && !grammar.IsSpace(rune(argument[0])) {
		suggestion += " "
	}
	f := nearDirective(s.Head, near, argument, read+"; "+slipProblems[s.Form])
	f.Suggestion = suggestion
	p.report(f)
}

// slipProblems say what is wrong in slips.
var slipProblems = map[grammar.SlipForm]string{
	grammar.NoColons:         "a directive has two colons",
	grammar.WrongColons:      "a directive has two colons",
	grammar.NoBlankBehind:    "a blank follows the two colons of a directive",
	grammar.BlankBefore:      "no blanks stand before the two colons",
	grammar.SeveralWords:     "the type of a directive is one word",
	grammar.BelowDots:        "the type of a directive stands beside its two dots",
	grammar.NoBar:            "a bar ends the name of a substitution",
	grammar.NoDots:           "two dots and a blank stand before a directive",
	grammar.OneDot:           "a directive begins with two dots",
	grammar.NoBlankAfterDots: "a blank follows the two dots of a directive",
}

// isArgument reports whether what follows the first word of a comment could be the
// argument of a directive, or its options: prose is neither.
func (p *pageExpansion) isArgument(s *grammar.Slip) bool {
	_, argument, _ := strings.Cut(s.Text[0].Value, " ")
	if argument == "" {
		return len(s.Text) > 1 && strings.HasPrefix(strings.TrimSpace(s.Text[1].Value), ":")
	}
	isProse := func(word string) bool {
		return !slices.Contains([]string{"core", "providers", "all", "self"}, strings.ToLower(word)) && p.Catalog.ProviderByName(word) == nil
	}
	_, err := grammar.ParseReference(argument)
	return err == nil || !slices.ContainsFunc(strings.FieldsFunc(argument, func(r rune) bool { return r == ' ' || r == ',' }), isProse)
}

// isNear reports whether a name may be meant as the type of a directive of windsock's.
func isNear(name string) bool { return strings.HasPrefix(name, "airflow") && nearType(name) != "" }

// keepHelp is the help for authors who want a near miss to stay.
const keepHelp = "to keep it as it is, write \".. windsock: ignore[near-miss]\" above it"

// nearDirective returns the finding about a word before an argument that was meant to be the
// directive type near, or that with its colons.
func nearDirective(word grammar.Text, near, argument, message string) finding.Finding {
	option, _ := catalog.ParseReference(argument)
	return finding.Finding{
		About: finding.Option(option),
		Span:  word.Span, Rule: finding.NearMiss, Severity: finding.Error,
		Message:    fmt.Sprintf("%s; did you mean \".. %s::\"?", message, near),
		Suggestion: near, Help: keepHelp,
	}
}

// typeSpelling joins the words of a name as directive types do.
var typeSpelling = strings.NewReplacer("_", "-", " ", "-", "\t", "-")

// nearType returns the directive type that name was probably meant to be, or "".
func nearType(name string) string {
	name = typeSpelling.Replace(strings.ToLower(name))
	if name == directives.RoleName {
		return directives.ConfigDefaultType
	}
	near, _ := catalog.Nearest(name, directives.Types())
	return near
}

// nearMissRole reports a role that is almost windsock's, and text in backquotes behind
// something that was meant as the name of the role.
func (s *roleScan) nearMissRole(in grammar.Inline) {
	name, certain := in.Name, isSlip(in.Name.Value, directives.RoleName)
	what, instead, suggestion := fmt.Sprintf("there is no role %q", name.Value), ":"+directives.RoleName+":", directives.RoleName
	if name.Len() == 0 {
		if name, certain = s.detachedName(in), false; name.Len() == 0 {
			return
		}
		what, instead, suggestion = "this is no role, and Sphinx shows it as text", instead+"`"+in.Text.Value+"`", ""
	}
	value := typeSpelling.Replace(strings.ToLower(name.Value))
	if _, near := catalog.Nearest(value, []string{directives.RoleName}); !near && value != directives.ConfigDefaultType {
		return
	}
	option, _ := catalog.ParseReference(in.Text.Value)
	s.fitting(finding.Finding{
		Span: name.Span, Rule: finding.NearMiss, Severity: finding.Error, About: finding.Option(option),
		Message:    what + "; did you mean " + instead + "?",
		Suggestion: suggestion, Certain: certain, Help: keepHelp,
	})
}

// The names that stand before backquotes, and behind them, as those of roles.
var (
	nameBefore = lazyregexp.New("(?i)(?:^|[^\\w\\\\:`-])(:[\\w-]+:[ \t]*\\n?[ \t]*|[\\w-]+:)$")
	nameBehind = lazyregexp.New("(?i)^[ \t]+(:[\\w-]+:)(?:[^`\\w]|$)")
)

// detachedName returns what stands beside text in backquotes as the name of a role would,
// less its colons: ":name: `text`", "name:`text`", ":name:“text“", "`text` :name:".
func (s *roleScan) detachedName(in grammar.Inline) grammar.Text {
	first := max(in.Span.Start-longestSlip, 0)
	before := s.source[first:in.Span.Start]
	var at []int
	if bytes.HasSuffix(bytes.TrimRight(before, " \t\n"), []byte(":")) {
		at = nameBefore().FindSubmatchIndex(before)
	}
	if at == nil && in.Kind == grammar.Role {
		first = in.Span.End
		at = nameBehind().FindSubmatchIndex(s.source[first:min(first+longestSlip, len(s.source))])
	}
	if at == nil {
		return grammar.Text{}
	}
	span := grammar.Span{Start: at[2], End: at[3]}.Shift(first)
	name := strings.Trim(string(span.Of(s.source)), ": \t\r\n")
	span.Start += strings.Index(string(span.Of(s.source)), name)
	span.End = span.Start + len(name)
	return grammar.Text{Span: span, Value: name}
}

// mayBeType reports whether a word of a page may be the type of a directive, or nearly
// one: two dots stand before it, perhaps with a substitution text behind them, or it begins
// a cell, where the dots may stand in the row above.
func mayBeType(page *directives.RawPage, from, _ int) bool {
	before := bytes.TrimRightFunc(page.Source[:from], grammar.IsSpace)
	gap := page.Source[len(before):from]
	beginsCell := len(gap) > 1 || string(gap) == "\n" || bytes.HasSuffix(before, []byte("|"))
	if rest, ok := bytes.CutSuffix(before, []byte("|")); ok {
		before = bytes.TrimRightFunc(rest[:bytes.LastIndexByte(rest, '|')+1], func(r rune) bool { return r == '|' || grammar.IsSpace(r) })
	}
	isFirst := bytes.HasSuffix(before, []byte("..")) || mayBeSlip(page.Source, from) || beginsCell && page.MayContainTable()
	return isFirst && beginsWithType(page.Source[from:])
}

// beginsWithType reports whether a text may begin with the type of a directive of
// windsock's, or nearly one.
func beginsWithType(text []byte) bool {
	text = text[:min(len(text), longestType+1)]
	for end := shortestType; end <= min(len(text), longestType); end++ {
		if isWordEnd(text, end) && nearType(string(text[:end])) != "" {
			return true
		}
	}
	return false
}

// isWordEnd reports whether a word may end at offset end of a text.
func isWordEnd(text []byte, end int) bool {
	if end == len(text) {
		return true
	}
	c := text[end]
	return !('a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9')
}

// shortestType is how many bytes a word has, at least, that is nearly a type.
const shortestType = len(directives.RoleName) - 2

// longestType is how many bytes a word may have, at most, that is nearly a type.
const longestType = len(directives.ConfigDefaultType) + 3*utf8.UTFMax

// mayBeSlip reports whether a word that a colon follows begins its line, perhaps behind
// dots, or stands behind a single bar.
func mayBeSlip(source []byte, from int) bool {
	line := source[bytes.LastIndexAny(source[:from], "\r\n")+1 : from]
	if line = bytes.TrimLeft(line, ".-*+ \t\ufeff"); len(line) > 0 && line[0] != '|' {
		return false
	}
	rest := source[from:min(from+longestSlip, len(source))]
	colon := bytes.IndexAny(rest, ":\r\n")
	return colon >= 0 && rest[colon] == ':'
}

// longestSlip is how many bytes of a line matter, at most, from the type of a directive on.
const longestSlip = 200
