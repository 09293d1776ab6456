package grammar

import (
	"bytes"
	"strings"
)

// A directiveHead is what stands before the arguments of a directive, as
// offsets in the page's text.
type directiveHead struct {
	start         int   // of the ".."
	name, nameEnd int   // of the directive type
	after         int   // of what follows the "::" and the blanks after it
	line          int   // the line of the directive type
	substitution  *Text // the substitution text that the directive defines, or nil
	first         bool  // no element stands before it
}

// directive reads a directive and returns the line after it; 0 if there is none.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#directives
func (p *parser) directive(s *body, m markup) int {
	n := m.from + simpleName(m.text[m.from:])
	after := directiveColons(m.text, n, m.from)
	if after == 0 {
		return 0
	}
	return p.readDirective(s, directiveHead{
		start: m.start, name: m.start + m.from, nameEnd: m.start + n, after: m.start + after,
		line: m.line, first: !s.seen,
	})
}

// directiveColons returns the offset in text of what follows the "::" after the
// directive type text[from:n]; 0 if there are none.
func directiveColons(text []byte, n, from int) int {
	if n == from {
		return 0
	}
	if firstByte(text[n:]) == ' ' {
		n++
	}
	if !bytes.HasPrefix(text[n:], []byte("::")) {
		return 0
	}
	return markEnd(text, n+2)
}

// readDirective reads the directive with the given head and returns the line
// after it.
func (p *parser) readDirective(s *body, h directiveHead) int {
	name := fold(p.text[h.name:h.nameEnd])
	spec, wanted := p.reader.spec(name)
	b := p.gather(&s.block, h.line, gathering{lo: h.after})
	parts := p.divide(spec, b)
	e := p.add(s.parent, DirectiveBlock, h.start, p.lines[b.end-1].end)
	p.report(e, p.describe(s, h, parts, b.end), h, parts, wanted)
	if !wanted && parts.problem == "" {
		p.addCaptions(e, spec, parts)
		p.content(e, spec, parts)
	}
	return b.end
}

// report adds d to its element and, if the reader looks for it, to the islands,
// whose words the page grammar puts into it.
func (p *parser) report(e *Element, d *Directive, h directiveHead, parts parts, wanted bool) {
	e.own().Name = Text{d.Type.Span, fold(p.text[h.name:h.nameEnd])}
	e.own().Directive = d
	if !wanted {
		d.Arguments, d.Options = p.linesOf(parts.arguments), parts.options
		return
	}
	n := p.island(d.Span, p.lines[h.line].end, directiveMark)
	p.islands[n].directive = d
	p.putDirective(&p.islands[n], h, parts)
}

// describe returns where the directive stands in s and what is wrong with it;
// its block ends before line end.
func (p *parser) describe(s *body, h directiveHead, parts parts, end int) *Directive {
	d := &Directive{
		Span:         p.span(h.start, p.lines[end-1].end),
		Substitution: h.substitution,
		Type:         p.textAt(h.name, h.nameEnd),
		Container:    p.container(s),
		First:        h.first,
		Problem:      parts.problem,
		ProblemSpan:  parts.problemSpan,
	}
	if h.substitution != nil && p.cell == InDocument {
		d.Container = InSubstitution
	}
	d.Column = p.column(d.Span.Start)
	return d
}

// column returns the column of the byte at offset in the source.
func (p *parser) column(offset int) int {
	if p.columns == nil {
		p.columns = NewColumns(p.source)
	}
	return p.columns.Of(offset)
}

// parts are the parts of a directive block.
type parts struct {
	arguments   block
	options     []Option
	content     block
	before      block // content that stands before the option block; only without arguments
	caption     block // the value of the option that is running text
	captionName Text  // the name of that option
	problem     string
	problemSpan Span
}

// divide divides the block of a directive as spec has it. The arguments and the
// options end at the first blank line.
func (p *parser) divide(spec *spec, b block) (d parts) {
	if p.isBlank(&b, b.first) {
		b = b.from(b.first + 1)
	}
	d.content = b
	takesArguments := spec.required+spec.optional > 0
	if b.isEmpty() || !takesArguments && spec.noOptions {
		d.content = p.trimmed(b)
		return d
	}
	end := b.first
	for !p.endsAt(&b, end) {
		p.steps++
		end++
	}
	head := b.upTo(end)
	d.content = p.trimmed(b.from(end))
	if !spec.noOptions {
		head = p.optionBlock(spec, &d, head)
	}
	switch {
	case takesArguments:
		d.arguments = head
		p.checkArguments(spec, &d, b)
	case head.end == end:
		d.content = p.trimmed(b)
	default:
		d.before = head
	}
	if spec.content == none && !d.content.isEmpty() && d.problem == "" {
		d.problem, d.problemSpan = "no content permitted", p.lineSpan(d.content)
	}
	return d
}

// lineSpan returns the span of the first line of b.
func (p *parser) lineSpan(b block) Span { return p.span(p.bounds(&b, b.first)) }

// optionBlock reads the options at the end of b into d and returns the lines
// before them.
func (p *parser) optionBlock(spec *spec, d *parts, b block) block {
	i := b.first
	for ; i < b.end; i++ {
		if _, n := fieldMarker(p.lineText(&b, i)); n > 0 {
			break
		}
	}
	head := b.upTo(i)
	for i < b.end && d.problem == "" {
		text := p.lineText(&b, i)
		name, n := fieldMarker(text)
		if n == 0 {
			d.problem, d.problemSpan = "invalid option block", p.lineSpan(b.from(i))
			break
		}
		start, _ := p.bounds(&b, i)
		value := p.gather(&b, i, gathering{lo: start + n})
		i = value.end
		p.addOption(spec, d, start, start+name, p.trimmed(value))
	}
	p.checkOptions(d)
	return head
}

// addOption adds the option whose name stands at text[start+1:colon] to d.
func (p *parser) addOption(spec *spec, d *parts, start, colon int, value block) {
	o := Option{Name: p.textAt(start+1, colon), Value: p.linesOf(value)}
	o.Span = p.span(start, colon+1)
	if n := len(o.Value); n > 0 {
		o.Span.End = o.Value[n-1].End
	}
	d.options = append(d.options, o)
	switch name := fold([]byte(o.Name.Value)); {
	case strings.Contains(name, " "):
		d.problem, d.problemSpan = "an option's name may not have several words", o.Name.Span
	case name == spec.caption && !value.isEmpty():
		d.caption, d.captionName = value, o.Name
	}
}

// checkOptions notes the problem of d if an option is given twice.
func (p *parser) checkOptions(d *parts) {
	if len(d.options) < 2 || d.problem != "" {
		return
	}
	seen := make(map[string]bool, len(d.options))
	for _, o := range d.options {
		name := fold([]byte(o.Name.Value))
		if seen[name] {
			d.problem, d.problemSpan = "duplicate option", o.Name.Span
			return
		}
		seen[name] = true
	}
}

// checkArguments notes the problem of d if it has too few arguments or too many.
func (p *parser) checkArguments(spec *spec, d *parts, b block) {
	if d.problem != "" {
		return
	}
	count := 0
	for i := d.arguments.first; i < d.arguments.end; i++ {
		count += countWords(p.lineText(&d.arguments, i))
	}
	switch {
	case count < spec.required:
		d.problem = "argument missing"
	case count > spec.required+spec.optional && spec.single:
		d.problem = "too many arguments"
	default:
		return
	}
	d.problemSpan = p.lineSpan(b)
}

// countWords returns how many words text holds.
func countWords(text []byte) (count int) {
	for text = bytes.TrimLeftFunc(text, IsSpace); len(text) > 0; count++ {
		n := bytes.IndexFunc(text, IsSpace)
		if n < 0 {
			n = len(text)
		}
		text = bytes.TrimLeftFunc(text[n:], IsSpace)
	}
	return count
}

// addCaptions adds the parts of a directive's head that are running text.
func (p *parser) addCaptions(e *Element, spec *spec, d parts) {
	if b := d.arguments; spec.title > 0 && !b.isEmpty() {
		if b = p.argument(b, spec.title); !b.isEmpty() {
			p.addRunning(e, Caption, b)
		}
	}
	if caption := p.addRunning(e, Caption, d.caption); caption != nil {
		caption.own().Name = d.captionName
	}
}

// argument returns b, the arguments of a directive, from the n-th word on.
func (p *parser) argument(b block, n int) block {
	for i := b.first; i < b.end; i++ {
		at, end := p.bounds(&b, i)
		for {
			at += p.indentBytes(at, end)
			if at == end {
				break
			}
			if n--; n == 0 {
				b = b.from(i)
				b.lo = at
				return b
			}
			for at < end && p.text[at] != ' ' {
				at++
			}
		}
	}
	return b.upTo(b.first)
}

// content reads the content of the directive e.
func (p *parser) content(e *Element, spec *spec, d parts) {
	b := d.content
	if !d.before.isEmpty() {
		lines := len(p.lines)
		b = p.copied(d.before, b)
		defer func() { p.lines = p.lines[:lines] }()
	}
	if b.isEmpty() {
		return
	}
	b.container = InDirective
	switch spec.content {
	case rst:
		p.body(b, e)
	case rstSections:
		b.titles = true
		p.body(b, e)
	case literal, code, parsedLiteral:
		p.literalContent(e, spec, d)
	case quoted:
		p.quotes(e, b)
	case verse:
		p.verse(e, b)
	case glossary:
		p.glossary(e, b)
	}
}

// literalContent adds the content of e as a literal block.
func (p *parser) literalContent(e *Element, spec *spec, d parts) {
	block := p.addBlock(e, LiteralBlock, d.content)
	if block == nil {
		return
	}
	block.Content = true
	if spec.content == code && !d.arguments.isEmpty() {
		block.own().Name = p.textAt(p.bounds(&d.arguments, d.arguments.first))
	}
	if spec.content == parsedLiteral {
		p.runOver(block, d.content)
	}
}

// verse adds the lines of b as lines of a line block.
func (p *parser) verse(e *Element, b block) {
	for i := b.first; i < b.end; i++ {
		if start, end := p.bounds(&b, i); start < end {
			p.addText(e, LineBlockLine, start+p.indentBytes(start, end), end)
		}
	}
}

// copied returns a block of the lines of the given blocks, which need not
// stand together in the page, with a blank line after each. The lines are copied.
func (p *parser) copied(blocks ...block) block {
	first, end := len(p.lines), 0
	for _, b := range blocks {
		for i := b.first; i < b.end; i++ {
			p.steps++
			var start int
			start, end = p.bounds(&b, i)
			p.addLine(start, end)
		}
		p.addLine(end, end)
	}
	p.link(first)
	return block{first: first, end: len(p.lines), lo: noMark}
}
