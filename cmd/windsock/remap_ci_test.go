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

// TestRemapSphinx has Sphinx warn of an output tree, leads that back, and compares it
// with what Sphinx says of the sources, where windsock's directives show nothing.
// Warnings about the text of an expansion, which Sphinx does not see there, must be at
// the line of its directive, as the sources have it.
func TestRemapSphinx(t *testing.T) {
	archive, err := txtar.ParseFile(filepath.Join(fixtures.Root(), "warnings", "pages.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := txtar.Write(archive, "."); err != nil {
		t.Fatal(err)
	}
	bin := windsock(t)
	if out, err := exec.Command(bin, "expand", "docs", "-o", "docs-expanded").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	said := warn(t, "docs-expanded")
	remap := exec.Command(bin, "remap", "docs-expanded")
	remap.Stdin = bytes.NewReader(said)
	led, err := remap.Output()
	if err != nil {
		t.Fatal(err)
	}
	isInside := func(w string) bool { return strings.Contains(w, "(in the expansion of ") }
	want, all := warnings(warn(t, "docs")), warnings(led)
	got := slices.DeleteFunc(slices.Clone(all), isInside)
	if !slices.Equal(got, want) {
		t.Errorf("led back:\n%s\n\nof the sources:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(want) < 30 {
		t.Errorf("only %d warnings", len(want))
	}
	checkInside(t, slices.DeleteFunc(all, func(w string) bool { return !isInside(w) }))
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

// located matches a warning about the text of an expansion.
var located = regexp.MustCompile(`docs/(\w+\.rst):(\d+): .*\(in the expansion of (airflow-[a-z-]+)\)`)

// checkInside holds warnings about the text of expansions against the sources: they
// are at the line of a directive, and that holds the words that they name.
func checkInside(t *testing.T, warnings []string) {
	t.Helper()
	seen := map[string]bool{}
	for _, w := range warnings {
		parts := located.FindStringSubmatch(w)
		if parts == nil {
			t.Errorf("%s: where, and inside which expansion?", w)
			continue
		}
		source, err := os.ReadFile("docs/" + parts[1])
		if err != nil {
			t.Fatal(err)
		}
		number, _ := strconv.Atoi(parts[2])
		directive := strings.Join(strings.Split(string(source), "\n")[number-1:], "\n")
		head, body, _ := strings.Cut(directive, "\n")
		body, _, _ = strings.Cut(body, ".. ")
		words := regexp.MustCompile(`inside-\d+`).FindString(w)
		if !strings.Contains(head, ".. "+parts[3]+"::") || !strings.Contains(body, words) {
			t.Errorf("%s: line %d is %q", w, number, head)
		}
		seen[words] = true
	}
	// Two of the ten places are in warnings that name no words.
	if len(seen) != 9 || len(warnings) < 11 {
		t.Errorf("%d warnings about %d places inside expansions", len(warnings), len(seen))
	}
}
