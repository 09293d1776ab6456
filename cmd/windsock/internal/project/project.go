package project

import (
	"fmt"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
)

// FileName is the name of project files.
const FileName = "windsock.yaml"

// SchemaName is the name of the JSON schema that a project file which "windsock init" wrote
// names in its first line.
const SchemaName = "windsock.schema.json"

// BadProject is the rule of what is wrong with a project file. Such findings
// mean that windsock could not work: they cannot be turned off.
const BadProject = "bad-project"

// A Project is what holds for a folder: its project file, the defaults, and what
// an Airflow checkout adds to those.
type Project struct {
	Path     string // of the project file, as messages name it; "" if there is none
	Source   []byte // of the project file
	Folder   string // that paths are relative to, as messages name it
	Checkout string // the Airflow checkout, as messages name it; "" if there is none

	places []Globs // where the checkout has its config and providers

	Requires  *Requirement // nil for none
	Config    Globs        // files like Airflow's config.yml
	Providers Globs        // files like a provider.yaml
	Airflow   []string     // folders in which Airflow is installed, as messages name them
	Docs      Globs        // pages, and folders of pages
	Expand    Expand
	Ignore    *Ignore // never nil
	// Annotations are the project's own, to extend the embedded ones; never nil.
	Annotations       *catalog.Annotations
	LiteralDirectives []string // directive types whose body is no RST
	Rules             map[string]finding.Severity
	Baseline          string // a path as messages name it, "" for none
	Regions           []Region
}

// A Requirement is the oldest version of windsock that serves the project.
type Requirement struct {
	version catalog.Version
	file    *catalog.YAML // the project file
	span    grammar.Span  // of the condition in it
}

// Unmet returns an error if a version of windsock is older than what the project requires. A
// version that is not known, or is of no release, meets everything.
func (p *Project) Unmet(windsock string) error {
	is := catalog.Version(strings.TrimPrefix(windsock, "v"))
	if p.Requires == nil || is == "" || strings.HasPrefix(windsock, "v0.0.0-") || is.Compare(p.Requires.version) >= 0 {
		return nil
	}
	r := p.Requires
	return errorAt(r.file, r.span, fmt.Sprintf("the project needs windsock %s or later, and this is %s", r.version, is))
}

// Expand says what "windsock expand" and "windsock verify" do of themselves.
// The zero value leaves that to their flags.
type Expand struct {
	InPlace bool
	To      string // the output folder, as messages name it, "" for none
}

// An Error is a project file that cannot be used, with all that is wrong in it.
type Error struct {
	Findings []finding.Located // never none
}

// Error returns a line for each finding.
func (e *Error) Error() string {
	var lines []string
	for _, f := range e.Findings {
		lines = append(lines, fmt.Sprintf("%s:%d:%d: %s", f.Path, f.Start.Line, f.Start.Column, f.Message))
	}
	return strings.Join(lines, "\n")
}

// errorAt returns an Error about some words of a project file.
func errorAt(file *catalog.YAML, span grammar.Span, message string) *Error {
	f := finding.Finding{Span: span, Rule: BadProject, Severity: finding.Error, Message: message}
	return &Error{finding.Resolve(file.Path, file.Data, []finding.Finding{f})}
}
