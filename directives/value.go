package directives

import (
	"fmt"
	"strconv"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
	"windsock/render"
)

// durationStyles are the values of the option "duration".
var durationStyles = map[string]render.DurationStyle{
	"long":  render.LongDuration,
	"short": render.ShortDuration,
	"off":   render.NoDuration,
}

// shown returns the default of an option as tables and paragraphs show it:
// numbers and booleans plain, None where there is none, every other string as a
// literal. Where the data has none, what the code uses is shown if that is known.
// A number has the unit, if it is not "", whatever its type.
func (c *Call) shown(o *catalog.Option, unit string) []string {
	text, isText := c.Plain(o, unit)
	if isText {
		return c.text("default", o, text)
	}
	return c.literal("default", o, text)
}

// Plain returns the text of the default of an option, and whether it is shown without a
// literal.
func (c *Call) Plain(o *catalog.Option, unit string) (text string, isText bool) {
	value, ok := c.defaultOf(o)
	switch {
	case !ok:
		return "None", true
	case unit != "" && catalog.IsNumber(value):
		return render.Quantity(value, unit, durationStyles[strings.ToLower(c.value("duration").Value)]), true
	}
	return value, isPlain(o.Type, value)
}

// WithDefault returns the option with another default.
func WithDefault(o *catalog.Option, value string) *catalog.Option {
	other := *o
	other.Default = &value
	return &other
}

// defaultOf returns the default of an option: the data's, else what the code uses
// as far as that is known.
func (c *Call) defaultOf(o *catalog.Option) (string, bool) {
	if value, ok := o.ShownDefault(); ok {
		return value, true
	}
	return c.Catalog.Effective(o)
}

// isPlain reports whether a value is shown without a literal: a number or a
// boolean, as its type says.
func isPlain(typ, value string) bool {
	switch typ {
	case "integer", "float":
		return catalog.IsNumber(value)
	case "boolean":
		return catalog.IsBoolean(value)
	}
	return false
}

// checkOverride reports what an item's ":default:" shows if it does not begin with the default
// of the data or, where there is none, if it is a literal, number or boolean that is not the
// default of the code.
func (c *Call) checkOverride(o *catalog.Option, written grammar.Text) {
	stated, isLiteral := LeadingLiteral(written.Value)
	isLiteral = isLiteral || catalog.IsNumber(stated) || catalog.IsBoolean(stated)
	value, ok := o.ShownDefault()
	effective, isKnown := c.Catalog.Effective(o)
	f := finding.Finding{Span: written.Span, Declared: o.Declared}
	switch {
	case ok && (value != "" && beginsWith(written.Value, value) || value == "" && stated == "''"):
		return
	case ok && value != "" && !catalog.IsGenerated(value):
		f.Message = fmt.Sprintf("the default of %s is %s, not %s", o, Quote(value), Quote(written.Value))
		f.Help = "begin with the default and add to it, or leave :default: out"
	case isLiteral && !(isKnown && stated == effective):
		f.Message = fmt.Sprintf("the data has no default of %s, so it is not known to be %s", o, Quote(stated))
		f.Help = fmt.Sprintf("describe it in words or, if the code uses that value, write into windsock.yaml:\neffective:\n  %q: %s", o.String(), strconv.Quote(stated))
	default:
		return
	}
	c.reject(f)
}

// LeadingLiteral returns the inline literal that s begins with, without its
// backquotes; else s itself.
func LeadingLiteral(s string) (string, bool) {
	if rest, ok := strings.CutPrefix(s, "``"); ok {
		if end := strings.Index(rest, "``"); end > 0 {
			return rest[:end], true
		}
	}
	return s, false
}

// wordEnd matches what may follow a value: another word, or a mark before one.
var wordEnd = lazyregexp.New(`^[,;:)]?(?:\s|$)`)

// beginsWith reports whether what an author wrote begins with the value, plain
// or as a literal, and goes on, if it does, with another word.
func beginsWith(written, value string) bool {
	if literal, ok := LeadingLiteral(written); ok {
		return literal == value || literal == strconv.Quote(value)
	}
	rest, ok := strings.CutPrefix(written, value)
	return ok && wordEnd().MatchString(rest)
}

// literal shows a string of the data as a literal, and warns if it had to be
// changed to be shown; what names the part of the option, such as "default".
func (c *Call) literal(what string, o *catalog.Option, s string) render.Cell {
	lines, exact := render.LiteralBlock(s)
	if !exact {
		c.inexact(what, o)
	}
	return lines
}
