package directives

import (
	"fmt"
	"slices"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
	"windsock/render"
)

// A Definition is one directive type: what it takes, for the checker and for
// "windsock explain", and what it becomes.
type Definition struct {
	Type     string      // the directive type, lower case
	Summary  string      // one sentence
	Argument string      // how the argument is written, "" if there is none
	Notes    string      // what the argument and the content mean, in paragraphs of RST
	Options  []OptionDef // the options it takes, in the order they are explained
	Columns  bool        // whether ":columns:" applies
	Samples  []string    // complete uses, each of which expands
	expand   func(*Call) Expansion
}

// An OptionDef is an option that a directive takes.
type OptionDef struct {
	Name   string
	Value  string   // how the value is written, such as "NAME, …"; "" for a flag
	Doc    string   // what it does, one sentence
	Values []string // the values it may have, where there are few
}

// Definitions returns the directives that windsock expands.
func Definitions() []Definition { return definitions }

var definitions = []Definition{sensitiveVars, configDefault}

// Types returns the types of all directives that windsock expands.
func Types() []string {
	types := make([]string, len(definitions))
	for i, d := range definitions {
		types[i] = d.Type
	}
	return types
}

// Define returns the definition of a directive type, in any case, or nil.
func Define(name string) *Definition {
	for i := range definitions {
		if strings.EqualFold(definitions[i].Type, name) {
			return &definitions[i]
		}
	}
	return nil
}

// option returns the definition of an option, in any case, or nil.
func (d *Definition) option(name string) *OptionDef {
	for i := range d.Options {
		if strings.EqualFold(d.Options[i].Name, name) {
			return &d.Options[i]
		}
	}
	return nil
}

// An Expansion is what a directive becomes: body elements for the place where it
// stands, or text for the substitution definition that it is part of.
type Expansion struct {
	Block   render.Block
	Options []*catalog.Option // whose data it shows, in order
	// Lacks is set if it lacks the options of a file that could not be read.
	Lacks bool
	// ShowsNeeds is set if it shows which components need the options.
	ShowsNeeds bool
	Shows      func(value string) []string // what it would be with another default, nil unless it shows one
}

// A Call is one directive being expanded: its inputs, and where findings go.
type Call struct {
	Catalog           *catalog.Catalog
	Folder            string // the working folder, absolute, from which Path and the paths of data lead
	Path              string // of the page, relative to Folder, with "/"
	Source            []byte // that the directive stands in
	LiteralDirectives []string
	Directive         *grammar.Directive
	Column            int                                          // where the expansion stands in the page, from 0
	Parse             func(text string) (grammar.Reference, error) // reads an option reference
	Report            func(finding.Finding)                        // of a finding in Source
	Data              func(finding.Located)                        // of a finding in a file of data
	Failed            bool                                         // whether anything reported makes the expansion impossible
}

// Expand expands a directive of the definition. There is no expansion if the call has failed.
func (d *Definition) Expand(c *Call) Expansion {
	c.check(d)
	c.checkBelow(d)
	if !c.checkArguments(d) {
		return Expansion{}
	}
	return d.expand(c)
}

// Errorf reports what makes the expansion impossible, at span.
func (c *Call) Errorf(span grammar.Span, help, format string, args ...any) {
	c.reject(finding.Finding{Span: span, Message: fmt.Sprintf(format, args...), Help: help})
}

// reject reports what makes the expansion impossible.
func (c *Call) reject(f finding.Finding) {
	f.Rule, f.Severity = finding.BadDirective, finding.Error
	c.Failed = true
	c.Report(f)
}

// misspelt reports a word that is none of known, and suggests the nearest one; what and of
// name the kind of word, as in "value … of align".
func (c *Call) misspelt(what string, word grammar.Text, known []string, of ...string) {
	d := finding.Finding{
		Span:    word.Span,
		Message: strings.Join(append([]string{"there is no", what, Quote(word.Value)}, of...), " "),
	}
	if near, ok := catalog.Nearest(strings.ToLower(word.Value), known); ok {
		d.Message += "; did you mean " + near + "?"
		d.Suggestion = near
	} else {
		d.Help = "known are " + strings.Join(known, ", ")
	}
	c.reject(d)
}

// check reports options that the definition does not know and values that it does
// not allow. Whatever it reports makes the expansion impossible.
func (c *Call) check(d *Definition) {
	for _, o := range c.Directive.Options {
		name := strings.ToLower(o.Name.Value)
		def := d.option(name)
		switch {
		case def == nil:
			c.misspelt("option", o.Name, optionNames(d))
		case def.Value != "" && len(o.Value) == 0:
			c.Errorf(o.Name.Span, fmt.Sprintf("write :%s: %s", name, def.Value), "option %s needs a value", Quote(name))
		case def.Values != nil:
			c.choice(name, grammar.Join(o.Value), def.Values)
		}
	}
}

// checkBelow reports options of the definition that stand below a blank line, where they
// are content.
func (c *Call) checkBelow(d *Definition) {
	for _, o := range c.Directive.Below {
		if d.option(strings.ToLower(o.Name.Value)) != nil {
			c.Errorf(o.Name.Span, "remove the blank line above it", "options stand directly below the first line")
		}
	}
}

// checkArguments reports lines that docutils reads as part of the argument, though they were
// meant as options. It returns true if there are none.
func (c *Call) checkArguments(d *Definition) (ok bool) {
	ok = true
	for _, line := range c.Directive.Arguments {
		text := strings.Join(strings.Fields(line.Value), " ")
		meant := grammar.OptionOf(text)
		name, _, _ := strings.Cut(meant[1:], ":")
		switch {
		case text == meant:
			blanks := len(line.Value) - len(strings.TrimLeftFunc(line.Value, grammar.IsSpace))
			at := c.within(line, grammar.Span{Start: blanks, End: len(line.Value)})
			c.Errorf(at, "indent the options and the content alike", "options that stand deeper than the content belong to the argument")
		case strings.HasPrefix(text, ":") || strings.Contains(text, ":") && d.option(strings.ToLower(name)) != nil:
			c.Errorf(line.Span, "write \""+meant+"\"", "an option's name stands between two colons")
		default:
			continue
		}
		ok = false
	}
	return ok
}

// choice reports a word that is none of the values of an option.
func (c *Call) choice(option string, word grammar.Text, values []string) {
	if !slices.ContainsFunc(values, func(v string) bool { return strings.EqualFold(v, word.Value) }) {
		c.misspelt("value", word, values, "of "+option)
	}
}

// optionNames returns the names of the options that a directive takes.
func optionNames(d *Definition) []string {
	names := make([]string, len(d.Options))
	for i, o := range d.Options {
		names[i] = o.Name
	}
	return names
}

// given returns an option of the directive, or nil if the author did not write it.
func (c *Call) given(name string) *grammar.Option {
	for i := range c.Directive.Options {
		if o := &c.Directive.Options[i]; strings.EqualFold(o.Name.Value, name) {
			return o
		}
	}
	return nil
}

// value returns the value of an option as one line, and whether it was written.
func (c *Call) value(name string) (grammar.Text, bool) {
	o := c.given(name)
	if o == nil {
		return grammar.Text{}, false
	}
	return grammar.Join(o.Value), true
}

// wordOf returns the word of an option's value that is the given one, in any case;
// the zero Text if there is none.
func (c *Call) wordOf(option, word string) grammar.Text {
	for _, w := range c.listed(option, true) {
		if strings.EqualFold(w.Value, word) {
			return w
		}
	}
	return grammar.Text{}
}

// wordsIn splits a value of the directive at commas, and at blanks too if blanks is set,
// into words that keep their places. Empty words between commas are left out.
func (c *Call) wordsIn(lines []grammar.Text, blanks bool) []grammar.Text {
	var out []grammar.Text
	var aligned grammar.Alignment
	for _, l := range lines {
		start := 0
		for i := 0; i <= len(l.Value); i++ {
			if i < len(l.Value) && l.Value[i] != ',' && !(blanks && (l.Value[i] == ' ' || l.Value[i] == '\t')) {
				continue
			}
			if w := aligned.Trimmed(c.Source, l, start, i); w.Value != "" {
				out = append(out, w)
			}
			start = i + 1
		}
	}
	return out
}

// Quote returns a word as messages show it, short and on one line.
func Quote(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60]) + "…"
	}
	return `"` + s + `"`
}
