package adopt

import (
	"fmt"
	"slices"
	"strings"

	"windsock/directives"
	"windsock/grammar"
)

// addRegion looks at a bound region: the directive that the project file binds to
// its comments may stand for it, with the text above its table as content.
func (p *pageAdoption) addRegion(x directives.Expansion) {
	v := Verdict{Span: x.Source, IsRegion: true, Begin: x.Type.Value}
	lines := p.regionDirective(x)
	if lines == nil {
		v.Reason = "it is not current: " + p.whyStale(x)
	} else {
		v.Reason = p.replace(p.markerOf(x), lines)
	}
	p.report.Verdicts = append(p.report.Verdicts, v)
}

// regionDirective returns the directive that reads as a region does: the one
// bound to it, or that with the region's own introduction; nil if neither does.
func (p *pageAdoption) regionDirective(x directives.Expansion) []string {
	i := slices.IndexFunc(p.Expander.Bindings, func(b directives.Binding) bool { return b.Begin == x.Type.Value })
	if i < 0 {
		return nil
	}
	bound := strings.Split(strings.TrimSpace(p.Expander.Bindings[i].Directive), "\n")
	if p.samePages(x.Old, x.New) {
		return bound
	}
	if blank := slices.Index(bound, ""); blank >= 0 {
		bound = bound[:blank]
	}
	lines := append(slices.Clip(bound), "")
	for _, l := range introduction(x.Old) {
		lines = append(lines, strings.TrimRight("   "+l, " "))
	}
	source := []byte(strings.Join(lines, "\n") + "\n")
	e := p.Expander
	r := e.Expand(directives.Page{Path: p.page.Path, Source: source}, e.Reader().Read(source))
	if r.Blocked || !p.samePages(x.Old, strings.Split(string(r.Output), "\n")) {
		return nil
	}
	return lines
}

// introduction returns the lines above the first table.
func introduction(lines []string) []string {
	for i, l := range lines {
		if strings.HasPrefix(l, ".. list-table::") {
			return lines[:i]
		}
	}
	return nil
}

// samePages reports whether docutils reads the same in two pages, which are
// tables and what stands between them.
func (p *pageAdoption) samePages(a, b []string) bool {
	x, y := p.partsOf(a), p.partsOf(b)
	return slices.EqualFunc(x, y, func(a, b part) bool {
		if a.table == nil || b.table == nil {
			return a.table == b.table && slices.Equal(a.blocks, b.blocks)
		}
		return compare(a.table, b.table) == nil
	})
}

// A part of a page is a table or body elements.
type part struct {
	table  *table
	blocks []string
}

// partsOf divides a page.
func (p *pageAdoption) partsOf(lines []string) []part {
	source := []byte(strings.Join(lines, "\n") + "\n")
	var parts []part
	at := 0
	for _, t := range p.tables(source) {
		parts = append(parts, between(source[at:t.directive.Span.Start]), part{table: t})
		at = t.directive.Span.End
	}
	return append(parts, between(source[at:]))
}

// between reads the body elements of RST that holds no table.
func between(source []byte) part {
	lines := strings.Split(string(source), "\n")
	b := &body{lines: lines, source: source, index: grammar.NewLines(source)}
	blocks, _ := b.blocks((&grammar.Reader{}).ReadAll(source).Root, dedent(lines), 0)
	return part{blocks: blocks}
}

// markerOf describes the place of a region as that of a directive.
func (p *pageAdoption) markerOf(x directives.Expansion) *grammar.Directive {
	begin := p.own.Nodes[p.nodeFrom(x.Source.Start)].Comment
	return &grammar.Directive{Span: x.Source, Column: begin.Column, Container: begin.Container, First: begin.First}
}

// whyStale says why a region does not hold what its directive becomes.
func (p *pageAdoption) whyStale(x directives.Expansion) string {
	reasons := p.Expander.Reasons(x)
	if len(reasons) == 0 {
		return "it is laid out otherwise"
	}
	text := reasons[0].Message
	if at := reasons[0].Declared; at.Line > 0 {
		text += fmt.Sprintf(" (%s:%d)", at.Path, at.Line)
	}
	if n := len(reasons) - 1; n > 0 {
		text += fmt.Sprintf(", and %d more", n)
	}
	return text
}
