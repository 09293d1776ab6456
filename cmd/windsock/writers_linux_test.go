package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"windsock/fixtures"
)

// A writer is a command that writes files.
type writer struct {
	folder string   // of the project, where it runs
	line   string   // of the shell
	writes []string // the files that it writes, by their paths from there
}

// writers are all such commands, on the project of plantProject. An output tree fails as a
// whole on a disk that takes nothing.
var writers = []writer{
	{".", "windsock expand -w live", []string{"live/a.rst", "live/b.rst"}},
	{".", "windsock expand live -o out", []string{"out/.windsock-manifest"}},
	{".", "windsock adopt -w docs", []string{"docs/table.rst", "docs/tables.rst"}},
	{".", "windsock check --fix docs", []string{"docs/slip.rst", "docs/slips.rst"}},
	{".", "windsock check docs --write-baseline --baseline known.json", []string{"known.json"}},
	{".", "windsock check docs --write-baseline", []string{"windsock-baseline.json"}},
	{"bare", "windsock init", []string{"windsock.yaml"}},
}

// plantProject writes a project in which each of the writers has something to write.
func plantProject(t *testing.T, folder string) {
	t.Helper()
	table := "Page.\n\n.. list-table::\n   :header-rows: 1\n\n   * - Setting\n     - Default\n   * - ``[core] parallelism``\n     - 32\n"
	for name, text := range map[string]string{
		"config.yml":      "core:\n  description: ~\n  options:\n    parallelism: {description: A., type: integer, default: \"32\", version_added: ~, example: ~}\n",
		"windsock.yaml":   "config: [config.yml]\n",
		"known.json":      "old",
		"bare/a.rst":      "A page.\n",
		"docs/slip.rst":   "Set ``[core] paralelism``.\n",
		"docs/slips.rst":  strings.Repeat("Set ``[core] paralelism``.\n", 1000),
		"docs/table.rst":  table,
		"docs/tables.rst": table + "\n" + table[6:],
		"live/a.rst":      ".. airflow-config-default:: [core] parallelism\n",
		"live/b.rst":      ".. airflow-config-default:: [core] parallelism\n",
	} {
		must(t, os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o777))
		must(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666))
	}
}

// runLine runs a line of the shell in a folder.
func runLine(t *testing.T, folder, line string) run {
	t.Helper()
	cmd := exec.Command("sh", "-c", line)
	var stderr strings.Builder
	cmd.Dir, cmd.Stderr = folder, &stderr
	if err := cmd.Run(); err != nil && !errors.As(err, new(*exec.ExitError)) {
		t.Fatal(err)
	}
	return run{cmd.ProcessState.ExitCode(), stderr.String()}
}

// projectFiles returns what the files below a folder hold, by their paths from there, less
// what fills a disk.
func projectFiles(t *testing.T, folder string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	eachFile(t, folder, func(path string, _ fs.FileInfo) {
		if strings.HasPrefix(filepath.Base(path), "filler-") {
			return
		}
		files[strings.TrimPrefix(path, folder+"/")] = fileText(t, path)
	})
	return files
}

// On a disk that is full, or has no room for another file, or may not be written, each
// command that writes names a file that it could not write and why, and says how many more
// there are, with status 2.
// Every file is as it was, and nothing is left beside it; once there is room the next
// run does all. In the place of an output tree its folder may be named.
func TestDiskFaultsOfWriters(t *testing.T) {
	for _, c := range []struct{ about, options, want string }{
		{"full", "size=1m", "no space left on device"},
		{"no inodes", "nr_inodes=150", "no space left on device"},
		{"read-only", "size=1m", "read-only file system"},
	}[:fixtures.Rounds(1, 3)] {
		for _, w := range writers {
			t.Run(c.about+" "+w.line, func(t *testing.T) {
				t.Chdir(t.TempDir())
				smallDisk(t, "disk", c.options)
				for _, folder := range []string{"disk", "fresh"} {
					plantProject(t, folder)
				}
				before := projectFiles(t, "disk")
				want := runLine(t, "fresh/"+w.folder, w.line)
				free := spoil(t, "disk", c.about)
				r := runLine(t, "disk/"+w.folder, w.line)
				isNamed := func(file string) bool {
					said := strings.Replace(r.stderr, "cannot write to out:", "cannot write out/.windsock-manifest:", 1)
					return strings.Contains(said, "windsock: cannot write "+file+": "+c.want+"\n")
				}
				if r.status != 2 || !slices.ContainsFunc(w.writes, isNamed) || strings.Count(r.stderr, c.want) != 1 {
					t.Errorf("status %d, %.500s", r.status, r.stderr)
				}
				if n := len(w.writes) - 1; n > 0 && !strings.Contains(r.stderr, fmt.Sprintf("windsock: cannot write %s more, for the same reason\n", plural(n, "file"))) {
					t.Errorf("%d more: %.500s", n, r.stderr)
				}
				sameFiles(t, projectFiles(t, "disk"), before)
				free()
				if r := runLine(t, "disk/"+w.folder, w.line); r != want {
					t.Errorf("with room again: %+v, want %+v", r, want)
				}
				sameFiles(t, projectFiles(t, "disk"), projectFiles(t, "fresh"))
			})
		}
	}
}

// sameFiles fails unless two folders hold the same.
func sameFiles(t *testing.T, got, want map[string]string) {
	t.Helper()
	for name, text := range want {
		if have, there := got[name]; !there || have != text {
			t.Errorf("%s holds %.300q (there: %v), want %.300q", name, have, there, text)
		}
	}
	for name := range got {
		if _, there := want[name]; !there {
			t.Errorf("there is %s", name)
		}
	}
}

// A command whose standard output takes nothing says so, with status 2.
func TestFullStandardOutput(t *testing.T) {
	t.Chdir(t.TempDir())
	plantProject(t, ".")
	runHere("expand", "docs", "-o", "out")
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	must(t, err)
	defer full.Close()
	for _, line := range []string{
		"--help", "check --help", "explain", "explain stale", "list", "list --format json", "check docs", "check docs --format json",
		"verify docs --format sarif", "verify docs --format github", "inspect docs/slip.rst", "inspect docs/slip.rst --format json", "adopt docs",
		"init --stdout", "expand docs/slip.rst", "expand -", "remap out", "check docs --write-baseline", "init",
	} {
		if line == "init" {
			t.Chdir("bare")
		}
		var stderr strings.Builder
		e := env{stdin: strings.NewReader(".\n"), stdout: full, stderr: &stderr, getenv: os.Getenv}
		if status := e.run(strings.Fields(line)); status != 2 || !strings.HasSuffix(stderr.String(), "windsock: cannot write to standard output: no space left on device\n") {
			t.Errorf("%s: status %d, %s", line, status, &stderr)
		}
	}
}

// Few open files are enough for every command: it tells and writes the same as with
// many, however many processors there are.
func TestFewOpenFilesEverywhere(t *testing.T) {
	lines := []string{
		"windsock expand docs -o out; windsock verify docs -o out", "windsock check --fix docs", "windsock expand -w docs",
		"windsock adopt -w docs", "windsock check docs --format json", "windsock inspect docs/*.rst",
	}
	for _, line := range lines[:fixtures.Rounds(1, len(lines))] {
		t.Run(line, func(t *testing.T) {
			t.Chdir(t.TempDir())
			for _, folder := range []string{"few", "many"} {
				plantProject(t, folder)
				for i := range manyPages {
					must(t, os.Link(folder+"/docs/tables.rst", folder+"/docs/"+pageName(i)))
				}
			}
			want := runLine(t, "many", "("+line+"; echo status $?) 2>&1 >said | sort >told; cat said told >&2")
			got := runLine(t, "few", "ulimit -n 32; export GOMAXPROCS=64; ("+line+"; echo status $?) 2>&1 >said | sort >told; cat said told >&2")
			if got != want {
				t.Errorf("%.1000s\nwant\n%.1000s", got.stderr, want.stderr)
			}
			sameFiles(t, projectFiles(t, "few"), projectFiles(t, "many"))
		})
	}
}
