package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"windsock/fixtures"
)

// Two runs with -w at once, each with the process number 1 as in a container of its own,
// write each page's own text.
func TestTwoContainers(t *testing.T) {
	container := []string{"unshare", "--pid", "--fork"}
	if err := exec.Command(container[0], append(container[1:], "true")...).Run(); err != nil {
		t.Skip("this system makes no process namespaces: ", err)
	}
	for range fixtures.Rounds(2, 60) {
		t.Chdir(t.TempDir())
		plantProject(t, ".")
		var runs []*exec.Cmd
		for i := range 8 {
			page := strings.Repeat("x", i) + "\n\n.. airflow-config-default:: [core] parallelism\n"
			must(t, os.WriteFile(filepath.Join("docs", strings.Repeat("p", i+1)+".rst"), []byte(page), 0o666))
		}
		for range 2 {
			cmd := exec.Command(container[0], slices.Concat(container[1:], []string{"windsock", "expand", "-w", "docs"})...)
			must(t, cmd.Start())
			runs = append(runs, cmd)
		}
		for _, cmd := range runs {
			cmd.Wait() // whether one finds a page changed by the other is chance
		}
		for i := range 8 {
			data, err := os.ReadFile(filepath.Join("docs", strings.Repeat("p", i+1)+".rst"))
			must(t, err)
			if text := string(data); !strings.HasPrefix(text, strings.Repeat("x", i)+"\n") || !strings.Contains(text, "\n32\n") {
				t.Fatalf("page %d holds %q", i, text)
			}
		}
		leavesNoTemporary(t, "docs")
	}
}
