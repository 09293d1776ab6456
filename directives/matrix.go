package directives

import (
	"slices"

	"windsock/directives/catalog"
	"windsock/render"
)

// matrixClass is the class of a matrix, for style sheets.
const matrixClass = "airflow-sensitive-matrix"

// checkMark is the content of a cell if the component needs the option.
const checkMark = "✓"

// matrix returns the lines of a table with the columns that the author chose, followed by a
// column for each component.
func (c *Call) matrix(s selection, rows []row) []string {
	byDefault := []string{"env-var"}
	if s.hasProviders() {
		byDefault = append(byDefault, "provider")
	}
	cols := c.columns(byDefault...)
	if slices.Contains(names(cols), "needed-by") {
		c.Errorf(c.value("columns").Span, "leave out needed-by", "a matrix has a column for each component, and none of needed-by")
	}
	return c.table(append(cols, c.componentColumns(s, rows)...), rows, tablePreset{
		widths:      "auto",
		caption:     "Sensitive options, and the components that need them",
		class:       matrixClass,
		stubColumns: "1",
	})
}

// componentColumns returns a column for each component that the author named or, if none is
// named, that needs an option of the rows. They have the order of the annotations. If there are
// options that are not mapped to components, the last column marks them.
func (c *Call) componentColumns(s selection, rows []row) []*Column {
	components := s.components
	if components == nil {
		components = c.Catalog.Annotations.Components()
	}
	if s.components == nil && len(rows) > 0 { // without rows, the table serves only to check the other options
		components = slices.DeleteFunc(components, func(component string) bool {
			return !slices.ContainsFunc(rows, func(r row) bool { return containsComponent(c.neededBy(r.option), component) })
		})
	}
	var cols []*Column
	for _, component := range components {
		cols = append(cols, markColumn(component, func(neededBy []string) bool { return containsComponent(neededBy, component) }))
	}
	isUnmapped := func(neededBy []string) bool { return len(neededBy) == 0 }
	if slices.ContainsFunc(rows, func(r row) bool { return isUnmapped(c.neededBy(r.option)) }) {
		cols = append(cols, markColumn(reviewPerDeployment, isUnmapped))
	}
	return cols
}

// markColumn returns a column with a check mark in each row for which isMarked returns true,
// given the components that need the option.
func markColumn(header string, isMarked func(neededBy []string) bool) *Column {
	return &Column{Header: header, cell: optionOnly(func(c *Call, o *catalog.Option) render.Cell {
		if !isMarked(c.neededBy(o)) {
			return nil
		}
		return render.Cell{checkMark}
	})}
}
