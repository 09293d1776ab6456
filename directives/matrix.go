package directives

import (
	"slices"

	"windsock/directives/catalog"
	"windsock/render"
)

// matrixClass is the class by which style sheets find a matrix.
const matrixClass = "airflow-sensitive-matrix"

// checkMark is what a matrix shows where a component needs an option.
const checkMark = "✓"

// matrix returns the table of the rows as a matrix: it has a column for each component that
// needs any of their options, behind the columns that the author chose.
func (c *Call) matrix(s selection, rows []row) []string {
	leading := []string{"env-var"}
	if s.hasProviders() {
		leading = append(leading, "provider")
	}
	cols := c.columns(leading...)
	if slices.Contains(names(cols), "needed-by") {
		c.Errorf(c.value("columns").Span, "leave out needed-by", "a matrix has a column for each component, and none of needed-by")
	}
	look := look{
		widths:  "auto",
		caption: "Sensitive options, and the components that need them",
		class:   matrixClass,
		stubs:   "1",
	}
	return c.table(append(cols, c.componentColumns(s, rows)...), rows, look)
}

// componentColumns returns a column for each component: those that the author
// named or else all that need an option of the rows, in the order of the
// annotations. A last column marks the options that are not mapped, if there are
// any.
func (c *Call) componentColumns(s selection, rows []row) []*Column {
	components := s.components
	if components == nil {
		components = c.Catalog.Annotations.Components()
	}
	if s.components == nil && len(rows) > 0 { // without rows the author's words are checked, and no table is shown
		components = slices.DeleteFunc(components, func(component string) bool {
			return !slices.ContainsFunc(rows, func(r row) bool { return isNeeder(c.needers(r.option), component) })
		})
	}
	var cols []*Column
	for _, component := range components {
		cols = append(cols, markColumn(component, func(needers []string) bool { return isNeeder(needers, component) }))
	}
	isUnmapped := func(needers []string) bool { return len(needers) == 0 }
	if slices.ContainsFunc(rows, func(r row) bool { return isUnmapped(c.needers(r.option)) }) {
		cols = append(cols, markColumn(reviewPerDeployment, isUnmapped))
	}
	return cols
}

// markColumn returns a column with a mark in the rows of the options whose needers
// the condition holds for.
func markColumn(header string, holds func(needers []string) bool) *Column {
	return &Column{Header: header, cell: ofOption(func(c *Call, o *catalog.Option) render.Cell {
		if !holds(c.needers(o)) {
			return nil
		}
		return render.Cell{checkMark}
	})}
}
