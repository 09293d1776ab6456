package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"windsock/fixtures"
)

// manyPages is how many pages the runs below write.
const manyPages = 100

// pageName returns the name of a page, long enough for a pipe to hold but a few.
func pageName(i int) string { return fmt.Sprintf("%03d-%s.rst", i, strings.Repeat("x", 200)) }

// plantPages makes a project of many pages, enters it, and returns a page before
// and after it is expanded.
func plantPages(t *testing.T, form []string) (before, after string) {
	t.Helper()
	t.Chdir(t.TempDir())
	before = "Page.\n\n.. airflow-config-default:: [core] parallelism\n"
	setParallelism(t, 32)
	files := map[string]string{"windsock.yaml": "config: [config.yml]\n", "one/page.rst": before}
	for i := range manyPages {
		files["docs/"+pageName(i)] = before
	}
	writeFiles(t, files)
	if after = printed("expand", "one/page.rst"); form[0] == "-w" {
		printed("expand", "-w", "one")
		after = fileText(t, "one/page.rst")
	}
	return before, after
}

// target returns the folder that a run with these flags writes to.
func target(flags []string) string {
	if flags[0] == "-o" {
		return flags[1]
	}
	return "docs"
}

// expandUntil runs windsock until it told of so many pages, sends it a signal, and
// returns what it told and how it ended. It cannot be done before that: its
// messages go through a pipe that holds only a few of them.
func expandUntil(t *testing.T, told int, sig syscall.Signal, flags ...string) (string, *os.ProcessState) {
	t.Helper()
	r, w, err := os.Pipe()
	must(t, err)
	defer r.Close()
	if _, _, e := syscall.Syscall(syscall.SYS_FCNTL, w.Fd(), syscall.F_SETPIPE_SZ, 4096); e != 0 {
		t.Fatal(e)
	}
	cmd := exec.Command("windsock", slices.Concat([]string{"expand", "-v", "docs"}, flags)...)
	cmd.Stderr = w
	must(t, cmd.Start())
	w.Close()
	var log bytes.Buffer
	lines := bufio.NewReader(io.TeeReader(r, &log))
	for told > 0 {
		line, err := lines.ReadString('\n')
		must(t, err)
		if strings.HasPrefix(line, "windsock: page ") {
			told--
		}
	}
	must(t, cmd.Process.Signal(sig))
	io.Copy(io.Discard, lines)
	cmd.Wait()
	return log.String(), cmd.ProcessState
}

// Wherever a signal ends a run, each file is the old one or the new one, whole. A
// signal that asks leaves no temporary file and says which pages were written, unless
// it came when all of them were; after one that does not ask, the next run removes what
// was left, and finishes the work.
func TestInterrupted(t *testing.T) {
	for f, form := range [][]string{{"-w"}, {"-o", "out"}} {
		for i, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGKILL} {
			if (i+f)%fixtures.Rounds(2, 1) > 0 {
				continue // make test tries each signal in one form
			}
			for _, told := range []int{17, 1, 50}[:fixtures.Rounds(1, 3)] {
				t.Run(fmt.Sprint(form[0], " ", sig, " ", told), func(t *testing.T) { interrupt(t, form, sig, told) })
			}
		}
	}
}

// interrupt ends one run by a signal, and lets the next one finish its work.
func interrupt(t *testing.T, form []string, sig syscall.Signal, told int) {
	before, after := plantPages(t, form)
	log, state := expandUntil(t, told, sig, form...)
	written := wholePages(t, form, before, after)
	tooLate := state.Success() && len(written) == manyPages && sig != syscall.SIGKILL
	if status := state.Sys().(syscall.WaitStatus); !tooLate && status.Signal() != sig {
		t.Errorf("it ended with %v", state)
	}
	if sig != syscall.SIGKILL {
		leavesNoTemporary(t, target(form))
		if form[0] == "-w" && !tooLate && !strings.Contains(log, toldPages(written)) {
			t.Errorf("it wrote %d pages, and told\n%.500s", len(written), log[strings.LastIndex(log, "windsock: "):])
		}
	}
	if r := runHere(slices.Concat([]string{"expand", "docs"}, form)...); r.status != 0 {
		t.Fatal(r)
	}
	leavesNoTemporary(t, target(form))
	if n := len(wholePages(t, form, before, after)); n != manyPages {
		t.Errorf("the next run leaves %d pages written", n)
	}
}

// toldPages is what an interrupted run tells of the pages that it wrote.
func toldPages(written []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "windsock: wrote %d pages completely; all others are unchanged:\n", len(written))
	for _, name := range written {
		fmt.Fprintf(&b, "  docs/%s\n", name)
	}
	return b.String()
}

// wholePages returns the names of the pages that are written, and fails if one is
// neither the old nor the new one.
func wholePages(t *testing.T, form []string, before, after string) (written []string) {
	t.Helper()
	folder := target(form)
	for i := range manyPages {
		data, err := os.ReadFile(filepath.Join(folder, pageName(i)))
		switch {
		case folder != "docs" && os.IsNotExist(err):
		case err == nil && string(data) == after:
			written = append(written, pageName(i))
		case err != nil || folder != "docs" || string(data) != before:
			t.Errorf("page %d holds %q (%v)", i, data, err)
		}
	}
	return written
}

// leavesNoTemporary fails if a temporary file is left in a folder.
func leavesNoTemporary(t *testing.T, folder string) {
	t.Helper()
	left, err := filepath.Glob(folder + "/.windsock-*.tmp")
	must(t, err)
	if len(left) > 0 {
		t.Errorf("left %q", left)
	}
}
