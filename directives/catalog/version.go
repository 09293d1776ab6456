package catalog

import (
	"slices"
	"strconv"
	"strings"
)

// A Version is a version of Airflow, such as "2.11" or "3.0.0rc1"; "" if it is not known.
type Version string

// IsValid reports whether a version begins with a number.
func (v Version) IsValid() bool { return v.Major() > 0 }

// Major returns the first number of a version, 0 if the version is not known.
func (v Version) Major() int { return v.numbers()[0] }

// Minor returns the version less what comes behind its second number: "2.11" for "2.11.1".
func (v Version) Minor() Version {
	parts := strings.SplitN(string(v), ".", 3)
	return Version(strings.Join(parts[:min(2, len(parts))], "."))
}

// Compare orders versions by their first three numbers, which are 0 where they are missing.
func (v Version) Compare(w Version) int { return slices.Compare(v.numbers(), w.numbers()) }

// numbers returns the first three numbers of a version.
func (v Version) numbers() []int {
	numbers := make([]int, 3)
	for i, part := range strings.Split(string(v), ".")[:min(3, 1+strings.Count(string(v), "."))] {
		digits := strings.TrimLeft(part, "0123456789")
		numbers[i], _ = strconv.Atoi(strings.TrimSuffix(part, digits))
	}
	return numbers
}

// wholeCore are sections that the config.yml of every Airflow declares, and that a file which
// declares a few options more would not.
var wholeCore = []string{"core", "logging", "scheduler"}

// declaresCore reports whether a file with these sections is a config.yml of Airflow itself.
func declaresCore(sections []*Section) bool {
	return !slices.ContainsFunc(wholeCore, func(name string) bool {
		return !slices.ContainsFunc(sections, func(s *Section) bool { return s.Name == name && s.Provider == "" })
	})
}

// versionOf returns the version of the data, which is the newest in which one of its options
// came: "" if no file declares all of core.
func (c *Catalog) versionOf() (newest Version) {
	for _, o := range c.options {
		if v := Version(o.VersionAdded); c.core != "" && o.Declared.Path == c.core && o.Provider == "" && v.Compare(newest) > 0 {
			newest = v
		}
	}
	return newest
}

// Release names the Airflow that the data is of.
func (c *Catalog) Release() string {
	if c.Version == "" {
		return "an unknown version of Airflow"
	}
	return "Airflow " + string(c.Version)
}
