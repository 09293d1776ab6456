package catalog

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// FuzzLoad checks on any bytes that loading neither panics nor finds a place
// outside the file, that every option is found again, and that a provider file
// says the same whether it is cut or read whole.
func FuzzLoad(f *testing.F) {
	names, _ := filepath.Glob("../../fixtures/catalog/*.txtar")
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range txtar.Parse(data).Files {
			if filepath.Ext(file.Name) != "" {
				f.Add(spelled(file.Data))
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		checkLoad(t, data)
		checkSlice(t, data)
		y, _ := ParseYAML("windsock.yaml", data)
		a, _ := DecodeAnnotations(y)
		c, _ := Load([]File{{Path: "config.yml", Data: data}}, Embedded().Extend(a))
		c.Stale()
		c.Unmapped(c.Options())
	})
}

// checkLoad loads data as core's and looks at what comes of it.
func checkLoad(t *testing.T, data []byte) {
	c, findings := Load([]File{{Path: "config.yml", Data: data}}, nil)
	for _, f := range findings {
		if f.Start.Line < 1 || f.Span.End > len(data) || f.Message == "" {
			t.Errorf("a finding without a place: %+v", f)
		}
	}
	for _, o := range c.Options() {
		if c.Lookup(o.Section, o.Name) != o || c.Find(o.Reference) != o {
			t.Errorf("%q is not found again", o)
		}
		o.Words()
		o.ShownDefault()
	}
	if len(c.Options()) == 0 && len(c.Sections()) == 0 && len(findings) == 0 {
		t.Error("a file that declares nothing passes")
	}
}

// checkSlice compares a provider file cut with the same file read whole.
func checkSlice(t *testing.T, data []byte) {
	f := File{Path: "provider.yaml", Data: data, Provider: true}
	cut, whole := &reader{provider: &Provider{}}, &reader{provider: &Provider{}}
	if !cut.readSlice(f) {
		return
	}
	whole.readWhole(f)
	if len(whole.diagnostics) > 0 && whole.Root == nil {
		return // what is outside config is no YAML, which a slice does not look at
	}
	if a, b := dump(cut), dump(whole); a != b {
		t.Errorf("cut:\n%s\nwhole:\n%s", a, b)
	}
}
