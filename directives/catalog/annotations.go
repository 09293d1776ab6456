package catalog

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// Annotations are facts about options that Airflow's data does not state. The facts
// about Airflow's own options are embedded; the project file extends or overrides them.
type Annotations struct {
	Sensitive  Notes[Sensitivity]
	Renamed    Notes[Rename]
	Undeclared Notes[string] // options that exist although no data declares them, and the reason
	Effective  Notes[string] // the value that the code uses if the data has no default
	Units      Notes[string] // such as "seconds"
	Defaults   Notes[string] // a company's own defaults, which replace those in the data
	// KeyFree lists the sections whose options users name themselves.
	KeyFree []string
	// Families lists the environment variables that end in a key of the user's choice,
	// without the key: "AIRFLOW__SECRETS__BACKEND_KWARG__".
	Families []string

	// Complete is set if the data declares every option that exists. Any other section is
	// then an error.
	Complete bool
	Version  Version // the Airflow version of the data; "" if the project file does not say

	file *YAML // the project file; nil without one
}

// A Sensitivity describes a sensitive option for tables.
type Sensitivity struct {
	Description string   // "" for none
	NeededBy    []string // the components; none if they are not known
}

// A Rename is the successor of an option that an earlier Airflow declared.
type Rename struct {
	To    Reference // the zero value if the option was removed
	Since string    // the version of the change; "" if it is not known
}

// Removed reports whether the option has no successor.
func (r Rename) Removed() bool { return r.To == Reference{} }

// Extend returns the annotations with those of the project added. A note of the project
// replaces one about the same option; for a sensitive option, each field on its own. Lists
// of the project replace those of a.
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

// inherit fills in the fields of sensitive options that the project leaves out, from the
// notes of from.
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

// withoutEmbeddedNeeds returns the annotations without the embedded lists of components.
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

// Components returns the components that need a sensitive option, in the order of their
// first mention.
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

// SameComponent reports whether two words name the same component. Case, plural, and the
// separator of words do not matter ("dag-file-processors", "Dag File Processor").
func SameComponent(a, b string) bool { return canonicalComponent(a) == canonicalComponent(b) }

// canonicalComponent returns the same word for all spellings of a component.
func canonicalComponent(s string) string {
	name := strings.NewReplacer("-", " ", "_", " ").Replace(strings.ToLower(s))
	if stem, ok := strings.CutSuffix(name, "ies"); ok {
		return stem + "y"
	}
	return strings.TrimSuffix(name, "s")
}

// Successor returns the component of Airflow 3 that replaces one of Airflow 2, "" if there
// is none.
func Successor(component string) string {
	if SameComponent(component, "webserver") || SameComponent(component, "web server") {
		return "API Server"
	}
	return ""
}

// opened is the name, in a reference, that stands for all options of a section.
const opened = "*"

// IsKeyFree reports whether users name the options of a section themselves.
func (a *Annotations) IsKeyFree(section string) bool { return slices.Contains(a.KeyFree, section) }

// embeddedPath is the path of the embedded annotations. No real file can have this path.
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
