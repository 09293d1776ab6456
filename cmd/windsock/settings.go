package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"windsock/cmd/windsock/internal/pages"
)

// settings are the flags of all commands; each command has some of them.
type settings struct {
	projectFile string
	config      []string
	providers   []string
	extensions  []string
	format      string
	formats     []string // those that the flag --format takes
	reports     bool     // whether that is the format of findings
	color       string
	strict      bool
	verbose     bool
	maxSize     pages.Size

	out     string
	eachTo  string
	inPlace bool
	force   bool

	baseline      string
	writeBaseline bool
	fix           bool

	sensitive      bool
	section        []string
	providerFilter []string

	directives []string

	keepRegions bool

	toStdout bool

	stdinFilename string
	hook          bool
}

// dataFlags are the flags of commands that read configuration data.
func dataFlags(f *pflag.FlagSet, s *settings) {
	f.StringVar(&s.projectFile, "project", "", "the project file `FILE` (default: the nearest windsock.yaml, from here upward)")
	f.StringArrayVar(&s.config, "config", nil, "files like Airflow's config.yml; a `GLOB`, repeatable")
	f.StringArrayVar(&s.providers, "providers", nil, "files like a provider.yaml; a `GLOB`, repeatable")
	s.maxSize = pages.MaxSize
	f.Var(&s.maxSize, "max-size", "refuse to read a file of more than `SIZE`")
	f.BoolVarP(&s.verbose, "verbose", "v", false, "say which project file, data and pages are used")
}

// pageFlags are the flags of commands that read pages and report findings.
func pageFlags(f *pflag.FlagSet, s *settings) {
	dataFlags(f, s)
	f.StringVar(&s.stdinFilename, "stdin-filename", "", "standard input is the page `FILE`: in messages, for \"ignore\" and for \"self\"")
	extensionFlag(f, s)
	f.BoolVar(&s.hook, "hook", false, "the PATHs are files that changed, as a hook is given them")
	f.BoolVar(&s.strict, "strict", false, "make every finding an error")
	f.StringVar(&s.baseline, "baseline", "", "report only findings that are not in `FILE`")
	s.formats, s.reports = formatNames(), true
	f.StringVar(&s.format, "format", formats[0].name, "the `FORMAT` of findings: "+strings.Join(s.formats, ", "))
	colorFlag(f, s)
}

// extensionFlag is the flag of commands that read pages.
func extensionFlag(f *pflag.FlagSet, s *settings) {
	f.StringArrayVar(&s.extensions, "ext", nil, "read files that end in `EXT` as pages too, beside .rst; repeatable")
}

// colorFlag is the flag of commands whose findings are for people.
func colorFlag(f *pflag.FlagSet, s *settings) {
	f.StringVar(&s.color, "color", "auto", "`WHEN` messages have colour: auto, always or never")
}

// outputFlags are the flags that say where expanded pages go.
func outputFlags(f *pflag.FlagSet, s *settings) {
	f.StringVarP(&s.out, "output", "o", "", "the output tree is `DIR`, for Sphinx to read")
	f.StringVar(&s.eachTo, "each-to", "", "the output tree of each folder of pages is `NAME`, beside it")
	f.BoolVarP(&s.inPlace, "in-place", "w", false, "expand in the pages themselves")
}

// check reports flags whose values do not fit.
func (s *settings) check() error {
	if s.formats != nil && !slices.Contains(s.formats, s.format) {
		return fmt.Errorf("there is no format %q here; write %s", s.format, strings.Join(s.formats, ", "))
	}
	if s.color != "" && !slices.Contains([]string{"auto", "always", "never"}, s.color) {
		return fmt.Errorf("--color is auto, always or never, not %q", s.color)
	}
	given := 0
	for _, is := range []bool{s.out != "", s.eachTo != "", s.inPlace} {
		if is {
			given++
		}
	}
	if given > 1 {
		return fmt.Errorf("only one of -o, --each-to and -w can be given")
	}
	if strings.ContainsAny(s.eachTo, `/\`) || s.eachTo == "." || s.eachTo == ".." {
		return fmt.Errorf("--each-to takes a name, not the path %q", s.eachTo)
	}
	return nil
}
