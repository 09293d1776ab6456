//go:build ci

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"windsock/fixtures"
)

// TestRemapSphinx has Sphinx warn of an output tree, maps that to the sources, and compares it
// with what Sphinx says of these, where windsock's directives show nothing. Warnings about what
// the author wrote in a directive, which Sphinx does not see there, must be at its line.
func TestRemapSphinx(t *testing.T) {
	archive, err := txtar.ParseFile(filepath.Join(fixtures.Root(), "warnings", "pages.txtar"))
	must(t, err)
	t.Chdir(t.TempDir())
	must(t, txtar.Write(archive, "."))
	bin := windsock(t)
	if out, err := exec.Command(bin, "expand", "docs", "-o", "docs-expanded").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	said := warn(t, "docs-expanded")
	remap := exec.Command(bin, "remap", "docs-expanded")
	remap.Stdin = bytes.NewReader(said)
	mapped, err := remap.Output()
	must(t, err)
	own, rest := split(warnings(mapped))
	if want := warnings(warn(t, "docs")); !slices.Equal(rest, want) {
		t.Errorf("mapped:\n%s\n\nof the sources:\n%s", strings.Join(rest, "\n"), strings.Join(want, "\n"))
	} else if len(want) < 30 {
		t.Errorf("only %d warnings", len(want))
	}
	if len(own) != 11 {
		t.Errorf("%d warnings about the author's own words in directives:\n%s", len(own), strings.Join(own, "\n"))
	}
}

// warn returns what Sphinx warns of, with colours.
func warn(t *testing.T, folder string) []byte {
	t.Helper()
	cmd := exec.Command(fixtures.Python(t), "-m", "sphinx", "-q", "--color", "-b", "html", folder, "html-"+folder)
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s", err, said.Bytes())
	}
	return said.Bytes()
}

// warnings returns the lines that a program printed, sorted.
func warnings(printed []byte) []string {
	lines := strings.Split(strings.TrimSpace(string(printed)), "\n")
	slices.Sort(lines)
	return lines
}

// located matches the place of a warning.
var located = regexp.MustCompile(`docs/(\w+\.rst):(\d+): `)

// split divides warnings in those at a line that says that it is inside a directive of
// windsock's, where Sphinx finds nothing in the sources, and the rest. What a warning names is
// on its line.
func split(warnings []string) (own, rest []string) {
	for _, w := range warnings {
		if line := lineOf(w); strings.Contains(line, "inside-") && strings.Contains(line, inside.FindString(w)) {
			own = append(own, w)
		} else {
			rest = append(rest, w)
		}
	}
	return own, rest
}

// inside matches words in a directive of windsock's.
var inside = regexp.MustCompile(`inside-\d+`)

// lineOf returns the line of a source that a warning is about, "" if it names none.
func lineOf(warning string) string {
	place := located.FindStringSubmatch(warning)
	if place == nil {
		return ""
	}
	source, _ := os.ReadFile("docs/" + place[1])
	number, _ := strconv.Atoi(place[2])
	lines := strings.Split(string(source), "\n")
	return lines[min(max(number, 1), len(lines))-1]
}
