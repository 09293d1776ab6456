package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"windsock/fixtures"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"windsock": main})
}

// TestScripts runs the command line as a user does: the scripts in
// fixtures/script, each in a folder of its own. $DEMO is the demo tree. The
// scripts whose names begin with "airflow" work on $AIRFLOW, real pages and data.
func TestScripts(t *testing.T) {
	scripts, err := filepath.Glob(filepath.Join(fixtures.Root(), "script", "*.txtar"))
	must(t, err)
	for _, script := range scripts {
		if text, err := os.ReadFile(script); err != nil || bytes.Contains(text, []byte("\nstdin ")) {
			t.Errorf("%s has the command stdin, which status does not see; write status N - <FILE (%v)", script, err)
		}
	}
	params := scriptParams()
	params.Files = scripts
	params.UpdateScripts = os.Getenv("UPDATE_SCRIPTS") != ""
	testscript.Run(t, params)
}

// scriptParams returns what all scripts are run with. The condition "root" is for
// what nobody is kept from who is root, "soak" for what takes long.
func scriptParams() testscript.Params {
	return testscript.Params{
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Values["t"] = e.T()
			e.Setenv("DEMO", filepath.Join(fixtures.Root(), "airflow"))
			if strings.HasPrefix(filepath.Base(e.WorkDir), "script-airflow") {
				e.Setenv("AIRFLOW", fixtures.Shared(e.T().(testing.TB), "corpus", "airflow"))
			}
			return nil
		},
		Condition: func(name string) (bool, error) {
			switch name {
			case "root":
				return os.Geteuid() == 0, nil
			case "soak":
				return fixtures.Rounds(0, 1) == 1, nil
			}
			return false, fmt.Errorf("unknown condition %q", name)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": status, "copytree": copyTree, "sametree": sameTree, "replace": replace, "shell": shell, "samereading": sameReading,
		},
	}
}

// status runs windsock, within this process, and compares its exit status: "status 2
// expand - <PAGE".
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: status N [ARG…] [<FILE]")
	}
	want, args, input := args[0], args[1:], ""
	if last := len(args) - 1; last >= 0 && strings.HasPrefix(args[last], "<") {
		input, args = ts.ReadFile(args[last][1:]), args[:last]
	}
	if got := runIn(ts, env{stdin: strings.NewReader(input), stdout: ts.Stdout(), stderr: ts.Stderr()}, args); strconv.Itoa(got) != want {
		ts.Fatalf("exit status %d, want %s", got, want)
	}
}

// oneFolder is locked while windsock runs in the folder of a script: a process has one
// working folder.
var oneFolder sync.Mutex

// runIn runs windsock, within this process, in the folder of a script.
func runIn(ts *testscript.TestScript, e env, args []string) int {
	oneFolder.Lock()
	defer oneFolder.Unlock()
	here, err := os.Getwd()
	ts.Check(err)
	defer os.Chdir(here)
	ts.Check(os.Chdir(ts.MkAbs(".")))
	e.getenv = ts.Getenv
	return e.run(args)
}

// shell runs a command of the shell, whatever its exit status: "shell 'a | b'". Windsock
// alone, with plain words, is run within this process.
func shell(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: shell COMMAND")
	}
	if line, ok := strings.CutPrefix(args[0], "windsock "); ok && !strings.ContainsAny(line, "|&;<>()$`\\\"'*?[]#~=%\n") {
		runIn(ts, env{stdin: strings.NewReader(""), stdout: ts.Stdout(), stderr: ts.Stdout()}, strings.Fields(line))
		return
	}
	var exit *exec.ExitError
	if err := ts.Exec("sh", "-c", "exec 2>&1\n"+args[0]); err != nil && !errors.As(err, &exit) {
		ts.Fatalf("sh: %v", err)
	}
}

// copyTree copies the files of a folder, or those whose paths end in SUFFIX: "copytree FROM
// TO [SUFFIX]".
func copyTree(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || len(args) > 3 {
		ts.Fatalf("usage: copytree FROM TO [SUFFIX]")
	}
	for name, data := range treeOf(ts, args[0], strings.Join(args[2:], "")) {
		path := filepath.Join(ts.MkAbs(args[1]), name)
		ts.Check(os.MkdirAll(filepath.Dir(path), 0o777))
		ts.Check(os.WriteFile(path, data, 0o666))
	}
}

// sameTree compares the bytes of all files of two folders: "sametree A B".
func sameTree(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: sametree A B")
	}
	a, b := treeOf(ts, args[0], ""), treeOf(ts, args[1], "")
	for name, data := range a {
		if other, ok := b[name]; !ok || !bytes.Equal(data, other) {
			ts.Fatalf("%s differs or is not in %s", name, args[1])
		}
		delete(b, name)
	}
	for name := range b {
		ts.Fatalf("%s is not in %s", name, args[0])
	}
}

// treeOf reads the files of a folder whose paths end in suffix.
func treeOf(ts *testscript.TestScript, folder, suffix string) map[string][]byte {
	files := map[string][]byte{}
	root := os.DirFS(ts.MkAbs(folder))
	ts.Check(fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, suffix) {
			return err
		}
		files[path], err = fs.ReadFile(root, path)
		return err
	}))
	return files
}

// replace replaces text that must be in a file: "replace FILE OLD NEW", with \n
// for a line break.
func replace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace FILE OLD NEW")
	}
	lineBreaks := strings.NewReplacer(`\n`, "\n", `\r`, "\r")
	from, to := lineBreaks.Replace(args[1]), lineBreaks.Replace(args[2])
	edit(ts, args[0], func(text string) string {
		if !strings.Contains(text, from) {
			ts.Fatalf("%s does not hold %q", args[0], from)
		}
		return strings.Replace(text, from, to, 1)
	})
}

// sameReading asks docutils whether two pages are the same to their readers:
// "samereading PAGE PAGE".
func sameReading(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: samereading PAGE PAGE")
	}
	trees := fixtures.Doctrees(ts.Value("t").(testing.TB), []string{ts.ReadFile(args[0]), ts.ReadFile(args[1])})
	if trees[0] != trees[1] {
		ts.Fatalf("docutils reads %s\n%s\nand %s\n%s", args[0], trees[0], args[1], trees[1])
	}
}

// edit changes a file.
func edit(ts *testscript.TestScript, name string, change func(string) string) {
	path := ts.MkAbs(name)
	data, err := os.ReadFile(path)
	ts.Check(err)
	ts.Check(os.WriteFile(path, []byte(change(string(data))), 0o666))
}
