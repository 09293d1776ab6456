package project

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"text/template"
)

// Surroundings are what a folder holds that a project file there should name.
type Surroundings struct {
	Checkout bool     // whether the folder is an Airflow checkout
	Docs     []string // folders of it that hold a Sphinx project
}

// docsFolders are where people keep Sphinx projects.
var docsFolders = []string{"docs", "docs/source", "doc", "doc/source", "."}

// Survey looks around in a folder.
func Survey(folder string) Surroundings {
	var s Surroundings
	_, err := os.Stat(filepath.Join(folder, filepath.FromSlash(checkoutConfig)))
	if s.Checkout = err == nil; s.Checkout {
		return s
	}
	for _, docs := range docsFolders {
		if _, err := os.Stat(filepath.Join(folder, filepath.FromSlash(docs), "conf.py")); err == nil {
			s.Docs = append(s.Docs, docs)
		}
	}
	return s
}

// Template returns a project file to begin with, as "windsock init" writes it:
// every key with a word about it, and the annotations as the catalogue embeds
// them, for the project to own. What is not known yet is commented out.
func Template(s Surroundings, annotations []byte) []byte {
	var text bytes.Buffer
	docs := []string{"docs"}
	if len(s.Docs) > 0 {
		docs = s.Docs[:1]
	}
	err := projectTemplate.Execute(&text, map[string]any{
		"Checkout":    s.Checkout,
		"DocsFound":   len(s.Docs) > 0,
		"Docs":        docs[0],
		"Config":      checkoutConfig,
		"Annotations": strings.TrimSpace(string(annotations)),
	})
	if err != nil {
		panic(err) // the template and its data are both above
	}
	return text.Bytes()
}

// projectTemplate is the text of a project file. Its comments say what a line
// does once it is no comment.
var projectTemplate = template.Must(template.New(FileName).Parse(`# The project file of windsock. Every key is optional; paths are relative to this
# folder. Quote whatever begins with a bracket, a star or an exclamation mark.

# Where the options are declared: files like Airflow's config.yml, and files like
# a provider.yaml. "**" stands for any number of folders.
{{- if .Checkout}}
config: [{{.Config}}]
providers: ["providers/**/provider.yaml"]
{{- else}}
# config: [airflow/config_templates/config.yml]
# providers: ["providers/**/provider.yaml"]
{{- end}}

# The pages that a run without a PATH reads.
{{- if .Checkout}}
docs: [airflow-core/docs, "providers/**/docs"]
{{- else if .DocsFound}}
docs: [{{.Docs}}]
{{- else}}
# docs: [{{.Docs}}]
{{- end}}

# Where expanded pages go: into the pages themselves, as managed regions, or into
# an output tree for Sphinx to read, beside the sources.
# expand: in-place
# expand: {to: docs-expanded}

# Pages that are not checked and not expanded; patterns as in a .gitignore.
{{- if .Checkout}}
ignore: ["**/changelog.rst", /RELEASE_NOTES.rst, "**/newsfragments/"]
{{- else}}
# ignore: ["**/changelog.rst"]
{{- end}}

# Directives of yours whose body is not RST.
# literal-directives: [jinja]

# What a rule's findings are: off, warning or error. "windsock explain" lists the
# rules.
# rules: {deprecated-option: off}

# Findings to keep quiet about, as "windsock check --write-baseline" writes them.
# baseline: windsock-baseline.json

# Regions between comments of yours. A list here replaces those that are built in
# for Airflow's own pages.
# regions:
#   - begin: START SECRETS
#     end: END SECRETS
#     directive: |
#       airflow-sensitive-vars:: core
#          :columns: env-var, description

{{.Annotations}}
`))
