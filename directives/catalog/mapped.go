package catalog

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"windsock/directives/finding"
	"windsock/grammar"
)

// Unmapped returns the sensitive options of core for which no annotation lists components.
// Options of providers are exempt, because their components depend on the use of the provider.
func (c *Catalog) Unmapped(options []*Option) []*Option {
	var found []*Option
	for _, o := range options {
		if !o.Sensitive || o.Provider != "" {
			continue
		}
		if note := c.Annotations.Sensitive.Of(o.Reference); note == nil || len(note.Value.NeededBy) == 0 {
			found = append(found, o)
		}
	}
	return found
}

// MapsComponents reports whether the components that need sensitive options are known for this
// version of Airflow. The embedded list does not apply to Airflow 2, where workers access the
// database directly.
func (c *Catalog) MapsComponents() bool {
	return c.Version == "" || c.Version.Major() >= 3 || len(c.Annotations.Components()) > 0
}

// MappingLines returns lines for the project file that map options to components. They list
// all known components; the user deletes some.
func (c *Catalog) MappingLines(options ...*Option) string {
	components := c.Annotations.Components()
	switch {
	case len(components) > 0:
	case c.MapsComponents():
		components = Embedded().Components()
	default:
		components = []string{"Webserver", "Scheduler", "Workers", "Triggerer"}
	}
	needed, err := yaml.Marshal(struct {
		By []string `yaml:"needed-by,flow"`
	}{components})
	if err != nil {
		panic(err) // strings can always be encoded
	}
	var b strings.Builder
	b.WriteString("sensitive:\n")
	for _, o := range options {
		description := o.Words()
		if note := c.Annotations.Sensitive.Of(o.Reference); note != nil && note.Value.Description != "" {
			description = note.Value.Description
		}
		fmt.Fprintf(&b, "  %q:\n    description: %q\n    %s  # keep those that need it\n", o, description, bytes.TrimSpace(needed))
	}
	return b.String()
}

// Effective returns the value that the code uses if the data has no default of an option, and
// false if no annotation states it.
func (c *Catalog) Effective(o *Option) (value string, ok bool) {
	if note := c.Annotations.Effective.Of(o.Reference); note != nil {
		return note.Value, true
	}
	return "", false
}

// Stale returns a finding of the rule stale-annotation for each annotation of the project that
// the data makes needless or wrong. It does not report embedded annotations.
func (c *Catalog) Stale() []finding.Located {
	a := c.Annotations
	if a.file == nil {
		return nil
	}
	s := &stale{Catalog: c}
	check(s, a.Sensitive, true, func(o *Option) string {
		if o.Sensitive {
			return ""
		}
		return " is not sensitive"
	})
	check(s, a.Renamed, false, func(*Option) string { return " is declared, so it is not a former name" })
	check(s, a.Undeclared, false, func(*Option) string { return " is declared by now" })
	check(s, a.Effective, true, func(o *Option) string {
		if o.Default == nil || *o.Default == "" {
			return ""
		}
		return " has a default by now: " + strconv.Quote(*o.Default)
	})
	check(s, a.Units, true, func(*Option) string { return "" })
	check(s, a.Defaults, true, func(*Option) string { return "" })
	for _, n := range a.Renamed {
		if o, last := s.Renamed(n.Reference); last != nil && o == nil && !n.isEmbedded() && !last.Value.Removed() {
			s.report(n.Key, n.Value.To.String()+", the new name of "+n.Reference.String()+", is declared nowhere", nil)
		}
	}
	findings := finding.Resolve(a.file.Path, a.file.Data, s.found)
	slices.SortStableFunc(findings, finding.Compare)
	return findings
}

// A stale compares annotations with the data.
type stale struct {
	*Catalog
	found []finding.Finding
}

// check reports notes of the project about options that are not declared, if they must be, and
// notes that are needless for the reason that the function returns.
func check[T any](s *stale, notes Notes[T], mustBeDeclared bool, needless func(*Option) string) {
	for _, n := range notes {
		o := s.Find(n.Reference)
		switch {
		case n.isEmbedded():
		case o != nil:
			if why := needless(o); why != "" {
				s.report(n.Key, o.String()+why, o)
			}
		case mustBeDeclared && s.Annotations.Undeclared.Of(n.Reference) == nil:
			s.undeclared(n.Reference, n.Key)
		}
	}
}

// report adds a finding about the annotation at key.
func (s *stale) report(key grammar.Span, message string, o *Option) *finding.Finding {
	d := finding.Finding{Span: key, Rule: "stale-annotation", Severity: finding.Warning, Message: message}
	if o != nil {
		d.Declared = o.Declared
	}
	s.found = append(s.found, d)
	return &s.found[len(s.found)-1]
}

// undeclared reports an annotation of an option that is not declared.
func (s *stale) undeclared(r Reference, key grammar.Span) {
	message := r.String() + " is declared nowhere"
	to := s.Suggest(r)
	if to == nil || to.Option == nil {
		s.report(key, message, nil)
		return
	}
	d := s.report(key, message+"; did you mean "+to.String()+"?", to.Option)
	d.Suggestion, d.Certain = to.String(), to.Certain
}
