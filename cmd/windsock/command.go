package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"windsock/directives/catalog"
)

// The exit statuses of every command.
const (
	statusOK       = 0 // nothing to report
	statusFindings = 1 // drift, an error finding, something that cannot be expanded, or nothing listed
	statusTrouble  = 2 // windsock could not work, or looked at nothing

	// statusBrokenPipe is what shells make of a program whose reader went away, as
	// head does: nobody is left to be told anything.
	statusBrokenPipe = 128 + 13
)

// An env is what a run of windsock is given from outside.
type env struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
	terminal       func(io.Writer) bool // whether a writer is one; nil where none is
}

// A command is one of windsock's commands.
type command struct {
	name     string
	usage    string // how its arguments are written
	summary  string // one line, for the list of commands
	help     string // what a docs author needs to know, in paragraphs
	checking bool   // whether its findings are what it is run for, and go to standard output
	// setup defines the command's flags, and returns what runs it once they are parsed.
	setup func(*pflag.FlagSet, *settings) runner
}

// A runner runs a command with its arguments, and returns the exit status.
type runner func(*session, []string) int

// commands returns all commands, in the order in which they are listed.
func commands() []command {
	return []command{checkCommand, expandCommand, verifyCommand, listCommand, usesCommand, inspectCommand, explainCommand, remapCommand, adoptCommand, initCommand, completionCommand()}
}

// run runs the command that args name, and returns the exit status. A command
// whose output could not be written did not work, whatever it found.
func (e env) run(args []string) int {
	out := &sink{Writer: e.stdout}
	e.stdout = out
	status := e.dispatch(args)
	if isBrokenPipe(out.err) {
		return statusBrokenPipe
	}
	if out.err != nil {
		fmt.Fprintf(e.stderr, "windsock: cannot write to standard output: %v\n", out.err)
		return statusTrouble
	}
	return status
}

// A sink is standard output, which remembers the first write that failed.
type sink struct {
	io.Writer
	err error
}

// Write implements [io.Writer].
func (s *sink) Write(p []byte) (int, error) {
	n, err := s.Writer.Write(p)
	if s.err == nil && err != nil {
		s.err = reason(err)
	}
	return n, err
}

// dispatch runs the command that args name.
func (e env) dispatch(args []string) int {
	if len(args) == 0 {
		fmt.Fprint(e.stderr, overview())
		return statusTrouble
	}
	if args[0] == "--version" {
		fmt.Fprintln(e.stdout, describeVersion())
		return statusOK
	}
	if slices.Contains([]string{"-h", "--help", "help"}, args[0]) {
		if len(args) > 1 {
			return e.dispatch([]string{args[1], "--help"})
		}
		fmt.Fprint(e.stdout, overview())
		return statusOK
	}
	if c := findCommand(args[0]); c != nil {
		return e.runCommand(c, args[1:])
	}
	fmt.Fprintf(e.stderr, "windsock: %v\n", noSuch("command", args[0], commandNames(), "run \"windsock --help\" for the commands"))
	return statusTrouble
}

// findCommand returns the command of that name, nil if there is none.
func findCommand(name string) *command {
	all := commands()
	if i := slices.IndexFunc(all, func(c command) bool { return c.name == name }); i >= 0 {
		return &all[i]
	}
	return nil
}

// commandNames returns the names of all commands.
func commandNames() []string {
	return namesOf(commands(), func(c command) string { return c.name })
}

// namesOf returns the names of some things, in their order.
func namesOf[T any](things []T, name func(T) string) (names []string) {
	for _, thing := range things {
		names = append(names, name(thing))
	}
	return names
}

// noSuch says that there is no thing of that name: which was meant, if one of the known
// names is near, else what to do.
func noSuch(what, name string, known []string, otherwise string) error {
	if near, ok := catalog.Nearest(strings.ToLower(name), known); ok {
		otherwise = "did you mean " + near + "?"
	}
	return fmt.Errorf("there is no %s %q; %s", what, name, otherwise)
}

// runCommand parses the flags of one command and runs it.
func (e env) runCommand(c *command, args []string) int {
	var s settings
	flags, run := c.flags(&s)
	err := flags.Parse(args)
	if errors.Is(err, pflag.ErrHelp) {
		fmt.Fprint(e.stdout, c.helpText(flags))
		return statusOK
	}
	session := newSession(e, s, c.checking)
	if err == nil {
		err = s.check()
	}
	if err != nil {
		return session.fail(fmt.Errorf("%w; %s", err, c.flagHint(err, flags)))
	}
	defer session.watch()()
	return session.closing(run(session, flags.Args()))
}

// flags returns the flags of a command, and what runs it once they are parsed.
func (c command) flags(s *settings) (*pflag.FlagSet, runner) {
	flags := pflag.NewFlagSet(c.name, pflag.ContinueOnError)
	flags.SortFlags = false
	flags.Usage = func() {}
	return flags, c.setup(flags, s)
}

// flagHint says what to do about flags that do not parse: which flag was meant,
// if one is near, else where they are explained.
func (c command) flagHint(err error, flags *pflag.FlagSet) string {
	if unknown := (*pflag.NotExistError)(nil); errors.As(err, &unknown) {
		var names []string
		flags.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if near, ok := catalog.Nearest(unknown.GetSpecifiedName(), names); ok {
			return "did you mean --" + near + "?"
		}
	}
	return fmt.Sprintf("run \"windsock %s --help\" for its flags", c.name)
}

// overview lists the commands.
func overview() string {
	var b strings.Builder
	b.WriteString("windsock keeps Airflow's documentation true to Airflow's configuration.\n\nUsage: windsock COMMAND [FLAG…] [ARGUMENT…]\n\nCommands:\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "  %-10s  %s\n", c.name, c.summary)
	}
	b.WriteString(`
"windsock COMMAND --help" explains a command, "windsock explain" the directives
and the rules, and "windsock --version" names the version.

Exit status: 0 nothing to report; 1 drift, an error, or something that cannot be
expanded; 2 windsock could not work, or looked at nothing.
`)
	return b.String()
}

// helpText is what "windsock COMMAND --help" prints.
func (c command) helpText(flags *pflag.FlagSet) string {
	usage := strings.TrimRight("windsock "+c.name+" [FLAG…] "+c.usage, " ")
	text := fmt.Sprintf("%s\n\nUsage: %s\n%s", c.summary, usage, c.help)
	if flags.HasFlags() {
		text += "\nFlags:\n"
	}
	flags.VisitAll(func(f *pflag.Flag) {
		dashes := "      --"
		if f.Shorthand != "" {
			dashes = "  -" + f.Shorthand + ", --"
		}
		value, usage := pflag.UnquoteUsage(f)
		text += hanging(fmt.Sprintf("%-28s ", strings.TrimRight(dashes+f.Name+" "+value, " ")), usage)
	})
	return text
}
