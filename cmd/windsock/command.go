package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"

	"windsock/directives/catalog"
)

// The exit statuses of all commands.
const (
	statusOK       = 0 // nothing to report
	statusFindings = 1 // drift, an error finding, something that cannot be expanded, or nothing listed
	statusTrouble  = 2 // windsock could not work, or read no page

	// statusBrokenPipe is the status that shells report for a program ended by SIGPIPE.
	// Windsock exits with it, and without a message, if the reader of its output ends, as
	// head does.
	statusBrokenPipe = 128 + 13
)

// An env is the environment of a run.
type env struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
	isTerminal     func(io.Writer) bool // nil if no writer is a terminal
}

// A command is one of windsock's commands.
type command struct {
	name     string
	usage    string // its arguments, as the usage line shows them
	summary  string // one line, for the list of commands
	help     string // paragraphs for docs authors
	checking bool   // whether findings are its result, and go to standard output
	// setup defines the command's flags, and returns the runner to call once they are parsed.
	setup func(*pflag.FlagSet, *settings) runner
}

// A runner runs a command with its arguments, and returns the exit status.
type runner func(*session, []string) int

// commands returns all commands in the order of the list.
func commands() []command {
	return []command{checkCommand, expandCommand, verifyCommand, listCommand, usesCommand, inspectCommand, explainCommand, remapCommand, adoptCommand, initCommand, completionCommand()}
}

// run runs the command that args name, and returns the exit status. A failed write to standard
// output overrides the command's own status.
func (e env) run(args []string) int {
	out := &errWriter{Writer: e.stdout}
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

// An errWriter records the first error of its Writer.
type errWriter struct {
	io.Writer
	err error
}

// Write implements [io.Writer].
func (w *errWriter) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	if w.err == nil && err != nil {
		w.err = reason(err)
	}
	return n, err
}

// dispatch runs the command that args name.
func (e env) dispatch(args []string) int {
	if len(args) == 0 {
		fmt.Fprint(e.stderr, overview())
		return statusTrouble
	}
	switch args[0] {
	case "--version":
		fmt.Fprintln(e.stdout, describeVersion())
		return statusOK
	case "-h", "--help", "help":
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

// findCommand returns the command called name, nil if there is none.
func findCommand(name string) *command {
	for _, c := range commands() {
		if c.name == name {
			return &c
		}
	}
	return nil
}

// commandNames returns the names of all commands.
func commandNames() []string {
	return namesOf(commands(), func(c command) string { return c.name })
}

// namesOf returns the name of each item.
func namesOf[T any](items []T, name func(T) string) (names []string) {
	for _, item := range items {
		names = append(names, name(item))
	}
	return names
}

// noSuch returns an error about an unknown name. It suggests the known name that is near, or
// else gives the hint otherwise.
func noSuch(what, name string, known []string, otherwise string) error {
	if near, ok := catalog.Nearest(strings.ToLower(name), known); ok {
		otherwise = "did you mean " + near + "?"
	}
	return fmt.Errorf("there is no %s %q; %s", what, name, otherwise)
}

// runCommand parses the flags of a command and runs it.
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
	defer session.watchSignals()()
	return session.finish(run(session, flags.Args()))
}

// flags returns the command's flags, which set s, and its runner.
func (c command) flags(s *settings) (*pflag.FlagSet, runner) {
	flags := pflag.NewFlagSet(c.name, pflag.ContinueOnError)
	flags.SortFlags = false
	flags.Usage = func() {}
	return flags, c.setup(flags, s)
}

// flagHint returns a hint for an error about flags: the flag that was probably meant, or else
// how to list the flags.
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

// overview returns the output of "windsock --help".
func overview() string {
	var b strings.Builder
	b.WriteString("windsock keeps Airflow's documentation true to Airflow's configuration.\n\nUsage: windsock COMMAND [FLAG…] [ARGUMENT…]\n\nCommands:\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "  %-10s  %s\n", c.name, c.summary)
	}
	b.WriteString(`
"windsock COMMAND --help" explains a command, "windsock explain" lists the
directives and the rules, and "windsock --version" prints the version.

Exit status: 0 nothing to report; 1 drift, an error, or something that cannot be
expanded; 2 windsock could not work, or read no page.
`)
	return b.String()
}

// helpText returns the output of "windsock COMMAND --help".
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
