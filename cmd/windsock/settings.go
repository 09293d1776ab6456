package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

// settings are what the flags say that several commands have; each command has some of them,
// and may have others of its own.
type settings struct {
	// Of commands that read configuration data.
	projectFile string
	config      []string
	providers   []string
	airflow     []string
	verbose     bool

	// Of commands that go over pages.
	extensions    []string
	stdinFilename string
	hook          bool

	// Of commands that report findings.
	format        string // "" in commands that have no such flag
	color         string
	strict        bool
	quiet         bool
	baseline      string
	writeBaseline bool

	// Of commands that write pages, or verify what was written.
	out     string
	eachTo  string
	inPlace bool
	force   bool
	dryRun  bool
}

// A choice is the value of a flag that takes one of a few words.
type choice struct {
	value *string
	of    []string
}

// String implements [pflag.Value].
func (c choice) String() string { return *c.value }

// Type implements [pflag.Value].
func (c choice) Type() string { return "string" }

// Set implements [pflag.Value].
func (c choice) Set(word string) error {
	if !slices.Contains(c.of, word) {
		return fmt.Errorf("write one of %s", strings.Join(c.of, ", "))
	}
	*c.value = word
	return nil
}

// choiceFlag defines a flag that takes one of some words, the first if it is not given.
func choiceFlag(f *pflag.FlagSet, value *string, name, usage string, of ...string) {
	*value = of[0]
	f.Var(choice{value, of}, name, usage+": "+of[0]+" (default), "+strings.Join(of[1:], ", "))
}

// projectFlag is the flag of commands that read the project file.
func projectFlag(f *pflag.FlagSet, s *settings) {
	f.StringVar(&s.projectFile, "project", "", "read the project file `FILE`")
}

// dataFlags are the flags of commands that read configuration data.
func dataFlags(f *pflag.FlagSet, s *settings) {
	projectFlag(f, s)
	f.StringArrayVar(&s.config, "config", nil, "read data from `GLOB`, like config.yml; repeatable")
	f.StringArrayVar(&s.providers, "providers", nil, "read data from `GLOB`, like provider.yaml; repeatable")
	f.StringArrayVar(&s.airflow, "airflow", nil, "read the data of the Airflow installed in `DIR`")
	f.BoolVarP(&s.verbose, "verbose", "v", false, "say which project file, data and pages are used")
}

// pageFlags are the flags of commands that read pages and report findings.
func pageFlags(f *pflag.FlagSet, s *settings) {
	dataFlags(f, s)
	f.StringVar(&s.stdinFilename, "stdin-filename", "", "standard input is the page `FILE`")
	extensionFlag(f, s)
	f.BoolVar(&s.hook, "hook", false, "PATHs are changed files, as described above")
	f.BoolVar(&s.strict, "strict", false, "make every finding an error")
	f.BoolVarP(&s.quiet, "quiet", "q", false, "print no summary")
	f.StringVar(&s.baseline, "baseline", "", "report only findings that are not in `FILE`")
	choiceFlag(f, &s.format, "format", "`FORMAT`", formatNames()...)
	colorFlag(f, s)
}

// extensionFlag is the flag of commands that read pages.
func extensionFlag(f *pflag.FlagSet, s *settings) {
	f.StringArrayVar(&s.extensions, "ext", nil, "also read pages that end in `EXT`; repeatable")
}

// colorFlag is the flag of commands whose findings are for people.
func colorFlag(f *pflag.FlagSet, s *settings) {
	choiceFlag(f, &s.color, "color", "`WHEN`", "auto", "always", "never")
}

// outputFlags are the flags that say where expanded pages go.
func outputFlags(f *pflag.FlagSet, s *settings) {
	f.StringVarP(&s.out, "output", "o", "", "use the output tree `DIR`, for Sphinx to read")
	f.StringVar(&s.eachTo, "each-to", "", "use an output tree `NAME` beside each folder")
	f.BoolVarP(&s.inPlace, "in-place", "w", false, "expand in the pages themselves")
}

// check reports flags that do not fit together.
func (s *settings) check() error {
	switch {
	case s.out != "" && s.eachTo != "" || s.inPlace && (s.out != "" || s.eachTo != ""):
		return fmt.Errorf("only one of -o, --each-to and -w can be given")
	case strings.ContainsAny(s.eachTo, `/\`) || s.eachTo == "." || s.eachTo == "..":
		return fmt.Errorf("--each-to takes a name, not the path %q", s.eachTo)
	}
	return nil
}
