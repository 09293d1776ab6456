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
	"windsock/grammar"
)

// nearMisses reports what was meant for windsock and is almost that: directives,
// text, and comments that silence.
func (p *pageExpansion) nearMisses(doc *grammar.Document) {
	for _, n := range doc.Nodes {
		switch {
		case n.Directive != nil && directives.Define(n.Directive.Type.Value) == nil:
			p.nearMissDirective(n.Directive)
		case n.Slip != nil:
			p.slip(n.Slip)
		case n.Comment != nil && n.Comment.Problem != nil && n.Comment.Directive == nil && n.Comment.End == nil:
			p.report(finding.Finding{
				Span: n.Comment.Problem.Span, Rule: finding.NearMiss, Severity: finding.Error,
				Message: n.Comment.Problem.Message, Help: n.Comment.Problem.Help,
			})
		}
	}
}

// nearMissDirective reports a directive that is almost one of windsock's: Sphinx
// has directives of its own whose types begin with "airflow-".
func (p *pageExpansion) nearMissDirective(d *grammar.Directive) {
	if near := nearType(d.Type.Value); near != "" {
		finding := nearMiss(d.Type, near, grammar.Join(d.Arguments).Value, fmt.Sprintf("there is no directive %q", d.Type.Value))
		finding.Certain = isSlip(d.Type.Value, near) && d.Fits(p.page.Source, d.Type.Span, near)
		p.report(finding)
	}
}

// isSlip reports whether a name is certainly meant to be another: but for one slip,
// and for hyphens written as underscores, it is. What docutils takes for a comment or
// for text is never certain: an author may have put it out of use so.
func isSlip(name, meant string) bool {
	name = strings.ReplaceAll(strings.ToLower(name), "_", "-")
	return name == meant || catalog.OneSlip(name, meant)
}

// slip reports what was almost a directive of windsock's: docutils drops a comment
// without a word, and shows text as it is.
func (p *pageExpansion) slip(s *grammar.Slip) {
	near := nearType(s.Name)
	argument, _, _ := strings.Cut(string(p.page.Source[s.Head.End:min(s.Head.End+longestSlip, len(p.page.Source))]), "\n")
	switch {
	case s.Form == grammar.SilenceNoColon:
		p.report(finding.Finding{
			Span: s.Head.Span, Rule: finding.NearMiss, Severity: finding.Error,
			Message: "this comment silences nothing; a colon follows windsock",
			Help:    "write \"windsock: " + s.Name + "[rule]\"",
		})
	case s.Form == grammar.InParagraph:
		p.report(finding.Finding{
			Span: s.Head.Span, Rule: finding.NearMiss, Severity: finding.Error,
			Message: "this is text of the paragraph above it, which Sphinx shows",
			Help:    "put a blank line above it",
		})
	case s.Form.IsText():
		f := nearMiss(s.Head, near, argument, "this is text; "+slipProblems[s.Form])
		f.Suggestion = ".. " + near + "::"
		p.report(f)
	case s.Form != grammar.NoColons || p.isArgument(near, s):
		what := "this is a comment, which Sphinx drops; "
		if s.Text == nil {
			what = "this substitution holds nothing; "
		}
		f := nearMiss(s.Head, near, argument, what+slipProblems[s.Form])
		f.Suggestion = near + "::"
		if argument != "" && !grammar.IsSpace(rune(argument[0])) {
			f.Suggestion += " "
		}
		p.report(f)
	}
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
// argument of the directive of that type, or its options: prose is neither.
func (p *pageExpansion) isArgument(near string, s *grammar.Slip) bool {
	_, argument, _ := strings.Cut(s.Text[0].Value, " ")
	if argument == "" {
		return len(s.Text) > 1 && strings.HasPrefix(strings.TrimSpace(s.Text[1].Value), ":")
	}
	if near == directives.ConfigDefaultType {
		_, err := grammar.ParseReference(argument)
		return err == nil
	}
	for _, w := range strings.FieldsFunc(argument, func(r rune) bool { return r == ' ' || r == ',' }) {
		if !slices.Contains([]string{"core", "providers", "all", "self"}, strings.ToLower(w)) && p.Catalog.ProviderByName(w) == nil {
			return false
		}
	}
	return true
}

// isNear reports whether a name may be meant as the type of a directive of windsock's.
func isNear(name string) bool { return strings.HasPrefix(name, "airflow") && nearType(name) != "" }

// nearMiss makes the finding for a word that was meant to be a directive's type, or
// for that with its colons, before an argument.
func nearMiss(word grammar.Text, near, argument, message string) finding.Finding {
	option, _ := catalog.ParseReference(argument)
	return finding.Finding{
		About: finding.Option(option),
		Span:  word.Span, Rule: finding.NearMiss, Severity: finding.Error,
		Message:    fmt.Sprintf("%s; did you mean \".. %s::\"?", message, near),
		Suggestion: near,
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

// nearMissRole reports a role that is almost windsock's.
func (s *roleScan) nearMissRole(in grammar.Inline) {
	name := strings.ReplaceAll(strings.ToLower(in.Name.Value), "_", "-")
	if _, near := catalog.Nearest(name, []string{directives.RoleName}); !near && name != directives.ConfigDefaultType {
		return
	}
	s.fitting(finding.Finding{
		Span: in.Name.Span, Rule: finding.NearMiss, Severity: finding.Error,
		Message:    fmt.Sprintf("there is no role %q; did you mean :%s:?", in.Name.Value, directives.RoleName),
		Suggestion: directives.RoleName, Certain: isSlip(in.Name.Value, directives.RoleName),
	})
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
	isFirst := bytes.HasSuffix(before, []byte("..")) || mayBeSlip(page.Source, from) || beginsCell && page.MayHoldTable()
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
