package main

import (
	"bytes"
	"fmt"
	"net/url"
	"os"
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
	files := map[string]string{"windsock.yaml": "config: [config.yml]\n"}
	for _, name := range hostileNames {
		for _, path := range []string{"docs/" + name + ".rst", "docs/" + name + "/page.rst"} {
			paths, files[path] = append(paths, path), text
		}
	}
	writeFiles(t, files)
	return paths
}

// setParallelism gives the only option of a project a default.
func setParallelism(t *testing.T, value int) {
	t.Helper()
	writeFiles(t, map[string]string{"config.yml": fmt.Sprintf("core: {options: {parallelism: {type: integer, default: \"%d\"}}}\n", value)})
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
	if !utf8.ValidString(text) || at >= 0 || strings.Contains(text, "goroutine ") {
		t.Errorf("%q: it tells %.200q", args, strings.ToValidUTF8(text[max(at-50, 0):], "BAD"))
	}
	return out.String()
}

// toldOfAll runs windsock in each format, and fails unless something is told of that line of
// each of the pages.
func toldOfAll(t *testing.T, line int, paths []string, args ...string) {
	t.Helper()
	for format, shown := range map[string]func(path string) string{
		"text": func(path string) string { return fmt.Sprintf("\n%s:%d:", pages.Quoted(path), line) },
		"json": func(path string) string {
			return fmt.Sprintf("\"path\": %s,\n      \"line\": %d,", strings.TrimSpace(string(indentedJSON(path, ""))), line)
		},
		"github": func(path string) string { return fmt.Sprintf("file=%s,line=%d,", gitHubProperty(path), line) },
		"sarif":  func(path string) string { return `"uri": "` + (&url.URL{Path: path}).String() + `"` },
	} {
		text := "\n" + told(t, statusFindings, slices.Insert(slices.Clone(args), 1, "--format", format)...)
		for _, path := range paths {
			if !strings.Contains(text, shown(path)) {
				t.Errorf("%q as %s tells nothing of %q", args, format, path)
			}
		}
	}
}

// Every page is named in what is told of it, in each format.
func TestHostileNamesTold(t *testing.T) {
	paths := hostileTree(t, slipPage)
	for _, args := range [][]string{
		append([]string{"check", "--hook", "--"}, paths...), {"verify", "-w", "docs"},
		{"check", "docs"}, {"verify", "docs"}, {"verify", "docs", "-o", "none"}, append([]string{"verify", "--"}, paths...),
	}[:fixtures.Rounds(1, 6)] {
		toldOfAll(t, 1, paths, args...)
	}
}

// same fails unless the files of those paths hold the same as the first, and that is not
// what they held before.
func same(t *testing.T, about string, paths []string, before string) {
	t.Helper()
	want := fileText(t, paths[0])
	if want == before {
		t.Errorf("%s: %s is not written", about, paths[0])
	}
	for _, path := range paths {
		if data, err := os.ReadFile(path); err != nil || string(data) != want {
			t.Errorf("%s: %q holds %.100q (%v)", about, path, data, err)
		}
	}
}

// Every page is written, whole, by each command that writes pages, and nothing else is;
// pages that have drifted after that are named.
func TestHostileNamesWritten(t *testing.T) {
	for _, c := range []struct {
		page string
		args []string
	}{
		{slipPage, []string{"check", "--fix", "docs"}},
		{tablePage, []string{"adopt", "-v", "-w", "docs"}},
		{directivePage, []string{"expand", "-v", "-w", "--strict"}},
	} {
		paths := hostileTree(t, c.page)
		before := projectFiles(t, ".")
		told(t, statusOK, c.args...)
		same(t, fmt.Sprint(c.args), paths, c.page)
		after := projectFiles(t, ".")
		for _, path := range paths {
			after[path] = before[path]
		}
		sameFiles(t, after, before)
		if c.page == directivePage {
			setParallelism(t, 33)
			toldOfAll(t, 3, paths, "verify", "-w")
		}
	}
}

// An output tree of any name mirrors every page, and is verified; pages whose source is
// gone are named, and removed. Warnings about its pages are led back to their sources, as far
// as a line can name them.
func TestHostileNamesMirrored(t *testing.T) {
	for _, out := range []string{"o\n\x1b\xff", "-o", "out"}[:fixtures.Rounds(2, 3)] {
		paths := hostileTree(t, directivePage)
		var copies []string
		var warnings, want strings.Builder
		for _, path := range paths {
			copies = append(copies, out+strings.TrimPrefix(path, "docs"))
			if !strings.ContainsAny(out+path, "\n\r") {
				fmt.Fprintf(&warnings, "%s:1: WARNING: x\n", copies[len(copies)-1])
				fmt.Fprintf(&want, "%s:1: WARNING: x\n", path)
			}
		}
		told(t, statusOK, "expand", "docs", "-v", "--output="+out)
		same(t, "expand", copies, directivePage)
		told(t, statusOK, "verify", "docs", "--output="+out)
		if got := printedOf(warnings.String(), "remap", "--", out); got != want.String() {
			t.Errorf("remap %q: %s", out, got)
		}
		must(t, os.RemoveAll("docs"))
		writeFiles(t, map[string]string{"docs/a.rst": ""})
		toldOfAll(t, 1, copies, "verify", "docs", "--output="+out)
		told(t, statusOK, "expand", "docs", "-v", "--output="+out)
		if left, err := filepath.Glob(filepath.Join(out, "*")); err != nil || len(left) != 2 { // one page and the manifest
			t.Errorf("left %q (%v)", left, err)
		}
	}
}
