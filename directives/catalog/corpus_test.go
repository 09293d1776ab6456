package catalog

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sharedFolder returns the folder of shared data, or skips the test where there is
// none. In CI a missing folder fails it.
func sharedFolder(t testing.TB) string {
	folder := os.Getenv("WINDSOCK_SHARED")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared")
	}
	if _, err := os.Stat(folder); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("the shared data is missing: %v", err)
		}
		t.Skipf("the shared data is not here (WINDSOCK_SHARED): %v", err)
	}
	return folder
}

// corpus returns the configuration data of the Airflow checkout, with paths
// relative to it.
func corpus(t testing.TB) []File {
	root := filepath.Join(sharedFolder(t), "corpus", "airflow")
	var files []File
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		name := filepath.ToSlash(strings.TrimPrefix(path, root+string(filepath.Separator)))
		core := name == "airflow-core/src/airflow/config_templates/config.yml"
		provider := strings.HasPrefix(name, "providers/") && d.Name() == "provider.yaml"
		if err != nil || !core && !provider {
			return err
		}
		data, err := os.ReadFile(path)
		files = append(files, File{Path: name, Data: data, Provider: provider})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// Airflow's own data has 483 options, 19 of them sensitive, and no fault.
func TestCorpus(t *testing.T) {
	c, findings := Load(corpus(t), Embedded())
	for _, f := range findings {
		t.Errorf("%s:%d: %s", f.Path, f.Start.Line, f.Message)
	}
	sensitive := map[bool]int{}
	for _, o := range c.Options() {
		if o.Sensitive {
			sensitive[o.Provider == ""]++
		}
	}
	if n := len(c.Options()); n != 483 || sensitive[true] != 11 || sensitive[false] != 8 {
		t.Errorf("%d options, sensitive: %d of core, %d of providers; want 483, 11, 8", n, sensitive[true], sensitive[false])
	}
	if n := len(c.Providers()); n != 99 {
		t.Errorf("%d providers, want 99", n)
	}
	if unmapped := c.Unmapped(c.Options()); len(unmapped) != 0 {
		t.Errorf("unmapped: %v", unmapped)
	}
}

// Airflow's provider files say the same whether all of them is read or not.
func TestSlices(t *testing.T) {
	for _, f := range corpus(t) {
		if f.Provider {
			checkSlice(t, f.Data)
		}
	}
}

// Every option is found by each of its spellings, and where it says it is.
func TestSpellings(t *testing.T) {
	files := corpus(t)
	lines := map[string][]string{}
	for _, f := range files {
		lines[f.Path] = strings.Split(string(f.Data), "\n")
	}
	c, _ := Load(files, Embedded())
	for _, o := range c.Options() {
		for _, text := range []string{o.String(), o.Section + "." + o.Name, o.EnvVar(), "``" + o.String() + "``"} {
			if r, ok := ParseReference(text); !ok || c.Find(r) != o {
				t.Errorf("%s is not found by %q", o, text)
			}
		}
		if e := c.LookupEnv(o.EnvVar()); e.Option != o || e.Kind != EnvOption {
			t.Errorf("%s is not found by its variable", o)
		}
		if line := lines[o.Declared.Path][o.Declared.Line-1]; strings.TrimSpace(line) != o.Name+":" {
			t.Errorf("%s is declared at %q", o, line)
		}
	}
}

// The embedded annotations take over every fact about old spellings.
func TestRenamedFacts(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(sharedFolder(t), "facts", "renamed.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	facts, _ := ParseYAML("renamed.yaml", data)
	d := &decoder{reader: &reader{YAML: facts}}
	var want Notes[Rename]
	for _, e := range d.entries(facts.Root, "facts") {
		r, _ := d.reference(e.key)
		v, _ := d.rename(e, r)
		want.set(Note[Rename]{Reference: r, Value: v})
	}
	if len(want.All()) < 100 || len(want.All()) != len(Embedded().Renamed.All()) {
		t.Errorf("%d renames are embedded, the facts are %d", len(Embedded().Renamed.All()), len(want.All()))
	}
	for _, note := range want.All() {
		if got := Embedded().Renamed.Of(note.Reference); got == nil || got.Value != note.Value {
			t.Errorf("%s: %v, want %v", note.Reference, got, note.Value)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	files := corpus(b)
	a := Embedded()
	for b.Loop() {
		Load(files, a)
	}
}

func BenchmarkCore(b *testing.B) {
	files := corpus(b)[:1]
	for b.Loop() {
		Load(files, nil)
	}
}

func BenchmarkProviders(b *testing.B) {
	files := corpus(b)[1:]
	for b.Loop() {
		Load(files, nil)
	}
}

func BenchmarkEmbedded(b *testing.B) {
	for b.Loop() {
		decodeEmbedded()
	}
}

func BenchmarkSuggest(b *testing.B) {
	c, _ := Load(corpus(b), Embedded())
	for b.Loop() {
		c.Suggest(Reference{"core", "laod_examples"})
	}
}
