package project

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"

	"github.com/bmatcuk/doublestar/v4"

	"windsock/directives/catalog"
)

// checkoutConfigs are the paths of core's config.yml in a checkout of Airflow 3 and of
// Airflow 2. A folder with one of them is a checkout.
var checkoutConfigs = []string{
	"airflow-core/src/airflow/config_templates/config.yml",
	"airflow/config_templates/config.yml",
}

// checkoutProviders and checkoutDocs are the globs of the providers and the docs in a
// checkout, of any version. Checkouts from the time when Airflow 3 was made match several.
var (
	checkoutProviders = []string{"providers/**/provider.yaml", "airflow/providers/**/provider.yaml"}
	checkoutDocs      = []string{"airflow-core/docs", "providers/**/docs", "docs/apache-airflow", "docs/apache-airflow-providers-*"}
)

// findCheckout returns the nearest Airflow checkout, from start upward, and the path of
// core's config.yml in it; "" if there is none.
func findCheckout(start string) (folder, config string) {
	for _, c := range checkoutConfigs {
		if above := Above(start, c); len(above) > len(folder) {
			folder, config = above, c
		}
	}
	return folder, config
}

// useCheckout sets the default data to that of an Airflow checkout.
func (p *Project) useCheckout(folder, config string) {
	p.Checkout = folder
	p.Config = Globs{folder: folder, optional: true, globs: []string{config}}
	p.Providers = Globs{folder: folder, optional: true, globs: providersIn(folder)}
	p.checkoutConfig, p.checkoutProviders = p.Config, p.Providers
}

// providersIn returns those of checkoutProviders that have a folder in a checkout.
func providersIn(folder string) []string {
	return slices.DeleteFunc(slices.Clone(checkoutProviders), func(glob string) bool {
		base, _ := doublestar.SplitPattern(glob)
		_, err := os.Stat(resolvePath(folder, base))
		return err != nil
	})
}

// IsWhole reports whether the project's data is all the data of an Airflow checkout, so that
// an option which it does not declare does not exist.
func (p *Project) IsWhole() bool {
	return p.Checkout != "" && p.Config.same(p.checkoutConfig) && p.Providers.same(p.checkoutProviders)
}

// matching returns the globs that match something in a folder.
func matching(folder string, globs []string) []string {
	return slices.DeleteFunc(slices.Clone(globs), func(glob string) bool {
		paths, err := matches(folder, glob, true)
		return err != nil || len(paths) == 0
	})
}

// versionPattern matches the line of airflow/__init__.py that defines the version.
var versionPattern = regexp.MustCompile(`(?m)^__version__ *= *["']([\w.+-]+)["']`)

// VersionBeside returns the version of the Airflow package that contains a config.yml; ""
// if the file is in no such package.
func VersionBeside(config string) catalog.Version {
	source, err := os.ReadFile(filepath.Join(path.Dir(path.Dir(config)), "__init__.py"))
	m := versionPattern.FindSubmatch(source)
	if err != nil || m == nil || path.Base(path.Dir(config)) != "config_templates" {
		return ""
	}
	return catalog.Version(m[1])
}
