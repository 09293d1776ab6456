package grammar

import (
	"bytes"
	"testing"
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
