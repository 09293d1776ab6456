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

// Surroundings are the paths in a folder that a project file there should name.
type Surroundings struct {
	Checkout  bool     // the folder is an Airflow checkout
	Config    []string // the file in the format of Airflow's config.yml, or none
	Providers []string // globs of the files in the format of a provider.yaml
	Docs      []string // globs of the folders with Sphinx projects
}

// KnowsData reports whether the folder contains files of options.
func (s Surroundings) KnowsData() bool { return len(s.Config)+len(s.Providers) > 0 }

// configFiles are the usual paths of a copy of Airflow's config.yml.
var configFiles = []string{"config.yml", "src/airflow/config_templates/config.yml"}

// docsFolders are the usual folders of a Sphinx project.
var docsFolders = []string{"docs", "docs/source", "doc", "doc/source", "."}

// Survey returns the surroundings of a project file in a folder.
func Survey(folder string) Surroundings {
	if config := matching(folder, checkoutConfigs); len(config) > 0 {
		return Surroundings{Checkout: true, Config: config[:1], Providers: providersIn(folder), Docs: matching(folder, checkoutDocs)}
	}
	s := Surroundings{Providers: matching(folder, checkoutProviders[:1])}
	if i := slices.IndexFunc(configFiles, func(path string) bool { return declaresOptions(filepath.Join(folder, path)) }); i >= 0 {
		s.Config = configFiles[i : i+1]
	}
	if i := slices.IndexFunc(docsFolders, func(docs string) bool { return isFile(filepath.Join(folder, docs, "conf.py")) }); i >= 0 {
		s.Docs = docsFolders[i : i+1]
	}
	return s
}

// declaresOptions reports whether a file declares options, as Airflow's config.yml does. Other
// programs use that name too.
func declaresOptions(path string) bool {
	data, err := os.ReadFile(path)
	if err != nil {
		return false
	}
	c, findings := catalog.Load([]catalog.File{{Path: path, Data: data}}, nil)
	return len(findings) == 0 && len(c.Options()) > 0
}

// isFile reports whether path is a regular file, or a symlink to one.
func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

//go:embed template.yaml
var templateSource string

// Template returns the project file that "windsock init" writes. It explains each key, and
// sets only those that surroundings has values for; the others are comments. It ends with
// annotations, the source of the embedded ones, as comments for the project to change.
func Template(s Surroundings, annotations []byte) []byte {
	var text bytes.Buffer
	if err := template.Must(template.New("").Funcs(template.FuncMap{"list": flowList}).Parse(templateSource)).Execute(&text, s); err != nil {
		panic(err) // unreachable: the template is constant
	}
	text.Write(dataPattern.ReplaceAll(bytes.TrimSpace(annotations), []byte("# $0")))
	text.WriteByte('\n')
	return text.Bytes()
}

// flowList formats paths and globs as a YAML flow sequence. It quotes globs, since a plain
// scalar cannot begin with a star.
func flowList(words []string) string {
	quoted := slices.Clone(words)
	for i, w := range quoted {
		if strings.Contains(w, "*") {
			quoted[i] = strconv.Quote(w)
		}
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// dataPattern matches a line of YAML that is neither blank nor a comment.
var dataPattern = regexp.MustCompile(`(?m)^[^#\n].*$`)
