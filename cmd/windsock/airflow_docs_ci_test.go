//go:build ci

package main

import (
	"maps"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"windsock/fixtures"
)

// Where Airflow's repository has its pages and its configuration data.
const (
	airflowDocs   = "airflow-core/docs"
	airflowConfig = "airflow-core/src/airflow/config_templates/config.yml"
)

// TestAirflowDocs builds the pages of Airflow itself twice: as they are, and with
// directives in place of the tables and regions that can have them, and a role in place
// of a value. Both must read the same, with the same warnings, and what is built again
// is what shows something that changed.
func TestAirflowDocs(t *testing.T) {
	t.Parallel() // most of the time is that of other programs
	const expanded, jwt, model = airflowDocs + "-expanded", "security/jwt_token_authentication", "security/security_model"
	plain, author := newDocs(t), newDocs(t)
	plain.copyAirflow()
	author.copyAirflow()
	author.must(windsock(t), "adopt", "-w", airflowDocs)
	author.replace(airflowDocs+"/"+jwt+".rst", "default 10 seconds)", "default :airflow-default:`[api_auth] jwt_leeway : seconds`)")
	author.must(windsock(t), "expand", airflowDocs, "-o", expanded)
	plain.writeAPI(airflowDocs)
	author.writeAPI(expanded) // where windsock finds it, and leaves it

	var was, is sphinxBuild
	var both sync.WaitGroup
	both.Go(func() { was = plain.build(t, airflowDocs, "html") })
	both.Go(func() { is = author.build(t, expanded, "html") })
	both.Wait()

	t.Run("warnings", func(t *testing.T) {
		if before, after := warned(was.output), warned(is.output); len(before) == 0 || !slices.Equal(before, after) {
			t.Errorf("the warnings are\n%s\nand were\n%s", strings.Join(after, "\n"), strings.Join(before, "\n"))
		}
	})
	t.Run("pages", func(t *testing.T) {
		before, after := filesBelow(t, plain.path("html"), ".html"), filesBelow(t, author.path("html"), ".html")
		delete(before, jwt) // where tables are laid out otherwise
		delete(after, jwt)
		if len(before) < 100 || !maps.Equal(before, after) {
			t.Errorf("not the same: %v", differing(before, after))
		}
	})
	t.Run("tables", func(t *testing.T) {
		before, after := plain.read("html/"+jwt+".html"), author.read("html/"+jwt+".html")
		if tables := tablesOf(after); len(tables) < 3 || !reflect.DeepEqual(tablesOf(before), tables) {
			t.Errorf("tables read %q, want %q", tables, tablesOf(before))
		}
		if textOf(before) != textOf(after) {
			t.Error("the page reads otherwise than it did")
		}
		for page, directives := range map[string]int{jwt: 3, model: 2} {
			if n := len(ours.FindAllString(author.read(airflowDocs+"/"+page+".rst"), -1)); n < directives {
				t.Errorf("%s has %d directives", page, n)
			}
		}
	})
	t.Run("nothing changed", func(t *testing.T) { author.rebuilds(t, expanded, nil) })
	t.Run("data changed", func(t *testing.T) {
		author.replace(airflowConfig, "clock skew between\n        client and server\n      default: \"10\"", "clock skew between\n        client and server\n      default: \"20\"")
		author.rebuilds(t, expanded, []string{jwt})
		if n := strings.Count(author.read("html/"+jwt+".html"), "20 seconds"); n < 2 { // in a table, and in the text
			t.Errorf("the new default is on the page %d times", n)
		}
		author.rebuilds(t, expanded, nil)
	})
}

// copyAirflow copies Airflow's pages and data into the folder, with the settings to
// build the pages without Airflow, and empty files where they include others.
func (d *site) copyAirflow() {
	d.t.Helper()
	corpus := fixtures.Shared(d.t, "corpus", "airflow")
	for name, text := range filesBelow(d.t, filepath.Join(corpus, airflowDocs), ".rst") {
		d.write(airflowDocs+"/"+name+".rst", text)
	}
	for name, text := range filesBelow(d.t, filepath.Join(corpus, "providers"), "provider.yaml") {
		d.write("providers/"+name+"provider.yaml", text)
	}
	for from, to := range map[string]string{
		filepath.Join(corpus, airflowConfig):                        airflowConfig,
		filepath.Join(fixtures.Root(), "sphinx", "airflow_conf.py"): airflowDocs + "/conf.py",
	} {
		d.write(to, fileText(d.t, from))
	}
	for name, text := range filesBelow(d.t, d.path(airflowDocs), ".rst") {
		d.writeIncluded(path.Join(airflowDocs, name), text)
	}
}

// fileDirective matches the directives that read a file.
var fileDirective = regexp.MustCompile(`(?m)\.\. (?:\|[^|]+\| )?(?:include|literalinclude|image|figure):: *(\S+)$`)

// writeIncluded writes an empty file for each that a page reads and that is not there.
func (d *site) writeIncluded(page, text string) {
	for _, m := range fileDirective.FindAllStringSubmatch(text, -1) {
		name := path.Join(path.Dir(page), m[1])
		if path.IsAbs(m[1]) {
			name = path.Join(airflowDocs, m[1])
		}
		if _, err := os.Stat(d.path(name)); err != nil && !strings.Contains(name, ":") && filepath.IsLocal(name) {
			d.write(name, "")
		}
	}
}

// apiPage matches the pages on Airflow's classes in a toctree.
var apiPage = regexp.MustCompile(`(?m)^ +(_api/\S+)$`)

// writeAPI writes the pages that Sphinx makes of Airflow's classes before it reads a
// folder of pages.
func (d *site) writeAPI(src string) {
	for _, m := range apiPage.FindAllStringSubmatch(d.read(src+"/public-airflow-interface.rst"), -1) {
		d.write(src+"/"+m[1]+".rst", "A module\n========\n")
	}
}

// warning matches a warning of Sphinx's: the page and the message.
var warning = regexp.MustCompile(`(?m)([^/\s]+\.rst)(?::\d+)?: ((?:WARNING|ERROR|SEVERE|CRITICAL): .*)$`)

// warned returns the warnings of a build, sorted, with their pages. TestRemapSphinx compares
// the lines that they name.
func warned(output string) (warnings []string) {
	for _, m := range warning.FindAllStringSubmatch(output, -1) {
		warnings = append(warnings, m[1]+": "+m[2])
	}
	slices.Sort(warnings)
	return warnings
}

// rebuilds expands the pages and builds them, and compares which of them Sphinx reads
// with those that it should read.
func (d *site) rebuilds(t *testing.T, expanded string, want []string) {
	t.Helper()
	d.must(windsock(t), "expand", airflowDocs, "-o", expanded)
	if b := d.build(t, expanded, "html"); !slices.Equal(b.read, want) {
		t.Errorf("Sphinx read %v, want %v", b.read, want)
	}
}

// differing returns the names under which two sets of files differ.
func differing(a, b map[string]string) []string {
	var names []string
	for name := range a {
		if b[name] != a[name] {
			names = append(names, name)
		}
	}
	for name := range b {
		if _, ok := a[name]; !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// ours matches a directive, a region or a role of windsock's.
var ours = regexp.MustCompile(`(?m)^[ *#.-]*\.\. (windsock: )?(\|\w+\| )?airflow-(sensitive-vars|config-default)::|:airflow-default:`)
