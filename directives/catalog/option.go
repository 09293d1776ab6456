package catalog

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"windsock/directives/finding"
	"windsock/grammar"
)

// A Reference names an option as Airflow does, by its section and its name
// there. It says nothing about whether any data declares that option.
type Reference struct {
	Section string // such as "core", or with dots: "providers.jdbc"
	Name    string // such as "fernet_key"
}

// String returns the reference as Airflow's docs write it: "[section] name".
func (r Reference) String() string { return "[" + r.Section + "] " + r.Name }

// EnvVar returns the environment variable that sets the option:
// AIRFLOW__SECTION__NAME, where a dot in the section's name becomes "_".
// All spellings of one option have the same.
func (r Reference) EnvVar() string {
	return strings.ToUpper(grammar.EnvPrefix + strings.ReplaceAll(r.Section, ".", "_") + grammar.Separator + r.Name)
}

// ParseReference reads one of the spellings that authors use for an option, as
// [grammar.ParseReference] does, and reports false for any other text. An
// environment variable does not say where its section had dots or which "__" of
// several divides it, so there the reference is right in its EnvVar only; ask
// [Catalog.Find] for the option.
func ParseReference(text string) (Reference, bool) {
	r, err := grammar.ParseReference(text)
	if err != nil || r.Unit != nil {
		return Reference{}, false
	}
	if r.Form == grammar.Variable {
		return Reference{strings.ToLower(r.Section.Value), strings.ToLower(r.Name.Value)}, true
	}
	return Reference{r.Section.Value, r.Name.Value}, true
}

// An Option is one option that the data declares. A pointer is nil where the
// data has none ("~" or no key), which differs from an empty string.
type Option struct {
	Reference    `yaml:"-"`
	Description  string  `yaml:"description,omitempty"`   // RST, by Airflow's convention; "" for none
	Provider     string  `yaml:"provider,omitempty"`      // the provider's name, such as "cncf-kubernetes"; "" for core
	Type         string  `yaml:"type,omitempty"`          // string, boolean, integer or float; "" where not said
	VersionAdded string  `yaml:"version_added,omitempty"` // "" for none
	Example      *string `yaml:"example,omitempty"`       // text as in the data, before {{ and }} are read; nil for none
	Default      *string `yaml:"default,omitempty"`       // likewise
	Sensitive    bool    `yaml:"sensitive,omitempty"`

	VersionDeprecated string        `yaml:"version_deprecated,omitempty"` // the version from which the option is deprecated, or ""
	DeprecationReason string        `yaml:"deprecation_reason,omitempty"` // RST; "" for none
	Declared          finding.Place `yaml:"-"`
}

// saysTheSame reports whether two providers declare an option alike.
func (o *Option) saysTheSame(p *Option) bool {
	a, hasA := o.ShownDefault()
	b, hasB := p.ShownDefault()
	return o.Provider != p.Provider && a == b && hasA == hasB && o.Type == p.Type && o.Sensitive == p.Sensitive && o.Description == p.Description
}

// Deprecated reports whether the data says that the option is deprecated.
func (o *Option) Deprecated() bool { return o.VersionDeprecated != "" || o.DeprecationReason != "" }

// ShownDefault returns the default as Airflow's own reference shows it, and false where
// the data has none; an empty one is "" and true.
func (o *Option) ShownDefault() (string, bool) { return shown(o.Default) }

// ShownExample returns the example as Airflow's own reference shows it, and false where
// the data has none.
func (o *Option) ShownExample() (string, bool) { return shown(o.Example) }

// shown returns a value of the data as Airflow's own reference shows it: in one that holds
// "{{" somewhere, "{{" and "}}" mean "{" and "}". "%%" stays.
func shown(value *string) (string, bool) {
	if value == nil {
		return "", false
	}
	if !strings.Contains(*value, "{{") {
		return *value, true
	}
	return braces.Replace(*value), true
}

// braces undoes the doubling of braces in values.
var braces = strings.NewReplacer("{{", "{", "}}", "}")

// Words returns the option's name in words, which serves as its description
// where nobody wrote one: "sentinel_kwargs" is "Sentinel kwargs".
func (o *Option) Words() string {
	words := strings.ToLower(strings.ReplaceAll(o.Name, "_", " "))
	first, size := utf8.DecodeRuneInString(words)
	if size == 0 || first == utf8.RuneError {
		return words
	}
	return string(unicode.ToTitle(first)) + words[size:]
}

// A Section is one section as one file declares it. Airflow's data declares each
// section in one file; where two files do, there are two.
type Section struct {
	Name        string `yaml:"-"`
	Description string `yaml:"description,omitempty"` // RST; "" for none
	Provider    string `yaml:"provider,omitempty"`    // the provider's name; "" for core
	// Renamed says which name the section had before, and the version that renamed it.
	Renamed struct {
		From string `yaml:"previous_name,omitempty"`
		In   string `yaml:"version,omitempty"`
	} `yaml:"renamed,omitempty"`
	Declared finding.Place `yaml:"-"`
}
