package grammar_test

import (
	"testing"

	"windsock/grammar"
)

// BenchmarkDirective reads a directive with an argument, options and content.
func BenchmarkDirective(b *testing.B) {
	source := []byte(`.. airflow-config-default:: [core] parallelism
   :format: table
   :columns: option, default

   [core] parallelism
   [scheduler] job_heartbeat_sec : seconds
`)
	r := &grammar.Reader{Directives: []string{"airflow-*"}}
	b.ReportAllocs()
	for b.Loop() {
		if r.Read(source).Nodes[0].Directive == nil {
			b.Fatal("no directive")
		}
	}
}

// BenchmarkReference parses an option reference.
func BenchmarkReference(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := grammar.ParseReference("[core] parallelism"); err != nil {
			b.Fatal(err)
		}
	}
}
