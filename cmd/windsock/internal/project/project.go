package project

import (
	"fmt"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
)

// FileName is the name of a project file.
const FileName = "windsock.yaml"

// SchemaName is the name of the JSON schema of project files. "windsock init" writes the
// schema beside the project file, whose first line refers to it.
const SchemaName = "windsock.schema.json"

// BadProject is the rule of findings about the project file. Such a finding ends the run
// with status 2, and no setting turns the rule off.
const BadProject = "bad-project"

// A Project is the configuration of a run: the defaults, replaced first by what an Airflow
// checkout provides and then by the project file.
type Project struct {
	Path     string // of the project file, as shown in messages; "" if there is none
	Source   []byte // of the project file
	Folder   string // base of relative paths, as shown in messages
	Checkout string // the Airflow checkout, as shown in messages; "" if there is none

	checkoutConfig, checkoutProviders Globs // Config and Providers as the checkout sets them

	Requires  *Requirement // nil if the project accepts any version of windsock
	Config    Globs        // files in the format of Airflow's config.yml
	Providers Globs        // files in the format of a provider.yaml
	Airflow   []string     // folders in which Airflow is installed, as shown in messages
	Docs      Globs        // pages, and folders of pages
	Expand    Expand
	Ignore    *Ignore // nil ignores no page
	// Annotations are the project's own annotations, which extend the embedded ones; never nil.
	Annotations       *catalog.Annotations
	LiteralDirectives []string // directive types whose body is not RST
	Rules             map[string]finding.Severity
	Baseline          string // path as shown in messages; "" if there is none
	Regions           []Region
}

// A Requirement is the minimum version of windsock that the project needs.
type Requirement struct {
	version catalog.Version
	file    *catalog.YAML // the project file
	span    grammar.Span  // of the condition in the file
}

// Unmet returns an error if a version of windsock is older than the project requires. An
// unknown version and a pseudo-version without a release meet every requirement.
func (p *Project) Unmet(windsock string) error {
	is := catalog.Version(strings.TrimPrefix(windsock, "v"))
	if p.Requires == nil || is == "" || strings.HasPrefix(windsock, "v0.0.0-") || is.Compare(p.Requires.version) >= 0 {
		return nil
	}
	r := p.Requires
	return errorAt(r.file, r.span, fmt.Sprintf("the project needs windsock %s or later, and this is %s", r.version, is))
}

// Expand is where "windsock expand" and "windsock verify" put expansions by default.
// The zero value leaves that to their flags.
type Expand struct {
	InPlace bool
	To      string // the output folder, as shown in messages; "" if there is none
}

// An Error contains the findings in a project file that cannot be used.
type Error struct {
	Findings []finding.Located // at least one
}

// Error returns a line for each finding.
func (e *Error) Error() string {
	var lines []string
	for _, f := range e.Findings {
		lines = append(lines, fmt.Sprintf("%s:%d:%d: %s", f.Path, f.Start.Line, f.Start.Column, f.Message))
	}
	return strings.Join(lines, "\n")
}

// errorAt returns an Error with one finding, at a span of the project file.
func errorAt(file *catalog.YAML, span grammar.Span, message string) *Error {
	f := finding.Finding{Span: span, Rule: BadProject, Severity: finding.Error, Message: message}
	return &Error{finding.Resolve(file.Path, file.Data, []finding.Finding{f})}
}
