package catalog

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"windsock/directives/finding"
	"windsock/grammar"
)

// A Reference is the section and the name of an option. The data may or may not declare it.
type Reference struct {
	Section string // such as "core", or with dots: "providers.jdbc"
	Name    string // such as "fernet_key"
}

// String returns the reference as Airflow's docs write it: "[section] name".
func (r Reference) String() string { return "[" + r.Section + "] " + r.Name }

// EnvVar returns the environment variable that sets the option: AIRFLOW__SECTION__NAME, with
// "_" instead of dots in the section. It is the same for all spellings of an option.
func (r Reference) EnvVar() string {
	return strings.ToUpper(grammar.EnvPrefix + strings.ReplaceAll(r.Section, ".", "_") + grammar.Separator + r.Name)
}

// ParseReference parses a text that names an option, as [grammar.ParseReference] does, and
// reports false for any other text. An environment variable does not show where the section has
// dots, or which of several "__" ends it. For a variable, only the EnvVar of the result is
// right; use [Catalog.Find] to get the option.
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

// An Option is one option that the data declares. A nil pointer means no value ("~" or no key),
// which is not the same as an empty string.
type Option struct {
	Reference    `yaml:"-"`
	Description  string  `yaml:"description,omitempty"`   // RST, by Airflow's convention; "" for none
	Provider     string  `yaml:"provider,omitempty"`      // the provider's name, such as "cncf-kubernetes"; "" for core
	Type         string  `yaml:"type,omitempty"`          // string, boolean, integer or float; "" if not stated
	VersionAdded string  `yaml:"version_added,omitempty"` // "" for none
	Example      *string `yaml:"example,omitempty"`       // as in the data, with {{ and }}; nil for none
	Default      *string `yaml:"default,omitempty"`       // likewise
	Sensitive    bool    `yaml:"sensitive,omitempty"`

	VersionDeprecated string        `yaml:"version_deprecated,omitempty"` // the version from which the option is deprecated, or ""
	DeprecationReason string        `yaml:"deprecation_reason,omitempty"` // RST; "" for none
	Declared          finding.Place `yaml:"-"`
}

// saysTheSame reports whether another provider declares the option in the same way.
func (o *Option) saysTheSame(p *Option) bool {
	a, hasA := o.ShownDefault()
	b, hasB := p.ShownDefault()
	return o.Provider != p.Provider && a == b && hasA == hasB && o.Type == p.Type && o.Sensitive == p.Sensitive && o.Description == p.Description
}

// Deprecated reports whether the option is deprecated.
func (o *Option) Deprecated() bool { return o.VersionDeprecated != "" || o.DeprecationReason != "" }

// ShownDefault returns the default as Airflow's own reference shows it, and false if the data
// has none. For an empty default it returns "" and true.
func (o *Option) ShownDefault() (string, bool) { return shown(o.Default) }

// ShownExample returns the example as Airflow's own reference shows it, and false if the data
// has none.
func (o *Option) ShownExample() (string, bool) { return shown(o.Example) }

// shown returns a value as Airflow's own reference shows it: if it contains "{{", then "{{" and
// "}}" become "{" and "}". "%%" does not change.
func shown(value *string) (string, bool) {
	if value == nil {
		return "", false
	}
	if !strings.Contains(*value, "{{") {
		return *value, true
	}
	return braces.Replace(*value), true
}

// braces replaces doubled braces by single ones.
var braces = strings.NewReplacer("{{", "{", "}}", "}")

// Words returns the option's name in words, for an option without a description:
// "sentinel_kwargs" is "Sentinel kwargs".
func (o *Option) Words() string {
	words := strings.ToLower(strings.ReplaceAll(o.Name, "_", " "))
	first, size := utf8.DecodeRuneInString(words)
	if size == 0 || first == utf8.RuneError {
		return words
	}
	return string(unicode.ToTitle(first)) + words[size:]
}

// A Section is a section in one file. If two files declare a section, there are two.
type Section struct {
	Name        string `yaml:"-"`
	Description string `yaml:"description,omitempty"` // RST; "" for none
	Provider    string `yaml:"provider,omitempty"`    // the provider's name; "" for core
	// Renamed has the former name of the section, and the version that renamed it.
	Renamed struct {
		From string `yaml:"previous_name,omitempty"`
		In   string `yaml:"version,omitempty"`
	} `yaml:"renamed,omitempty"`
	Declared finding.Place `yaml:"-"`
}
