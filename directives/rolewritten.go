package directives

import (
	"bytes"
	"slices"
	"strings"

	"windsock/directives/finding"
	"windsock/grammar"
	"windsock/render"
)

// nestedRoles expands the roles in what an author put into an expansion. What is
// wrong with one is reported where the author wrote it.
func (p *pageExpansion) nestedRoles(c *call, e *expansion) {
	text := []byte(e.block.Place("", "\n"))
	reader := &grammar.Reader{Roles: []string{roleName, "airflow*"}, LiteralDirectives: p.LiteralDirectives}
	doc := reader.Read(text)
	if doc.Root == nil {
		return
	}
	s := p.roleScan(reader, text, nil)
	var before writtenRole
	s.report = func(d finding.Finding) { c.report(c.written(text, s.role, d, &before)) }
	s.nested = true
	s.scan(doc.Root)
	if c.failed = s.failed; c.failed || len(s.edits) == 0 {
		return
	}
	out, err := render.Splice(text, s.edits)
	if err != nil {
		c.errorf(c.directive.Type.Span, "", "%v", err)
		return
	}
	e.block = render.Block{}
	e.block.Add(strings.Split(string(out), "\n")...)
	for _, f := range s.found {
		e.uses = append(e.uses, f.option)
	}
}

// written moves a finding in a role, which stands in the text of an expansion, to the
// role in the directive that the text was made from, or to the directive's type if it
// does not stand there. It may be wrapped there otherwise than in the text. It is looked
// for behind the role before it, in which there was something wrong too.
func (c *call) written(text []byte, role grammar.Span, d finding.Finding, before *writtenRole) finding.Finding {
	if c.words == nil {
		c.words = wordsOf(c.directive.Span.Of(c.page.Source))
	}
	words := wordsOf(role.Of(text))
	at := -1
	switch {
	case before.role == role:
		at = before.end - len(words.text)
	case c.missed < maxMissed:
		at = c.words.find(words.text, before.end)
	}
	if at < 0 {
		c.missed++
		d.Span, d.Suggestion = c.directive.Type.Span, ""
		return d
	}
	*before = writtenRole{role, at + len(words.text)}
	d.Span = c.words.span(at+words.index(d.Span.Start-role.Start), at+words.index(d.Span.End-role.Start)).Shift(c.directive.Span.Start)
	return d
}

// A writtenRole is a role in the text of an expansion, and where it ends in the words of
// the directive.
type writtenRole struct {
	role grammar.Span
	end  int
}

// maxMissed bounds how many roles are looked for in a directive in vain, since each such
// search goes over all of it.
const maxMissed = 100

// A wording is some text in which each stretch of blanks and line ends is one blank, so
// that it is the same however it is wrapped.
type wording struct {
	text []byte
	at   []int // the offset in the source of each byte, and its length
}

// wordsOf returns the wording of source.
func wordsOf(source []byte) *wording {
	w := &wording{make([]byte, 0, len(source)), make([]int, 0, len(source)+1)}
	for i, b := range source {
		switch {
		case b != ' ' && b != '\t' && b != '\r' && b != '\n':
			w.text, w.at = append(w.text, b), append(w.at, i)
		case len(w.text) == 0 || w.text[len(w.text)-1] != ' ':
			w.text, w.at = append(w.text, ' '), append(w.at, i)
		}
	}
	w.at = append(w.at, len(source))
	return w
}

// find returns the offset of words in the wording: the first from an offset on or, if
// there is none, the first of all; less than 0 if there is none at all.
func (w *wording) find(words []byte, from int) int {
	if at := bytes.Index(w.text[from:], words); at >= 0 {
		return from + at
	}
	return bytes.Index(w.text[:min(from+len(words), len(w.text))], words)
}

// index returns the offset in the wording of what stands at offset in the source.
func (w *wording) index(offset int) int {
	at, _ := slices.BinarySearch(w.at, offset)
	return at
}

// span returns where a part of the wording stands in the source.
func (w *wording) span(from, to int) grammar.Span {
	if from >= to {
		return grammar.Span{Start: w.at[from], End: w.at[from]}
	}
	return grammar.Span{Start: w.at[from], End: w.at[to-1] + 1}
}
