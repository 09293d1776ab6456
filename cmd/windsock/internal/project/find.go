package project

import (
	"os"
	"path/filepath"
	"strings"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives/catalog"
	"windsock/directives/finding"
)

// Find returns the project of a folder. Its project file is the one at path or, if path is "",
// the nearest one in the folder or above it. Without a project file the project has the
// defaults. Find looks for an Airflow checkout from the folder upward, then from each of
// paths, the ones that the user named. rules are the names that the key "rules" accepts. The
// error is an [*Error] if the project file was read and cannot be used.
func Find(folder, path string, paths, rules []string) (*Project, error) {
	p := defaults(folder, paths)
	if path == "" {
		nearest := Above(folder, FileName)
		if nearest == "" {
			return p, nil
		}
		path = filepath.Join(nearest, FileName)
	}
	return p, p.Load(path, rules)
}

// defaults returns the project of a folder without a project file.
func defaults(folder string, paths []string) *Project {
	p := &Project{
		Folder:      Name(folder),
		Annotations: &catalog.Annotations{},
		Regions:     AirflowRegions,
	}
	for _, start := range append([]string{folder}, paths...) {
		if checkout, config := findCheckout(start); checkout != "" {
			p.useCheckout(Name(checkout), config)
			break
		}
	}
	return p
}

// maxProjectSize is the size of the largest project file that is read, in bytes. Decoding
// YAML needs a hundred times as much memory.
const maxProjectSize = 4 << 20

// Load reads the project file at path into p. A list replaces the default, and a mapping
// extends it.
func (p *Project) Load(path string, rules []string) error {
	p.Path, p.Folder = Name(path), Name(filepath.Dir(path))
	data, _, err := pages.Read(p.Path, maxProjectSize)
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

// Above returns the absolute path of the nearest folder that contains a file with the given
// name, from start upward; "" if there is none.
func Above(start, name string) string {
	folder, err := filepath.Abs(start)
	for err == nil {
		if isFile(filepath.Join(folder, name)) {
			return folder
		}
		if folder == filepath.Dir(folder) {
			break
		}
		folder = filepath.Dir(folder)
	}
	return ""
}

// Name returns path as shown in messages. It is [pages.Name], except that folders above the
// working folder, and the files directly in them, are relative paths with "..".
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
