package directives

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"windsock/directives/catalog"
	"windsock/directives/finding"
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
	text, ok := c.Plain(o, unit)
	if ok {
		return c.text("default", o, text)
	}
	return c.literal("default", o, text)
}

// showing returns the function that shows a value as shown does the default of an option.
func (c *Call) showing(o *catalog.Option, unit string) func(value string) []string {
	return func(value string) []string {
		if text, ok := c.PlainValue(o, value, unit); ok {
			lines, _ := render.Text(text)
			return lines
		}
		lines, _ := render.LiteralBlock(value)
		return lines
	}
}

// Plain returns the text of what shown shows, and whether it is shown without a
// literal.
func (c *Call) Plain(o *catalog.Option, unit string) (text string, ok bool) {
	value, ok := c.defaultOf(o)
	if !ok {
		return "None", true
	}
	return c.PlainValue(o, value, unit)
}

// PlainValue is plain for a value of an option.
func (c *Call) PlainValue(o *catalog.Option, value, unit string) (text string, ok bool) {
	if unit != "" && catalog.IsNumber(value) {
		style, _ := c.value("duration")
		return render.Quantity(value, unit, durationStyles[strings.ToLower(style.Value)]), true
	}
	return value, isPlain(o.Type, value)
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

// override returns what an item's ":default:" shows. It reports text that does not begin with
// the default of the data or, where there is none, a literal, number or boolean that is not
// the default of the code.
func (c *Call) override(o *catalog.Option, option *grammar.Option) []string {
	lines := bodyLines(option.Value)
	written := grammar.Join(option.Value)
	claim, isLiteral := LeadingLiteral(written.Value)
	value, ok := o.ShownDefault()
	effective, isKnown := c.Catalog.Effective(o)
	switch {
	case ok && (value != "" && beginsWith(written.Value, value) || value == "" && claim == "''"):
		// the text agrees with the data
	case ok && value != "" && !catalog.IsGenerated(value):
		c.reject(finding.Finding{
			Span:     written.Span,
			Message:  fmt.Sprintf("the default of %s is %s, not %s", o, Quote(value), Quote(written.Value)),
			Help:     "begin with the default and add to it, or leave :default: out",
			Declared: o.Declared,
		})
	case (isLiteral || isBare(written.Value)) && !(isKnown && claim == effective):
		c.reject(finding.Finding{
			Span:     written.Span,
			Message:  fmt.Sprintf("the data has no default of %s, so it is not known to be %s", o, Quote(claim)),
			Help:     fmt.Sprintf("describe it in words or, if the code uses that value, write into windsock.yaml:\neffective:\n  %q: %s", o.String(), strconv.Quote(claim)),
			Declared: o.Declared,
		})
	}
	return lines
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

// isBare reports whether s is one number or boolean.
func isBare(s string) bool {
	return catalog.IsNumber(s) || catalog.IsBoolean(s)
}

// beginsWith reports whether what an author wrote begins with the value, plain
// or as a literal, and goes on, if it does, with another word.
func beginsWith(written, value string) bool {
	if claim, ok := LeadingLiteral(written); ok {
		return claim == value || claim == strconv.Quote(value)
	}
	rest, ok := strings.CutPrefix(written, value)
	if !ok {
		return false
	}
	if rest == "" {
		return true
	}
	next := []rune(rest)
	return unicode.IsSpace(next[0]) || slices.Contains([]rune(",;:)"), next[0]) && (len(next) == 1 || unicode.IsSpace(next[1]))
}
