package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

// settings are the values of the flags that several commands share. Each command has some of
// them, and may have flags of its own.
type settings struct {
	// Commands that read configuration data.
	projectFile string
	config      []string
	providers   []string
	airflow     []string
	verbose     bool

	// Commands that read pages.
	extensions    []string
	stdinFilename string
	hook          bool

	// Commands that report findings.
	format        string // "" for commands without this flag
	color         string
	strict        bool
	quiet         bool
	baseline      string
	writeBaseline bool

	// Commands that write pages, or verify them.
	out     string
	eachTo  string
	inPlace bool
	force   bool
	dryRun  bool
}

// A choice is a flag whose value is one of a few words. It implements [pflag.Value].
type choice struct {
	value *string
	words []string
}

func (c choice) String() string { return *c.value }
func (c choice) Type() string   { return "string" }

func (c choice) Set(word string) error {
	if !slices.Contains(c.words, word) {
		return fmt.Errorf("write one of %s", strings.Join(c.words, ", "))
	}
	*c.value = word
	return nil
}

// choiceFlag defines a flag whose value is one of a few words; the first is the default.
func choiceFlag(f *pflag.FlagSet, value *string, name, usage string, words ...string) {
	*value = words[0]
	f.Var(choice{value, words}, name, usage+": "+words[0]+" (default), "+strings.Join(words[1:], ", "))
}

// projectFlag defines the flag of commands that read the project file.
func projectFlag(f *pflag.FlagSet, s *settings) {
	f.StringVar(&s.projectFile, "project", "", "read the project file `FILE`")
}

// dataFlags defines the flags of commands that read configuration data.
func dataFlags(f *pflag.FlagSet, s *settings) {
	projectFlag(f, s)
	f.StringArrayVar(&s.config, "config", nil, "read data files like config.yml from `GLOB`; repeatable")
	f.StringArrayVar(&s.providers, "providers", nil, "read data files like provider.yaml from `GLOB`; repeatable")
	f.StringArrayVar(&s.airflow, "airflow", nil, "read the data of the Airflow installed in `DIR`")
	f.BoolVarP(&s.verbose, "verbose", "v", false, "list the project file, data and pages used")
}

// pageFlags defines the flags of commands that read pages and report findings.
func pageFlags(f *pflag.FlagSet, s *settings) {
	dataFlags(f, s)
	f.StringVar(&s.stdinFilename, "stdin-filename", "", "treat standard input as the page `FILE`")
	extensionFlag(f, s)
	f.BoolVar(&s.hook, "hook", false, "PATHs are changed files, as described above")
	f.BoolVar(&s.strict, "strict", false, "make every finding an error")
	f.BoolVarP(&s.quiet, "quiet", "q", false, "print no summary")
	f.StringVar(&s.baseline, "baseline", "", "report only findings that are not in `FILE`")
	choiceFlag(f, &s.format, "format", "`FORMAT`", formatNames()...)
	colorFlag(f, s)
}

// extensionFlag defines the flag of commands that read pages.
func extensionFlag(f *pflag.FlagSet, s *settings) {
	f.StringArrayVar(&s.extensions, "ext", nil, "also read pages that end in `EXT`; repeatable")
}

// colorFlag defines the flag of commands that print findings as text.
func colorFlag(f *pflag.FlagSet, s *settings) {
	choiceFlag(f, &s.color, "color", "`WHEN`", "auto", "always", "never")
}

// outputFlags defines the flags that say where expanded pages go.
func outputFlags(f *pflag.FlagSet, s *settings) {
	f.StringVarP(&s.out, "output", "o", "", "use the output tree `DIR`, for Sphinx to read")
	f.StringVar(&s.eachTo, "each-to", "", "use an output tree `NAME` beside each folder")
	f.BoolVarP(&s.inPlace, "in-place", "w", false, "expand directives in the pages themselves")
}

// check returns an error if flags conflict.
func (s *settings) check() error {
	switch {
	case s.out != "" && s.eachTo != "" || s.inPlace && (s.out != "" || s.eachTo != ""):
		return fmt.Errorf("only one of -o, --each-to and -w can be given")
	case strings.ContainsAny(s.eachTo, `/\`) || s.eachTo == "." || s.eachTo == "..":
		return fmt.Errorf("--each-to takes a name, not the path %q", s.eachTo)
	}
	return nil
}
