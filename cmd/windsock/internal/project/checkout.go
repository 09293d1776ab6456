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

// configPlaces are where checkouts of Airflow have the configuration of core, by which they
// are known: that of Airflow 3, then that of Airflow 2.
var configPlaces = []string{
	"airflow-core/src/airflow/config_templates/config.yml",
	"airflow/config_templates/config.yml",
}

// providerPlaces and docsPlaces are where checkouts have their providers and their docs.
// While Airflow 3 was made, some had old and new places at once.
var (
	providerPlaces = []string{"providers/**/provider.yaml", "airflow/providers/**/provider.yaml"}
	docsPlaces     = []string{"airflow-core/docs", "providers/**/docs", "docs/apache-airflow", "docs/apache-airflow-providers-*"}
)

// findCheckout returns the nearest folder, from start upward, that is a checkout of Airflow,
// and where it has the configuration of core; "" if there is none.
func findCheckout(start string) (folder, config string) {
	for _, place := range configPlaces {
		if at := Above(start, place); len(at) > len(folder) {
			folder, config = at, place
		}
	}
	return folder, config
}

// inCheckout sets the places that a checkout of Airflow has for its data.
func (p *Project) inCheckout(folder, config string) {
	p.Checkout = folder
	p.Config = Globs{folder: folder, optional: true, globs: []string{config}}
	p.Providers = Globs{folder: folder, optional: true, globs: providersIn(folder)}
	p.places = []Globs{p.Config, p.Providers}
}

// providersIn returns the globs of the places for providers that a checkout has.
func providersIn(folder string) []string {
	return slices.DeleteFunc(slices.Clone(providerPlaces), func(glob string) bool {
		base, _ := doublestar.SplitPattern(glob)
		_, err := os.Stat(within(folder, base))
		return err != nil
	})
}

// IsWhole reports whether the data of the project is that of a whole checkout of Airflow, so
// that it declares every option there is.
func (p *Project) IsWhole() bool {
	return slices.EqualFunc(p.places, []Globs{p.Config, p.Providers}, Globs.same)
}

// existing returns those of some globs that match something in a folder.
func existing(folder string, globs []string) []string {
	return slices.DeleteFunc(slices.Clone(globs), func(glob string) bool {
		paths, err := matches(folder, glob, true)
		return err != nil || len(paths) == 0
	})
}

// versionLine matches the line of airflow/__init__.py that states the version.
var versionLine = regexp.MustCompile(`(?m)^__version__ *= *["']([\w.+-]+)["']`)

// VersionBeside returns the version of the Airflow that a config.yml is part of, which the
// package around it states; "" if it lies in none.
func VersionBeside(config string) catalog.Version {
	source, err := os.ReadFile(filepath.Join(path.Dir(path.Dir(config)), "__init__.py"))
	m := versionLine.FindSubmatch(source)
	if err != nil || m == nil || path.Base(path.Dir(config)) != "config_templates" {
		return ""
	}
	return catalog.Version(m[1])
}
