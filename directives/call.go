package directives

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
)

// A Call is one directive being expanded: its inputs, and where findings go.
type Call struct {
	Catalog           *catalog.Catalog
	Folder            string // the working folder, absolute, from which Path and the paths of data lead
	Path              string // of the page, relative to Folder, with "/"
	Source            []byte // that the directive stands in
	LiteralDirectives []string
	Directive         *grammar.Directive
	Column            int                   // where the expansion stands in the page, from 0
	Report            func(finding.Finding) // of a finding in Source
	ReportData        func(finding.Located) // of a finding in a file of data
	Failed            bool                  // whether anything reported makes the expansion impossible
}

// Expand expands a directive of the definition. There is no expansion if the call has failed.
func (d *Definition) Expand(c *Call) Expansion {
	c.checkOptions(d)
	if c.hasOptionsBelow(d) || c.hasOptionsInArguments(d) {
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
	f := finding.Finding{
		Span:    word.Span,
		Message: strings.Join(append([]string{"there is no", what, Quote(word.Value)}, of...), " "),
	}
	if near, ok := catalog.Nearest(strings.ToLower(word.Value), known); ok {
		f.Message += "; did you mean " + near + "?"
		f.Suggestion = near
	} else {
		f.Help = "known are " + strings.Join(known, ", ")
	}
	c.reject(f)
}

// checkOptions reports options that the definition does not know and values that it does
// not allow.
func (c *Call) checkOptions(d *Definition) {
	for _, o := range c.Directive.Options {
		name, value := strings.ToLower(o.Name.Value), grammar.Join(o.Value)
		switch def := d.option(name); {
		case def == nil:
			c.misspelt("option", o.Name, d.optionNames())
		case len(o.Value) == 0:
			c.Errorf(o.Name.Span, fmt.Sprintf("write :%s: %s", name, def.Value), "option %s needs a value", Quote(name))
		case def.Values != nil && !slices.Contains(def.Values, strings.ToLower(value.Value)):
			c.misspelt("value", value, def.Values, "of "+name)
		case def.Words != nil:
			words := c.words(o.Value, word)
			bad := slices.DeleteFunc(slices.Clone(words), func(w grammar.Text) bool { return def.Words().MatchString(w.Value) })
			if len(words) == 0 || len(bad) == 0 && def.Pattern != nil && !def.Pattern().MatchString(value.Value) {
				bad = []grammar.Text{value}
			}
			for _, w := range bad {
				c.Errorf(w.Span, def.Help, "%s cannot stand in option %s", Quote(w.Value), Quote(name))
			}
		}
	}
}

// hasOptionsBelow reports options of the definition that stand below a blank line, where they
// are content.
func (c *Call) hasOptionsBelow(d *Definition) (found bool) {
	for _, o := range c.Directive.Below {
		if d.option(o.Name.Value) != nil {
			c.Errorf(o.Name.Span, "remove the blank line above it", "options stand directly below the first line")
			found = true
		}
	}
	return found
}

// hasOptionsInArguments reports lines that docutils reads as part of the argument, though they
// were meant as options.
func (c *Call) hasOptionsInArguments(d *Definition) (found bool) {
	for _, line := range c.Directive.Arguments {
		text := strings.Join(strings.Fields(line.Value), " ")
		meant := grammar.OptionOf(text)
		name, _, _ := strings.Cut(meant[1:], ":")
		switch {
		case text == meant:
			blanks := len(line.Value) - len(strings.TrimLeftFunc(line.Value, grammar.IsSpace))
			at := c.within(line, grammar.Span{Start: blanks, End: len(line.Value)})
			c.Errorf(at, "indent the options and the content alike", "options that stand deeper than the content belong to the argument")
		case strings.HasPrefix(text, ":") || strings.Contains(text, ":") && d.option(name) != nil:
			c.Errorf(line.Span, "write \""+meant+"\"", "an option's name stands between two colons")
		default:
			continue
		}
		found = true
	}
	return found
}

// value returns the value of an option as one line, with an empty Value if the author did not
// write one.
func (c *Call) value(name string) grammar.Text {
	o := c.Directive.Option(name)
	if o == nil {
		return grammar.Text{}
	}
	return grammar.Join(o.Value)
}

// What stands between the commas of a value, and its words, which may have blanks between
// them too.
var (
	listItem = lazyregexp.New(`[^,]+`)
	word     = lazyregexp.New(`[^, \t]+`)
)

// words returns the parts of a value of the directive that a pattern matches, with their
// places.
func (c *Call) words(lines []grammar.Text, pattern func() *regexp.Regexp) (words []grammar.Text) {
	var aligned grammar.Alignment
	for _, l := range lines {
		for _, at := range pattern().FindAllStringIndex(l.Value, -1) {
			if w := aligned.Trimmed(c.Source, l, at[0], at[1]); w.Value != "" {
				words = append(words, w)
			}
		}
	}
	return words
}

// chosen returns what the words of an option name, according to find, which reports a word
// that names nothing and returns "". It reports what is named twice, and a value of commas
// alone.
func (c *Call) chosen(option string, pattern func() *regexp.Regexp, find func(grammar.Text) string) []string {
	o := c.Directive.Option(option)
	if o == nil || len(o.Value) == 0 {
		return nil
	}
	words := c.words(o.Value, pattern)
	if len(words) == 0 {
		c.Errorf(grammar.Join(o.Value).Span, "", "option %s names nothing", Quote(option))
	}
	return c.once(words, find)
}

// once returns what words name, according to find, and reports what is named twice.
func (c *Call) once(words []grammar.Text, find func(grammar.Text) string) (names []string) {
	for _, w := range words {
		switch name := find(w); {
		case name == "": // find reported it
		case slices.Contains(names, name):
			c.Errorf(w.Span, "", "%s is named twice", Quote(w.Value))
		default:
			names = append(names, name)
		}
	}
	return names
}

// within returns the source span of a part of a text's value. The zero text leaves the
// span as it is.
func (c *Call) within(t grammar.Text, part grammar.Span) grammar.Span {
	if t == (grammar.Text{}) {
		return part
	}
	return new(grammar.Alignment).Part(c.Source, t, part.Start, part.End).Span
}

// Quote returns a word as messages show it, short and on one line.
func Quote(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60]) + "…"
	}
	return `"` + s + `"`
}
