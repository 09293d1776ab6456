package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// unprivileged runs windsock for one to whom the modes of files mean something:
// root is one without the rights to pass them over.
func unprivileged(t *testing.T, args ...string) run {
	t.Helper()
	args = append([]string{"windsock"}, args...)
	if os.Getuid() == 0 {
		args = append([]string{"setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner", "--inh-caps=-all"}, args...)
	}
	cmd := exec.Command(args[0], args[1:]...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil && !errors.As(err, new(*exec.ExitError)) {
		t.Fatal(err)
	}
	return run{cmd.ProcessState.ExitCode(), stderr.String()}
}

// Files and folders that may not be read are named, with status 2; all others are
// looked at and, in place and in an output tree, written.
func TestNoPermission(t *testing.T) {
	for _, command := range [][]string{{"check", "docs"}, {"verify", "docs"}, {"expand", "docs", "-w"}, {"expand", "docs", "-o", "out"}} {
		before, after := plantPages(t, "-w")
		must(t, os.Mkdir("docs/locked", 0))
		must(t, os.Chmod("docs/"+pageName(7), 0))
		r := unprivileged(t, command...)
		for _, want := range []string{"cannot read docs/locked: permission denied\n", "cannot read docs/" + pageName(7) + ": permission denied\n"} {
			if r.status != 2 || !strings.Contains(r.stderr, want) {
				t.Errorf("%v: status %d, %.500s", command, r.status, r.stderr)
			}
		}
		must(t, os.Chmod("docs/"+pageName(7), 0o644))
		if n := len(wholePages(t, []string{"-w"}, before, after)); slices.Contains(command, "-w") && n != manyPages-1 {
			t.Errorf("%v: %d pages written", command, n)
		}
		if copies, _ := filepath.Glob("out/*.rst"); slices.Contains(command, "-o") && len(copies) != manyPages-1 {
			t.Errorf("%v: %d pages written", command, len(copies))
		}
	}
}

// The copy of a file that cannot be read stays in an output tree. While a folder of the source
// cannot be read, nothing is removed: it may hold any file.
func TestUnreadableKeepsCopy(t *testing.T) {
	plantPages(t, "-w")
	must(t, os.MkdirAll("one/sub", 0o777))
	for _, name := range []string{"one/conf.py", "one/sub/a.rst", "one/gone.rst"} {
		must(t, os.WriteFile(name, []byte("text\n"), 0o666))
	}
	runHere("expand", "one", "-o", "out")
	must(t, os.Remove("one/gone.rst"))
	must(t, os.Chmod("one/sub", 0))
	must(t, os.Chmod("one/conf.py", 0))
	r := unprivileged(t, "expand", "one", "-o", "out")
	must(t, os.Chmod("one/sub", 0o755))
	for _, want := range []string{"cannot read one/sub: permission denied\n", "cannot read one/conf.py: permission denied\n"} {
		if r.status != 2 || !strings.Contains(r.stderr, want) {
			t.Errorf("status %d, %s", r.status, r.stderr)
		}
	}
	for _, copied := range []string{"out/conf.py", "out/sub/a.rst", "out/gone.rst"} {
		if _, err := os.Stat(copied); err != nil {
			t.Error(err)
		}
	}
}

// A page of a gigabyte is refused at once.
func TestGiantPage(t *testing.T) {
	plantPages(t, "-w")
	must(t, os.Truncate("one/page.rst", 1<<30))
	for _, args := range [][]string{{"check", "one"}, {"verify", "one"}, {"expand", "one", "-w"}, {"expand", "one", "-o", "out"}, {"inspect", "one/page.rst"}} {
		r := runHere(args...)
		if want := "cannot read one/page.rst: it holds more than 64MB\n"; r.status != 2 || !strings.Contains(r.stderr, want) {
			t.Errorf("%v: status %d, %.300s", args, r.status, r.stderr)
		}
	}
}

// New files follow the umask; those of an output tree have of their source's mode
// what it leaves. A page in place keeps its mode, whatever the umask.
func TestUmask(t *testing.T) {
	for umask, want := range map[string]map[string]os.FileMode{
		"022": {"out/page.rst": 0o644, "out/run.sh": 0o755, "out/.windsock-manifest": 0o644, "known.json": 0o644, "one/page.rst": 0o666},
		"077": {"out/page.rst": 0o600, "out/run.sh": 0o700, "out/.windsock-manifest": 0o600, "known.json": 0o600, "one/page.rst": 0o666},
	} {
		before, _ := plantPages(t, "-w")
		must(t, os.WriteFile("one/page.rst", []byte(before), 0o666))
		must(t, os.WriteFile("one/run.sh", nil, 0o777))
		must(t, os.Chmod("one/page.rst", 0o666))
		must(t, os.Chmod("one/run.sh", 0o777))
		line := "umask " + umask + "; windsock expand one -o out && windsock expand one -o out && windsock check one --baseline known.json --write-baseline && windsock expand -w one"
		if out, err := exec.Command("sh", "-c", line).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		for path, mode := range want {
			info, err := os.Stat(path)
			must(t, err)
			if info.Mode().Perm() != mode {
				t.Errorf("umask %s: %s has mode %v, want %v", umask, path, info.Mode(), mode)
			}
		}
	}
}
