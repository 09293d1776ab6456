package directives

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
)

// A judge decides which elements of a description may be passed on into the cell
// of a table: those whose meaning stays in the cell, that read no file and run
// nothing, and that docutils reads without a message, wherever the cell stands.
// It knows what is safe rather than what is not.
type judge struct{ source string }

// maxNesting is how deeply elements of a description may be nested; docutils and
// Sphinx give up at some depth, of which the page around needs its part.
const maxNesting = 12

// bodies are the elements that hold others. A list holds items; the others hold
// body elements, with a blank line between them.
var (
	lists  = []grammar.Kind{grammar.BulletList, grammar.EnumeratedList, grammar.DefinitionList, grammar.FieldList, grammar.OptionList, grammar.LineBlock}
	bodies = []grammar.Kind{grammar.ListItem, grammar.Definition, grammar.Field, grammar.OptionItem, grammar.BlockQuote, grammar.DirectiveBlock}
	leaves = []grammar.Kind{grammar.Paragraph, grammar.Attribution, grammar.Term, grammar.LineBlockLine, grammar.LiteralBlock, grammar.DoctestBlock, grammar.Caption}
)

// accepts reports whether an element, nested in so many others, may be passed on.
func (j judge) accepts(e *grammar.Element, depth int) bool {
	if e.Problematic() || depth > maxNesting || slices.ContainsFunc(e.Inlines(), isUnsafeInline) {
		return false
	}
	switch {
	case e.Kind == grammar.Term && isRule([]byte(e.Text[0].Value)):
		return false // docutils ends the list there
	case slices.Contains(leaves, e.Kind):
		return true
	case slices.Contains(lists, e.Kind):
		return j.acceptsAll(e.Children, depth+1)
	case slices.Contains(bodies, e.Kind):
		return (e.Directive == nil || acceptsDirective(e)) && j.acceptsBody(e) && j.acceptsAll(e.Children, depth+1)
	}
	return false
}

// acceptsAll reports whether all elements may be passed on.
func (j judge) acceptsAll(elements []*grammar.Element, depth int) bool {
	return !slices.ContainsFunc(elements, func(e *grammar.Element) bool { return !j.accepts(e, depth) })
}

// acceptsBody reports whether all that stands in a body is read as its children,
// with blank lines between them: docutils warns of what ends without one, and of
// what it does not understand.
func (j judge) acceptsBody(e *grammar.Element) bool {
	at, content := e.Span.Start, e.Children
	if len(content) == 0 {
		return j.isMark(e, e.Span.End)
	}
	for i, child := range content {
		gap := j.source[at:child.Span.Start]
		switch {
		case child.Kind == grammar.Caption:
		case i == 0 || content[i-1].Kind == grammar.Caption:
			if !j.isMark(e, child.Span.Start) {
				return false
			}
		case strings.TrimSpace(gap) != "" || strings.Count(gap, "\n") < 2:
			return false
		}
		if !j.isIntroduced(child, content[i+1:]) {
			return false
		}
		at = child.Span.End
	}
	if content[len(content)-1].Kind == grammar.Caption {
		return j.isMark(e, e.Span.End)
	}
	return strings.TrimSpace(j.source[at:e.Span.End]) == ""
}

// bodyMark matches what stands before the content of a body: the mark of a list
// item, what follows the name of a field, the options of an option list's item, or the
// head of a directive with the flags that follow its arguments, if it has any.
var bodyMark = map[grammar.Kind]func() *regexp.Regexp{
	grammar.ListItem:       lazyregexp.New(`^\S+\s*$`),
	grammar.Definition:     lazyregexp.New(`^\s*$`),
	grammar.BlockQuote:     lazyregexp.New(`^\s*$`),
	grammar.Field:          lazyregexp.New(`^:\s*$`), // after the name
	grammar.OptionItem:     lazyregexp.New(`^[-+/].*\s*$`),
	grammar.DirectiveBlock: lazyregexp.New(`^(?:\.\. +[a-zA-Z-]+::)? *(?:\n +:[a-z-]+:)*\s*$`),
}

// isMark reports whether what stands in a body up to offset end is its mark.
func (j judge) isMark(e *grammar.Element, end int) bool {
	start := e.Span.Start
	switch {
	case e.Kind == grammar.Field && len(e.Text) > 0:
		start = e.Text[len(e.Text)-1].End
	case e.Directive != nil && len(e.Directive.Arguments) > 0:
		start = e.Directive.Arguments[len(e.Directive.Arguments)-1].End
	}
	return bodyMark[e.Kind]().MatchString(j.source[start:end])
}

// isIntroduced reports whether an element that introduces a literal block is
// followed by one.
func (j judge) isIntroduced(e *grammar.Element, rest []*grammar.Element) bool {
	text, found := strings.CutSuffix(j.source[:e.Span.End], "::")
	if e.Kind != grammar.Paragraph || !found || (len(text)-len(strings.TrimRight(text, `\`)))%2 == 1 {
		return true
	}
	return len(rest) > 0 && rest[0].Kind == grammar.LiteralBlock
}

// A directiveRule is what a directive of a description needs to be passed on.
type directiveRule struct {
	content  bool                  // whether it must have content
	argument func() *regexp.Regexp // what its argument must be like; nil if anything will do
	options  []string              // flags that it may have
}

// language matches the languages of code blocks that every Pygments knows.
var language = lazyregexp.New(`^(?:bash|bat|c|cfg|console|cpp|css|csv|default|diff|docker|dockerfile|go|groovy|html|http|ini|java|javascript|jinja|js|json|kotlin|less|make|mysql|none|perl|php|postgresql|powershell|properties|pycon|python|python3|py|r|ruby|rst|rust|scala|sh|shell|shell-session|sql|text|toml|typescript|ts|xml|yaml|zsh)?$`)

// anything matches an argument that is there.
var anything = lazyregexp.New(`.`)

// className matches names of classes that docutils takes.
var className = lazyregexp.New(`^(?:[A-Za-z][A-Za-z0-9-]* *)*$`)

// safeDirectives are the directives that a description may hold: what they show
// is their own content. Tables are not among them, since Sphinx cannot write a
// table in the cell of another to every format.
var safeDirectives = map[string]directiveRule{
	"note": {content: true}, "tip": {content: true}, "hint": {content: true}, "important": {content: true},
	"warning": {content: true}, "caution": {content: true}, "attention": {content: true}, "danger": {content: true},
	"error": {content: true}, "seealso": {content: true}, "admonition": {content: true},
	"versionadded": {argument: anything}, "versionchanged": {argument: anything}, "deprecated": {argument: anything},
	"code-block": {content: true, argument: language, options: []string{"linenos", "force"}},
	"sourcecode": {content: true, argument: language, options: []string{"linenos", "force"}},
	"code":       {content: true, argument: language},
	"epigraph":   {content: true}, "highlights": {content: true}, "pull-quote": {content: true},
	"parsed-literal": {content: true}, "compound": {content: true}, "container": {content: true, argument: className},
}

// acceptsDirective reports whether a directive may be passed on; its content is
// judged by itself.
func acceptsDirective(e *grammar.Element) bool {
	d := e.Directive
	rule, known := safeDirectives[strings.ToLower(d.Type.Value)]
	if !known || d.Problem != nil || d.Substitution != nil {
		return false
	}
	hasContent := slices.ContainsFunc(e.Children, func(child *grammar.Element) bool { return child.Kind != grammar.Caption })
	if rule.content && !hasContent || rule.argument != nil && !rule.argument().MatchString(joinText(d.Arguments).Value) {
		return false
	}
	return !slices.ContainsFunc(d.Options, func(o grammar.Option) bool {
		return len(o.Value) > 0 || !slices.Contains(rule.options, o.Name.Value)
	})
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

// isRule reports whether text is one punctuation character, repeated: alone on a line
// it would adorn a title.
func isRule(text []byte) bool {
	c := rune(text[0])
	return c < utf8.RuneSelf && !unicode.IsLetter(c) && !unicode.IsDigit(c) && len(bytes.Trim(text, string(c))) == 0
}
