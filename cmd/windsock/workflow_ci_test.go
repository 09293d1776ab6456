//go:build ci

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"windsock/fixtures"
)

// TestWorkflow runs the commands of the workflow in docs/ci.md, in a repository with the demo
// and a clone of this repository where the workflow puts it. The programs that it installs are
// on the PATH, as they are where GitHub set up Go.
func TestWorkflow(t *testing.T) {
	t.Parallel() // most of the time is that of other programs
	fixtures.Program(t, "git", "git")
	r := &hookRepo{workdir: newWorkdir(t, hookEnv(t)...)}
	r.windsock, r.revision = r.clone()
	must(t, os.CopyFS(r.folder, os.DirFS(filepath.Join(fixtures.Root(), "airflow"))))
	r.must("git", "clone", "--quiet", r.windsock, ".windsock")
	bin := r.path("bin")
	r.env = append(r.env, "GOBIN="+bin, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))

	var workflow struct {
		Jobs map[string]struct {
			Steps []struct{ Run string }
		}
	}
	decodeSample(t, "yaml", "runs-on", &workflow)
	var commands []string
	for _, step := range workflow.Jobs["windsock"].Steps {
		if step.Run != "" {
			commands = append(commands, step.Run)
			r.must("sh", "-c", step.Run)
		}
	}
	if len(commands) != 2 {
		t.Fatalf("the workflow runs %q", commands)
	}
	r.write("docs/wrong.rst", "Set ``[core] laod_examples``.\n")
	if out, err := r.run("sh", "-c", commands[1]); err == nil || !strings.Contains("\n"+out, "\n::error file=docs/wrong.rst,line=1,") {
		t.Errorf("a page that is wrong: %v\n%s", err, out)
	}
}
