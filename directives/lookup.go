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

// Resolve returns the option that a reference names, and a finding of the rule
// deprecated-option if it is deprecated. If the reference names no option, Resolve returns nil
// and a finding, with a suggestion if possible. An environment variable with a suffix such as
// _CMD names no option, since it has no default. The caller sets the span of the finding.
func Resolve(c *catalog.Catalog, ref grammar.Reference) (*catalog.Option, finding.Finding) {
	isEnv := ref.Form != grammar.Bracketed && ref.Form != grammar.Dotted
	r := catalog.Reference{Section: ref.Section.Value, Name: ref.Name.Value}
	v := c.Resolve(r)
	if isEnv {
		v = c.ResolveEnv("AIRFLOW__" + r.Section + "__" + r.Name)
	}
	f := finding.Finding{Rule: v.Rule, Message: v.Text(), Help: v.Help, Declared: v.Declared, About: finding.Option(v.About)}
	if o := v.Option; o != nil && v.Ending == "" && (isEnv || r == o.Reference) {
		return o, f
	}
	switch {
	case v.To != nil:
		f.Suggestion, f.Certain = v.To.String(), v.To.Certain && v.Ending == ""
	case v.Option != nil:
		f.Suggestion = v.Option.String()
	}
	switch {
	case v.Rule == finding.NotSensitive:
	case v.Ending != "" && f.Suggestion != "":
		f.Message = fmt.Sprintf("%s says where the value of %s is to be found; write %s", ref, f.Suggestion, f.Suggestion)
	case v.Option != nil && v.Rule != finding.UnknownSection:
		f.Message = fmt.Sprintf("option %s does not exist; did you mean %s?", r, v.Option)
	case v.To == nil && v.Rule != finding.RemovedOption && c.MayHide(v.About.Section), v.Rule == "":
		f.Message = fmt.Sprintf("option %s is not in the data that was read", v.About)
	}
	return nil, f
}

// lookup returns the option that a reference in text names, or reports that there is none and
// returns nil. It also reports that an option is deprecated.
func (c *Call) lookup(text grammar.Text, ref grammar.Reference) *catalog.Option {
	o, f := Resolve(c.Catalog, ref)
	f.Span = c.within(text, ref.Span)
	switch {
	case o == nil:
		if f.Suggestion != "" && bytes.HasPrefix(c.Source[f.Span.Start:], []byte("``")) {
			f.Suggestion = "``" + f.Suggestion + "``"
		}
		c.reject(f)
	case f.Rule == finding.DeprecatedOption:
		f.Severity = finding.Warning
		c.Report(f)
	}
	return o
}

// badReference reports a text that is not an option reference. err is the parser's.
func (c *Call) badReference(text grammar.Text, err error) {
	bad := (*grammar.ReferenceError)(nil)
	if !errors.As(err, &bad) {
		c.Errorf(text.Span, "", "%v", err)
		return
	}
	f := finding.Finding{
		Span: c.within(text, bad.Span), Message: bad.Message,
		Help: cmp.Or(bad.Help, "write [section] name, section.name or AIRFLOW__SECTION__NAME"),
	}
	switch named := c.optionsNamed(text.Value); {
	case len(named) > 0:
		f.Help = "write " + strings.Join(named, " or ")
		if len(named) == 1 && f.Span == text.Span {
			f.Suggestion = named[0]
		}
	case len(c.Directive.Arguments) > 0 && bad.Found == ":":
		f.Message, f.Help = "a unit is an option of the directive", "write \":unit: seconds\" on a line of its own below"
	case len(c.Directive.Arguments) > 1:
		f.Help = "if these are items, put a blank line above them"
	}
	c.reject(f)
}

// optionsNamed returns the options with a name, as references with their sections.
func (c *Call) optionsNamed(name string) (references []string) {
	for _, o := range c.Catalog.OptionsNamed(name) {
		references = append(references, o.String())
	}
	return references
}

// sectionNames returns the names of all sections without duplicates.
func (c *Call) sectionNames() (names []string) {
	for _, s := range c.Catalog.Sections() {
		if !slices.Contains(names, s.Name) {
			names = append(names, s.Name)
		}
	}
	return names
}
