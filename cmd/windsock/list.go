package main

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/pflag"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives/catalog"
)

var listCommand = command{
	name:    "list",
	usage:   "[PATTERN…]",
	summary: "List the options that the configuration data declares.",
	help: `
Each option is listed with its default, its environment variable, "sensitive" if
it is, and the place that declares it. A PATTERN is part of an option's name, in
one of the forms name, section.name, "[section] name" and
AIRFLOW__SECTION__NAME; a PATTERN with * or ? must match the whole name. Case
does not matter.

With --format config all options are written as one config.yml, with the
versions of Airflow and of each provider, to be used where no Airflow is at
hand.
`,
	flags: func(f *pflag.FlagSet, s *settings) {
		f.BoolVar(&s.sensitive, "sensitive", false, "only sensitive options")
		f.StringSliceVar(&s.section, "section", nil, "only options of section `NAME`; repeatable")
		f.StringSliceVar(&s.providerFilter, "provider", nil, "only options of provider `NAME`, or core; repeatable")
		choiceFlag(f, &s.format, "format", "`FORMAT`", listFormats)
		dataFlags(f, s)
	},
	run: list,
}

// listFormats are how options can be listed.
var listFormats = []string{formats[0].name, "json", "config"}

// list runs "windsock list".
func list(s *session, patterns []string) int {
	if err := s.open(nil); err != nil {
		return s.fail(err)
	}
	if s.format == "config" {
		return s.listConfig(patterns)
	}
	providers, err := s.namedProviders()
	if err != nil {
		return s.fail(err)
	}
	if err := s.knownSections(); err != nil {
		return s.fail(err)
	}
	var options []*catalog.Option
	for _, o := range s.catalog.Options() {
		if s.sensitive && !o.Sensitive || s.section != nil && !slices.Contains(s.section, o.Section) ||
			providers != nil && !slices.Contains(providers, o.Provider) || !matchesAny(patterns, o.Reference) {
			continue
		}
		options = append(options, o)
	}
	if s.format == "json" {
		s.listJSON(options)
	} else {
		s.listText(options)
	}
	if len(options) == 0 {
		fmt.Fprintln(s.stderr, "windsock: no option matches")
		return statusFindings
	}
	return statusOK
}

// listConfig writes all options as one config.yml.
func (s *session) listConfig(patterns []string) int {
	if len(patterns) > 0 || s.sensitive || s.section != nil || s.providerFilter != nil {
		return s.fail(errors.New("--format config writes all options; leave out patterns and filters"))
	}
	if s.badData {
		return s.fail(errors.New("the data has faults, which are to be mended before it is written as one file"))
	}
	s.stdout.Write(s.catalog.Config())
	return statusOK
}

// namedProviders returns the providers of the flag "--provider", "" for core; nil
// if the flag was not given.
func (s *session) namedProviders() ([]string, error) {
	var names []string
	for _, name := range s.providerFilter {
		if strings.EqualFold(name, "core") {
			names = append(names, "")
			continue
		}
		p := s.catalog.ProviderByName(name)
		if p == nil {
			known := namesOf(s.catalog.Providers(), func(p *catalog.Provider) string { return p.Name })
			return nil, noSuch("provider", name, known, listAll)
		}
		names = append(names, p.Name)
	}
	return names, nil
}

// knownSections reports a section of the flag "--section" that no data declares.
func (s *session) knownSections() error {
	names := namesOf(s.catalog.Sections(), func(section *catalog.Section) string { return section.Name })
	for _, name := range s.section {
		if !slices.Contains(names, name) {
			return noSuch("section", name, names, listAll)
		}
	}
	return nil
}

// listAll says how to find out what there is.
const listAll = "run \"windsock list\" for all options"

// matchesAny reports whether one of the patterns matches an option, or there is
// none.
func matchesAny(patterns []string, o catalog.Reference) bool {
	forms := []string{o.Name, o.Section + "." + o.Name, o.String(), o.EnvVar()}
	return len(patterns) == 0 || slices.ContainsFunc(patterns, func(p string) bool {
		return slices.ContainsFunc(forms, func(form string) bool { return matches(p, form) })
	})
}

// matches reports whether a pattern matches one form of an option's name.
func matches(pattern, form string) bool {
	pattern, form = strings.ToLower(strings.Trim(pattern, "`")), strings.ToLower(form)
	if !strings.ContainsAny(pattern, "*?") {
		return strings.Contains(form, pattern)
	}
	ok, _ := path.Match(strings.NewReplacer("[", `\[`, "]", `\]`, "/", ".").Replace(pattern), strings.ReplaceAll(form, "/", "."))
	return ok
}

// listText writes options as a table for people.
func (s *session) listText(options []*catalog.Option) {
	w := tabwriter.NewWriter(s.stdout, 0, 8, 2, ' ', 0)
	for _, o := range options {
		mark := ""
		if o.Sensitive {
			mark = "sensitive"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s:%d\n", clean(o.String()), oneLine(o), clean(o.EnvVar()), mark, pages.Quoted(o.Declared.Path), o.Declared.Line)
	}
	w.Flush()
}

// oneLine returns an option's default as one short word for a table.
func oneLine(o *catalog.Option) string {
	value, ok := o.ShownDefault()
	switch {
	case !ok:
		return "-"
	case value == "":
		return `""`
	}
	short := []rune(strings.Join(strings.Fields(clean(value)), " "))
	if len(short) > 40 {
		short = append(short[:39], '…')
	}
	return string(short)
}

// A listing is what list writes as JSON.
type listing struct {
	Version int      `json:"version"`
	Options []listed `json:"options"`
}

// A listed option, as JSON.
type listed struct {
	Section   string  `json:"section"`
	Option    string  `json:"option"`
	EnvVar    string  `json:"env_var"`
	Type      string  `json:"type"`
	Default   *string `json:"default"`
	Sensitive bool    `json:"sensitive"`
	Provider  *string `json:"provider"`
	Path      string  `json:"path"`
	Line      int     `json:"line"`
}

// listJSON writes options as one object, with what core declares under a null provider.
func (s *session) listJSON(options []*catalog.Option) {
	out := make([]listed, len(options))
	for i, o := range options {
		out[i] = listed{
			Section: o.Section, Option: o.Name, EnvVar: o.EnvVar(), Type: o.Type, Sensitive: o.Sensitive,
			Path: o.Declared.Path, Line: o.Declared.Line,
		}
		if value, ok := o.ShownDefault(); ok {
			out[i].Default = &value
		}
		if o.Provider != "" {
			out[i].Provider = &o.Provider
		}
	}
	s.stdout.Write(indentedJSON(listing{jsonVersion, out}, ""))
}
