package main

import (
	"bytes"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"windsock/cmd/windsock/internal/pages"
	"windsock/fixtures"
)

// hostileNames are names that somebody may give pages and folders to do harm: by what a
// terminal, a shell, a format of messages or a glob makes of them, or by their length.
var hostileNames = []string{
	"plain", "new\nline", "cr\rx", "tab\tx", "\x1b[31mred", "\x1b]0;title\x07", "\xff\xfe", "\xc3", "-rf", "--force", "-", "a b", " ",
	`quo"te'`, `"`, `back\slash`, "#", "!", "~", "$(touch x)", "`touch x`", "*", "?", "[a]", "{a,b}", "%2e%2e", "a -> b", "x.rst\n",
	":1:2: error: x [stale]", "::error file=x::", "\u202egnp", "\u2066x", "\u2028", "\u0085", "\x7f", "\x01", "é", "e\u0301", longName,
}

// longName is a name that with its ".rst" is as long as names can be.
var longName = strings.Repeat("x", 251)

// hostileTree writes a project whose folder docs holds a page of each of those names, and
// a folder with a page, and returns the pages. All hold the same.
func hostileTree(t *testing.T, text string) (paths []string) {
	t.Helper()
	t.Chdir(t.TempDir())
	setParallelism(t, 32)
	must(t, os.WriteFile("windsock.yaml", []byte("config: [config.yml]\n"), 0o666))
	for _, name := range hostileNames {
		must(t, os.MkdirAll("docs/"+name, 0o777))
		paths = append(paths, "docs/"+name+".rst", "docs/"+name+"/page.rst")
	}
	for _, path := range paths {
		must(t, os.WriteFile(path, []byte(text), 0o666))
	}
	return paths
}

// setParallelism gives the only option of a project a default.
func setParallelism(t *testing.T, value int) {
	t.Helper()
	text := "core:\n  description: ~\n  options:\n    parallelism: {description: A., type: integer, default: \"%d\", version_added: ~, example: ~}\n"
	must(t, os.WriteFile("config.yml", fmt.Appendf(nil, text, value), 0o666))
}

// These are pages with something for each command.
const (
	slipPage      = "Set ``[core] paralelism``.\n"
	directivePage = "Page.\n\n.. airflow-config-default:: [core] parallelism\n"
	tablePage     = "Page.\n\n.. list-table::\n   :header-rows: 1\n\n   * - Setting\n     - Default\n   * - ``[core] parallelism``\n     - 32\n"
)

// told runs windsock, and returns what it told, on both streams. Whatever names it was
// given, that is text which leaves a terminal as it was.
func told(t *testing.T, status int, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	e := env{stdin: strings.NewReader(directivePage), stdout: &out, stderr: &out, getenv: os.Getenv}
	if got := e.run(args); got != status {
		t.Errorf("%q: status %d, want %d\n%.1000s", args, got, status, &out)
	}
	text := strings.NewReplacer("\t\n", "\n", "\t b/", " b/", "\t /", " /").Replace(out.String()) // as the names of diffs end
	at := strings.IndexFunc(text, func(r rune) bool {
		return r != '\n' && unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Bidi_Control)
	})
	if !utf8.ValidString(text) || at >= 0 {
		t.Errorf("%q: it tells %q", args, strings.ToValidUTF8(text[max(at-50, 0):], "BAD")[:100])
	}
	if strings.Contains(text, "goroutine ") {
		t.Errorf("%q: %s", args, text)
	}
	return out.String()
}

// shownIn are the ways in which the formats name a file at the beginning of what they
// tell of one of its lines.
var shownIn = map[string]func(path string, line int) string{
	"text": func(path string, line int) string { return fmt.Sprintf("\n%s:%d:", pages.Quoted(path), line) },
	"json": func(path string, line int) string {
		return fmt.Sprintf(`"path": %s,%s"line": %d,`, quotedJSON(path), "\n      ", line)
	},
	"github": func(path string, line int) string { return fmt.Sprintf("file=%s,line=%d,", gitHubProperty(path), line) },
	"sarif":  func(path string, _ int) string { return `"uri": "` + (&url.URL{Path: path}).String() + `"` },
}

// quotedJSON returns a string as JSON has it.
func quotedJSON(s string) string {
	return strings.TrimSuffix(string(indentedJSON(s, "")), "\n")
}

// names fails unless a text in a format tells something of that line of each file.
func names(t *testing.T, text, format string, line int, paths []string) {
	t.Helper()
	for _, path := range paths {
		if shown := shownIn[format](path, line); !strings.Contains("\n"+text, shown) {
			t.Errorf("as %s it tells nothing of %q", format, path)
		}
	}
}

// Every page is named in what is told of it, in each format.
func TestHostileNamesTold(t *testing.T) {
	paths := hostileTree(t, slipPage)
	for format := range shownIn {
		for _, args := range [][]string{
			{"verify", "-w", "docs"}, append([]string{"check", "--hook", "--"}, paths...),
			{"check", "docs"}, {"verify", "docs"}, {"verify", "docs", "-o", "none"}, append([]string{"verify", "--"}, paths...),
		}[:fixtures.Rounds(2, 6)] {
			text := told(t, statusFindings, slices.Insert(args, 1, "--format", format)...)
			names(t, text, format, 1, paths)
		}
	}
}

// same fails unless the files of those paths hold the same as the first, and that is not
// what they held before.
func same(t *testing.T, about string, paths []string, before string) {
	t.Helper()
	want, err := os.ReadFile(paths[0])
	must(t, err)
	if string(want) == before {
		t.Errorf("%s: %s is not written", about, paths[0])
	}
	for _, path := range paths {
		if data, err := os.ReadFile(path); err != nil || string(data) != string(want) {
			t.Errorf("%s: %q holds %.100q (%v)", about, path, data, err)
		}
	}
}

// Every page is written, whole, by each command that writes pages, and nothing else is.
func TestHostileNamesWritten(t *testing.T) {
	for _, c := range []struct {
		page string
		args []string
	}{
		{slipPage, []string{"check", "--fix", "docs"}},
		{tablePage, []string{"adopt", "-v", "-w", "docs"}},
		{directivePage, []string{"expand", "-w", "--strict"}},
		{directivePage, []string{"expand", "-v", "-w", "docs"}},
	}[:fixtures.Rounds(3, 4)] {
		paths := hostileTree(t, c.page)
		before := projectFiles(t, ".")
		told(t, statusOK, c.args...)
		same(t, fmt.Sprint(c.args), paths, c.page)
		after := projectFiles(t, ".")
		for _, path := range paths {
			after[path] = before[path]
		}
		sameFiles(t, after, before)
	}
}

// Pages that have drifted in place are named, shown as a diff that patch takes, and
// renewed.
func TestHostileNamesDrift(t *testing.T) {
	paths := hostileTree(t, directivePage)
	told(t, statusOK, "expand", "-w")
	old, err := os.ReadFile(paths[0])
	must(t, err)
	setParallelism(t, 33)
	for format := range shownIn {
		names(t, told(t, statusFindings, "verify", "-w", "--format", format), format, 3, paths)
	}
	paths = paths[:len(paths)-2]
	must(t, os.RemoveAll("docs/"+longName))
	must(t, os.Remove("docs/"+longName+".rst")) // patch itself needs names that are longer
	patch(t, told(t, statusFindings, "verify", "-w"))
	same(t, "patch", paths, string(old))
	told(t, statusOK, "verify", "-w")
}

// patch applies a diff, or does the same where there is no patch.
func patch(t *testing.T, diff string) {
	t.Helper()
	if _, err := exec.LookPath("patch"); err != nil && os.Getenv("CI") == "" {
		told(t, statusOK, "expand", "-w")
		return
	}
	cmd := exec.Command("patch", "-p1")
	cmd.Stdin = strings.NewReader(diff)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("patch: %v\n%.1000s", err, out)
	}
}

// An output tree of any name mirrors every page, and is verified; pages whose source is
// gone are named, and removed.
func TestHostileNamesMirrored(t *testing.T) {
	for _, out := range []string{"o\n\x1b\xff", "-o", "out"}[:fixtures.Rounds(1, 3)] {
		paths := hostileTree(t, directivePage)
		told(t, statusOK, "expand", "docs", "-v", "--output="+out)
		copies := inTree(out, paths)
		same(t, "expand", copies, directivePage)
		told(t, statusOK, "verify", "docs", "--output="+out)
		leadsBack(t, out, paths)
		setParallelism(t, 33)
		names(t, told(t, statusFindings, "verify", "docs", "--output="+out), "text", 1, copies)
		told(t, statusOK, "expand", "docs", "--output="+out)
		told(t, statusOK, "verify", "docs", "--output="+out)
		must(t, os.RemoveAll("docs"))
		must(t, os.Mkdir("docs", 0o777))
		must(t, os.WriteFile("docs/a.rst", nil, 0o666))
		names(t, told(t, statusFindings, "verify", "docs", "--output="+out), "text", 1, copies)
		told(t, statusOK, "expand", "docs", "-v", "--output="+out)
		if left, err := filepath.Glob(filepath.Join(out, "*")); err != nil || len(left) != 3 { // one page, the manifest and the lock
			t.Errorf("left %q (%v)", left, err)
		}
	}
}

// inTree returns the paths that pages of docs have in an output tree.
func inTree(out string, paths []string) (copies []string) {
	for _, path := range paths {
		copies = append(copies, out+strings.TrimPrefix(path, "docs"))
	}
	return copies
}

// leadsBack fails unless warnings about the pages of an output tree are led back to their
// sources, as far as a line can name them.
func leadsBack(t *testing.T, out string, paths []string) {
	t.Helper()
	paths = slices.DeleteFunc(slices.Clone(paths), func(path string) bool { return strings.ContainsAny(out+path, "\n\r") })
	var warnings, want strings.Builder
	for i, path := range inTree(out, paths) {
		fmt.Fprintf(&warnings, "%s:1: WARNING: x\n", path)
		fmt.Fprintf(&want, "%s:1: WARNING: x\n", paths[i])
	}
	var stdout, stderr bytes.Buffer
	e := env{stdin: strings.NewReader(warnings.String()), stdout: &stdout, stderr: &stderr, getenv: os.Getenv}
	if status := e.run([]string{"remap", "--", out}); status != statusOK || stdout.String() != want.String() {
		t.Errorf("remap %q: status %d, %s%s", out, status, &stderr, &stdout)
	}
}

// Folders of any name have output trees beside them.
func TestHostileNamesEach(t *testing.T) {
	hostileTree(t, directivePage)
	var folders, copies []string
	for _, name := range hostileNames {
		folder := filepath.Join("each", name, "docs")
		must(t, os.MkdirAll(folder, 0o777))
		must(t, os.WriteFile(folder+"/page.rst", []byte(directivePage), 0o666))
		folders, copies = append(folders, folder), append(copies, filepath.Join("each", name, "o\x1b\n", "page.rst"))
	}
	told(t, statusOK, append([]string{"expand", "-v", "--each-to", "o\x1b\n"}, folders...)...)
	same(t, "expand", copies, directivePage)
	told(t, statusOK, append([]string{"verify", "-v", "--each-to", "o\x1b\n"}, folders...)...)
}

// A page of any name is expanded to standard output, and inspected, by itself.
func TestHostileNamesAlone(t *testing.T) {
	paths := hostileTree(t, directivePage)
	must(t, os.Chdir("docs"))
	for i, path := range paths {
		if i%fixtures.Rounds(3, 1) > 0 {
			continue
		}
		path = strings.TrimPrefix(path, "docs/")
		for _, args := range [][]string{{"expand", "--", path}, {"expand", "--stdin-filename", path, "-"}} {
			if text := told(t, statusOK, args...); text != "Page.\n\n32\n" {
				t.Errorf("%q: %s", args, text)
			}
		}
		if text := told(t, statusOK, "inspect", "--", path); !strings.HasPrefix(text, pages.Quoted(path)+": 1 directive, ") {
			t.Errorf("%q: %s", path, text)
		}
		told(t, statusOK, "inspect", "--format", "json", "--", path)
		told(t, statusOK, "verify", "--", path)
		told(t, statusOK, "adopt", "-v", "--", path)
	}
}

// A baseline of any name knows the findings in every page.
func TestHostileNamesBaseline(t *testing.T) {
	hostileTree(t, slipPage)
	for _, name := range hostileNames[:fixtures.Rounds(12, len(hostileNames))] {
		file := "--baseline=" + name + ".bsl"
		told(t, statusOK, "check", "--write-baseline", file)
		told(t, statusOK, "check", "-v", file)
	}
}

// Data, project files and folders may have any name, and so may what is not there or no
// argument that a command takes.
func TestHostileNamesElsewhere(t *testing.T) {
	hostileTree(t, slipPage)
	data, err := os.ReadFile("config.yml")
	must(t, err)
	for n, name := range hostileNames {
		config, project, folder := name+".yml", name+".prj", "bare/"+name
		must(t, os.WriteFile(config, data, 0o666))
		must(t, os.WriteFile(project, []byte("config: [config.yml]\nunits: {\"[core] x\": seconds}\n"), 0o666))
		must(t, os.MkdirAll(folder, 0o777))
		for status, lines := range map[int][][]string{
			statusOK:       {{"list", "-v", "--config=" + config}, {"list", "--format", "json", "--config=" + config}, {"list", "--project=" + project}},
			statusFindings: {{"check", "--config=" + config}, {"check", "--project=" + project, "--format", "github"}, {"list", "--", name + "\x1b"}},
			statusTrouble: {
				{"check", "--", "no" + name}, {"expand", "-w", "--", "no" + name}, {"inspect", "--", "no" + name}, {"adopt", "--", "no" + name},
				{"check", "--config=no" + name}, {"check", "--project=no" + name}, {"check", "--baseline=no" + name}, {"verify", "docs", "--output=" + config},
				{"check", "--format=" + name}, {"check", "--max-size=x" + name}, {"check", "--color=" + name}, {"check", "--no" + name},
				{"no" + name}, {"explain", "no" + name}, {"list", "--section=no" + name}, {"list", "--provider=no" + name}, {"remap", "--", "no" + name},
				{"init", "--", name}, {"expand", "docs", "--each-to=/" + name}, {"expand", "docs", "bare", "--output=" + name},
			},
		} {
			for i, args := range lines {
				if (i+n)%fixtures.Rounds(4, 1) == 0 {
					told(t, status, args...)
				}
			}
		}
		t.Chdir(folder)
		told(t, statusOK, "init")
		told(t, statusTrouble, "init")
		t.Chdir("../..")
	}
}
