package project

import (
	"os"
	"path/filepath"
	"strings"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives/catalog"
	"windsock/directives/finding"
)

// Find returns the project of a folder, with the project file at path or, where that is "",
// the nearest one in the folder or above; without one it is a project of defaults. An
// Airflow checkout is looked for from the folder upward, then from the paths that the user
// named. rules are the names that the key "rules" may hold. The error is an [*Error] if the
// project file was read and cannot be used.
func Find(folder, path string, paths, rules []string) (*Project, error) {
	p := defaults(folder, paths)
	if path == "" {
		at := Above(folder, FileName)
		if at == "" {
			return p, nil
		}
		path = filepath.Join(at, FileName)
	}
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
		if at, config := findCheckout(start); at != "" {
			p.inCheckout(Name(at), config)
			break
		}
	}
	p.Ignore = newIgnore(p.Folder)
	return p
}

// mostProject is how many bytes a project file may have. YAML takes a hundred times as
// much to read, and what nobody would write by hand is no project file.
const mostProject = 4 << 20

// Load reads the project file at path over what the project holds: lists
// replace, maps extend.
func (p *Project) Load(path string, rules []string) error {
	p.Path, p.Folder = Name(path), Name(filepath.Dir(path))
	data, _, err := pages.Read(p.Path, mostProject)
	if err != nil {
		return err
	}
	p.Source = data
	findings := p.decode(data, rules)
	if len(findings) > 0 {
		return &Error{finding.Resolve(p.Path, data, findings)}
	}
	return nil
}

// Above returns the absolute path of the nearest folder, from start upward, that holds a
// file of that name; "" if none does.
func Above(start, name string) string {
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
