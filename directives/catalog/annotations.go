package catalog

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// Annotations are facts about options that Airflow's data does not state. Those
// of Airflow itself are embedded; the project file extends or overrides them.
type Annotations struct {
	Sensitive  Notes[Sensitivity]
	Renamed    Notes[Rename]
	Undeclared Notes[string] // options that the code reads though no data declares them, and why that is known
	Effective  Notes[string] // the value that the code uses where the data has no default
	Units      Notes[string] // such as "seconds"
	Defaults   Notes[string] // a company's own defaults, which take the place of the data's
	// KeyFree are the sections whose options users choose.
	KeyFree []string
	// Families are environment variables that end in a key of the user's choice,
	// up to that key: "AIRFLOW__SECRETS__BACKEND_KWARG__".
	Families []string

	// Complete is set if the data declares every option there is, so that any other section
	// is wrong by itself.
	Complete bool
	Version  Version // of Airflow, which the data is of; "" if the data says it or nobody knows

	file *YAML // what the entries that are not embedded were decoded from; may be nil
}

// A Sensitivity says what the tables of sensitive options say of one.
type Sensitivity struct {
	Description string   // "" for none
	NeededBy    []string // the components; none: nobody has mapped the option
}

// A Rename says what became of an option that Airflow once declared.
type Rename struct {
	To    Reference // the zero value: it was removed
	Since string    // the version, or "" where that is not known
}

// Removed reports whether nothing took the option's place.
func (r Rename) Removed() bool { return r.To == Reference{} }

// Extend returns the annotations with those of the project added. The project's
// notes override those about the same option (of a sensitive one, what they say of
// it), and its lists those of a.
func (a *Annotations) Extend(project *Annotations) *Annotations {
	both := *project
	both.Sensitive = a.Sensitive.extended(project.Sensitive...)
	both.Renamed = a.Renamed.extended(project.Renamed...)
	both.Undeclared = a.Undeclared.extended(project.Undeclared...)
	both.Effective = a.Effective.extended(project.Effective...)
	both.Units = a.Units.extended(project.Units...)
	both.inherit(a)
	if project.KeyFree == nil {
		both.KeyFree = a.KeyFree
	}
	if project.Families == nil {
		both.Families = a.Families
	}
	return &both
}

// inherit completes sensitive options of which the project says a part with what
// from says of them.
func (a *Annotations) inherit(from *Annotations) {
	for i := range a.Sensitive {
		note := &a.Sensitive[i]
		old := from.Sensitive.Of(note.Reference)
		if old == nil || note.isEmbedded() {
			continue
		}
		note.Value.Description = cmp.Or(note.Value.Description, old.Value.Description)
		if note.Value.NeededBy == nil {
			note.Value.NeededBy, note.inherited = old.Value.NeededBy, true
		}
	}
}

// withoutEmbeddedNeeds returns the annotations less what is embedded of components.
func (a *Annotations) withoutEmbeddedNeeds() *Annotations {
	less := *a
	less.Sensitive = slices.Clone(a.Sensitive)
	for i, note := range less.Sensitive {
		if note.isEmbedded() || note.inherited {
			less.Sensitive[i].Value.NeededBy = nil
		}
	}
	return &less
}

// Components returns the components that the sensitive options name, in the
// order in which the notes first name them.
func (a *Annotations) Components() []string {
	var names []string
	seen := make(map[string]bool)
	for _, note := range a.Sensitive {
		for _, component := range note.Value.NeededBy {
			if canonical := canonicalComponent(component); !seen[canonical] {
				seen[canonical] = true
				names = append(names, component)
			}
		}
	}
	return names
}

// SameComponent reports whether two words name one component: case, plural and
// what joins the words do not matter ("dag-file-processors", "Dag File Processor").
func SameComponent(a, b string) bool { return canonicalComponent(a) == canonicalComponent(b) }

// canonicalComponent returns the spelling in which all names of a component agree.
func canonicalComponent(s string) string {
	name := strings.NewReplacer("-", " ", "_", " ").Replace(strings.ToLower(s))
	if stem, ok := strings.CutSuffix(name, "ies"); ok {
		return stem + "y"
	}
	return strings.TrimSuffix(name, "s")
}

// Successor returns the component that does the work of one of Airflow 2, "" if the word
// names none that is gone.
func Successor(component string) string {
	if SameComponent(component, "webserver") || SameComponent(component, "web server") {
		return "API Server"
	}
	return ""
}

// opened is the name of an option in a reference that stands for all options of a section.
const opened = "*"

// IsKeyFree reports whether users choose the names of a section's options.
func (a *Annotations) IsKeyFree(section string) bool { return slices.Contains(a.KeyFree, section) }

// embeddedPath stands for the path of the embedded annotations; no file can have it.
const embeddedPath = "\x00"

//go:embed airflow.yaml
var airflow []byte

// EmbeddedSource returns the file of the embedded annotations, with its comments,
// in the format of the project file.
func EmbeddedSource() []byte { return slices.Clone(airflow) }

// Embedded returns the annotations about Airflow's own options. They must not be
// changed.
var Embedded = sync.OnceValue(func() *Annotations {
	y, _ := ParseYAML(embeddedPath, airflow)
	a, d := &Annotations{}, &Decoder{YAML: y}
	d.Read(d.Entries("the file", y.Root), d.annotationKeys(a, nil))
	return a
})
