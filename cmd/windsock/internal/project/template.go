package project

import (
	"bytes"
	_ "embed"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"windsock/directives/catalog"
)

// Surroundings are what a folder holds that a project file there should name.
type Surroundings struct {
	Checkout  bool     // whether the folder is an Airflow checkout
	Config    []string // the file in it like Airflow's config.yml
	Providers []string // globs of the files in it like a provider.yaml
	Docs      []string // globs of the folders in it that hold Sphinx projects
}

// KnowsData reports whether the folder holds configuration data.
func (s Surroundings) KnowsData() bool { return len(s.Config)+len(s.Providers) > 0 }

// configFiles are where people keep a copy of Airflow's config.yml.
var configFiles = []string{"config.yml", "src/airflow/config_templates/config.yml"}

// docsFolders are where people keep Sphinx projects.
var docsFolders = []string{"docs", "docs/source", "doc", "doc/source", "."}

// Survey looks around in a folder.
func Survey(folder string) Surroundings {
	if config := existing(folder, configPlaces); len(config) > 0 {
		return Surroundings{Checkout: true, Config: config[:1], Providers: providersIn(folder), Docs: existing(folder, docsPlaces)}
	}
	var s Surroundings
	if i := slices.IndexFunc(configFiles, func(path string) bool { return declares(filepath.Join(folder, path)) }); i >= 0 {
		s.Config = configFiles[i : i+1]
	}
	for _, depth := range []string{"*", "*/*"} {
		if found, _ := filepath.Glob(filepath.Join(folder, "providers", depth, "provider.yaml")); len(found) > 0 {
			s.Providers = providerPlaces[:1]
		}
	}
	if i := slices.IndexFunc(docsFolders, func(docs string) bool { return isFile(filepath.Join(folder, docs, "conf.py")) }); i >= 0 {
		s.Docs = docsFolders[i : i+1]
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

//go:embed template.yaml
var templateSource string

// Template returns a project file to begin with, as "windsock init" writes it: every key
// with a short explanation, and the annotations as the catalogue embeds them, for the
// project to own. It changes nothing about what a run finds: keys whose values are not known
// are commented out, and so are the annotations, which hold all the same.
func Template(s Surroundings, annotations []byte) []byte {
	var text bytes.Buffer
	if err := template.Must(template.New("").Funcs(template.FuncMap{"list": flowList}).Parse(templateSource)).Execute(&text, s); err != nil {
		panic(err) // the template is windsock's own
	}
	text.WriteString("# All below holds without standing here. To change a line, remove its comment mark,\n# and those of the lines above it that are indented less.\n\n")
	text.Write(bareLine.ReplaceAll(bytes.TrimSpace(annotations), []byte("# $0")))
	text.WriteByte('\n')
	return text.Bytes()
}

// flowList writes paths and globs as a list of YAML, in quotes where a star needs them.
func flowList(words []string) string {
	quoted := slices.Clone(words)
	for i, w := range quoted {
		if strings.Contains(w, "*") {
			quoted[i] = strconv.Quote(w)
		}
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// bareLine matches a line that is neither blank nor a comment.
var bareLine = regexp.MustCompile(`(?m)^[^#\n].*$`)
