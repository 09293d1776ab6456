package grammar_test

import (
	"bytes"
	"testing"

	"windsock/fixtures"
)

// BenchmarkDirective reads a page with a directive of ours and another one: divided by
// two, what a directive costs.
func BenchmarkDirective(b *testing.B) {
	page := bytes.Repeat([]byte(".. airflow-sensitive-vars:: core\n   :columns: env-var, description\n   :header: Variable, Description\n\n.. note:: Text\n   of a note.\n\n"), 50)
	b.ReportAllocs()
	for b.Loop() {
		testReader.Read(page)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/100, "µs/directive")
}

// BenchmarkRead reads the corpus.
func BenchmarkRead(b *testing.B) {
	pages := fixtures.Pages(b)
	size, lines := 0, 0
	for _, page := range pages {
		size += len(page.Data)
		lines += bytes.Count(page.Data, []byte("\n"))
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, page := range pages {
			testReader.Read(page.Data)
		}
	}
	b.ReportMetric(float64(lines), "lines/op")
}
