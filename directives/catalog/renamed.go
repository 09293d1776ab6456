package catalog

import (
	"cmp"
	"slices"
)

// maxRenames is the maximum length of a chain of renames.
const maxRenames = 8

// Renamed returns the successor of a former option, and the note about it, the last one in a
// chain of renames. The successor is nil if the option was removed, or if the data does not
// declare its new name. The note is nil if the option is declared, or is not a former one.
func (c *Catalog) Renamed(r Reference) (*Option, *Note[Rename]) {
	if c.Find(r) != nil {
		return nil, nil
	}
	var last *Note[Rename]
	for range maxRenames {
		note := c.Annotations.Renamed.Of(r)
		if note == nil || !c.applies(note) {
			break
		}
		last, r = note, note.Value.To
		if o := c.Find(r); o != nil || note.Value.Removed() {
			return o, note
		}
	}
	if last != nil {
		return nil, last
	}
	return c.renamedSection(r)
}

// renamedSection is Renamed for options of a section that was renamed. The data says so.
func (c *Catalog) renamedSection(r Reference) (*Option, *Note[Rename]) {
	section := c.suggest().former[r.Section]
	if section == nil {
		return nil, nil
	}
	o := c.Lookup(section.Name, r.Name)
	if o == nil {
		return nil, nil
	}
	return o, &Note[Rename]{
		Reference: r, Value: Rename{o.Reference, section.Renamed.In}, Declared: section.Declared,
	}
}

// FormerNamed returns the former options with a name, sorted by section.
func (c *Catalog) FormerNamed(name string) []Reference {
	var found []Reference
	for _, note := range c.Annotations.Renamed {
		if note.Name == name && c.applies(&note) && c.Find(note.Reference) == nil {
			found = append(found, note.Reference)
		}
	}
	for r := range history() {
		if r.Name == name && c.isFormer(r) && c.Find(r) == nil {
			found = append(found, r)
		}
	}
	slices.SortFunc(found, func(a, b Reference) int { return cmp.Compare(a.Section, b.Section) })
	return slices.Compact(found)
}

// WasSection reports whether an earlier Airflow had a section with that name. The data may still
// declare it.
func (c *Catalog) WasSection(name string) bool {
	_, was := c.suggest().former[name]
	return was
}

// KnowsSection reports whether Airflow has, or had, a section with that name.
func (c *Catalog) KnowsSection(name string) bool {
	return c.Section(name) != nil || c.WasSection(name) || formerSections()[name]
}
