package grammar

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
)

// parts are the parts of a directive's block.
type parts struct {
	arguments   block
	options     []Option
	content     block
	before      block // content before the option block, of a type without arguments
	caption     block // the value of the option spec.caption
	captionName Text  // the name of this option, as written
	below       []Option
	problem     *Problem
}

// divide returns the parts of a directive's block, from its tree.
func (x *explicit) divide(spec *spec, t *blockTree) (d parts) {
	before := x.linesAt(t.Text)
	if spec.acceptsArguments() {
		d.arguments, before = before, block{}
	}
	if t.Content != nil {
		d.content = x.trimmed(x.block.from(t.Content.Pos.Line))
	}
	for _, field := range t.Options {
		option, value := x.option(field)
		d.options = append(d.options, option)
		if strings.ToLower(option.Name.Value) == spec.caption && !value.isEmpty() {
			d.caption, d.captionName = value, option.Name
		}
	}
	for _, field := range t.Below {
		option, _ := x.option(field)
		d.below = append(d.below, option)
	}
	if len(t.Options) > 0 {
		d.before = before
		for !before.isEmpty() && !d.content.isEmpty() && x.lines[d.content.first-2].blank() {
			d.content.first-- // the blank lines after the options belong to the content
		}
	} else if !before.isEmpty() {
		d.content = x.trimmed(x.block.from(before.first))
	}
	if x.rejected != nil {
		d.problem = x.optionProblem(x.rejected)
		return d
	}
	d.problem = cmp.Or(x.checkOptions(d.options), x.checkArguments(spec, &d), x.checkContent(spec, &d))
	return d
}

// linesAt returns the lines that contain the tokens.
func (x *explicit) linesAt(list []lexer.Token) block {
	if len(list) == 0 {
		return block{}
	}
	return x.block.from(list[0].Pos.Line).upTo(list[len(list)-1].Pos.Line + 1)
}

// option returns the option of a field, and the lines of its value.
func (x *explicit) option(t *optionTree) (Option, block) {
	at := t.Lines[0].Pos
	value := x.linesAt(t.Lines)
	value.textStart = at.Offset + at.Column
	value.textStart += x.indentBytes(value.textStart, x.lines[at.Line].end)
	value.margin += x.leastIndentAt(t.Lines)
	value = x.trimmed(value)
	o := Option{
		Span:  x.span(at.Offset, at.Offset+at.Column),
		Name:  x.textAt(at.Offset+1, at.Offset+at.Column-1),
		Value: x.linesOf(value),
	}
	if n := len(o.Value); n > 0 {
		o.Span.End = o.Value[n-1].End
	}
	return o, value
}

// leastIndentAt returns the least indentation, in characters, of the indented lines that
// contain the tokens.
func (x *explicit) leastIndentAt(list []lexer.Token) (least int) {
	for _, t := range list {
		if n := x.indentOf(&x.block, t.Pos.Line); n > 0 && (least == 0 || n < least) {
			least = n
		}
	}
	return least
}

// lineSpan returns the span of the first line of b.
func (p *parser) lineSpan(b block) Span { return p.span(p.bounds(&b, b.first)) }

// checkOptions returns a problem if an option is given twice.
func (x *explicit) checkOptions(options []Option) *Problem {
	seen := make(map[string]bool, len(options))
	for _, o := range options {
		name := strings.ToLower(o.Name.Value)
		if seen[name] {
			return &Problem{Span: o.Name.Span, Message: "duplicate option"}
		}
		seen[name] = true
	}
	return nil
}

// checkArguments returns a problem if there are too few or too many arguments.
func (x *explicit) checkArguments(spec *spec, d *parts) *Problem {
	if spec.required == 0 && !spec.single {
		return nil
	}
	count := 0
	for i := d.arguments.first; i < d.arguments.end; i++ {
		count += len(bytes.FieldsFunc(x.lineText(&d.arguments, i), IsSpace))
	}
	first := x.block
	if x.isBlank(&first, first.first) && first.first+1 < first.end {
		first = first.from(first.first + 1)
	}
	switch most := spec.required + spec.optional; {
	case count < spec.required:
		return &Problem{Span: x.lineSpan(first), Message: "argument missing"}
	case most > 0 && count > most && spec.single:
		return &Problem{Span: x.lineSpan(first), Message: "too many arguments"}
	}
	return nil
}

// checkContent returns a problem if a directive without content has some.
func (x *explicit) checkContent(spec *spec, d *parts) *Problem {
	if spec.content == none && !d.content.isEmpty() {
		return &Problem{Span: x.lineSpan(d.content), Message: "no content permitted"}
	}
	return nil
}

// addCaptions adds the arguments and the option value that are running text.
func (p *parser) addCaptions(e *Element, spec *spec, d parts) {
	if b := d.arguments; spec.title > 0 && !b.isEmpty() {
		if b = p.argument(b, spec.title); !b.isEmpty() {
			p.addRunning(e, Caption, b)
		}
	}
	if caption := p.addRunning(e, Caption, d.caption); caption != nil {
		caption.ownDetails().Name = d.captionName
	}
}

// argument returns the arguments b of a directive from the n-th word on.
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
				b.textStart = at
				return b
			}
			for at < end && p.text[at] != ' ' {
				at++
			}
		}
	}
	return b.upTo(b.first)
}

// readContent reads the content of the directive e as spec says.
func (p *parser) readContent(e *Element, spec *spec, d parts) {
	b := d.content
	if !d.before.isEmpty() {
		count := len(p.lines)
		lines := slices.Clone(p.segments(d.before))
		end := lines[len(lines)-1].end
		b = p.blockOf(append(append(lines, segment{end, end}), p.segments(b)...), InDirective)
		defer func() { p.lines = p.lines[:count] }()
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
		p.literalContent(e, spec, d, p.trimmed(b))
	case verse:
		p.verse(e, b)
	case glossary:
		b.isGlossary = true
		p.body(b, e)
	}
}

// literalContent adds the content b of e as a literal block.
func (p *parser) literalContent(e *Element, spec *spec, d parts, b block) {
	block := p.addBlock(e, LiteralBlock, b)
	if block == nil {
		return
	}
	block.Content = true
	if spec.content == code && !d.arguments.isEmpty() {
		block.ownDetails().Name = p.textAt(p.bounds(&d.arguments, d.arguments.first))
	}
	if spec.content == parsedLiteral {
		p.findInlines(block, p.segments(b))
	}
}

// verse adds each line of b as a line of a line block.
func (p *parser) verse(e *Element, b block) {
	for i := b.first; i < b.end; i++ {
		if start, end := p.bounds(&b, i); start < end {
			p.addText(e, LineBlockLine, start+p.indentBytes(start, end), end)
		}
	}
}
