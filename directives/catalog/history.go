package catalog

import (
	_ "embed"
	"strings"
	"sync"
)

// A lifetime is the range of Airflow versions that declare an option.
type lifetime struct {
	first Version // "" if it is older than 3.0
	last  Version // "" if the newest version declares the option
}

//go:embed history.txt
var historyFile string

// history returns the lifetimes of the options that were added or removed.
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

// formerSections returns the sections of removed options.
var formerSections = sync.OnceValue(func() map[string]bool {
	sections := map[string]bool{}
	for r, life := range history() {
		sections[r.Section] = sections[r.Section] || life.last != ""
	}
	return sections
})

// firstVersion returns the version of Airflow that added an option, if the data is older than
// that; otherwise "".
func (c *Catalog) firstVersion(r Reference) Version {
	if first := history()[r].first; first != "" && c.Version != "" && c.Version.Compare(first) < 0 {
		return first
	}
	return ""
}

// isFormer reports whether an earlier Airflow had an option that the version of the data does
// not have.
func (c *Catalog) isFormer(r Reference) bool {
	last := history()[r].last
	return last != "" && (c.Version == "" || c.Version.Minor().Compare(last) > 0)
}

// applies reports whether a note about a renamed option applies to the version of the data.
// Notes of the project always do.
func (c *Catalog) applies(n *Note[Rename]) bool {
	if !n.isEmbedded() || c.Version == "" {
		return true
	}
	last := history()[n.Reference].last
	isGone := last == "" || c.Version.Minor().Compare(last) > 0
	return isGone && (c.Find(n.Value.To) != nil || c.firstVersion(n.Value.To) == "")
}

// hadSection reports whether only removed options of Airflow were in a section. Other programs
// have sections with such names too, so unknown options in it are not reported.
func (c *Catalog) hadSection(name string) bool { return formerSections()[name] && !c.WasSection(name) }
