package grammar

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"windsock/fixtures"
)

// corpus returns the pages of the corpus.
func corpus(t testing.TB) (pages [][]byte) {
	t.Helper()
	err := filepath.WalkDir(fixtures.Shared(t, "corpus", "airflow"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".rst" {
			return err
		}
		page, err := os.ReadFile(path)
		pages = append(pages, page)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// BenchmarkRead reads the corpus; BenchmarkDocutils has docutils read every twentieth
// page of it.
func BenchmarkRead(b *testing.B) { benchmark(b, func(page []byte) { testReader.Read(page) }) }

// benchmark reads the corpus.
func benchmark(b *testing.B, read func(page []byte)) {
	pages := corpus(b)
	size, lines := 0, 0
	for _, page := range pages {
		size += len(page)
		lines += bytes.Count(page, []byte("\n"))
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, page := range pages {
			read(page)
		}
	}
	b.ReportMetric(float64(lines), "lines/op")
}

// docutils reads the pages on its standard input, which NUL separates, and
// prints how many seconds it took.
const docutils = `
import sys, time
from docutils.core import publish_doctree
quiet = {'report_level': 5, 'halt_level': 6, 'file_insertion_enabled': False, 'warning_stream': ''}
pages = sys.stdin.buffer.read().decode('utf-8', 'replace').split('\0')
start = time.perf_counter()
for page in pages:
    publish_doctree(page, settings_overrides=quiet)
print(time.perf_counter() - start)
`

// BenchmarkDocutils is described at BenchmarkRead.
func BenchmarkDocutils(b *testing.B) {
	var sample [][]byte
	size := 0
	for i, page := range corpus(b) {
		if i%20 == 0 {
			sample = append(sample, page)
			size += len(page)
		}
	}
	seconds := 0.0
	for b.Loop() {
		cmd := exec.Command(fixtures.Python(b), "-c", docutils)
		cmd.Stdin = bytes.NewReader(bytes.Join(sample, []byte{0}))
		out, err := cmd.Output()
		if err != nil {
			b.Fatal(err)
		}
		took, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
		if err != nil {
			b.Fatal(err)
		}
		seconds += took
	}
	b.ReportMetric(float64(size)*float64(b.N)/seconds/1e6, "MB/s")
}
