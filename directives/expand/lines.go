package expand

import (
	"strings"
	"unicode"

	"windsock/directives"
	"windsock/directives/internal/lazyregexp"
	"windsock/render"
)

// boundRegion is what made the lines of a region with comments of a project's own.
const boundRegion = "a managed region"

// Lines returns the map of the lines of Output to those of source, the page that was
// expanded. The lines of an expansion come from the line of its directive, but for those that
// hold the author's own words.
func (r *Result) Lines(source []byte) render.LineMap {
	if len(r.edits) == 0 {
		return render.LineMap{}
	}
	madeBy := make(map[*render.Edit]*Expansion)
	for i := range r.Expansions {
		madeBy[r.Expansions[i].edit] = &r.Expansions[i]
	}
	marked := make([]render.MappedEdit, len(r.edits))
	for i, e := range r.edits {
		x := madeBy[e]
		marked[i] = render.MappedEdit{Edit: *e, At: x.Source.Start, Name: x.madeBy(), Own: x.ownLines(source, e.New)}
	}
	return render.MapLines(source, marked)
}

// ownLines returns for each line of an expansion's text the line of its directive, from 0, on
// which the author wrote the same words, -1 for none: items, captions and content are copied.
func (x *Expansion) ownLines(source, text []byte) []int {
	directive := x.Source
	if x.Region != nil {
		directive = x.Region.Begin.Span
	}
	if x.madeBy() == "" || x.madeBy() == boundRegion {
		return nil
	}
	written := make(map[string][]int)
	for i, line := range splitLines(directive.Of(source)) {
		for _, words := range wordsOf(line) {
			written[words] = append(written[words], i)
		}
	}
	lines := splitLines(text)
	own := make([]int, len(lines))
	for i, line := range lines {
		words := wordsOf(line)
		if own[i] = -1; len(words) == 0 {
			continue
		}
		if at := written[words[0]]; len(at) > 0 {
			own[i], written[words[0]] = at[0], at[1:]
		}
	}
	return own
}

// splitLines returns the lines of a text.
func splitLines(text []byte) []string {
	return strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(text)), "\n")
}

// structure matches what stands before the words of a line: bullets, the name of an option,
// the type of the table that an expansion is.
var structure = lazyregexp.New(`^(?:[ \t*-]|:[\w-]+:[ \t]|\.\. list-table::)*`)

// wordsOf returns the words of a line that an author may have written there: several in the
// option "header", none if they are no words.
func wordsOf(line string) []string {
	rest := structure().ReplaceAllString(line, "")
	if !strings.ContainsFunc(rest, unicode.IsLetter) {
		return nil
	}
	if strings.HasPrefix(strings.TrimSpace(line), ":header:") {
		words := strings.Split(rest, ",")
		for i := range words {
			words[i] = strings.TrimSpace(words[i])
		}
		return words
	}
	return []string{strings.TrimSpace(rest)}
}

// madeBy returns what the lines of an expansion are said to be made by, "" where it
// stands in an author's line.
func (x *Expansion) madeBy() string {
	d := directives.Define(x.Type.Value)
	switch {
	case x.Region != nil && x.Region.Binding != nil:
		return boundRegion
	case d == nil:
		return ""
	}
	return d.Type
}
