package catalog

import (
	_ "embed"
	"strings"
	"sync"
)

// A lifetime says which versions of Airflow declare an option.
type lifetime struct {
	first Version // that does; "" if it is older than 3.0
	last  Version // that does; "" if the newest does
}

//go:embed history.txt
var historyFile string

// history returns the lifetimes of the options that came or went, as far as they are known.
var history = sync.OnceValue(func() map[Reference]lifetime {
	options := map[Reference]lifetime{}
	for line := range strings.Lines(historyFile) {
		if words := strings.Fields(line); words[0] != "#" {
			version := func(word string) Version { return Version(strings.Trim(word, "-")) }
			options[Reference{strings.Trim(words[0], "[]"), words[1]}] = lifetime{version(words[2]), version(words[3])}
		}
	}
	return options
})

// formerSections returns the sections of the options that went.
var formerSections = sync.OnceValue(func() map[string]bool {
	sections := map[string]bool{}
	for r, life := range history() {
		sections[r.Section] = sections[r.Section] || life.last != ""
	}
	return sections
})

// firstVersion returns the version of Airflow in which an option came, if the data is of an
// earlier one; else "".
func (c *Catalog) firstVersion(r Reference) Version {
	if first := history()[r].first; first != "" && c.Version != "" && c.Version.Compare(first) < 0 {
		return first
	}
	return ""
}

// isFormer reports whether Airflow once had an option, and the version of the data has not.
func (c *Catalog) isFormer(r Reference) bool {
	last := history()[r].last
	return last != "" && (c.Version == "" || c.Version.Minor().Compare(last) > 0)
}

// applies reports whether a note about a renamed option holds for the version of the data.
// What the project says always does.
func (c *Catalog) applies(n *Note[Rename]) bool {
	if !n.isEmbedded() || c.Version == "" {
		return true
	}
	last := history()[n.Reference].last
	isGone := last == "" || c.Version.Minor().Compare(last) > 0
	return isGone && (c.Find(n.Value.To) != nil || c.firstVersion(n.Value.To) == "")
}

// hadSection reports whether Airflow once had a section, of which only the names that are known
// count: others have sections of these names too.
func (c *Catalog) hadSection(name string) bool { return formerSections()[name] && !c.WasSection(name) }
