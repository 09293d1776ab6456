package check

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/render"
)

// checkDefault checks the default of an option that a part of the text states.
func (s *sentences) checkDefault(o *catalog.Option, said statedDefault, at part, severity finding.Severity) {
	r := &Reference{Span: s.span(at), Kind: Default, Text: s.in(at), Section: o.Section, Option: o.Name, Status: StatusOK}
	s.references = append(s.references, r)
	effective, _ := s.Catalog.Effective(o)
	if said.fits(o, effective, s.unitOf(o)) || isOfVendor(s.element) {
		return
	}
	f := s.wrongDefault(o, said)
	f.Span, f.Severity, f.Suggestion = r.Span, severity, s.rightDefault(o, said, r.Text)
	s.doubts = append(s.doubts, doubt{s, at, at, catalog.Resolution{About: o.Reference}, f, r})
}

// wrongDefault returns a finding about a wrong default.
func (p *page) wrongDefault(o *catalog.Option, said statedDefault) finding.Finding {
	f := finding.Finding{Rule: finding.WrongDefault, About: finding.Option(o.Reference), Declared: o.Declared}
	stated := shorten(plainDefault(said.text))
	value, ok := o.ShownDefault()
	switch {
	case !ok:
		f.Message = fmt.Sprintf("the data has no default of %s, so it is not %s", o, stated)
		f.Help = fmt.Sprintf("if the code uses that value, write into windsock.yaml:\neffective:\n  %q: %s", o.String(), strconv.Quote(cmp.Or(said.literal, said.text)))
	case value == "":
		f.Message = fmt.Sprintf("the default of %s is empty, not %s", o, stated)
	case catalog.IsNumber(value) && same(leadingNumber(plainDefault(said.text)), value):
		f.Message = fmt.Sprintf("the default of %s is %s, which is not %s", o, value, stated)
	default:
		f.Message = fmt.Sprintf("the default of %s is %s, not %s", o, shorten(value), stated)
	}
	return f
}

// shorten returns a text for a message: on one line, and at most 60 characters long.
func shorten(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60]) + "…"
	}
	return s
}

// rightDefault returns the RST that replaces a wrong default, in the same style as words. If words
// are the text of a literal, the result has no backquotes.
func (p *page) rightDefault(o *catalog.Option, said statedDefault, words string) string {
	value, ok := o.ShownDefault()
	isLiteral := said.literal != ""
	switch {
	case !ok:
		return "None"
	case strings.ContainsAny(value, "\n\r"):
		return ""
	case catalog.IsNumber(value) && !isLiteral:
		return quantityLike(plainDefault(said.text), value, p.unitOf(o))
	case catalog.IsBoolean(value) && !isLiteral:
		return value
	}
	right := "``''``"
	if value != "" {
		lines, _ := render.Literal(value)
		right = strings.Join(lines, " ")
	}
	if isLiteral && !strings.HasPrefix(words, "`") {
		right = strings.TrimSuffix(strings.TrimPrefix(right, "``"), "``")
	}
	return right
}

// quantityLike returns a number in the style of a stated default: with its unit, if the page has
// a unit and that of the option is known.
func quantityLike(stated, value, unit string) string {
	if u, ok := render.UnitNamed(unit); !ok || u.Kind != render.Time {
		return value
	}
	m := leading().FindStringSubmatch(stated)
	switch {
	case m == nil:
		return value
	case m[2] != "":
		return render.Quantity(value, unit, render.LongDuration)
	case m[3] != "":
		return render.Quantity(value, unit, render.ShortDuration)
	}
	return value
}

// unitOf returns the unit of an option's value, "" if it is not known.
func (c *Checker) unitOf(o *catalog.Option) string {
	unit, _ := c.Catalog.UnitOf(o)
	return unit
}
