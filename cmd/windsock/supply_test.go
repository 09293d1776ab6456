package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"windsock/fixtures"
)

// packagesOf lists the packages that windsock is built from, beside those of Go
// itself, as a template of "go list" has them.
func packagesOf(t *testing.T, template string) []string {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-f", "{{if not .Standard}}"+template+"{{end}}", ".")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	must(t, err)
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}

// readsEnvironment matches a call that reads the environment, or a place that the
// environment tells.
var readsEnvironment = regexp.MustCompile(`(?:[Gg]etenv|LookupEnv|Environ|ExpandEnv|User(?:Home|Cache|Config)Dir|TempDir)\((?:"[A-Z_0-9]*")?\)`)

// asThePageSays is why windsock itself may read a variable.
const asThePageSays = "as docs/faq.md says"

// environment are all readings of the environment in windsock, and in what it is
// built from, with why they may be.
var environment = map[string]string{
	`windsock/cmd/windsock getenv("NO_COLOR")`:    asThePageSays,
	`windsock/cmd/windsock getenv("TERM")`:        asThePageSays,
	`windsock/cmd/windsock getenv("VIRTUAL_ENV")`: asThePageSays,
	`golang.org/x/sys/unix Environ()`:             "which windsock does not call",
}

// TestEnvironment shows that windsock reads no environment variable but those that
// docs/faq.md names.
func TestEnvironment(t *testing.T) {
	page := fileText(t, filepath.Join(fixtures.Root(), "..", "docs", "faq.md"))
	found := make(map[string]bool)
	for _, line := range packagesOf(t, `{{.ImportPath}} {{.Dir}}{{range .GoFiles}} {{.}}{{end}}`) {
		words := strings.Fields(line)
		for _, file := range words[2:] {
			source := fileText(t, filepath.Join(words[1], file))
			for _, call := range readsEnvironment.FindAllString(source, -1) {
				found[words[0]+" "+call] = true
			}
		}
	}
	for call := range found {
		reason, known := environment[call]
		if !known {
			t.Errorf("%s reads what docs/faq.md does not name", call)
		}
		if variable := strings.Split(call, `"`); reason == asThePageSays && !strings.Contains(page, "`"+variable[1]) {
			t.Errorf("docs/faq.md does not say %s", variable[1])
		}
	}
	for call := range environment {
		if !found[call] {
			t.Errorf("%s is gone", call)
		}
	}
}

// TestNoNetwork shows that nothing of windsock can reach a network, nor start
// another program: no package imports what could, but for the types of addresses
// that a library's flags may have.
func TestNoNetwork(t *testing.T) {
	forbidden := []string{"net", "net/http", "net/rpc", "net/smtp", "net/textproto", "os/exec", "plugin"}
	for _, line := range packagesOf(t, `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`) {
		words := strings.Fields(line)
		for _, imported := range words[1:] {
			if slices.Contains(forbidden, imported) && fmt.Sprint(words[0], " ", imported) != "github.com/spf13/pflag net" {
				t.Errorf("%s imports %s", words[0], imported)
			}
		}
	}
}

// TestOneProgram shows that "go install ./..." installs windsock and nothing else.
func TestOneProgram(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{if eq .Name "main"}}{{.ImportPath}}{{end}}`, "windsock/...").Output()
	must(t, err)
	if got := strings.Fields(string(out)); !slices.Equal(got, []string{"windsock/cmd/windsock"}) {
		t.Errorf("the programs are %q", got)
	}
}

// must ends the test on an error.
func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// fileText returns the text of a file.
func fileText(t testing.TB, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	must(t, err)
	return string(text)
}
