package directives

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
	"windsock/render"
)

// description returns the data's description of an option, wrapped for a table cell.
func (c *Call) description(o *catalog.Option) render.Cell {
	text := c.descriptionRST(o)
	if text == "" {
		return nil
	}
	return strings.Split(c.wrap(text), "\n")
}

// descriptionRST returns the data's description of an option as RST, "" if there is none. By
// Airflow's convention, descriptions are RST. One that is not safe in a table cell is shown as
// text, with a warning.
func (c *Call) descriptionRST(o *catalog.Option) string {
	source := normalizeDescription(o.Description)
	if source == "" {
		return ""
	}
	if isShowable(source) {
		if root := c.read(source); isSafe(source, root, 0) {
			return anonymizeLinks(source, root)
		}
	}
	c.warnUnsafe(o, "the description of %s contains markup that does not fit into a table cell or would read files or run code; it is shown as text", o)
	return asText(source)
}

// read parses RST that the data contains or windsock wrote.
func (c *Call) read(source string) *grammar.Element {
	return (&grammar.Reader{LiteralDirectives: c.LiteralDirectives}).Read([]byte(source)).Root
}

// spaceReplacer replaces the line ends of Python's str.splitlines, which docutils uses, by line
// feeds, and other white space by blanks.
var spaceReplacer = strings.NewReplacer("\x1c", "\n", "\x1d", "\n", "\x1e", "\n", "\u0085", "\n", "\u2028", "\n",
	"\u2029", "\n", "\v", " ", "\f", " ", "\t", "        ")

// normalizeDescription removes the common margin of a description, trailing blanks, and blank
// lines at both ends. It removes all indentation of the first line, which sets the margin of a
// table cell, and ends lines in line feeds.
func normalizeDescription(s string) string {
	return strings.TrimSpace(strings.Join(Dedent(spaceReplacer.Replace(s)), "\n"))
}

// Dedent returns the lines of a text without their common indentation and without trailing
// blanks.
func Dedent(text string) []string {
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")
	margin := len(text)
	for i, l := range lines {
		if lines[i] = strings.TrimRight(l, " "); lines[i] != "" {
			margin = min(margin, len(l)-len(strings.TrimLeft(l, " ")))
		}
	}
	for i, l := range lines {
		lines[i] = l[min(margin, len(l)):]
	}
	return lines
}

// isShowable reports whether RST can represent all characters of source, all white space at the
// ends of lines is blanks, and no line is too long for docutils, with room for the cell's margin.
func isShowable(source string) bool {
	for line := range strings.SplitSeq(source, "\n") {
		_, exact := render.Visible(line)
		rest := strings.TrimLeft(line, " ")
		if !exact || strings.TrimSpace(rest) != rest || utf8.RuneCountInString(line) > render.MaxLine*9/10 {
			return false
		}
	}
	return true
}

// asText escapes RST so that it is shown as text, each paragraph as one.
func asText(source string) string {
	var b render.Block
	for paragraph := range strings.SplitSeq(source, "\n\n") {
		lines, _ := render.Text(strings.Join(strings.Fields(paragraph), " "))
		b.Add(lines...)
	}
	return strings.Join(b.Lines(), "\n")
}

// maxNesting is the maximum depth of nested elements in a description. docutils and Sphinx have
// a limit, which the page around the description counts towards.
const maxNesting = 12

// isSafe reports whether an element of a description, at a depth of nesting, is known to be safe
// in a table cell: it affects nothing outside the cell, reads no files and runs no code, and
// docutils accepts it without a message.
func isSafe(source string, e *grammar.Element, depth int) bool {
	if e.Problematic || depth > maxNesting || slices.ContainsFunc(e.Inlines, isUnsafeInline) {
		return false
	}
	switch e.Kind {
	case grammar.Paragraph, grammar.LiteralBlock:
		return true
	case grammar.Root, grammar.ListItem, grammar.DirectiveBlock:
		if !isSafeBody(source, e) {
			return false
		}
	case grammar.BulletList, grammar.EnumeratedList:
	default:
		return false
	}
	return !slices.ContainsFunc(e.Children, func(child *grammar.Element) bool { return !isSafe(source, child, depth+1) })
}

// safePrefixPatterns match the text before the first child of a safe element. The safe directives
// are admonitions, and code blocks in languages that every Pygments knows. Tables are not safe,
// since some of Sphinx's output formats do not support a table in a table cell.
var safePrefixPatterns = map[grammar.Kind]func() *regexp.Regexp{
	grammar.Root:     lazyregexp.New(`^$`),
	grammar.ListItem: lazyregexp.New(`^\S+\s+$`),
	grammar.DirectiveBlock: lazyregexp.New(`^\.\. (?:` +
		`(?:note|tip|hint|important|warning|caution|attention|danger|error|seealso)::\s+` +
		`|(?:code|code-block|sourcecode)::(?: (?:bash|c|cfg|console|cpp|css|csv|diff|docker|dockerfile|go|html|http|ini` +
		`|java|javascript|jinja|js|json|kotlin|make|none|perl|php|powershell|properties|pycon|python|python3|py|r|ruby` +
		`|rst|rust|scala|sh|shell|sql|text|toml|typescript|xml|yaml))?\n\n\s*)$`),
}

// isSafeBody reports whether an element consists of a safe prefix and of children separated by
// blank lines. docutils warns if the blank lines are missing, and other text between the children
// is markup that it cannot parse.
func isSafeBody(source string, e *grammar.Element) bool {
	at, introduced := e.Span.Start, false
	for i, child := range e.Children {
		if child.Span.Start < at {
			return false // the lines of a malformed table belong to two elements
		}
		gap := source[at:child.Span.Start]
		if before, found := strings.CutSuffix(strings.TrimRight(gap, " \n"), "::"); found && child.Kind == grammar.LiteralBlock && !child.Content {
			gap, introduced = before, true
		}
		switch {
		case i == 0 && !safePrefixPatterns[e.Kind]().MatchString(gap), introduced != (child.Kind == grammar.LiteralBlock) && !child.Content:
			return false
		case i > 0 && (strings.TrimSpace(gap) != "" || strings.Count(gap, "\n") < 2):
			return false
		}
		at, introduced = child.Span.End, child.Kind == grammar.Paragraph && strings.HasSuffix(source[:child.Span.End], "::")
	}
	return len(e.Children) > 0 && !introduced && strings.TrimSpace(source[at:e.Span.End]) == ""
}

// safeRoles lists the roles of docutils and Sphinx that only format their text or make a
// cross-reference.
var safeRoles = strings.Fields(`emphasis strong literal code subscript sub superscript sup title-reference title t
	abbr any attr class command const data dfn doc envvar exc file func guilabel kbd keyword mailheader makevar manpage
	menuselection meth mimetype mod newsgroup numref obj option program ref regexp samp term token`)

// safeDomainPattern matches the roles of Sphinx's domains.
var safeDomainPattern = lazyregexp.New(`^(?:std|py|c|cpp|js|rst):(?:[a-z]+)$`)

// isUnsafeInline reports whether inline markup affects other parts of the page or depends on
// them: targets and references to them, footnotes, citations, substitutions, and roles that are
// not known to be safe.
func isUnsafeInline(in grammar.Inline) bool {
	switch in.Kind {
	case grammar.Literal, grammar.Emphasis, grammar.StrongEmphasis:
		return false
	case grammar.PhraseReference:
		return !embeddedURIPattern().MatchString(in.Text.Value)
	case grammar.Role:
		name := strings.ToLower(in.Name.Value)
		return name != "" && !slices.Contains(safeRoles, name) && !safeDomainPattern().MatchString(name)
	}
	return true
}

// embeddedURIPattern matches the text of a link with an embedded URI of the web or of mail. An
// embedded alias does not match.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#embedded-uris-and-aliases
var embeddedURIPattern = lazyregexp.New(`(?:^|[^\\] )<(?:(?i:https?|ftp)://|mailto:)[^<>\s\\` + "`" + `]*[^<>\s\\` + "`" + `_]>$`)

// anonymizeLinks makes every link with an embedded URI anonymous. A named link would define a
// target for the whole page.
func anonymizeLinks(source string, root *grammar.Element) string {
	var edits []render.Edit
	for e := range root.All() {
		for _, in := range e.Inlines {
			if end := in.Span.End; in.Kind == grammar.PhraseReference && !strings.HasSuffix(source[:end], "__") {
				edits = append(edits, render.Edit{Start: end, End: end, New: []byte("_")})
			}
		}
	}
	out, err := render.Splice([]byte(source), edits)
	if err != nil {
		return source
	}
	return string(out)
}

// warnUnsafe warns, at the declaration of an option, that the page does not show the data as it
// is.
func (c *Call) warnUnsafe(o *catalog.Option, format string, args ...any) {
	c.ReportData(AtDeclaration(o, finding.Finding{
		Rule: finding.UnsafeDescription, Severity: finding.Warning, Message: fmt.Sprintf(format, args...),
	}))
}

// AtDeclaration locates a finding at the declaration of an option.
func AtDeclaration(o *catalog.Option, f finding.Finding) finding.Located {
	position := grammar.Position{Line: o.Declared.Line, Column: 1}
	return finding.Located{Finding: f, Path: o.Declared.Path, Start: position, End: position, Text: o.Name}
}
