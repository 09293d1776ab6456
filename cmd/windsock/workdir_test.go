package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A workdir is a folder of a test's own, in which it runs programs.
type workdir struct {
	t      *testing.T
	folder string
	env    []string // of the programs
}

// newWorkdir returns an empty folder, whose path has no symlink in it. The programs that
// run there have the variables env beside those of the test.
func newWorkdir(t *testing.T, env ...string) *workdir {
	t.Helper()
	folder, err := filepath.EvalSymlinks(t.TempDir())
	must(t, err)
	return &workdir{t, folder, append(os.Environ(), env...)}
}

// path returns the path of a file of the folder.
func (w *workdir) path(name string) string { return filepath.Join(w.folder, name) }

// write writes a file of the folder, and makes the folders above it.
func (w *workdir) write(name, text string) {
	w.t.Helper()
	must(w.t, os.MkdirAll(filepath.Dir(w.path(name)), 0o777))
	must(w.t, os.WriteFile(w.path(name), []byte(text), 0o666))
}

// read returns the text of a file of the folder.
func (w *workdir) read(name string) string {
	w.t.Helper()
	return fileText(w.t, w.path(name))
}

// replace replaces words that must be in a file of the folder.
func (w *workdir) replace(name, old, new string) {
	w.t.Helper()
	text := w.read(name)
	if !strings.Contains(text, old) {
		w.t.Fatalf("%s does not hold %q", name, old)
	}
	w.write(name, strings.Replace(text, old, new, 1))
}

// run runs a program in the folder, and returns what it printed.
func (w *workdir) run(command ...string) (string, error) {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir, cmd.Env = w.folder, w.env
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// must runs a program that must succeed.
func (w *workdir) must(command ...string) string {
	w.t.Helper()
	out, err := w.run(command...)
	if err != nil {
		w.t.Fatalf("%s: %v\n%s", strings.Join(command, " "), err, out)
	}
	return out
}

// eachFile calls visit for each file below a folder.
func eachFile(t *testing.T, folder string, visit func(string, fs.FileInfo)) {
	t.Helper()
	if err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			visit(filepath.ToSlash(path), info)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}
