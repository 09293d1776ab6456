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

// Minor returns the first two numbers of a version: "2.11" for "2.11.1".
func (v Version) Minor() Version {
	parts := strings.SplitN(string(v), ".", 3)
	return Version(strings.Join(parts[:min(2, len(parts))], "."))
}

// Compare compares the first three numbers of two versions. A missing number is 0.
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

// wholeCore lists sections that every config.yml of Airflow declares, but not a file with a few
// additional options.
var wholeCore = []string{"core", "logging", "scheduler"}

// declaresCore reports whether a file with these sections is Airflow's own config.yml.
func declaresCore(sections []*Section) bool {
	return !slices.ContainsFunc(wholeCore, func(name string) bool {
		return !slices.ContainsFunc(sections, func(s *Section) bool { return s.Name == name && s.Provider == "" })
	})
}

// versionOf returns the version of the data: the newest version that added one of core's
// options, or "" if no file declares all of core.
func (c *Catalog) versionOf() (newest Version) {
	for _, o := range c.options {
		if v := Version(o.VersionAdded); c.core != "" && o.Declared.Path == c.core && o.Provider == "" && v.Compare(newest) > 0 {
			newest = v
		}
	}
	return newest
}

// Release returns the Airflow version of the data, for messages.
func (c *Catalog) Release() string {
	if c.Version == "" {
		return "an unknown version of Airflow"
	}
	return "Airflow " + string(c.Version)
}
