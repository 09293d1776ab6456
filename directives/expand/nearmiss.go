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

// nearMisses reports misspelt directives and misspelt silencing comments.
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

// silenceTrigger is the trigger of silencing comments and their near misses.
var silenceTrigger = directives.Trigger{Text: "windsock", AnyCase: true, Fits: func(page *directives.RawPage, _, to int) bool {
	rest := bytes.TrimLeft(page.Source[to:], " \t:")
	return len(rest) >= len("ignore") && bytes.EqualFold(rest[:len("ignore")], []byte("ignore"))
}}

var silenceGate = directives.NewGate(silenceTrigger)

// silencePattern matches the beginning of a misspelt silencing comment, which docutils reads as
// a comment or as text.
var silencePattern = lazyregexp.New(`(?i)^(\.*)[ \t]*(windsock[ \t]*:*[ \t]*(ignore(?:-file)?))[ \t]*[\[({]`)

// silenceSlips reports comments and lines of text that look like silencing comments, but that
// the grammar rejects.
func (p *pageExpansion) silenceSlips(doc *grammar.Document) {
	for e := range doc.Root.All() {
		isText := e.Kind == grammar.Paragraph
		if !isText && (e.Kind != grammar.CommentBlock || e.Comment != nil && e.Comment.ForWindsock) {
			continue
		}
		for _, line := range e.Text {
			m := silencePattern().FindStringSubmatchIndex(line.Value)
			if m == nil || !isText && m[2] < m[3] || p.isReported(e.Span) {
				continue
			}
			var alignment grammar.Alignment
			word := strings.ToLower(line.Value[m[6]:m[7]])
			p.nearMiss(alignment.Part(doc.Source, line, m[4], m[5]).Span, "this silences nothing", "write \".. windsock: "+word+"[rule]\"")
		}
	}
}

// nearMiss reports a near miss.
func (p *pageExpansion) nearMiss(span grammar.Span, message, help string) {
	p.report(finding.Finding{Span: span, Rule: finding.NearMiss, Severity: finding.Error, Message: message, Help: help})
}

// isReported reports whether there is a finding within a span.
func (p *pageExpansion) isReported(s grammar.Span) bool {
	return slices.ContainsFunc(p.result.Findings, func(f finding.Finding) bool { return s.Contains(f.Span) })
}

// nearMissDirective reports a directive whose type is nearly one of windsock's. Other types that
// begin with "airflow-" are Airflow's own.
func (p *pageExpansion) nearMissDirective(d *grammar.Directive) {
	if near := nearType(d.Type.Value); near != "" {
		f := nearDirective(d.Type, near, grammar.Join(d.Arguments).Value, fmt.Sprintf("there is no directive %q", d.Type.Value))
		f.Certain = isSlip(d.Type.Value, near) && d.Fits(p.page.Source, d.Type.Span, near)
		p.report(f)
	}
}

// isSlip reports whether a name is certainly a misspelling: it differs from the name that was
// meant by at most one slip and by how its words are joined.
func isSlip(name, meant string) bool {
	name = typeSpelling.Replace(strings.ToLower(name))
	return name == meant || catalog.OneSlip(name, meant)
}

// slip reports a comment or text that was meant as a directive: docutils drops the comment in
// silence, and shows the text. Its suggestion is never certain, since an author can have
// disabled the directive on purpose.
func (p *pageExpansion) slip(s *grammar.Slip) {
	near := nearType(s.Name)
	argument, _, _ := strings.Cut(string(p.page.Source[s.Head.End:min(s.Head.End+maxSlip, len(p.page.Source))]), "\n")
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
		read = "this substitution is empty"
	}
	if !s.Form.IsText() && argument != "" && !grammar.IsSpace(rune(argument[0])) {
		suggestion += " "
	}
	f := nearDirective(s.Head, near, argument, read+"; "+slipProblems[s.Form])
	f.Suggestion = suggestion
	p.report(f)
}

// slipProblems are the messages for the forms of slips.
var slipProblems = map[grammar.SlipForm]string{
	grammar.NoColons:         "a directive has two colons",
	grammar.WrongColons:      "a directive has two colons",
	grammar.NoBlankBehind:    "a blank follows the two colons of a directive",
	grammar.BlankBefore:      "there must be no blank before the two colons",
	grammar.SeveralWords:     "the type of a directive is one word",
	grammar.BelowDots:        "the type of a directive must be on the line of its two dots",
	grammar.NoBar:            "a bar ends the name of a substitution",
	grammar.NoDots:           "a directive begins with two dots and a blank",
	grammar.OneDot:           "a directive begins with two dots",
	grammar.NoBlankAfterDots: "a blank follows the two dots of a directive",
}

// isArgument reports whether the text after the first word of a comment is the argument of a
// directive or its options, and not prose.
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

// isNear reports whether a name was probably meant as the type of a directive of windsock's.
func isNear(name string) bool { return strings.HasPrefix(name, "airflow") && nearType(name) != "" }

// keepHelp is the help for authors who meant what they wrote.
const keepHelp = "to keep it as it is, write \".. windsock: ignore[near-miss]\" above it"

// nearDirective returns the finding about a word that was meant as the directive type near. The
// argument behind it can name an option.
func nearDirective(word grammar.Text, near, argument, message string) finding.Finding {
	option, _ := catalog.ParseReference(argument)
	return finding.Finding{
		About: finding.Option(option),
		Span:  word.Span, Rule: finding.NearMiss, Severity: finding.Error,
		Message:    fmt.Sprintf("%s; did you mean \".. %s::\"?", message, near),
		Suggestion: near, Help: keepHelp,
	}
}

// typeSpelling replaces the separators between the words of a name by hyphens.
var typeSpelling = strings.NewReplacer("_", "-", " ", "-", "\t", "-")

// nearType returns the directive type that a name was probably meant as; "" if there is none.
func nearType(name string) string {
	name = typeSpelling.Replace(strings.ToLower(name))
	if name == directives.RoleName {
		return directives.ConfigDefaultType
	}
	near, _ := catalog.Nearest(name, directives.Types())
	return near
}

// nearMissRole reports a role whose name is nearly that of windsock's role, and text in
// backquotes with a detached name.
func (s *roleScan) nearMissRole(in grammar.Inline) {
	name, certain := in.Name, isSlip(in.Name.Value, directives.RoleName)
	what, instead, suggestion := fmt.Sprintf("there is no role %q", name.Value), ":"+directives.RoleName+":", directives.RoleName
	if name.Len() == 0 {
		if name, certain = s.detachedName(in), false; name.Len() == 0 {
			return
		}
		what, instead, suggestion = "this is not a role, and Sphinx shows it as text", instead+"`"+in.Text.Value+"`", ""
	}
	value := typeSpelling.Replace(strings.ToLower(name.Value))
	if _, near := catalog.Nearest(value, []string{directives.RoleName}); !near && value != directives.ConfigDefaultType {
		return
	}
	option, _ := catalog.ParseReference(in.Text.Value)
	s.reportRole(finding.Finding{
		Span: name.Span, Rule: finding.NearMiss, Severity: finding.Error, About: finding.Option(option),
		Message:    what + "; did you mean " + instead + "?",
		Suggestion: suggestion, Certain: certain, Help: keepHelp,
	})
}

// nameBeforePattern and nameAfterPattern match a detached name before and after backquotes.
var (
	nameBeforePattern = lazyregexp.New("(?i)(?:^|[^\\w\\\\:`-])(:[\\w-]+:[ \t]*\\n?[ \t]*|[\\w-]+:)$")
	nameAfterPattern  = lazyregexp.New("(?i)^[ \t]+(:[\\w-]+:)(?:[^`\\w]|$)")
)

// detachedName returns the name beside text in backquotes that was meant as the name of a role,
// without colons: ":name: `text`", "name:`text`", ":name:“text“", "`text` :name:".
func (s *roleScan) detachedName(in grammar.Inline) grammar.Text {
	first := max(in.Span.Start-maxSlip, 0)
	before := s.source[first:in.Span.Start]
	var at []int
	if bytes.HasSuffix(bytes.TrimRight(before, " \t\n"), []byte(":")) {
		at = nameBeforePattern().FindSubmatchIndex(before)
	}
	if at == nil && in.Kind == grammar.Role {
		first = in.Span.End
		at = nameAfterPattern().FindSubmatchIndex(s.source[first:min(first+maxSlip, len(s.source))])
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

// mayBeType reports whether the word at an offset of a page can be the type of a directive or
// a near miss of it. Such a word follows two dots, or two dots and the name of a substitution, or
// begins a line. In a cell the dots can be in the line above.
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

// beginsWithType reports whether a text begins with the type of a directive of windsock's or a
// near miss of it.
func beginsWithType(text []byte) bool {
	text = text[:min(len(text), maxType+1)]
	for end := minType; end <= min(len(text), maxType); end++ {
		if isWordEnd(text, end) && nearType(string(text[:end])) != "" {
			return true
		}
	}
	return false
}

// isWordEnd reports whether a word can end at offset end of a text.
func isWordEnd(text []byte, end int) bool {
	if end == len(text) {
		return true
	}
	c := text[end]
	return !('a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9')
}

// minType and maxType are the sizes, in bytes, of the shortest and the longest near miss of a
// type.
const (
	minType = len(directives.RoleName) - 2
	maxType = len(directives.ConfigDefaultType) + 3*utf8.UTFMax
)

// mayBeSlip reports whether a colon follows on the line of a word, and only dots and bullets, or
// a bar, precede the word.
func mayBeSlip(source []byte, from int) bool {
	line := source[:from]
	if at := bytes.LastIndexAny(line, grammar.LineBreaks); at >= 0 {
		_, n := utf8.DecodeRune(line[at:])
		line = line[at+n:]
	}
	isMark := func(r rune) bool { return grammar.IsSpace(r) || strings.ContainsRune(".-*+\ufeff", r) }
	if line = bytes.TrimLeftFunc(line, isMark); len(line) > 0 && line[0] != '|' {
		return false
	}
	rest := source[from:min(from+maxSlip, len(source))]
	colon := bytes.IndexAny(rest, ":\r\n")
	return colon >= 0 && rest[colon] == ':'
}

// maxSlip is the number of bytes that are searched, from the type of a directive on or around
// the text of a role.
const maxSlip = 200
