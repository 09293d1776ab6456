package project

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
)

// Surroundings are what a folder holds that a project file there should name.
type Surroundings struct {
	Checkout bool   // whether the folder is an Airflow checkout
	Docs     string // the folder in it that holds a Sphinx project, "" if none is known
}

// docsFolders are where people keep Sphinx projects.
var docsFolders = []string{"docs", "docs/source", "doc", "doc/source", "."}

// Survey looks around in a folder.
func Survey(folder string) Surroundings {
	if isFile(filepath.Join(folder, checkoutConfig)) {
		return Surroundings{Checkout: true}
	}
	for _, docs := range docsFolders {
		if isFile(filepath.Join(folder, docs, "conf.py")) {
			return Surroundings{Docs: docs}
		}
	}
	return Surroundings{}
}

// isFile reports whether path is a file or leads to one.
func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// A passage is what a new project file says of some keys.
type passage struct {
	about    string // what they are for
	example  string // how they are written, commented out
	checkout string // how they are written inside an Airflow checkout, or ""
}

// passages are a new project file, less the annotations.
var passages = []passage{
	{
		about: `Where the options are declared: files like Airflow's config.yml, and files like
a provider.yaml. "**" stands for any number of folders.`,
		example: `config: [airflow/config_templates/config.yml]
providers: ["providers/**/provider.yaml"]`,
		checkout: "config: [" + checkoutConfig + "]\n" + `providers: ["providers/**/provider.yaml"]`,
	},
	{
		about:    "The pages that a run without a PATH reads.",
		example:  "docs: [docs]",
		checkout: `docs: [airflow-core/docs, "providers/**/docs"]`,
	},
	{
		about: `Where expanded pages go: into the pages themselves, as managed regions, or into
a folder for Sphinx to read, best beside the sources.`,
		example: "expand: in-place\nexpand: {to: docs-expanded}",
	},
	{
		about:    "Pages that are not checked and not expanded; patterns as in a .gitignore.",
		example:  `ignore: ["**/changelog.rst"]`,
		checkout: `ignore: ["**/changelog.rst", /RELEASE_NOTES.rst, "**/newsfragments/"]`,
	},
	{
		about:   "Directives of yours whose body is not RST.",
		example: "literal-directives: [jinja]",
	},
	{
		about: `What the findings of a rule are: off, warning or error. "windsock explain" lists
the rules.`,
		example: "rules: {deprecated-option: off}",
	},
	{
		about:   `Findings to keep quiet about, as "windsock check --write-baseline" writes them.`,
		example: "baseline: windsock-baseline.json",
	},
	{
		about: `Regions between comments of yours. A list here replaces the regions of Airflow's
own pages, which are built in.`,
		example: `regions:
  - begin: START SECRETS
    end: END SECRETS
    directive: |
      airflow-sensitive-vars:: core
         :columns: env-var, description`,
	},
}

// Template returns a project file to begin with, as "windsock init" writes it:
// every key with a word about it, and the annotations as the catalogue embeds
// them, for the project to own. What nothing is known of is commented out.
func Template(s Surroundings, annotations []byte) []byte {
	var text bytes.Buffer
	text.WriteString("# The project file of windsock. Every key is optional; paths are relative to this\n" +
		"# folder. Quote what begins with a bracket, a star or an exclamation mark.\n")
	for _, p := range passages {
		text.WriteString("\n" + commented(p.about))
		text.WriteString(p.keys(s))
	}
	text.WriteByte('\n')
	text.Write(bytes.TrimSpace(annotations))
	text.WriteByte('\n')
	return text.Bytes()
}

// keys returns the lines that set the keys of a passage.
func (p passage) keys(s Surroundings) string {
	switch {
	case s.Checkout && p.checkout != "":
		return p.checkout + "\n"
	case s.Docs != "" && strings.HasPrefix(p.example, "docs:"):
		return "docs: [" + s.Docs + "]\n"
	}
	return commented(p.example)
}

// commented returns lines as comments.
func commented(lines string) string {
	return "# " + strings.ReplaceAll(lines, "\n", "\n# ") + "\n"
}
