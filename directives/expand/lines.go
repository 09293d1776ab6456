package expand

import (
	"strings"
	"unicode"

	"windsock/directives"
	"windsock/directives/internal/lazyregexp"
	"windsock/render"
)

// boundRegion is the name of the region of a binding in a line map.
const boundRegion = "a managed region"

// Lines returns the map from the lines of Output to the lines of source, the page that was
// expanded. A line of an expansion comes from the line of the page on which the author wrote
// its words, and else from the first line of the directive.
func (r *Result) Lines(source []byte) render.LineMap {
	var edits []render.MappedEdit
	for _, x := range r.Expansions {
		if x.edit != nil {
			edits = append(edits, render.MappedEdit{Edit: *x.edit, At: x.Source.Start, Name: x.name(), Own: x.ownLines(source)})
		}
	}
	if len(edits) == 0 {
		return render.LineMap{}
	}
	return render.MapLines(source, edits)
}

// ownLines returns, for each line of the edit, the line of the directive with the same words;
// -1 if there is none. Such a line is a copied item, caption or paragraph of the content. The
// lines of the directive count from 0.
func (x *Expansion) ownLines(source []byte) []int {
	directive := x.Source
	if x.Region != nil {
		directive = x.Region.Begin.Span
	}
	if x.name() == "" || x.name() == boundRegion {
		return nil
	}
	linesByWords := make(map[string][]int)
	for i, line := range splitLines(directive.Of(source)) {
		for _, words := range wordsOf(line) {
			linesByWords[words] = append(linesByWords[words], i)
		}
	}
	lines := splitLines(x.edit.New)
	own := make([]int, len(lines))
	for i, line := range lines {
		words := wordsOf(line)
		if own[i] = -1; len(words) == 0 {
			continue
		}
		if at := linesByWords[words[0]]; len(at) > 0 {
			own[i], linesByWords[words[0]] = at[0], at[1:]
		}
	}
	return own
}

// splitLines returns the lines of a text, without their line endings.
func splitLines(text []byte) []string {
	return strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(text)), "\n")
}

// markupPattern matches the markup before the words of a line: bullets, the name of an option
// of a directive, the type of a table.
var markupPattern = lazyregexp.New(`^(?:[ \t*-]|:[\w-]+:[ \t]|\.\. list-table::)*`)

// wordsOf returns the text of a line without its markup, or nil if it has no letter. For the
// option "header" it returns the text of each column, since each is a line of the expansion.
func wordsOf(line string) []string {
	rest := markupPattern().ReplaceAllString(line, "")
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

// name returns the name of the expansion in a line map: the type of its directive; "" for a
// role, which is only a part of an author's line.
func (x *Expansion) name() string {
	if x.Region != nil && x.Region.Binding != nil {
		return boundRegion
	}
	if d := directives.Define(x.Type.Value); d != nil {
		return d.Type
	}
	return ""
}
