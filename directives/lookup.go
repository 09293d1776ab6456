package directives

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
)

// Resolve returns the option that a reference names or, if there is none, a finding that
// says so and what may have been meant. Its span and rule are the caller's to set. An option
// with a suffix is none: it has no default to show.
func Resolve(c *catalog.Catalog, ref grammar.Reference) (*catalog.Option, finding.Finding) {
	isEnv := ref.Form != grammar.Bracketed && ref.Form != grammar.Dotted
	r := catalog.Reference{Section: ref.Section.Value, Name: ref.Name.Value}
	var v catalog.Resolution
	if isEnv {
		v = c.ResolveEnv("AIRFLOW__" + r.Section + "__" + r.Name)
	} else {
		v = c.Resolve(r)
	}
	if o := v.Option; o != nil && v.Ending == "" && (isEnv || r == o.Reference) {
		return o, finding.Finding{}
	}
	d := finding.Finding{Message: v.Text(), Help: v.Help, Declared: v.Declared, About: finding.Option(v.About)}
	switch {
	case v.To != nil:
		d.Suggestion, d.Certain = v.To.String(), v.To.Certain && v.Ending == ""
	case v.Option != nil:
		d.Suggestion = v.Option.String()
	}
	switch {
	case v.Rule == finding.NotSensitive:
	case v.Ending != "" && d.Suggestion != "":
		d.Message = fmt.Sprintf("%s says where the value of %s is to be found; write %s", ref, d.Suggestion, d.Suggestion)
	case v.Option != nil && v.Rule != finding.UnknownSection:
		d.Message = fmt.Sprintf("option %s does not exist; did you mean %s?", r, v.Option)
	case v.To == nil && v.Rule != finding.RemovedOption && c.MayHide(v.About.Section), v.Rule == "":
		d.Message = fmt.Sprintf("option %s is not in the data that was read", v.About)
	}
	return nil, d
}

// lookup finds the option that a reference names, and reports one that does not
// exist at the very words, with what it may be instead.
func (c *Call) lookup(where grammar.Text, ref grammar.Reference) *catalog.Option {
	o, d := Resolve(c.Catalog, ref)
	if o != nil {
		c.reportDeprecated(o, c.within(where, ref.Span))
		return o
	}
	d.Span = c.within(where, ref.Span)
	if source := c.Source; d.Suggestion != "" && d.Span.Start < len(source) && bytes.HasPrefix(source[d.Span.Start:], []byte("``")) {
		d.Suggestion = "``" + d.Suggestion + "``"
	}
	c.reject(d)
	return nil
}

// reportDeprecated reports, at span, an option that the author names and that is deprecated.
func (c *Call) reportDeprecated(o *catalog.Option, span grammar.Span) {
	if v := c.Catalog.Resolve(o.Reference); v.Rule == finding.DeprecatedOption {
		c.Report(finding.Finding{
			Span: span, Rule: v.Rule, Severity: finding.Warning, About: finding.Option(o.Reference),
			Message: v.Message, Help: v.Help, Declared: v.Declared,
		})
	}
}

// badReference reports a text that is no option reference.
func (c *Call) badReference(where grammar.Text, err error) {
	bad := (*grammar.ReferenceError)(nil)
	if !errors.As(err, &bad) {
		c.Errorf(where.Span, "", "%v", err)
		return
	}
	f := finding.Finding{
		Span: c.within(where, bad.Span), Message: bad.Message,
		Help: cmp.Or(bad.Help, "write [section] name, section.name or AIRFLOW__SECTION__NAME"),
	}
	switch named := c.named(where.Value); {
	case len(named) > 0:
		f.Help = "write " + strings.Join(named, " or ")
		if len(named) == 1 && f.Span == where.Span {
			f.Suggestion = named[0]
		}
	case len(c.Directive.Arguments) > 0 && bad.Found == ":":
		f.Message, f.Help = "a unit is an option of the directive", "write \":unit: seconds\" on a line of its own below"
	case len(c.Directive.Arguments) > 1:
		f.Help = "if these are items, put a blank line above them"
	}
	c.reject(f)
}

// named returns the options of that name.
func (c *Call) named(name string) []string {
	var options []string
	for _, o := range c.Catalog.OptionsNamed(name) {
		options = append(options, o.String())
	}
	return options
}

// sectionNames returns the names of all sections, each once.
func (c *Call) sectionNames() []string {
	var names []string
	for _, s := range c.Catalog.Sections() {
		if !slices.Contains(names, s.Name) {
			names = append(names, s.Name)
		}
	}
	return names
}
