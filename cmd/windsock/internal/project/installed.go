package project

import (
	"cmp"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives/catalog"
)

// An Installation is the data of an installed Airflow.
type Installation struct {
	Files   []catalog.File  // that of core, if there is one, and those of the providers, all unread
	Version catalog.Version // "" if nothing says it
	Missing []string        // the entry points that lead to no file
}

// packageFolders are where the folders that a user names may have packages of Python: the
// folder is one itself, or it is a virtual environment, or a whole system.
var packageFolders = []string{
	".", "lib/python*/site-packages", "lib64/python*/site-packages", "Lib/site-packages",
	"lib/python*/dist-packages", "local/lib/python*/dist-packages",
}

// An installer finds the data of an installed Airflow.
type installer struct {
	roots []string // the folders with packages
	found Installation
	seen  map[string]bool // what was found, by where it really is
}

// FindInstalled returns the data of the Airflow that is installed in some folders: virtual
// environments, folders called site-packages, or such that "pip install --target" filled.
func FindInstalled(folders []string) (*Installation, error) {
	in := &installer{seen: map[string]bool{}}
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
		return nil, fmt.Errorf("no Airflow is installed in %s; name a virtual environment, or the folder that holds airflow/", pages.Quoted(strings.Join(folders, ", ")))
	}
	return &in.found, nil
}

// addRoots adds the folders with packages that a folder has, each once: in a virtual
// environment lib64 is a link to lib.
func (in *installer) addRoots(folder string) {
	for _, glob := range packageFolders {
		for _, root := range entriesLike(within(folder, glob)) {
			if len(entriesLike(path.Join(root, "airflow")))+len(entriesLike(path.Join(root, "*.dist-info"))) > 0 && in.isNew(root) {
				in.roots = append(in.roots, root)
			}
		}
	}
}

// isNew reports whether a file or a folder was not found before, by whatever name.
func (in *installer) isNew(path string) bool {
	real := pages.Real(path)
	before := in.seen[real]
	in.seen[real] = true
	return !before
}

// entriesLike returns what matches a glob without "**", nothing if that is no glob.
func entriesLike(glob string) []string {
	paths, _ := filepath.Glob(glob)
	return paths
}

// findConfig finds the config.yml of core, of which there may be one.
func (in *installer) findConfig() error {
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

// distVersion returns the version of a package that a folder holds, "" if it does not.
func distVersion(root, name string) catalog.Version {
	for _, folder := range entriesLike(path.Join(root, name+"-*.dist-info")) {
		version, _ := strings.CutPrefix(path.Base(folder), name+"-")
		return catalog.Version(strings.TrimSuffix(version, ".dist-info"))
	}
	return ""
}

// findProviders finds the providers: by their entry points or, if no package has any, below
// airflow/providers, where those of Airflow are.
func (in *installer) findProviders() {
	before := len(in.found.Files)
	for _, root := range in.roots {
		for _, file := range entriesLike(path.Join(root, "*.dist-info", "entry_points.txt")) {
			in.addEntryPoints(file)
		}
	}
	if len(in.found.Files) > before {
		return
	}
	for _, root := range in.roots {
		paths, _ := matches(root, "airflow/providers/**/{get_provider_info.py,provider.yaml}", false)
		for _, file := range paths {
			in.add(catalog.File{Path: file, Function: pythonFunction})
		}
	}
}

// pythonFunction is the function of a provider that says what it declares, where no entry
// point names another.
const pythonFunction = "get_provider_info"

// The group of entry points for providers of Airflow, and an entry point in it:
// https://packaging.python.org/specifications/entry-points.
var (
	providerGroup = regexp.MustCompile(`(?m)^\s*\[apache_airflow_provider\]\s*$([^\[]*)`)
	entryPoint    = regexp.MustCompile(`(?m)^\s*[^=\s]+\s*=\s*([\w.]+)\s*:\s*(\w+)`)
)

// addEntryPoints adds the providers that a package's file of entry points names.
func (in *installer) addEntryPoints(file string) {
	data, _, err := pages.Read(file, mostPython)
	group := providerGroup.FindSubmatch(data)
	if err != nil || group == nil {
		return
	}
	_, version, _ := strings.Cut(strings.TrimSuffix(path.Base(path.Dir(file)), ".dist-info"), "-")
	for _, m := range entryPoint.FindAllSubmatch(group[1], -1) {
		in.addModule(string(m[1]), string(m[2]), version)
	}
}

// mostPython is how many bytes a file of a package may have that says what it declares.
const mostPython = 1 << 20

// addModule adds the provider that a function of a module, or of a package, tells of.
func (in *installer) addModule(module, function, version string) {
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

// add adds a provider, once. A provider.yaml beside a module wins over it.
func (in *installer) add(p catalog.File) {
	if source := path.Join(path.Dir(p.Path), "provider.yaml"); isFile(source) {
		p.Path, p.Function = source, ""
	}
	if in.isNew(p.Path) {
		p.Provider, p.Found = true, true
		in.found.Files = append(in.found.Files, p)
	}
}

// Data returns the files of configuration data that the globs match, unread. provider says
// whether they are like a provider.yaml.
func (g Globs) Data(provider bool) (files []catalog.File, err error) {
	paths, err := g.Files()
	for _, path := range paths {
		f := catalog.File{Path: path, Provider: provider}
		if provider && strings.HasSuffix(path, ".py") {
			f.Function = pythonFunction
		}
		files = append(files, f)
	}
	return files, err
}

// ReadData reads a file of data of at most so many bytes. YAML takes a hundred times as much
// to read, and what Airflow says fits several times over into what any file of data may have.
func ReadData(f *catalog.File, most int64) (err error) {
	most = min(most, mostProject)
	if f.Function != "" {
		most = min(most, mostPython)
	}
	f.Data, _, err = pages.Read(f.Path, most)
	return err
}
