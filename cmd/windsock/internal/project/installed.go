package project

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives/catalog"
)

// An Installation lists the files of options in an installed Airflow.
type Installation struct {
	Files   []catalog.File  // unread: core's config.yml, if it is installed, then those of the providers
	Version catalog.Version // "" if it is unknown
	Missing []string        // the entry points whose module has no file, as "module:function"
}

// packageFolders are globs of the folders with Python packages, relative to the folder that
// the user names: a site-packages folder, a virtual environment, or the prefix of a Python.
var packageFolders = []string{
	".", "lib/python*/site-packages", "lib64/python*/site-packages", "Lib/site-packages",
	"lib/python*/dist-packages", "local/lib/python*/dist-packages",
}

// A finder finds the files of an installed Airflow.
type finder struct {
	roots []string // the folders with Python packages
	found Installation
	seen  map[string]bool // by path, with symlinks resolved
}

// FindInstalled finds the files of the Airflow that is installed in some folders. A folder can
// be a virtual environment, a site-packages folder, or the target of "pip install --target".
func FindInstalled(folders []string) (*Installation, error) {
	in := &finder{seen: map[string]bool{}}
	for _, folder := range folders {
		if info, err := os.Stat(folder); err != nil || !info.IsDir() {
			return nil, fmt.Errorf("%s: there is no such folder", pages.Quoted(folder))
		}
		in.addRoots(Name(folder))
	}
	if err := in.findConfig(); err != nil {
		return nil, err
	}
	in.findProviders()
	if len(in.found.Files) == 0 {
		return nil, fmt.Errorf("no Airflow is installed in %s; name a virtual environment, or the folder that contains airflow/", pages.Quoted(strings.Join(folders, ", ")))
	}
	return &in.found, nil
}

// addRoots adds the folders with Python packages in a folder, each once: lib64 of a virtual
// environment is a symlink to lib.
func (in *finder) addRoots(folder string) {
	for _, glob := range packageFolders {
		for _, root := range globPaths(folder, glob) {
			if len(globPaths(root, "airflow"))+len(globPaths(root, "*.dist-info")) > 0 && in.isFirstVisit(root) {
				in.roots = append(in.roots, root)
			}
		}
	}
}

// isFirstVisit reports whether this is the first call for a file or folder, by any of its
// paths.
func (in *finder) isFirstVisit(path string) bool {
	real := pages.Real(path)
	visited := in.seen[real]
	in.seen[real] = true
	return !visited
}

// globPaths returns the paths in a folder that match a glob without "**". The folder itself can
// have special characters in its name.
func globPaths(folder, glob string) []string {
	paths, _ := fs.Glob(os.DirFS(folder), glob)
	for i, p := range paths {
		paths[i] = path.Join(folder, p)
	}
	return paths
}

// findConfig finds core's config.yml. More than one is an error.
func (in *finder) findConfig() error {
	for _, root := range in.roots {
		config := path.Join(root, "airflow/config_templates/config.yml")
		if !isFile(config) {
			continue
		}
		if in.found.Files != nil {
			return fmt.Errorf("two installed versions of Airflow, in %s and in %s; name one of them", pages.Quoted(in.found.Files[0].Path), pages.Quoted(config))
		}
		in.found.Files = []catalog.File{{Path: config}}
		in.found.Version = cmp.Or(VersionBeside(config), distVersion(root, "apache_airflow_core"), distVersion(root, "apache_airflow"))
	}
	return nil
}

// distVersion returns the version of a distribution that is installed in a root, according to
// the name of its .dist-info folder; "" if it is not installed.
func distVersion(root, name string) catalog.Version {
	for _, folder := range globPaths(root, name+"-*.dist-info") {
		version, _ := strings.CutPrefix(path.Base(folder), name+"-")
		return catalog.Version(strings.TrimSuffix(version, ".dist-info"))
	}
	return ""
}

// findProviders finds the providers by their entry points. If no package has one, it looks
// below airflow/providers.
func (in *finder) findProviders() {
	before := len(in.found.Files)
	for _, root := range in.roots {
		for _, file := range globPaths(root, "*.dist-info/entry_points.txt") {
			in.addEntryPoints(file)
		}
	}
	if len(in.found.Files) > before {
		return
	}
	for _, root := range in.roots {
		paths, _ := matches(root, "airflow/providers/**/{get_provider_info.py,provider.yaml}", false)
		for _, file := range paths {
			in.add(catalog.File{Path: file, Function: providerFunction})
		}
	}
}

// providerFunction is the usual name of the function that returns the metadata of a provider.
// An entry point can name another function.
const providerFunction = "get_provider_info"

// providerGroupPattern matches the section of an entry_points.txt with the providers of
// Airflow, and entryPointPattern an entry point in it:
// https://packaging.python.org/specifications/entry-points.
var (
	providerGroupPattern = regexp.MustCompile(`(?m)^\s*\[apache_airflow_provider\]\s*$([^\[]*)`)
	entryPointPattern    = regexp.MustCompile(`(?m)^\s*[^=\s]+\s*=\s*([\w.]+)\s*:\s*(\w+)`)
)

// addEntryPoints adds the providers in the entry_points.txt of a distribution.
func (in *finder) addEntryPoints(file string) {
	data, _, err := pages.Read(file, maxModuleSize)
	group := providerGroupPattern.FindSubmatch(data)
	if err != nil || group == nil {
		return
	}
	_, version, _ := strings.Cut(strings.TrimSuffix(path.Base(path.Dir(file)), ".dist-info"), "-")
	for _, m := range entryPointPattern.FindAllSubmatch(group[1], -1) {
		in.addModule(string(m[1]), string(m[2]), version)
	}
}

// maxModuleSize is the size of the largest Python module or entry_points.txt that is read, in
// bytes.
const maxModuleSize = 1 << 20

// addModule adds the provider whose metadata a function of a module, or of a package, returns.
func (in *finder) addModule(module, function, version string) {
	name := strings.ReplaceAll(module, ".", "/")
	for _, root := range in.roots {
		for _, file := range []string{name + ".py", name + "/__init__.py"} {
			if file = path.Join(root, file); isFile(file) {
				in.add(catalog.File{Path: file, Function: function, Release: version})
				return
			}
		}
	}
	in.found.Missing = append(in.found.Missing, module+":"+function)
}

// add adds the file of a provider, once. A provider.yaml beside a module replaces the module.
func (in *finder) add(f catalog.File) {
	if metadata := path.Join(path.Dir(f.Path), "provider.yaml"); isFile(metadata) {
		f.Path, f.Function = metadata, ""
	}
	if in.isFirstVisit(f.Path) {
		f.Provider, f.Found = true, true
		in.found.Files = append(in.found.Files, f)
	}
}

// ReadData reads a file of options. A YAML file has the size limit of a project file, which is
// several times the size of Airflow's config.yml.
func ReadData(f *catalog.File) (err error) {
	limit := int64(maxProjectSize)
	if f.Function != "" {
		limit = maxModuleSize
	}
	f.Data, _, err = pages.Read(f.Path, limit)
	return err
}
