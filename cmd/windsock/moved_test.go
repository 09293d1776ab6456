package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestDefaultMoves changes the default of one option out of three, of which 300 pages
// show none, one or several: exactly the files of the pages that show it get the
// present time.
func TestDefaultMoves(t *testing.T) {
	t.Chdir(t.TempDir())
	data := func(value int) string {
		text := "core:\n  description: ~\n  options:\n"
		for i, name := range []string{"one", "two", "three"} {
			text += fmt.Sprintf("    %s: {description: A., type: integer, default: \"%d\", version_added: ~, example: ~}\n", name, i*value)
		}
		return text
	}
	files := map[string]string{"windsock.yaml": "config: [config.yml]\n", "config.yml": data(1), "docs/conf.py": "", "docs/two.txt": "[core] two"}
	forms := []string{
		"Text.\n", "``[core] three``\n", ".. airflow-config-default:: [core] three\n", "The value :airflow-default:`[core] one`.\n",
		".. airflow-config-default:: [core] t*\n", "* .. airflow-config-default:: [core] three\n", ".. |x| airflow-config-default:: [core] three\n",
		"The value :airflow-default:`[core] three`.\n", ".. airflow-config-default::\n\n   [core] one\n   [core] three\n",
		".. windsock: airflow-config-default:: [core] three\n\n7\n\n.. windsock: end 7902699be42c\n",
	}
	var shows []string
	for i := range 300 {
		path := fmt.Sprintf("docs/f%d/p%d.rst", i%7, i)
		files[path] = forms[i%len(forms)]
		if strings.Contains(files[path], "airflow-") && (strings.Contains(files[path], "three") || strings.Contains(files[path], "t*")) {
			shows = append(shows, "out"+strings.TrimPrefix(path, "docs"))
		}
	}
	for path, text := range files {
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	expandInto(t, "out")
	long := time.Unix(1_000_000_000, 0)
	eachFile(t, "out", func(path string, _ fs.FileInfo) {
		if err := os.Chtimes(path, long, long); err != nil {
			t.Fatal(err)
		}
	})
	if err := os.WriteFile("config.yml", []byte(strings.Replace(data(1), `"2"`, `"5"`, 1)), 0o666); err != nil {
		t.Fatal(err)
	}
	before := time.Now().Add(-time.Minute)
	expandInto(t, "out")
	var rewritten []string
	eachFile(t, "out", func(path string, info fs.FileInfo) {
		if strings.HasPrefix(info.Name(), ".windsock-") {
			return // which Sphinx does not read
		}
		if info.ModTime().After(before) {
			rewritten = append(rewritten, path)
		} else if !info.ModTime().Equal(long) {
			t.Errorf("%s has the time %v", path, info.ModTime())
		}
	})
	slices.Sort(shows)
	slices.Sort(rewritten)
	if !slices.Equal(rewritten, shows) {
		t.Errorf("rewritten were\n%q\nand %d pages show the option", rewritten, len(shows))
	}
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
