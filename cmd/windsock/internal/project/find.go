package project

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
)

// checkoutConfig is where a checkout of Airflow has its configuration, which is
// how one is known.
const checkoutConfig = "airflow-core/src/airflow/config_templates/config.yml"

// Find returns the project of a folder: that of the nearest project file in it
// or above, or one of defaults. An Airflow checkout is looked for from the
// folder upward, then from the paths that the user named. rules are the names
// that the key "rules" may hold. The error is an [*Error] if the project file
// was read and cannot be used.
func Find(folder string, paths, rules []string) (*Project, error) {
	if at := above(folder, FileName); at != "" {
		return open(folder, filepath.Join(at, FileName), paths, rules)
	}
	return defaults(folder, paths), nil
}

// Open returns the project of the working folder as Find does, but with the
// project file that the user named.
func Open(path string, paths, rules []string) (*Project, error) {
	return open(".", path, paths, rules)
}

// open returns the project of a folder with the project file at path.
func open(folder, path string, paths, rules []string) (*Project, error) {
	p := defaults(folder, paths)
	return p, p.Load(path, rules)
}

// defaults returns what holds without a project file.
func defaults(folder string, paths []string) *Project {
	p := &Project{
		Folder:      Name(folder),
		Annotations: &catalog.Annotations{},
		Regions:     AirflowRegions,
	}
	for _, start := range append([]string{folder}, paths...) {
		if at := above(start, checkoutConfig); at != "" {
			p.inCheckout(Name(at))
			break
		}
	}
	p.Ignore = newIgnore(p.Folder)
	return p
}

// inCheckout sets the places that a checkout of Airflow has for everything.
func (p *Project) inCheckout(folder string) {
	p.Checkout = folder
	p.Config = Globs{folder: folder, optional: true, patterns: []pattern{{glob: checkoutConfig}}}
	p.Providers = Globs{folder: folder, optional: true, patterns: []pattern{{glob: "providers/**/provider.yaml"}}}
}

// mostProject is how many bytes a project file may have. YAML takes a hundred times as
// much to read, and what nobody would write by hand is no project file.
const mostProject = 4 << 20

// Load reads the project file at path over what the project holds: lists
// replace, maps extend.
func (p *Project) Load(path string, rules []string) error {
	p.Path, p.Folder = Name(path), Name(filepath.Dir(path))
	data, _, err := pages.Read(p.Path, nil, mostProject)
	if err != nil {
		return err
	}
	p.Source = data
	diagnostics := p.decode(data, rules)
	if len(diagnostics) > 0 {
		return &Error{finding.Resolve(p.Path, data, diagnostics)}
	}
	return nil
}

// above returns the nearest folder, from start upward, that holds name; "" if
// none does.
func above(start, name string) string {
	at, err := filepath.Abs(start)
	for err == nil {
		if isFile(filepath.Join(at, name)) {
			return at
		}
		if at == filepath.Dir(at) {
			break
		}
		at = filepath.Dir(at)
	}
	return ""
}

// Name returns path as messages name it: as [pages.Name] has it, and with ".."
// if it is a folder above the working folder, or a file in one.
func Name(path string) string {
	name := pages.Name(path)
	if !filepath.IsAbs(name) {
		return name
	}
	wd, err := os.Getwd()
	if err != nil {
		return name
	}
	rel, err := filepath.Rel(wd, path)
	if err != nil || strings.Trim(filepath.ToSlash(filepath.Dir(rel)), "./") != "" {
		return name
	}
	return filepath.ToSlash(rel)
}

// position returns "line:column".
func position(at grammar.Position) string {
	return strconv.Itoa(at.Line) + ":" + strconv.Itoa(at.Column)
}
