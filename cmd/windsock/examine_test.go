package main

import (
	"bytes"
	"io"
	"os"
	"reflect"
	"testing"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives"
	"windsock/fixtures"
)

// faults are what is put at the end of pages, to have something wrong in each.
var faults = []string{
	"",
	"\n\nSet ``[core] paralelism``, or AIRFLOW__CORE__PARALELISM.\n",
	"\n\n.. airflow-config-default:: [core] paralelism\n",
	"\n\n.. airflow-config-default::\n\n   [core] parallelism\n      :default: 64\n",
	"\n\n.. airflow-sensitive-var:: core\n",
	"\n\n.. windsock: ignore[unknown-option] none\n\nText.\n",
}

// TestExamine shows that reading pages no further than need be changes nothing: the
// same is found in each of Airflow's pages, and made of it, as when all of it is
// read.
func TestExamine(t *testing.T) {
	t.Chdir(fixtures.Shared(t, "corpus", "airflow"))
	s := &session{env: env{stdout: io.Discard, stderr: io.Discard, getenv: func(string) string { return "" }}, judges: true, settings: settings{maxSize: pages.MaxSize}}
	if err := s.open([]string{"."}); err != nil {
		t.Fatal(err)
	}
	quick, whole := s.examiner(directives.OutputTree), s.examiner(directives.OutputTree)
	whole.counts = true
	walk, err := pages.NewWalk([]string{"."}, nil)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for p, err := range walk.Pages() {
		if err != nil {
			t.Fatal(err)
		}
		source, err := os.ReadFile(p.Path)
		if err != nil {
			t.Fatal(err)
		}
		for _, fault := range faults {
			page := directives.Page{Path: p.Path, Source: append(bytes.Clone(source), fault...)}
			got, _ := quick.examine(page)
			want, _ := whole.examine(page)
			found += len(want.Diagnostics)
			if !reflect.DeepEqual(got.Diagnostics, want.Diagnostics) || !reflect.DeepEqual(got.Data, want.Data) ||
				got.Blocked != want.Blocked || !bytes.Equal(got.Output, want.Output) {
				t.Errorf("%s with %q: %+v, when all is read %+v", p.Path, fault, got.Diagnostics, want.Diagnostics)
			}
		}
	}
	t.Logf("%d findings", found)
}
