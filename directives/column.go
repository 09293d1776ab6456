package directives

import (
	"cmp"
	"strings"

	"windsock/directives/catalog"
	"windsock/grammar"
	"windsock/render"
)

// A Column is a kind of column that a table of options can have.
type Column struct {
	Name   string // as in ":columns:"; "" where the data brings the column, as in a matrix
	Header string // the header, text, unless ":header:" says otherwise
	Doc    string // what its cells show, one sentence
	cell   func(*Call, row) render.Cell
}

// A row is what the cells of one row are made from.
type row struct {
	option *catalog.Option // nil for an item of free text
	item   *grammar.Item   // nil outside airflow-config-default with content
	value  []string        // what an item's ":default:" shows in place of the default
	unit   string          // of the default, "" if none
}

// Columns returns the columns that tables can have.
func Columns() []Column { return columns }

var columns = []Column{
	{"option", "Option", "The option as ``[section] name``, or the item's own text.", optionCell},
	{"env-var", "Environment variable", "The environment variable that sets the option.", ofOption(func(c *Call, o *catalog.Option) render.Cell {
		return c.literal("name", o, o.EnvVar())
	})},
	{"default", "Default", "The default value, with its unit.", defaultCell},
	{"type", "Type", "The type: string, integer, float or boolean.", textCell("type", func(o *catalog.Option) string { return o.Type })},
	{"description", "Description", "The description: the item's own, else the annotation's or the data's.", descriptionCell},
	{"example", "Example", "The example that the data gives.", ofOption(func(c *Call, o *catalog.Option) render.Cell {
		example, ok := o.ShownExample()
		if !ok {
			return nil
		}
		return c.literal("example", o, example)
	})},
	{"version-added", "Version added", "The version that brought the option.", textCell("version", func(o *catalog.Option) string { return o.VersionAdded })},
	{"provider", "Provider", "The provider that declares the option, or core.", textCell("provider", func(o *catalog.Option) string { return cmp.Or(o.Provider, "core") })},
	{"needed-by", "Needed by", "The components that need a sensitive option.", ofOption(func(c *Call, o *catalog.Option) render.Cell {
		return c.text("components", o, c.neededBy(o))
	})},
	{"sensitive", "Sensitive", "Whether the option is sensitive: yes or no.", textCell("sensitivity", func(o *catalog.Option) string {
		if o.Sensitive {
			return "yes"
		}
		return "no"
	})},
}

// textCell makes a cell that shows a part of an option as text; what names that part.
func textCell(what string, part func(*catalog.Option) string) func(*Call, row) render.Cell {
	return ofOption(func(c *Call, o *catalog.Option) render.Cell { return c.text(what, o, part(o)) })
}

// ofOption makes a cell that is empty in a row of free text.
func ofOption(cell func(*Call, *catalog.Option) render.Cell) func(*Call, row) render.Cell {
	return func(c *Call, r row) render.Cell {
		if r.option == nil {
			return nil
		}
		return cell(c, r.option)
	}
}

// optionCell names the option, or shows an item's free text, which is RST.
func optionCell(c *Call, r row) render.Cell {
	if r.option == nil {
		return render.Cell{r.item.Head.Value}
	}
	return c.literal("name", r.option, r.option.String())
}

// defaultCell shows the default, or what an item says in its place.
func defaultCell(c *Call, r row) render.Cell {
	if r.value != nil || r.option == nil {
		return r.value
	}
	return c.shown(r.option, r.unit)
}

// descriptionCell shows the item's body, or else the data's description; in a
// table of sensitive options the annotation's label.
func descriptionCell(c *Call, r row) render.Cell {
	switch {
	case r.item != nil && len(r.item.Body) > 0:
		return bodyLines(r.item.Body)
	case r.option == nil:
		return nil
	case strings.EqualFold(c.Directive.Type.Value, SensitiveVarsType):
		return c.label(r.option)
	}
	return c.description(r.option)
}

// bodyLines returns the lines of an author's RST.
func bodyLines(body []grammar.Text) []string {
	lines := make([]string, len(body))
	for i, l := range body {
		lines[i] = strings.TrimRight(l.Value, " ")
	}
	return lines
}

// findColumn returns the column of that name, in any case, or nil.
func findColumn(name string) *Column {
	for i := range columns {
		if strings.EqualFold(columns[i].Name, name) {
			return &columns[i]
		}
	}
	return nil
}

// columns returns the columns that the author asked for, or the given ones. It
// reports names that are no columns and columns named twice.
func (c *Call) columns(byDefault ...string) (cols []*Column) {
	chosen := c.chosen("columns", word, func(w grammar.Text) string {
		if col := findColumn(w.Value); col != nil {
			return col.Name
		}
		c.misspelt("column", w, columnNames())
		return w.Value
	})
	if c.Directive.Option("columns") == nil {
		chosen = byDefault
	}
	for _, name := range chosen {
		if col := findColumn(name); col != nil {
			cols = append(cols, col)
		} else {
			cols = append(cols, &Column{Name: name}) // so that headers and widths are counted right
		}
	}
	return cols
}

// columnNames returns the names of all columns.
func columnNames() []string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	return names
}
