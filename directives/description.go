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

// description returns the data's description of an option, wrapped for the cell of a table.
func (c *Call) description(o *catalog.Option) render.Cell {
	text := c.described(o)
	if text == "" {
		return nil
	}
	return strings.Split(c.wrap(text), "\n")
}

// described returns the data's description of an option as RST, before it is wrapped; ""
// if there is none. It is RST by Airflow's convention and passed on if all of it is safe in a
// cell; any other is shown as text, with a warning.
func (c *Call) described(o *catalog.Option) string {
	source := normalDescription(o.Description)
	if source == "" {
		return ""
	}
	if isShowable(source) {
		if root := c.read(source); isSafe(source, root, 0) {
			return anonymous(source, root)
		}
	}
	c.unsafe(o, "the description of %s holds markup that does not fit into a table cell or would read files or run code; it is shown as text", o)
	return asText(source)
}

// read reads RST that the data or windsock wrote.
func (c *Call) read(source string) *grammar.Element {
	return (&grammar.Reader{LiteralDirectives: c.LiteralDirectives}).Read([]byte(source)).Root
}

// spaces makes the line ends of a description those that docutils sees, since it ends a line
// where Python's str.splitlines does, and blanks of all other white space.
var spaces = strings.NewReplacer("\x1c", "\n", "\x1d", "\n", "\x1e", "\n", "\u0085", "\n", "\u2028", "\n",
	"\u2029", "\n", "\v", " ", "\f", " ", "\t", "        ")

// normalDescription returns a description with line feeds alone at line ends, and without a
// common margin, trailing blanks, or blank lines at its ends. Its first line is not indented,
// since it sets the margin of its cell.
func normalDescription(s string) string {
	return strings.TrimSpace(strings.Join(Dedent(spaces.Replace(s)), "\n"))
}

// Dedent returns the lines of a text without the blanks that all of them begin with, and
// without trailing blanks.
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

// isShowable reports whether docutils and windsock see the same characters in each
// line, its margin is of blanks, and it is not longer than docutils reads, with room for the
// margin of its cell.
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

// asText writes RST as text, a paragraph for each of its paragraphs.
func asText(source string) string {
	var b render.Block
	for paragraph := range strings.SplitSeq(source, "\n\n") {
		lines, _ := render.Text(strings.Join(strings.Fields(paragraph), " "))
		b.Add(lines...)
	}
	return strings.Join(b.Lines(), "\n")
}

// maxNesting is how deeply elements of a description may be nested; docutils and
// Sphinx give up at some depth, of which the page around needs its part.
const maxNesting = 12

// isSafe reports whether an element of a description, nested in so many others, may be passed
// on into a cell: its meaning stays in the cell, it reads no file and runs nothing, and
// docutils reads it without a message. What is not known to be safe is not.
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

// safeHeads match what stands before the first child of an element that may be passed on. Of
// the directives these are admonitions, and code in languages that every Pygments knows; tables
// are not among them, since Sphinx cannot write a table in the cell of another to every format.
var safeHeads = map[grammar.Kind]func() *regexp.Regexp{
	grammar.Root:     lazyregexp.New(`^$`),
	grammar.ListItem: lazyregexp.New(`^\S+\s+$`),
	grammar.DirectiveBlock: lazyregexp.New(`^\.\. (?:` +
		`(?:note|tip|hint|important|warning|caution|attention|danger|error|seealso)::\s+` +
		`|(?:code|code-block|sourcecode)::(?: (?:bash|c|cfg|console|cpp|css|csv|diff|docker|dockerfile|go|html|http|ini` +
		`|java|javascript|jinja|js|json|kotlin|make|none|perl|php|powershell|properties|pycon|python|python3|py|r|ruby` +
		`|rst|rust|scala|sh|shell|sql|text|toml|typescript|xml|yaml))?\n\n\s*)$`),
}

// isSafeBody reports whether all text in an element, but for a safe head, is that of its
// children, with blank lines between these: docutils warns of what ends without one, and of
// what it cannot read.
func isSafeBody(source string, e *grammar.Element) bool {
	at, introduced := e.Span.Start, false
	for i, child := range e.Children {
		if child.Span.Start < at {
			return false // the lines of a broken table are also read as something else
		}
		gap := source[at:child.Span.Start]
		if before, found := strings.CutSuffix(strings.TrimRight(gap, " \n"), "::"); found && child.Kind == grammar.LiteralBlock && !child.Content {
			gap, introduced = before, true
		}
		switch {
		case i == 0 && !safeHeads[e.Kind]().MatchString(gap), introduced != (child.Kind == grammar.LiteralBlock) && !child.Content:
			return false
		case i > 0 && (strings.TrimSpace(gap) != "" || strings.Count(gap, "\n") < 2):
			return false
		}
		at, introduced = child.Span.End, child.Kind == grammar.Paragraph && strings.HasSuffix(source[:child.Span.End], "::")
	}
	return len(e.Children) > 0 && !introduced && strings.TrimSpace(source[at:e.Span.End]) == ""
}

// safeRoles are the roles of docutils and Sphinx that show their text, or refer
// to something by a name that only they use.
var safeRoles = strings.Fields(`emphasis strong literal code subscript sub superscript sup title-reference title t
	abbr any attr class command const data dfn doc envvar exc file func guilabel kbd keyword mailheader makevar manpage
	menuselection meth mimetype mod newsgroup numref obj option program ref regexp samp term token`)

// safeDomain matches the roles of Sphinx's domains.
var safeDomain = lazyregexp.New(`^(?:std|py|c|cpp|js|rst):(?:[a-z]+)$`)

// isUnsafeInline reports whether inline markup has an effect beyond where it
// stands, or needs something that stands elsewhere: targets and references to
// them, footnotes, citations, substitutions, and roles that are not known to be
// safe.
func isUnsafeInline(in grammar.Inline) bool {
	switch in.Kind {
	case grammar.Literal, grammar.Emphasis, grammar.StrongEmphasis:
		return false
	case grammar.PhraseReference:
		return !embeddedAddress().MatchString(in.Text.Value)
	case grammar.Role:
		name := strings.ToLower(in.Name.Value)
		return name != "" && !slices.Contains(safeRoles, name) && !safeDomain().MatchString(name)
	}
	return true
}

// embeddedAddress matches the text of a link that holds its address, which is one
// of the web or of mail, and no name of a target.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#embedded-uris-and-aliases
var embeddedAddress = lazyregexp.New(`(?:^|[^\\] )<(?:(?i:https?|ftp)://|mailto:)[^<>\s\\` + "`" + `]*[^<>\s\\` + "`" + `_]>$`)

// anonymous returns RST in which each link with its address is anonymous: a named one would
// make a target that the whole page shares.
func anonymous(source string, root *grammar.Element) string {
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

// unsafe warns that something of an option is shown otherwise than the data has
// it.
func (c *Call) unsafe(o *catalog.Option, format string, args ...any) {
	c.ReportData(AtDeclaration(o, finding.Finding{
		Rule: finding.UnsafeDescription, Severity: finding.Warning, Message: fmt.Sprintf(format, args...),
	}))
}

// AtDeclaration places a finding at the declaration of an option.
func AtDeclaration(o *catalog.Option, d finding.Finding) finding.Located {
	at := grammar.Position{Line: o.Declared.Line, Column: 1}
	return finding.Located{Finding: d, Path: o.Declared.Path, Start: at, End: at, Text: o.Name}
}
