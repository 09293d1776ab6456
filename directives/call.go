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

// A Call is one use of a directive: the input of its expansion, and where to report
// findings.
type Call struct {
	Catalog           *catalog.Catalog
	Folder            string // the absolute path of the working folder, to which Path and the data's paths are relative
	Path              string // of the page, with slashes
	Source            []byte // that contains the directive
	LiteralDirectives []string
	Directive         *grammar.Directive
	Column            int                   // where the expansion begins in its line, from 0
	Report            func(finding.Finding) // reports a finding in Source
	ReportData        func(finding.Located) // reports a finding in a data file
	Failed            bool                  // whether a finding blocks the expansion
}

// Expand expands a directive of the definition's type. If the directive has an error,
// Expand reports it, sets c.Failed, and the result is undefined.
func (d *Definition) Expand(c *Call) Expansion {
	c.checkOptions(d)
	if c.hasOptionsBelow(d) || c.hasOptionsInArguments(d) {
		return Expansion{}
	}
	return d.expand(c)
}

// Errorf reports an error at span that blocks the expansion.
func (c *Call) Errorf(span grammar.Span, help, format string, args ...any) {
	c.reject(finding.Finding{Span: span, Message: fmt.Sprintf(format, args...), Help: help})
}

// reject reports f as an error that blocks the expansion.
func (c *Call) reject(f finding.Finding) {
	f.Rule, f.Severity = finding.BadDirective, finding.Error
	c.Failed = true
	c.Report(f)
}

// rejectUnknown reports a word that is not one of known, and suggests the nearest one.
// The message puts the word between what and of, as in "there is no value … of align".
func (c *Call) rejectUnknown(what string, word grammar.Text, known []string, of ...string) {
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

// checkOptions reports options that the definition does not have and values that it does
// not allow.
func (c *Call) checkOptions(d *Definition) {
	for _, o := range c.Directive.Options {
		name, value := strings.ToLower(o.Name.Value), grammar.Join(o.Value)
		switch def := d.option(name); {
		case def == nil:
			c.rejectUnknown("option", o.Name, d.optionNames())
		case len(o.Value) == 0:
			c.Errorf(o.Name.Span, fmt.Sprintf("write :%s: %s", name, def.Value), "option %s needs a value", Quote(name))
		case def.Values != nil && !slices.Contains(def.Values, strings.ToLower(value.Value)):
			c.rejectUnknown("value", value, def.Values, "of "+name)
		case def.Words != nil:
			words := c.words(o.Value, wordPattern)
			bad := slices.DeleteFunc(slices.Clone(words), func(w grammar.Text) bool { return def.Words().MatchString(w.Value) })
			if len(words) == 0 || len(bad) == 0 && def.Pattern != nil && !def.Pattern().MatchString(value.Value) {
				bad = []grammar.Text{value}
			}
			for _, w := range bad {
				c.Errorf(w.Span, def.Help, "%s is not allowed in option %s", Quote(w.Value), Quote(name))
			}
		}
	}
}

// hasOptionsBelow returns true and reports errors if a blank line precedes the options,
// which makes them content.
func (c *Call) hasOptionsBelow(d *Definition) (found bool) {
	for _, o := range c.Directive.Below {
		if d.option(o.Name.Value) != nil {
			c.Errorf(o.Name.Span, "remove the blank line above it", "options must directly follow the first line")
			found = true
		}
	}
	return found
}

// hasOptionsInArguments returns true and reports errors if lines of the argument look like
// misspelt options.
func (c *Call) hasOptionsInArguments(d *Definition) (found bool) {
	for _, line := range c.Directive.Arguments {
		text := strings.Join(strings.Fields(line.Value), " ")
		meant := grammar.OptionOf(text)
		name, _, _ := strings.Cut(meant[1:], ":")
		switch {
		case text == meant:
			blanks := len(line.Value) - len(strings.TrimLeftFunc(line.Value, grammar.IsSpace))
			at := c.within(line, grammar.Span{Start: blanks, End: len(line.Value)})
			c.Errorf(at, "indent the options and the content alike", "options that are indented deeper than the content belong to the argument")
		case strings.HasPrefix(text, ":") || strings.Contains(text, ":") && d.option(name) != nil:
			c.Errorf(line.Span, "write \""+meant+"\"", "an option's name is written between two colons")
		default:
			continue
		}
		found = true
	}
	return found
}

// value returns the value of an option as one line. It returns an empty Text if the
// directive does not have the option.
func (c *Call) value(name string) grammar.Text {
	o := c.Directive.Option(name)
	if o == nil {
		return grammar.Text{}
	}
	return grammar.Join(o.Value)
}

// These patterns match the items of a value separated by commas, and the words of a value
// separated by commas or white space.
var (
	listItemPattern = lazyregexp.New(`[^,]+`)
	wordPattern     = lazyregexp.New(`[^, \t]+`)
)

// words returns the parts of lines of the directive that pattern matches.
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

// resolveOption resolves the parts of an option's value that pattern matches, as
// [Call.resolveWords] does. It returns nil if the directive does not have the option, and
// reports a value of commas alone.
func (c *Call) resolveOption(option string, pattern func() *regexp.Regexp, resolve func(grammar.Text) string) []string {
	o := c.Directive.Option(option)
	if o == nil || len(o.Value) == 0 {
		return nil
	}
	words := c.words(o.Value, pattern)
	if len(words) == 0 {
		c.Errorf(grammar.Join(o.Value).Span, "", "option %s names nothing", Quote(option))
	}
	return c.resolveWords(words, resolve)
}

// resolveWords returns the names that resolve returns for words, and reports duplicates.
// For a word that names nothing, resolve reports an error and returns "".
func (c *Call) resolveWords(words []grammar.Text, resolve func(grammar.Text) string) (names []string) {
	for _, w := range words {
		switch name := resolve(w); {
		case name == "":
		case slices.Contains(names, name):
			c.Errorf(w.Span, "", "%s is named twice", Quote(w.Value))
		default:
			names = append(names, name)
		}
	}
	return names
}

// within returns the span in the source of a part of a text, given its span in the text's
// value. If t is the zero Text, part is already a span in the source.
func (c *Call) within(t grammar.Text, part grammar.Span) grammar.Span {
	if t == (grammar.Text{}) {
		return part
	}
	return new(grammar.Alignment).Part(c.Source, t, part.Start, part.End).Span
}

// Quote quotes s for a message, on one line of at most 60 characters.
func Quote(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60]) + "…"
	}
	return `"` + s + `"`
}
