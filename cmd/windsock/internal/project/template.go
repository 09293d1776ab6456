package project

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"windsock/directives/catalog"
)

// Surroundings are what a folder holds that a project file there should name.
type Surroundings struct {
	Checkout  bool   // whether the folder is an Airflow checkout
	Config    string // the file in it like Airflow's config.yml, "" if none is known
	Providers string // a glob of the files in it like a provider.yaml, "" if there are none
	Docs      string // the folder in it that holds a Sphinx project, "" if none is known
}

// KnowsData reports whether the folder holds configuration data.
func (s Surroundings) KnowsData() bool { return s.Checkout || s.Config != "" || s.Providers != "" }

// configFiles are where people keep a copy of Airflow's config.yml.
var configFiles = []string{"config.yml", "airflow/config_templates/config.yml", "src/airflow/config_templates/config.yml"}

// docsFolders are where people keep Sphinx projects.
var docsFolders = []string{"docs", "docs/source", "doc", "doc/source", "."}

// Survey looks around in a folder.
func Survey(folder string) Surroundings {
	if isFile(filepath.Join(folder, checkoutConfig)) {
		return Surroundings{Checkout: true}
	}
	var s Surroundings
	if i := slices.IndexFunc(configFiles, func(path string) bool { return declares(filepath.Join(folder, path)) }); i >= 0 {
		s.Config = configFiles[i]
	}
	for _, depth := range []string{"*", "*/*"} {
		if found, _ := filepath.Glob(filepath.Join(folder, "providers", depth, "provider.yaml")); len(found) > 0 {
			s.Providers = "providers/**/provider.yaml"
		}
	}
	if i := slices.IndexFunc(docsFolders, func(docs string) bool { return isFile(filepath.Join(folder, docs, "conf.py")) }); i >= 0 {
		s.Docs = docsFolders[i]
	}
	return s
}

// declares reports whether a file is one like Airflow's config.yml, by what it
// holds: others have that name too.
func declares(path string) bool {
	data, err := os.ReadFile(path)
	if err != nil {
		return false
	}
	c, findings := catalog.Load([]catalog.File{{Path: path, Data: data}}, nil)
	return len(findings) == 0 && len(c.Options()) > 0
}

// isFile reports whether path is a file or leads to one.
func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// A passage is what a new project file says of some keys.
type passage struct {
	about    string                    // what they are for
	example  string                    // how they are written, commented out
	checkout string                    // how they are written inside an Airflow checkout, or ""
	found    func(Surroundings) string // how they are written elsewhere, "" if nothing is known; or nil
}

// passages are a new project file, less the annotations.
var passages = []passage{
	{
		about: `Where the options are declared: files like Airflow's config.yml, and files like
a provider.yaml. "**" stands for any number of folders.`,
		example: `config: [airflow/config_templates/config.yml]
providers: ["providers/**/provider.yaml"]`,
		checkout: "config: [" + checkoutConfig + "]\n" + `providers: ["providers/**/provider.yaml"]`,
		found:    Surroundings.dataKeys,
	},
	{
		about:    "The pages that a run without a PATH reads.",
		example:  "docs: [docs]",
		checkout: `docs: [airflow-core/docs, "providers/**/docs"]`,
		found:    Surroundings.docsKey,
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
// them, for the project to own. What nothing is known of is commented out; so are
// the annotations outside of a checkout, whose data may not declare all that they
// speak of. They hold all the same.
func Template(s Surroundings, annotations []byte) []byte {
	var text bytes.Buffer
	text.WriteString("# The project file of windsock. Every key is optional; paths are relative to this\n" +
		"# folder. Quote what begins with a bracket, a star or an exclamation mark.\n")
	for _, p := range passages {
		text.WriteString("\n" + commented(p.about))
		text.WriteString(p.keys(s))
	}
	text.WriteByte('\n')
	own := string(bytes.TrimSpace(annotations))
	if !s.Checkout {
		own = "# All below holds without standing here. Take out of the comment what you change.\n\n" + inactive(own)
	}
	text.WriteString(own + "\n")
	return text.Bytes()
}

// inactive returns YAML whose lines are comments.
func inactive(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if l != "" && !strings.HasPrefix(l, "#") {
			lines[i] = "# " + l
		}
	}
	return strings.Join(lines, "\n")
}

// keys returns the lines that set the keys of a passage.
func (p passage) keys(s Surroundings) string {
	if s.Checkout && p.checkout != "" {
		return p.checkout + "\n"
	}
	if p.found != nil {
		if keys := p.found(s); keys != "" {
			return keys
		}
	}
	return commented(p.example)
}

// dataKeys returns the lines that name the configuration data.
func (s Surroundings) dataKeys() (keys string) {
	if s.Config != "" {
		keys = "config: [" + s.Config + "]\n"
	}
	if s.Providers != "" {
		keys += `providers: ["` + s.Providers + "\"]\n"
	}
	return keys
}

// docsKey returns the line that names the pages.
func (s Surroundings) docsKey() string {
	if s.Docs == "" {
		return ""
	}
	return "docs: [" + s.Docs + "]\n"
}

// commented returns lines as comments.
func commented(lines string) string {
	return "# " + strings.ReplaceAll(lines, "\n", "\n# ") + "\n"
}
