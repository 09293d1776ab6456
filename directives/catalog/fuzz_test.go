package catalog

import (
	"slices"
	"testing"

	"windsock/directives/finding"
	"windsock/fixtures"
)

// FuzzLoad checks on any bytes that loading neither panics nor finds a place
// outside the file, that every option is found again, and that a provider file
// says the same whether it is cut or read whole.
func FuzzLoad(f *testing.F) {
	fixtures.Seed(f, "catalog/*.txtar", "config.yml")
	fixtures.Seed(f, "catalog/*.txtar", "provider.yaml")
	file, _ := ParseYAML("airflow.yaml", []byte(`
sensitive: {"[core] fernet_key": {description: a key, needed-by: [Scheduler]}}
renamed: {"[webserver] secret_key": "[api] secret_key", "[core] gone": removed}
effective: {"[api] secret_key": made at start}
`))
	known, wrong := DecodeAnnotations(file)
	if len(wrong) > 0 {
		f.Fatal(wrong)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if y, wrong := ParseYAML("config.yml", data); len(wrong) > 0 {
			checkPlaces(t, data, finding.Resolve(y.Path, data, wrong))
		} else {
			a, _ := DecodeAnnotations(y)
			checkLoad(t, data, known.Extend(a))
		}
		checkSlice(t, data)
	})
}

// checkPlaces checks that findings have messages and places in data.
func checkPlaces(t *testing.T, data []byte, findings []finding.Located) {
	for _, f := range findings {
		if f.Start.Line < 1 || f.Span.End > len(data) || f.Message == "" {
			t.Errorf("a finding without a place: %+v", f)
		}
	}
}

// checkLoad loads data as core's with annotations, which data may hold too, and
// looks at what comes of it.
func checkLoad(t *testing.T, data []byte, a *Annotations) {
	c, findings := Load([]File{{Path: "config.yml", Data: data}}, a)
	checkPlaces(t, data, append(findings, c.Stale()...))
	for _, o := range c.Options() {
		if c.Lookup(o.Section, o.Name) != o || c.Find(o.Reference) != o {
			t.Errorf("%q is not found again", o)
		}
		o.Words()
		o.ShownDefault()
	}
	c.Unmapped(c.Options())
	if len(c.Options()) == 0 && len(c.Sections()) == 0 && len(findings) == 0 {
		t.Error("a file that declares nothing passes")
	}
}

// checkSlice compares what a provider file says with what it says as a file of which all is
// read, because of a key in quotes.
func checkSlice(t *testing.T, data []byte) {
	load := func(data []byte) (*Catalog, []finding.Located) {
		return Load([]File{{Path: "provider.yaml", Data: data, Provider: true}}, nil)
	}
	whole, wrong := load(slices.Concat(data, []byte("\n\"whole\": yes\n")))
	if len(whole.Options()) == 0 && len(wrong) > 0 {
		return // what is beside config is no YAML, and need not be read
	}
	cut, findings := load(data)
	if a, b := describeAll(cut)+describeFindings(findings), describeAll(whole)+describeFindings(wrong); a != b {
		t.Errorf("cut:\n%s\nwhole:\n%s", a, b)
	}
	if a, b := cut.Providers()[0].Package, whole.Providers()[0].Package; a != b {
		t.Errorf("the package is %q cut and %q whole", a, b)
	}
}
