package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/rogpeppe/go-internal/txtar"

	"windsock/fixtures"
)

// TestReadme runs every command in README.md and in the pages in docs. Those in a
// "console" block begin with "$ ", are run in a copy of the demo tree, one after
// another, and must print what follows them, which -update rewrites. Those in a "sh" block
// must stand in the script that CI runs.
func TestReadme(t *testing.T) {
	root := filepath.Dir(fixtures.Root())
	ci := fileText(t, filepath.Join(root, ".ci", "run"))
	params := scriptParams()
	params.Dir = t.TempDir()
	params.UpdateScripts = fixtures.Updating()
	for _, page := range append(referencePages(t), filepath.Join(root, "README.md")) {
		text := fileText(t, page)
		for _, command := range fenced(text, "sh") {
			if command = strings.TrimSpace(command); !strings.Contains(ci, "\n"+command+"\n") {
				t.Errorf("%s has the command %q, which .ci/run does not run", page, command)
			}
		}
		name := strings.TrimSuffix(filepath.Base(page), ".md")
		commands := consoleCommands(fenced(text, "console"))
		if len(commands) == 0 && name == "README" {
			t.Fatal("README.md has no console command")
		}
		script := filepath.Join(params.Dir, name+".txtar")
		must(t, os.WriteFile(script, consoleScript(commands), 0o666))
		if fixtures.Updating() {
			t.Cleanup(func() { updateConsole(t, page, script) }) // when the script has run
		}
	}
	testscript.Run(t, params)
}

// updateConsole writes what the commands of a page printed, as their script has it, into
// its console blocks.
func updateConsole(t *testing.T, page, script string) {
	text := fileText(t, page)
	ran, err := txtar.ParseFile(script)
	must(t, err)
	outputs := ran.Files
	updated := block.ReplaceAllStringFunc(text, func(b string) string {
		if !strings.HasPrefix(b, "```console\n") {
			return b
		}
		console := "```console\n"
		for _, c := range consoleCommands(strings.Split(b, "\n")) {
			console += "$ " + c.command + "\n" + string(outputs[0].Data)
			outputs = outputs[1:]
		}
		return console + "```"
	})
	must(t, os.WriteFile(page, []byte(updated), 0o666))
}

// consoleScript returns a script that runs commands and compares what they print.
func consoleScript(commands []consoleCommand) []byte {
	var script, files bytes.Buffer
	script.WriteString("copytree $DEMO .\n")
	for i, c := range commands {
		fmt.Fprintf(&script, "shell '%s'\ncmp stdout want-%d\n", strings.ReplaceAll(c.command, "'", "''"), i)
		fmt.Fprintf(&files, "-- want-%d --\n%s", i, c.output)
	}
	return append(script.Bytes(), files.Bytes()...)
}

// readme returns the text of README.md.
func readme(t *testing.T) string {
	t.Helper()
	return fileText(t, filepath.Join(filepath.Dir(fixtures.Root()), "README.md"))
}

// A consoleCommand is a command and what it prints.
type consoleCommand struct{ command, output string }

// consoleCommands reads the lines of console blocks.
func consoleCommands(lines []string) []consoleCommand {
	var commands []consoleCommand
	for _, l := range lines {
		if command, ok := strings.CutPrefix(l, "$ "); ok {
			commands = append(commands, consoleCommand{command: command})
		} else if n := len(commands); n > 0 {
			commands[n-1].output += l + "\n"
		}
	}
	return commands
}

// fenced returns the lines of the fenced blocks of a language.
func fenced(text, language string) []string {
	var lines []string
	inside := false
	for _, l := range strings.Split(text, "\n") {
		switch {
		case l == "```"+language:
			inside = true
		case strings.HasPrefix(l, "```"):
			inside = false
		case inside:
			lines = append(lines, l)
		}
	}
	return lines
}
