package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"windsock/fixtures"
)

// TestReadme runs every command in README.md. Those in a "console" block begin
// with "$ ", are run in a copy of the demo tree, one after another, and must print
// what follows them. Those in a "sh" block must stand in the script that CI runs.
func TestReadme(t *testing.T) {
	root := filepath.Dir(fixtures.Root())
	readme := readme(t)
	ci, err := os.ReadFile(filepath.Join(root, ".ci", "run"))
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range fenced(readme, "sh") {
		if command = strings.TrimSpace(command); !strings.Contains(string(ci), "\n"+command+"\n") {
			t.Errorf("README.md has the command %q, which .ci/run does not run", command)
		}
	}
	var script, files bytes.Buffer
	script.WriteString("copytree $DEMO .\n")
	commands := consoleCommands(fenced(readme, "console"))
	if len(commands) == 0 {
		t.Fatal("README.md has no console command")
	}
	for i, c := range commands {
		fmt.Fprintf(&script, "shell '%s'\ncmp stdout readme-%d\n", strings.ReplaceAll(c.command, "'", "''"), i)
		fmt.Fprintf(&files, "-- readme-%d --\n%s", i, c.output)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "readme.txtar"), append(script.Bytes(), files.Bytes()...), 0o666); err != nil {
		t.Fatal(err)
	}
	params := scriptParams()
	params.Dir = dir
	testscript.Run(t, params)
}

// readme returns the text of README.md.
func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(filepath.Dir(fixtures.Root()), "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
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
