package catalog_test

import (
	"cmp"
	"os"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/fixtures"
)

// A fact is what the shared facts say of an option: one of the files has each key.
type fact struct{ To, Since, Last, Added string }

// readFacts returns the facts of a file by the option that each is about.
func readFacts(t *testing.T, name string) map[catalog.Reference]fact {
	t.Helper()
	data, err := os.ReadFile(fixtures.Shared(t, "facts", name))
	if err != nil {
		t.Fatal(err)
	}
	var entries map[string]fact
	if err := yaml.Unmarshal(data, &entries); err != nil || len(entries) < 100 {
		t.Fatalf("%s: %d facts: %v", name, len(entries), err)
	}
	facts := map[catalog.Reference]fact{}
	for text, f := range entries {
		r, _ := catalog.ParseReference(text)
		facts[r] = f
	}
	return facts
}

// ofVersion returns a catalogue of one option, whose data is of a version of Airflow.
func ofVersion(version string) *catalog.Catalog {
	data := []byte("core: {options: {only: {default: x}}}")
	c, _ := catalog.Load([]catalog.File{{Path: "config.yml", Data: data}}, &catalog.Annotations{Version: catalog.Version(version)})
	return c
}

// The embedded renames are exactly those of the facts.
func TestRenamedFacts(t *testing.T) {
	facts := readFacts(t, "renamed.yaml")
	for _, note := range catalog.Embedded().Renamed {
		got := fact{Since: note.Value.Since}
		if !note.Value.Removed() {
			got.To = note.Value.To.String()
		}
		if want, ok := facts[note.Reference]; !ok || got != want {
			t.Errorf("%s: got %+v, want %+v", note.Reference, got, want)
		}
		delete(facts, note.Reference)
	}
	for r := range facts {
		t.Errorf("the rename of %s is not embedded", r)
	}
}

// An option that an earlier Airflow declared was removed after the last version that did. The
// facts give some of those versions by their month, of which only the later removal is tested.
func TestFormerFacts(t *testing.T) {
	for r, f := range readFacts(t, "former.yaml") {
		if v := ofVersion("4.0").Resolve(r); v.Rule != finding.RemovedOption {
			t.Errorf("%s in Airflow 4: %s %s", r, v.Rule, v.Message)
		}
		if version := catalog.Version(f.Last); version.Major() < 3 {
			if v := ofVersion(f.Last).Resolve(r); v.Rule == finding.RemovedOption {
				t.Errorf("%s in Airflow %s: %s", r, f.Last, v.Message)
			}
		}
	}
}

// An option that came with Airflow 3 is a later one to the data of 2.11.
func TestLaterFacts(t *testing.T) {
	c := ofVersion("2.11")
	for r, f := range readFacts(t, "later.yaml") {
		since := cmp.Or(strings.TrimSuffix(f.Added, ".0"), "3.0")
		want := "option " + r.String() + " exists since Airflow " + since + "; the data is of 2.11"
		if v := c.Resolve(r); !v.IsLater || v.Message != want {
			t.Errorf("got %s, want %s", v.Message, want)
		}
	}
}
