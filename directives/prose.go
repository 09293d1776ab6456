package directives

import (
	"bytes"
	"slices"
	"strings"

	"windsock/directives/catalog"
	"windsock/grammar"
	"windsock/render"
)

// label returns the description of a sensitive option as tables show it: the
// annotation's, else [section] name for core and the name in words for a
// provider's option, or the data's first sentence if the author asked for it.
func (c *call) label(o *catalog.Option) render.Cell {
	if note := c.Catalog.Annotations.Sensitive.Of(o.Reference); note != nil && note.Value.Description != "" {
		return render.Cell{render.Text(note.Value.Description)}
	}
	if _, ok := c.value("describe"); ok && strings.TrimSpace(o.Description) != "" {
		return c.firstSentence(o)
	}
	if o.Provider == "" {
		return render.Cell{render.Text(o.String())}
	}
	return render.Cell{render.Text(o.Words())}
}

// firstSentence returns the first sentence of the data's description, as RST if
// its first element is a paragraph.
func (c *call) firstSentence(o *catalog.Option) render.Cell {
	lines := c.description(o)
	for i, l := range lines {
		if l == "" {
			lines = lines[:i]
			break
		}
	}
	text := strings.Join(lines, " ")
	if end := sentenceEnd(text); end > 0 {
		text = text[:end]
	}
	return render.Wrap(text)
}

// sentenceEnd returns the length of the first sentence of RST text, in bytes, or
// 0 if it is but one. Full stops within literals, roles and links are none.
func sentenceEnd(text string) int {
	doc := (&grammar.Reader{}).ReadAll([]byte(text))
	for i := 0; i+1 < len(text); i++ {
		if strings.IndexByte(".!?", text[i]) < 0 || text[i+1] != ' ' {
			continue
		}
		if word := lastWord(text[:i]); word != "e.g" && word != "i.e" && word != "etc" && !insideInline(doc.Root, i) {
			return i + 1
		}
	}
	return 0
}

// lastWord returns what follows the last blank or bracket of s.
func lastWord(s string) string { return s[strings.LastIndexAny(s, " (")+1:] }

// insideInline reports whether the byte at offset belongs to inline markup.
func insideInline(root *grammar.Element, offset int) bool {
	for e := range root.All() {
		for _, in := range e.Inlines {
			if in.Span.Start <= offset && offset < in.Span.End {
				return true
			}
		}
	}
	return false
}

// lineEnds makes the line ends of a description those that docutils sees: it ends
// a line where Python's str.splitlines does, and what stood behind would leave
// the margin.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x1c", "\n", "\x1d", "\n", "\x1e", "\n",
	"\u0085", "\n", "\u2028", "\n", "\u2029", "\n", "\v", " ", "\f", " ")

// description returns the data's description of an option. It is RST by Airflow's
// convention and passed on; elements that would read files, run code or leak out
// of a table cell are shown as text, with a warning.
func (c *call) description(o *catalog.Option) render.Cell {
	source := []byte(strings.TrimSpace(lineEnds.Replace(o.Description)))
	if len(source) == 0 {
		return nil
	}
	doc := (&grammar.Reader{LiteralDirectives: c.LiteralDirectives}).ReadAll(source)
	var b render.Block
	safe := true
	for _, e := range doc.Root.Children {
		lines := strings.Split(string(anonymous(e, source)), "\n")
		long := slices.ContainsFunc(lines, isLong)
		if !isSafe(e) || long && e.Kind != grammar.Paragraph {
			safe = false
			lines = render.Wrap(render.Text(strings.Join(lines, " ")))
		} else if long {
			lines = render.Wrap(strings.Join(lines, " "))
		}
		for i, l := range lines {
			lines[i] = strings.TrimRight(l, " \t")
		}
		b.Add(lines...)
	}
	if !safe {
		c.unsafe(o, "the description of %s holds markup that does not fit into a table cell or would read files or run code; it is shown as text", o)
	}
	return b.Lines()
}

// isLong reports whether docutils may find a line too long.
func isLong(line string) bool { return len(line) > render.MaxLine/2 }

// anonymous returns the source of an element in which each link with its address
// is anonymous: a named one would make a target that the whole page shares.
func anonymous(e *grammar.Element, source []byte) []byte {
	var edits []render.Edit
	for child := range e.All() {
		for _, in := range child.Inlines {
			if in.Kind == grammar.PhraseReference && isNamed(in, source) && strings.HasSuffix(in.Text.Value, ">") {
				edits = append(edits, render.Edit{Start: in.Span.End - e.Span.Start, End: in.Span.End - e.Span.Start, New: []byte("_")})
			}
		}
	}
	out, err := render.Splice(e.Span.Of(source), edits)
	if err != nil {
		return e.Span.Of(source)
	}
	return out
}

// isNamed reports whether a reference is to be found by its text.
func isNamed(in grammar.Inline, source []byte) bool {
	return !bytes.HasSuffix(in.Span.Of(source), []byte("__"))
}

// safeDirectives are the directives that a description may hold: what they show
// is their own content.
var safeDirectives = []string{
	"note", "tip", "hint", "warning", "caution", "attention", "danger", "error", "important", "admonition", "seealso",
	"versionadded", "versionchanged", "deprecated", "code-block", "code", "sourcecode", "parsed-literal",
	"list-table", "epigraph", "highlights", "pull-quote", "line-block", "container", "compound", "centered",
}

// leaking are the elements whose meaning is not confined to where they stand.
var leaking = []grammar.Kind{
	grammar.Section, grammar.Title, grammar.Transition, grammar.Footnote, grammar.Citation,
	grammar.Target, grammar.Substitution, grammar.Unread, grammar.CommentBlock,
}

// isSafe reports whether an element of a description may be passed on.
func isSafe(e *grammar.Element) bool {
	for child := range e.All() {
		if slices.Contains(leaking, child.Kind) || leaks(child) {
			return false
		}
		if d := child.Directive; d != nil {
			if !slices.Contains(safeDirectives, strings.ToLower(d.Type.Value)) || slices.ContainsFunc(d.Options, isName) {
				return false
			}
		}
	}
	return true
}

// isName reports whether an option gives its directive a name, which the whole
// page would share.
func isName(o grammar.Option) bool { return strings.EqualFold(o.Name.Value, "name") }

// leaks reports whether inline markup of an element has an effect beyond it, or
// needs something that stands elsewhere: targets and references to them,
// footnotes, citations, substitutions, and roles that pass raw output.
func leaks(e *grammar.Element) bool {
	return slices.ContainsFunc(e.Inlines, func(in grammar.Inline) bool {
		switch in.Kind {
		case grammar.NameReference, grammar.FootnoteReference, grammar.SubstitutionUse, grammar.InlineTarget:
			return true
		case grammar.PhraseReference:
			return !strings.HasSuffix(in.Text.Value, ">") // one with its address needs nothing
		case grammar.Role:
			return strings.EqualFold(in.Name.Value, "raw") || strings.EqualFold(in.Name.Value, "download")
		}
		return false
	})
}
