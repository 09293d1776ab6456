package directives

import (
	"regexp"
	"strings"

	"windsock/directives/catalog"
	"windsock/render"
)

// A Definition describes a directive: its argument, its options, and how to expand it.
type Definition struct {
	Type     string      // the directive type, in lower case
	Summary  string      // one sentence
	Argument string      // the syntax of the argument, "" if there is none
	Notes    string      // the meaning of the argument and the content, in paragraphs of RST
	Options  []OptionDef // in the order of "windsock explain"
	Columns  bool        // whether ":columns:" applies
	Samples  []string    // complete directives that expand without findings
	expand   func(*Call) Expansion
}

// An OptionDef defines an option of a directive.
type OptionDef struct {
	Name    string
	Value   string                // the syntax of the value, such as "NAME, …"
	Doc     string                // what the option does, in one sentence
	Values  []string              // the allowed values; nil for any value
	Words   func() *regexp.Regexp // matches each word of the value, at least one; nil for any value
	Pattern func() *regexp.Regexp // matches the value if all its words match; nil for any value
	Help    string                // what to write instead of what Words or Pattern does not match
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

// Define returns the definition of a directive type, in any case, or nil if there is none.
func Define(name string) *Definition {
	for i := range definitions {
		if strings.EqualFold(definitions[i].Type, name) {
			return &definitions[i]
		}
	}
	return nil
}

// option returns the definition of an option, in any case, or nil if there is none.
func (d *Definition) option(name string) *OptionDef {
	for i := range d.Options {
		if strings.EqualFold(d.Options[i].Name, name) {
			return &d.Options[i]
		}
	}
	return nil
}

// optionNames returns the names of all options of the directive.
func (d *Definition) optionNames() []string {
	names := make([]string, len(d.Options))
	for i, o := range d.Options {
		names[i] = o.Name
	}
	return names
}

// An Expansion is the RST that replaces a directive: body elements, or a substitution
// definition if the directive is part of one.
type Expansion struct {
	Block   render.Block
	Options []*catalog.Option // the options whose data it shows, in order
	// IsIncomplete is set if options are missing because a data file could not be read.
	IsIncomplete bool
	// ShowsComponents is set if the expansion shows which components need the options.
	ShowsComponents bool
	// LinesWithDefault returns the expansion for another default. It is nil unless the
	// directive shows the default of a single option.
	LinesWithDefault func(value string) []string
}
