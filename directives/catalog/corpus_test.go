package catalog

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"windsock/fixtures"
)

// corpus returns Airflow's configuration data.
func corpus(t testing.TB) (files []File) {
	for i, f := range fixtures.Data(t) {
		files = append(files, File{Path: f.Path, Data: f.Data, Provider: i > 0})
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

// The config.yml of each version of Airflow has no fault, and says which version it is of.
func TestVersions(t *testing.T) {
	for folder, want := range map[string]string{
		"airflow-2.0":  "253 options of Airflow 2.0.0",
		"airflow-2.5":  "299 options of Airflow 2.5.4",
		"airflow-2.11": "309 options of Airflow 2.11.1",
	} {
		c, findings := Load([]File{coreOf(t, folder)}, Embedded())
		if got := fmt.Sprintf("%d options of %s", len(c.Options()), c.Release()); got != want || len(findings) > 0 {
			t.Errorf("%s: got %s, %v", folder, got, findings)
		}
	}
}

// coreOf returns the config.yml of a checkout of Airflow 2.
func coreOf(t *testing.T, folder string) File {
	data, err := os.ReadFile(fixtures.Shared(t, "corpus", folder, "airflow/config_templates/config.yml"))
	if err != nil {
		t.Fatal(err)
	}
	return File{Path: "config.yml", Data: data}
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
		if e := c.LookupEnv(o.EnvVar()); e.Option != o || e.Suffix != "" {
			t.Errorf("%s is not found by its variable", o)
		}
		if line := lines[o.Declared.Path][o.Declared.Line-1]; strings.TrimSpace(line) != o.Name+":" {
			t.Errorf("%s is declared at %q", o, line)
		}
	}
}

// A catalogue that is written as one config.yml and read again is the same, but for the places
// of declarations: of Airflow's own data, of that of older versions, and of text that would be
// something else without its quotes.
func TestConfig(t *testing.T) {
	quoted := File{Path: "config.yml", Data: []byte(`core: {options: {a: {default: "2020-01-01T10:00:00", example: "1:30"}, "yes": {default: "012"}}}`)}
	for _, files := range [][]File{corpus(t), {coreOf(t, "airflow-2.0")}, {coreOf(t, "airflow-2.11")}, {quoted}} {
		c, _ := Load(files, Embedded())
		again, findings := Load([]File{{Path: "airflow.yml", Data: c.Config()}}, Embedded())
		if len(findings) > 0 || describeFrozen(again) != describeFrozen(c) {
			t.Errorf("%v\n%s\nwas\n%s", findings, describeFrozen(again), describeFrozen(c))
		}
		if !bytes.Equal(again.Config(), c.Config()) {
			t.Error("it is written otherwise the second time")
		}
	}
}

// describeFrozen writes all that a catalogue holds but places.
func describeFrozen(c *Catalog) string {
	text := fmt.Sprintln(c.Version)
	for _, p := range c.Providers() {
		text += fmt.Sprintln(p.Name, p.Package, p.Release)
	}
	for _, s := range c.Sections() {
		text += fmt.Sprintf("%q %q %q %q %q %v\n", s.Name, s.Provider, s.Description, s.Renamed.From, s.Renamed.In, c.IsOpen(s.Name))
	}
	for _, o := range c.Options() {
		_, rest, _ := strings.Cut(describe(o), ": ")
		text += rest
	}
	return text
}

// The core of Airflow 2.5 and today's providers declare 54 options both, which breaks nothing.
func TestOldCoreWithNewProviders(t *testing.T) {
	c, findings := Load(append([]File{coreOf(t, "airflow-2.5")}, corpus(t)[1:]...), Embedded())
	if len(findings) != 0 || len(c.Notes()) != 54 {
		t.Errorf("%d findings and %d notes, want 0 and 54", len(findings), len(c.Notes()))
	}
}
