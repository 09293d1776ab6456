package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"windsock/fixtures"
)

// BenchmarkCommands runs windsock over Airflow's pages, in turns with a program that does
// the least that the command must do; "make bench" runs it. Beside its own time, each
// command reports the median of how many times the other program's time it took, and its
// peak memory. Whatever slows down the machine slows down both.
func BenchmarkCommands(b *testing.B) {
	build(b)
	airflow := fixtures.Shared(b, "corpus", "airflow")
	read, check := program(airflow, "read", "."), program(airflow, "windsock", "check")
	b.Run("start", func(b *testing.B) { compare(b, program(".", "windsock", "--help"), program(".", "empty")) })
	b.Run("check", func(b *testing.B) { compare(b, check, read) })
	b.Run("check_json", func(b *testing.B) { compare(b, program(airflow, "windsock", "check", "--format", "json"), check) })
	b.Run("check_one_page", benchmarkOnePage)
	b.Run("verify", func(b *testing.B) { compare(b, program(airflow, "windsock", "verify"), read) })
	b.Run("expand_again", func(b *testing.B) {
		expand := program(airflow, "windsock", "expand", ".", "-o", filepath.Join(b.TempDir(), "out"))
		expand.run(b)
		compare(b, expand, read)
	})
	b.Run("expand_first", benchmarkFirst)
	b.Run("docutils_100_pages", func(b *testing.B) { compare(b, docutils(b, airflow), check) })
	b.Run("hook_before_windsock", func(b *testing.B) { compare(b, hookBefore(b, airflow), check) })
	b.Run("doc8", func(b *testing.B) { compare(b, linter(b, airflow, "python3-doc8", "doc8", "-q"), check) })
	b.Run("rstcheck", func(b *testing.B) {
		compare(b, linter(b, airflow, "rstcheck", "rstcheck", "--report-level", "none", "-r"), check)
	})
}

// benchmarkOnePage checks a page of a checkout with as many folders as Airflow's.
func benchmarkOnePage(b *testing.B) {
	checkout := copied(b, fixtures.Shared(b, "corpus", "airflow"))
	providers, err := filepath.Glob(filepath.Join(checkout, "providers", "*", "provider.yaml"))
	must(b, err)
	for n := range 3400 {
		source := filepath.Join(filepath.Dir(providers[n%len(providers)]), "src", fmt.Sprint(n/100), fmt.Sprint(n))
		must(b, os.MkdirAll(source, 0o777))
	}
	compare(b, program(checkout, "windsock", "check", "airflow-core/docs/index.rst"), program(checkout, "read", "."))
}

// benchmarkFirst makes an output tree of pages each of which holds a directive.
func benchmarkFirst(b *testing.B) {
	pages := copied(b, fixtures.Shared(b, "corpus", "airflow"))
	for path := range pagePaths(pages) {
		addTo(b, path, "\n\n.. airflow-config-default:: [core] parallelism\n")
	}
	n := 0
	fresh := func(args []string) []string { // another folder each time
		n++
		return append(args, fmt.Sprintf("%s-%d", pages, n))
	}
	expand, write := program(pages, "windsock", "expand", ".", "-o"), program(pages, "write", ".")
	expand.last, write.last = fresh, fresh
	compare(b, expand, write)
}

// copied returns a copy of a folder.
func copied(b *testing.B, folder string) string {
	b.Helper()
	to := filepath.Join(b.TempDir(), "copy")
	must(b, os.CopyFS(to, os.DirFS(folder)))
	return to
}

// BenchmarkManyPages checks 100,000 pages, which is to take as long for each of them, and
// no more memory.
func BenchmarkManyPages(b *testing.B) {
	if testing.Short() {
		b.Skip("it copies 100,000 pages")
	}
	build(b)
	folder, airflow := b.TempDir(), fixtures.Shared(b, "corpus", "airflow")
	for n := range 67 {
		must(b, os.CopyFS(filepath.Join(folder, "docs", fmt.Sprint(n)), os.DirFS(airflow)))
	}
	config := filepath.Join(airflow, "airflow-core/src/airflow/config_templates/config.yml")
	compare(b, program(folder, "windsock", "check", "--config", config, "docs"), program(folder, "read", "docs"))
}

// build builds windsock and the programs that it is measured against, and has them found.
func build(b *testing.B) {
	b.Helper()
	folder := b.TempDir()
	b.Setenv("PATH", folder+string(os.PathListSeparator)+os.Getenv("PATH"))
	for name, source := range map[string]string{
		"windsock": ".", "read": "../../fixtures/bench/read.go", "write": "../../fixtures/bench/write.go", "empty": "../../fixtures/bench/empty.go",
	} {
		cmd := exec.Command("go", "build", "-o", filepath.Join(folder, name), source)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
	}
}

// A measuredProgram is a program to measure.
type measuredProgram struct {
	folder string // the working folder
	args   []string
	last   func([]string) []string // adds what differs from run to run, or nil
}

// program returns a program with its arguments, to run in a folder.
func program(folder string, args ...string) *measuredProgram {
	return &measuredProgram{folder: folder, args: args}
}

// run runs the program, and returns how long it took and its peak memory in bytes, 0 if
// the system does not say. Exit status 1 says that windsock has findings.
func (p *measuredProgram) run(b *testing.B) (time.Duration, int64) {
	b.Helper()
	args := p.args
	if p.last != nil {
		args = p.last(slices.Clone(args))
	}
	cmd := exec.Command(args[0], args[1:]...)
	var stderr bytes.Buffer
	cmd.Dir, cmd.Stderr = p.folder, &stderr
	start := time.Now()
	if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() != 1 {
		b.Fatalf("%s: %v\n%s", args, err, stderr.Bytes())
	}
	took := time.Since(start)
	usage := reflect.Indirect(reflect.ValueOf(cmd.ProcessState.SysUsage()))
	if usage.Kind() != reflect.Struct || !usage.FieldByName("Maxrss").IsValid() {
		return took, 0
	}
	return took, usage.FieldByName("Maxrss").Int() << 10 // Linux counts kilobytes
}

// compare measures a program in turns with another one.
func compare(b *testing.B, measured, other *measuredProgram) {
	var times, ratios []float64
	var most int64
	for b.Loop() {
		least, _ := other.run(b)
		took, peak := measured.run(b)
		times = append(times, took.Seconds()*1e3)
		ratios, most = append(ratios, took.Seconds()/least.Seconds()), max(most, peak)
	}
	b.ReportMetric(0, "ns/op") // which would be that of both programs
	b.ReportMetric(median(times), "ms")
	b.ReportMetric(median(ratios), "×"+other.args[0])
	b.ReportMetric(float64(most)/(1<<20), "MB")
}

// median returns the median of some numbers.
func median(of []float64) float64 {
	slices.Sort(of)
	return of[len(of)/2]
}

// docutils returns the program that reads a hundred of Airflow's pages with docutils.
func docutils(b *testing.B, airflow string) *measuredProgram {
	const script = `
import sys, docutils.core
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as f:
        docutils.core.publish_doctree(f.read(), settings_overrides={"report_level": 5, "halt_level": 6, "file_insertion_enabled": False})
`
	args := []string{fixtures.Python(b), "-c", script}
	n := 0
	for path := range pagePaths(airflow) {
		if n++; n%14 == 0 && len(args) < 103 {
			args = append(args, path)
		}
	}
	return program(airflow, args...)
}

// hookBefore returns the hook of Airflow's repository that windsock replaces, in a copy
// of its pages.
func hookBefore(b *testing.B, airflow string) *measuredProgram {
	const hook = "scripts/ci/prek/check_security_doc_constants.py"
	folder, python := b.TempDir(), fixtures.Python(b)
	if exec.Command(python, "-c", "import rich, yaml").Run() != nil {
		b.Skip("the hook imports rich and yaml")
	}
	must(b, os.CopyFS(folder, os.DirFS(airflow)))
	patch := exec.Command("git", "apply", "--include="+hook, fixtures.Shared(b, "seed", "airflow-64760.patch"))
	patch.Dir = folder
	if out, err := patch.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	addTo(b, filepath.Join(folder, filepath.Dir(hook), "common_prek_utils.py"), "from pathlib import Path\nAIRFLOW_ROOT_PATH = Path(__file__).resolve().parents[3]\n")
	return program(folder, python, hook)
}

// linter returns a program that looks for other faults in the same pages.
func linter(b *testing.B, airflow, debian string, args ...string) *measuredProgram {
	if _, err := exec.LookPath(args[0]); err != nil {
		b.Skipf("no %s here (Debian's package is %s)", args[0], debian)
	}
	return program(airflow, append(args, ".")...)
}

// addTo adds text to the end of a file.
func addTo(b *testing.B, path, text string) {
	b.Helper()
	data, _ := os.ReadFile(path)
	must(b, os.WriteFile(path, append(data, text...), 0o666))
}

// pagePaths yields the paths of the pages below a folder.
func pagePaths(folder string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(path, ".rst") && !yield(path) {
				return fs.SkipAll
			}
			return err
		})
		if err != nil {
			panic(err)
		}
	}
}
