//go:build unix

package pages

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
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
	"die at 0":          func() error { return dieAt(0) },
	"die at 1":          func() error { return dieAt(1) },
	"die at 70000":      func() error { return dieAt(70_000) },
	"die at 100000":     func() error { return dieAt(size) },
	"die in a tree":     dieInTree,
	"file size limit":   underFileSizeLimit,
	"read-only folder":  asNobody,
	"read-only page":    asNobody,
	"read-only in tree": treeAsNobody,
}

// size is how many bytes the tasks write, of one letter.
const size = 100_000

// letters returns a page of one letter.
func letters(c byte) []byte { return bytes.Repeat([]byte{c}, size) }

// child returns the command that does a task.
func child(task string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childTask+"="+task)
	cmd.Stderr = os.Stderr
	return cmd
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
	return orElse(err, replace(root, 0o644, fatal(n), nil))
}

// dieInTree is killed while it writes a file of an output tree.
func dieInTree() error {
	tree, err := OpenTree("src", "out", nil)
	if err = orElse(err, tree.Claim()); err != nil {
		return err
	}
	if err = orElse(tree.manifest.put(tree.root, newLine("b/a.rst", "")), tree.root.Mkdir("b", 0o777)); err != nil {
		return err
	}
	folder, err := openFolder(tree.root, "b", false)
	return orElse(err, replace(folder, 0o644, fatal(100), nil))
}

// A page is whole, old or new, wherever a kill hits; and the next write removes
// what the killed one left.
func TestKilledInPlace(t *testing.T) {
	for _, task := range []string{"die at 0", "die at 1", "die at 70000", "die at 100000"} {
		t.Run(task, func(t *testing.T) {
			plant(t, "a.rst")
			must(t, os.WriteFile("a.rst", letters('a'), 0o644))
			killed(t, child(task).Run())
			mend(t)
		})
	}
}

// killed fails unless a process ended by being killed.
func killed(t *testing.T, err error) {
	t.Helper()
	if err == nil || err.Error() != "signal: killed" {
		t.Fatalf("the process was not killed: %v", err)
	}
}

// mend checks that a.rst is whole, that a walk sees nothing else, and that a
// write leaves nothing else.
func mend(t *testing.T) {
	t.Helper()
	if got := read(t, "a.rst"); got != string(letters('a')) && got != string(letters('b')) {
		t.Errorf("a.rst holds %d bytes, %q…", len(got), got[:min(9, len(got))])
	}
	if got := paths(t, []string{"."}, nil); len(got) != 1 {
		t.Errorf("a walk finds %q", got)
	}
	must(t, overwrite(new(Writer), "a.rst", []byte("c")))
	leavesNothing(t, ".")
}

// orElse returns the first error.
func orElse(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// A first run that is killed leaves a tree that the next one takes for its own,
// and finishes, and rids of what was left; even if one before that was killed
// while it wrote a line of the manifest.
func TestKilledInTree(t *testing.T) {
	plant(t, "src/b/a.rst", "src/x", "out/x")
	must(t, os.WriteFile("out/"+ManifestName, []byte(manifestHead+"x\nto"), 0o666))
	killed(t, child("die in a tree").Run())
	must(t, os.WriteFile("out/b/a.rst", []byte("as if the rename had been done"), 0o666))
	expect(t, "the next run", mirror(t, "src", "out"), "wrote out/b/a.rst", "wrote out/x")
	leavesNothing(t, "out/b")
}

// underFileSizeLimit writes a page where no file may be that long, which is as
// near to a full disk as a test comes without one.
func underFileSizeLimit() error {
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 4096, Max: 4096}); err != nil {
		return err
	}
	return overwrite(new(Writer), "a.rst", letters('b'))
}

// A disk that takes only part of a page leaves the old one, and nothing else.
func TestFullDisk(t *testing.T) {
	plant(t, "a.rst")
	fails(t, "file size limit", "cannot write a.rst: file too large")
	leavesNothing(t, ".")
}

// fails checks that a task ends with an error and leaves a.rst as it is.
func fails(t *testing.T, task, want string) {
	t.Helper()
	out, err := child(task).Output()
	if err == nil || strings.TrimSpace(string(out)) != want {
		t.Errorf("got %s (%v)\nwant %s", out, err, want)
	}
	if got := read(t, "a.rst"); got != "a.rst" {
		t.Errorf("the old page became %q", got)
	}
}

// asNobody writes a page as a user to whom modes mean something.
func asNobody() error {
	if err := becomeNobody(); err != nil {
		return err
	}
	return overwrite(new(Writer), "a.rst", letters('b'))
}

// treeAsNobody mirrors src in out as such a user.
func treeAsNobody() error {
	if err := becomeNobody(); err != nil {
		return err
	}
	tree, err := OpenTree("src", "out", nil)
	if err != nil {
		return err
	}
	return tree.Claim()
}

// becomeNobody gives up root's rights, if the process has them.
func becomeNobody() error {
	if os.Getuid() != 0 {
		return nil
	}
	uid, _, err := nobody()
	return orElse(err, syscall.Setuid(uid))
}

// nobody returns the numbers of the user "nobody" and its group.
func nobody() (uid, gid int, err error) {
	u, err := user.Lookup("nobody")
	if err != nil {
		return 0, 0, err
	}
	uid, err = strconv.Atoi(u.Uid)
	gid, groupErr := strconv.Atoi(u.Gid)
	return uid, gid, orElse(err, groupErr)
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

// A page in a folder that may not be written to is named and stays.
func TestReadOnlyFolder(t *testing.T) {
	plant(t, "a.rst")
	giveToNobody(t, "a.rst", ".")
	must(t, os.Chmod(".", 0o555))
	t.Cleanup(func() { os.Chmod(".", 0o777) })
	fails(t, "read-only folder", "cannot write a.rst: permission denied")
}

// A page that may not be written to stays, although its folder would allow it.
func TestReadOnlyPage(t *testing.T) {
	plant(t, "a.rst")
	giveToNobody(t, "a.rst", ".")
	must(t, os.Chmod("a.rst", 0o444))
	fails(t, "read-only page", "cannot write a.rst: permission denied")
}

// An output tree that may not be written to is named.
func TestReadOnlyInTree(t *testing.T) {
	plant(t, "a.rst", "src/b.rst", "out/.windsock-manifest")
	must(t, os.Truncate("out/.windsock-manifest", 0))
	giveToNobody(t, ".", "out")
	must(t, os.Chmod("out", 0o555))
	t.Cleanup(func() { os.Chmod("out", 0o777) })
	fails(t, "read-only in tree", "cannot write to out: permission denied")
}

// A page keeps its owner, although the one who writes it is root.
func TestWriteKeepsOwner(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can write another user's page and see whose it becomes")
	}
	plant(t, "a.rst")
	giveToNobody(t, "a.rst")
	must(t, overwrite(new(Writer), "a.rst", []byte("new")))
	info, err := os.Stat("a.rst")
	must(t, err)
	uid, _, err := nobody()
	must(t, err)
	if got := info.Sys().(*syscall.Stat_t).Uid; int(got) != uid {
		t.Errorf("the page is user %d's, want %d", got, uid)
	}
}
