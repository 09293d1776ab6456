package directives

import (
	"cmp"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
	"windsock/render"
)

// A Column is a column of a table of options.
type Column struct {
	Name   string // in ":columns:"; "" for the column of a component in a matrix
	Header string // plain text, used unless the directive has ":header:"
	Doc    string // what its cells show, in one sentence
	cell   func(*Call, row) render.Cell
}

// A row contains the data for the cells of a row.
type row struct {
	option   *catalog.Option // nil for an item of free text
	item     *grammar.Item   // nil unless the directive is airflow-config-default with content
	override []string        // the item's ":default:", shown instead of the default
	unit     string          // of the default, "" for no unit
}

// Columns returns the columns that an author can choose.
func Columns() []Column { return columns }

var columns = []Column{
	{"option", "Option", "The option as ``[section] name``, or the item's own text.", optionCell},
	{"env-var", "Environment variable", "The environment variable that sets the option.", optionOnly(func(c *Call, o *catalog.Option) render.Cell {
		return c.literal("name", o, o.EnvVar())
	})},
	{"default", "Default", "The default value, with its unit.", defaultCell},
	{"type", "Type", "The type: string, integer, float or boolean.", textCell("type", func(o *catalog.Option) string { return o.Type })},
	{"description", "Description", "The description: the item's own, else the annotation's or the data's.", descriptionCell},
	{"example", "Example", "The example that the data gives.", optionOnly(func(c *Call, o *catalog.Option) render.Cell {
		example, ok := o.ShownExample()
		if !ok {
			return nil
		}
		return c.literal("example", o, example)
	})},
	{"version-added", "Version added", "The version that brought the option.", textCell("version", func(o *catalog.Option) string { return o.VersionAdded })},
	{"provider", "Provider", "The provider that declares the option, or core.", textCell("provider", func(o *catalog.Option) string { return cmp.Or(o.Provider, "core") })},
	{"needed-by", "Needed by", "The components that need a sensitive option.", optionOnly(func(c *Call, o *catalog.Option) render.Cell {
		return c.text("components", o, c.componentsText(o))
	})},
	{"sensitive", "Sensitive", "Whether the option is sensitive: yes or no.", textCell("sensitivity", func(o *catalog.Option) string {
		if o.Sensitive {
			return "yes"
		}
		return "no"
	})},
}

// textCell returns a cell function that shows a field of an option as text. what names the
// field in warnings.
func textCell(what string, field func(*catalog.Option) string) func(*Call, row) render.Cell {
	return optionOnly(func(c *Call, o *catalog.Option) render.Cell { return c.text(what, o, field(o)) })
}

// optionOnly returns a cell function that leaves the cell of an item of free text empty.
func optionOnly(cell func(*Call, *catalog.Option) render.Cell) func(*Call, row) render.Cell {
	return func(c *Call, r row) render.Cell {
		if r.option == nil {
			return nil
		}
		return cell(c, r.option)
	}
}

// optionCell shows the name of the option, or the free text of the item, which is RST.
func optionCell(c *Call, r row) render.Cell {
	if r.option == nil {
		return render.Cell{r.item.Head.Value}
	}
	return c.literal("name", r.option, r.option.String())
}

// defaultCell shows the item's override, or else the default.
func defaultCell(c *Call, r row) render.Cell {
	if r.override != nil || r.option == nil {
		return r.override
	}
	return c.defaultLines(r.option, r.unit)
}

// descriptionCell shows the item's body, or else the description of the option.
func descriptionCell(c *Call, r row) render.Cell {
	switch {
	case r.item != nil && len(r.item.Body) > 0:
		return bodyLines(r.item.Body)
	case r.option == nil:
		return nil
	case strings.EqualFold(c.Directive.Type.Value, SensitiveVarsType):
		return c.sensitiveDescription(r.option)
	}
	return c.description(r.option)
}

// bodyLines returns lines that the author wrote, without trailing blanks.
func bodyLines(body []grammar.Text) []string {
	lines := make([]string, len(body))
	for i, l := range body {
		lines[i] = strings.TrimRight(l.Value, " ")
	}
	return lines
}

// findColumn returns the column with a name, in any case, or nil if there is none.
func findColumn(name string) *Column {
	for i := range columns {
		if strings.EqualFold(columns[i].Name, name) {
			return &columns[i]
		}
	}
	return nil
}

// columns returns the columns of the option ":columns:", or those named in byDefault if
// the directive does not have it. It reports unknown columns and duplicates.
func (c *Call) columns(byDefault ...string) (cols []*Column) {
	chosen := c.resolveOption("columns", wordPattern, func(w grammar.Text) string {
		if col := findColumn(w.Value); col != nil {
			return col.Name
		}
		c.rejectUnknown("column", w, columnNames())
		return w.Value
	})
	if c.Directive.Option("columns") == nil {
		chosen = byDefault
	}
	for _, name := range chosen {
		if col := findColumn(name); col != nil {
			cols = append(cols, col)
		} else {
			cols = append(cols, &Column{Name: name}) // unknown, but it counts for headers and widths
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

// defaultHeaderPattern matches the header of a column of defaults.
var defaultHeaderPattern = lazyregexp.New(`(?i)^\W*(?:the )?(?:current )?defaults?(?: values?| settings?)?(?: \(.*\))?\W*$`)

// IsDefaultHeader reports whether header, RST, is the header of a column of defaults.
func IsDefaultHeader(header string) bool { return defaultHeaderPattern().MatchString(header) }
