package catalog

import (
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"windsock/directives/finding"
	"windsock/grammar"
)

// Unmapped returns those of the options that are core's, sensitive, and mapped by
// no annotation to the components that need them. Providers' are exempt: who needs
// them depends on where their provider is used.
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

// MapsComponents reports whether anybody has said which components of this Airflow need its
// sensitive options. What is known of Airflow 3 does not hold for Airflow 2, whose workers
// use the database themselves.
func (c *Catalog) MapsComponents() bool {
	return c.Version == "" || c.Version.Major() >= 3 || len(c.Annotations.Components()) > 0
}

// MappingLines returns the lines to paste into the project file for options that
// nobody has mapped, with every component that is known, to be cut down.
func (c *Catalog) MappingLines(options ...*Option) string {
	components := c.Annotations.Components()
	switch {
	case len(components) > 0:
	case c.MapsComponents():
		components = Embedded().Components()
	default:
		components = []string{"Webserver", "Scheduler", "Workers", "Triggerer"}
	}
	var b strings.Builder
	b.WriteString("sensitive:\n")
	for _, o := range options {
		description := o.Words()
		if note := c.Annotations.Sensitive.Of(o.Reference); note != nil && note.Value.Description != "" {
			description = note.Value.Description
		}
		b.WriteString("  " + strconv.Quote(o.String()) + ":\n")
		b.WriteString("    description: " + strconv.Quote(description) + "\n")
		b.WriteString("    needed-by: " + flowList(components) + "  # keep those that need it\n")
	}
	return b.String()
}

// flowList writes words as a list of YAML on one line, in quotes where they would be read
// as something else.
func flowList(words []string) string {
	list := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
	for _, w := range words {
		word := new(yaml.Node)
		word.SetString(w)
		if strings.Contains(w, "\n") {
			word.Style = yaml.DoubleQuotedStyle
		}
		list.Content = append(list.Content, word)
	}
	text, err := yaml.Marshal(list)
	if err != nil {
		panic(err) // strings can always be written
	}
	return strings.TrimSpace(string(text))
}

// Effective returns the value that the code uses where the data has no default of an option;
// false if no annotation says it.
func (c *Catalog) Effective(o *Option) (value string, ok bool) {
	if note := c.Annotations.Effective.Of(o.Reference); note != nil {
		return note.Value, true
	}
	return "", false
}

// Stale returns a finding of the rule stale-annotation for each of the project's
// annotations that the data has overtaken. Embedded ones never are.
func (c *Catalog) Stale() []finding.Located {
	a := c.Annotations
	if a.file == nil {
		return nil
	}
	s := &stale{Catalog: c}
	each(a.Sensitive, s.sensitive)
	each(a.Renamed, s.renamed)
	each(a.Undeclared, s.undeclared)
	each(a.Effective, s.effective)
	each(a.Units, s.needsOption)
	each(a.Defaults, s.needsOption)
	findings := finding.Resolve(a.file.Path, a.file.Data, s.found)
	slices.SortStableFunc(findings, finding.Compare)
	return findings
}

// each calls check for the notes that are the project's own.
func each[T any](notes Notes[T], check func(*Note[T])) {
	for i := range notes.list {
		if !notes.list[i].isEmbedded() {
			check(&notes.list[i])
		}
	}
}

// A stale compares annotations with the data.
type stale struct {
	*Catalog
	found []finding.Finding
}

// report adds a finding about the annotation of an option at key.
func (s *stale) report(key grammar.Span, message string, o *Option) *finding.Finding {
	d := finding.Finding{Span: key, Rule: "stale-annotation", Severity: finding.Warning, Message: message}
	if o != nil {
		d.Declared = o.Declared
	}
	s.found = append(s.found, d)
	return &s.found[len(s.found)-1]
}

// unknown reports an annotation of an option that nothing declares, and says so.
func (s *stale) unknown(r Reference, key grammar.Span) bool {
	if s.Find(r) != nil {
		return false
	}
	message := r.String() + " is declared nowhere"
	suggestion := s.Suggest(r)
	if suggestion == nil || suggestion.Option == nil {
		s.report(key, message, nil)
		return true
	}
	d := s.report(key, message+"; did you mean "+suggestion.String()+"?", suggestion.Option)
	d.Suggestion, d.Certain = suggestion.String(), suggestion.Certain
	return true
}

// sensitive checks an annotation of a sensitive option.
func (s *stale) sensitive(n *Note[Sensitivity]) {
	if o := s.Find(n.Reference); o != nil && !o.Sensitive {
		s.report(n.Key, o.String()+" is not sensitive", o)
	} else {
		s.unknown(n.Reference, n.Key)
	}
}

// renamed checks a rename.
func (s *stale) renamed(n *Note[Rename]) {
	if o := s.Find(n.Reference); o != nil {
		s.report(n.Key, o.String()+" is declared, so it is no old spelling", o)
	} else if o, last := s.Renamed(n.Reference); o == nil && !last.Value.Removed() {
		s.report(n.Key, n.Value.To.String()+", the new name of "+n.Reference.String()+", is declared nowhere", nil)
	}
}

// undeclared checks an annotation of an option that no data declares.
func (s *stale) undeclared(n *Note[string]) {
	if o := s.Find(n.Reference); o != nil {
		s.report(n.Key, o.String()+" is declared by now", o)
	}
}

// effective checks what the code is said to use where the data has no default.
func (s *stale) effective(n *Note[string]) {
	if s.Annotations.Undeclared.Of(n.Reference) != nil || s.unknown(n.Reference, n.Key) {
		return
	}
	if o := s.Find(n.Reference); o.Default != nil && *o.Default != "" {
		s.report(n.Key, o.String()+" has a default by now: "+strconv.Quote(*o.Default), o)
	}
}

// needsOption checks an annotation that is about a declared option: a unit or a default.
func (s *stale) needsOption(n *Note[string]) {
	if s.Annotations.Undeclared.Of(n.Reference) == nil {
		s.unknown(n.Reference, n.Key)
	}
}
