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

// durationStyles maps the values of the option "duration" to styles.
var durationStyles = map[string]render.DurationStyle{
	"long":  render.LongDuration,
	"short": render.ShortDuration,
	"off":   render.NoDuration,
}

// defaultLines returns the default of an option as tables and paragraphs show it: numbers,
// booleans and None plain, other strings as literals. unit follows a number unless it is "".
func (c *Call) defaultLines(o *catalog.Option, unit string) []string {
	text, isText := c.DefaultText(o, unit)
	if isText {
		return c.text("default", o, text)
	}
	return c.literal("default", o, text)
}

// DefaultText returns the default of an option, with its unit, as a plain string. isText
// reports whether to show it as running text; if not, it is shown as a literal.
func (c *Call) DefaultText(o *catalog.Option, unit string) (text string, isText bool) {
	value, ok := c.defaultValue(o)
	switch {
	case !ok:
		return "None", true
	case unit != "" && catalog.IsNumber(value):
		return render.Quantity(value, unit, durationStyles[strings.ToLower(c.value("duration").Value)]), true
	}
	return value, isPlain(o.Type, value)
}

// WithDefault returns a copy of an option with another default.
func WithDefault(o *catalog.Option, value string) *catalog.Option {
	other := *o
	other.Default = &value
	return &other
}

// defaultValue returns the default of an option: the data's, or else the value that the code
// uses, if it is known.
func (c *Call) defaultValue(o *catalog.Option) (string, bool) {
	if value, ok := o.ShownDefault(); ok {
		return value, true
	}
	return c.Catalog.Effective(o)
}

// isPlain reports whether a value of the type is shown without a literal: a valid number or
// boolean.
func isPlain(typ, value string) bool {
	switch typ {
	case "integer", "float":
		return catalog.IsNumber(value)
	case "boolean":
		return catalog.IsBoolean(value)
	}
	return false
}

// checkOverride reports an item's ":default:" that does not begin with the default of the data.
// If the data has no default, checkOverride reports a literal, number or boolean that is not
// known to be the value that the code uses.
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

// LeadingLiteral returns the text of the inline literal at the beginning of s, or s and false
// if s begins with something else.
func LeadingLiteral(s string) (string, bool) {
	if rest, ok := strings.CutPrefix(s, "``"); ok {
		if end := strings.Index(rest, "``"); end > 0 {
			return rest[:end], true
		}
	}
	return s, false
}

// wordEndPattern matches the end of a word, with at most one punctuation mark.
var wordEndPattern = lazyregexp.New(`^[,;:)]?(?:\s|$)`)

// beginsWith reports whether the text that an author wrote begins with a value, plain or as a
// literal, that ends at the end of a word.
func beginsWith(written, value string) bool {
	if literal, ok := LeadingLiteral(written); ok {
		return literal == value || literal == strconv.Quote(value)
	}
	rest, ok := strings.CutPrefix(written, value)
	return ok && wordEndPattern().MatchString(rest)
}

// literal returns s, a field of an option, as a literal. It warns if s has characters that RST
// cannot represent; the warning calls the field what.
func (c *Call) literal(what string, o *catalog.Option, s string) render.Cell {
	lines, exact := render.LiteralBlock(s)
	if !exact {
		c.warnEscaped(what, o)
	}
	return lines
}

// text is like [Call.literal] for running text.
func (c *Call) text(what string, o *catalog.Option, s string) render.Cell {
	lines, exact := render.Text(s)
	if !exact {
		c.warnEscaped(what, o)
	}
	return lines
}

// warnEscaped warns that a field of an option is shown with escapes.
func (c *Call) warnEscaped(what string, o *catalog.Option) {
	c.warnUnsafe(o, "the %s of %s contains characters that reStructuredText cannot show; they are shown as escapes", what, o)
}
