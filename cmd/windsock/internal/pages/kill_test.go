//go:build unix

package pages

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// childTask is the environment variable that makes the test binary one of the
// processes that the tests below start and end.
const childTask = "WINDSOCK_PAGES_CHILD"

func TestMain(m *testing.M) {
	task, ok := tasks[os.Getenv(childTask)]
	if !ok {
		os.Exit(m.Run())
	}
	if err := task(); err != nil {
		fmt.Println(err)
		os.Exit(2)
	}
}

// tasks are what such a process does, in the folder that it starts in.
var tasks = map[string]func() error{
	"die at 0":        func() error { return dieAt(0) },
	"die at 70000":    func() error { return dieAt(70_000) },
	"die at 100000":   func() error { return dieAt(size) },
	"die in a tree":   dieInTree,
	"write a page":    func() error { return asNobody(func() error { return overwrite("a.rst", letters('b')) }) },
	"write to a tree": func() error { return asNobody(treeOfSource) },
}

// size is how many bytes the tasks write, of one letter.
const size = 100_000

// letters returns a page of one letter.
func letters(c byte) []byte { return bytes.Repeat([]byte{c}, size) }

// child runs a task, and returns what it printed and how it ended.
func child(task string) (string, error) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childTask+"="+task)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	return strings.TrimSpace(string(out)), err
}

// fatal returns what fills a file with n bytes, and then kills the process.
func fatal(n int) func(*os.File) error {
	return func(f *os.File) error {
		f.Write(letters('b')[:n])
		return syscall.Kill(os.Getpid(), syscall.SIGKILL)
	}
}

// dieAt is killed when n bytes of a new content of a file are written.
func dieAt(n int) error {
	root, err := os.OpenRoot(".")
	if err != nil {
		return err
	}
	return replace(root, "a.rst", 0o644, fatal(n))
}

// dieInTree is killed while it writes a file of an output tree.
func dieInTree() error {
	tree, err := OpenTree("src", "out", nil)
	if err = errors.Join(err, tree.BeginWriting(), tree.manifest.put(tree.root, "b/a.rst"), tree.root.Mkdir("b", 0o777)); err != nil {
		return err
	}
	folder, err := openFolder(tree.root, "b", false)
	return errors.Join(err, replace(folder, "a.rst", 0o644, fatal(100)))
}

// killed does a task that ends by being killed.
func killed(t *testing.T, task string) {
	t.Helper()
	if _, err := child(task); err == nil || err.Error() != "signal: killed" {
		t.Fatalf("the process was not killed: %v", err)
	}
}

// A page is whole, wherever a kill hits, and a walk sees nothing else; the next write
// removes what the killed one left.
func TestKilledInPlace(t *testing.T) {
	for _, task := range []string{"die at 0", "die at 70000", "die at 100000"} {
		t.Run(task, func(t *testing.T) {
			plant(t, "a.rst")
			killed(t, task)
			expect(t, "the page", read(t, "a.rst"), "a.rst")
			expect(t, "a walk", strings.Join(paths(t, []string{"."}, nil), " "), "a.rst")
			must(t, overwrite("a.rst", []byte("c")))
			leavesNothing(t, ".")
		})
	}
}

// A first run that is killed leaves a tree that the next one takes for its own,
// and finishes, and rids of what was left.
func TestKilledInTree(t *testing.T) {
	plant(t, "src/b/a.rst", "src/x")
	killed(t, "die in a tree")
	must(t, os.WriteFile("out/b/a.rst", []byte("as if the rename had been done"), 0o666))
	expect(t, "the next run", mirror(t, "src", "out"), "wrote out/b/a.rst", "wrote out/x")
	leavesNothing(t, "out/b")
}

// asNobody does something as a user to whom modes mean something.
func asNobody(do func() error) error {
	if os.Getuid() == 0 {
		uid, _, err := nobody()
		if err = errors.Join(err, syscall.Setuid(uid)); err != nil {
			return err
		}
	}
	return do()
}

// treeOfSource begins to mirror src in out.
func treeOfSource() error {
	tree, err := OpenTree("src", "out", nil)
	return errors.Join(err, tree.BeginWriting())
}

// nobody returns the numbers of the user "nobody" and its group.
func nobody() (uid, gid int, err error) {
	u, err := user.Lookup("nobody")
	if err != nil {
		return 0, 0, err
	}
	uid, err = strconv.Atoi(u.Uid)
	gid, groupErr := strconv.Atoi(u.Gid)
	return uid, gid, errors.Join(err, groupErr)
}

// giveToNobody makes files those of the user that tasks run as.
func giveToNobody(t *testing.T, paths ...string) {
	if os.Getuid() != 0 {
		return
	}
	uid, gid, err := nobody()
	must(t, err)
	for _, path := range paths {
		must(t, os.Chown(path, uid, gid))
	}
}

// What may not be written to is named and stays: a page, although its folder would allow it,
// a page in such a folder, an output tree.
func TestReadOnly(t *testing.T) {
	for _, c := range []struct{ readOnly, task, want string }{
		{"a.rst", "write a page", "cannot write a.rst: permission denied"},
		{".", "write a page", "cannot write a.rst: permission denied"},
		{"out", "write to a tree", "cannot write out/.windsock-manifest: permission denied"},
	} {
		plant(t, "a.rst", "src/b.rst", "out/"+ManifestName)
		must(t, os.WriteFile("out/"+ManifestName, []byte(manifestHead), 0o666))
		giveToNobody(t, "a.rst", ".", "out")
		must(t, os.Chmod(c.readOnly, 0o555))
		if said, err := child(c.task); err == nil || said != c.want {
			t.Errorf("%s: %s (%v)", c.readOnly, said, err)
		}
		must(t, os.Chmod(c.readOnly, 0o777))
		expect(t, "the old page", read(t, "a.rst"), "a.rst")
	}
}

// A page keeps its owner, although the one who writes it is root.
func TestWriteKeepsOwner(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can write another user's page and see whose it becomes")
	}
	plant(t, "a.rst")
	giveToNobody(t, "a.rst")
	must(t, overwrite("a.rst", []byte("new")))
	info, err := os.Stat("a.rst")
	must(t, err)
	uid, _, err := nobody()
	must(t, err)
	if got := info.Sys().(*syscall.Stat_t).Uid; int(got) != uid {
		t.Errorf("the page is user %d's, want %d", got, uid)
	}
}
