package catalog

import (
	"cmp"
	"slices"
)

// maxRenames bounds how often an option may have been renamed in turn.
const maxRenames = 8

// Renamed returns what became of an option that is an old spelling: the option
// that the data declares today, or nil where it was removed or its new name is
// not declared; and the note that says so, the last one of a chain. It returns
// no note where the reference is no old spelling, or is declared.
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

// renamedSection is Renamed for the options of a section that was itself renamed,
// which the data says.
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

// FormerNamed returns the options of a name that earlier versions of Airflow declared, in order.
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

// WasSection reports whether Airflow once had a section of that name, which the
// data may or may not declare today.
func (c *Catalog) WasSection(name string) bool {
	_, was := c.suggest().former[name]
	return was
}

// KnowsSection reports whether Airflow has a section of that name, or had it once.
func (c *Catalog) KnowsSection(name string) bool {
	return c.Section(name) != nil || c.WasSection(name) || formerSections()[name]
}
