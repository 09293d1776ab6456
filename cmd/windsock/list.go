package main

import (
	"errors"
	"fmt"
	"io"
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
Each line shows an option, its default, its environment variable, "sensitive" if
it is, and where it is declared. A PATTERN matches part of an option's name in
one of the forms name, section.name, "[section] name" and
AIRFLOW__SECTION__NAME; a PATTERN with * or ? must match the whole name. Case
does not matter.

--format config writes all options as one config.yml, with the versions of
Airflow and of each provider, for use where Airflow is not available.
`,
	setup: func(f *pflag.FlagSet, s *settings) runner {
		var l lister
		f.BoolVar(&l.sensitive, "sensitive", false, "only sensitive options")
		f.StringSliceVar(&l.sections, "section", nil, "only options of section `NAME`; repeatable")
		f.StringSliceVar(&l.providers, "provider", nil, "only options of provider `NAME`, or core; repeatable")
		choiceFlag(f, &l.format, "format", "`FORMAT`", "text", "json", "config")
		dataFlags(f, s)
		return l.list
	},
}

// A lister contains the flags of "windsock list".
type lister struct {
	format              string
	sensitive           bool
	sections, providers []string // nil for all
}

// list runs "windsock list".
func (l *lister) list(s *session, patterns []string) int {
	if err := s.open(nil); err != nil {
		return s.fail(err)
	}
	if l.format == "config" {
		return l.listConfig(s, patterns)
	}
	if err := l.resolve(s.catalog); err != nil {
		return s.fail(err)
	}
	options := slices.DeleteFunc(slices.Clone(s.catalog.Options()), func(o *catalog.Option) bool {
		return l.sensitive && !o.Sensitive || l.sections != nil && !slices.Contains(l.sections, o.Section) ||
			l.providers != nil && !slices.Contains(l.providers, o.Provider) || !matchesAny(patterns, o.Reference)
	})
	if l.format == "json" {
		s.stdout.Write(indentedJSON(listingOf(options), ""))
	} else {
		listText(s.stdout, options)
	}
	if len(options) == 0 {
		fmt.Fprintln(s.stderr, "windsock: no option matches")
		return statusFindings
	}
	return statusOK
}

// listConfig writes all options as one config.yml.
func (l *lister) listConfig(s *session, patterns []string) int {
	switch {
	case len(patterns) > 0 || l.sensitive || l.sections != nil || l.providers != nil:
		return s.fail(errors.New("--format config writes all options; leave out patterns and filters"))
	case s.badData:
		return s.fail(errors.New("the data has errors; correct them before you write it as one file"))
	}
	s.stdout.Write(s.catalog.Config())
	return statusOK
}

// resolve replaces the names of providers by those in the data, and "core" by "". It returns an
// error if a section or a provider is not in the data.
func (l *lister) resolve(c *catalog.Catalog) error {
	const listAll = "run \"windsock list\" for all options"
	for i, name := range l.providers {
		p := c.ProviderByName(name)
		switch {
		case strings.EqualFold(name, "core"):
			l.providers[i] = ""
		case p == nil:
			return noSuch("provider", name, namesOf(c.Providers(), func(p *catalog.Provider) string { return p.Name }), listAll)
		default:
			l.providers[i] = p.Name
		}
	}
	names := namesOf(c.Sections(), func(section *catalog.Section) string { return section.Name })
	for _, name := range l.sections {
		if !slices.Contains(names, name) {
			return noSuch("section", name, names, listAll)
		}
	}
	return nil
}

// matchesAny reports whether one of the patterns matches an option. Without patterns, all options
// match.
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

// listText writes options as a table.
func listText(to io.Writer, options []*catalog.Option) {
	w := tabwriter.NewWriter(to, 0, 8, 2, ' ', 0)
	for _, o := range options {
		mark := ""
		if o.Sensitive {
			mark = "sensitive"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s:%d\n", clean(o.String()), oneLine(o), clean(o.EnvVar()), mark, pages.Quoted(o.Declared.Path), o.Declared.Line)
	}
	w.Flush()
}

// oneLine returns an option's default as a short text in one line.
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

// A listing is the JSON object that "windsock list" writes.
type listing struct {
	Version int            `json:"version"`
	Options []listedOption `json:"options"`
}

// A listedOption is the JSON object about one option.
type listedOption struct {
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

// listingOf returns the listing of options. The provider of core's options is null.
func listingOf(options []*catalog.Option) listing {
	all := listing{jsonVersion, make([]listedOption, len(options))}
	for i, o := range options {
		all.Options[i] = listedOption{o.Section, o.Name, o.EnvVar(), o.Type, nil, o.Sensitive, nil, o.Declared.Path, o.Declared.Line}
		if value, ok := o.ShownDefault(); ok {
			all.Options[i].Default = &value
		}
		if o.Provider != "" {
			all.Options[i].Provider = &o.Provider
		}
	}
	return all
}
