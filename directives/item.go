package directives

import (
	"slices"
	"strings"

	"windsock/directives/finding"
	"windsock/grammar"
)

// itemTable expands the form with content to a table with a row for each item.
func (c *Call) itemTable() (e Expansion) {
	if u := c.Directive.Option("unit"); u != nil {
		c.Errorf(u.Name.Span, "write the unit behind each option, as in \"[api_auth] jwt_leeway : seconds\"", "option \"unit\" does not apply to items")
	}
	items, problems := grammar.ParseItems(c.Source, c.Directive.Content)
	for _, p := range problems {
		c.Errorf(p.Span, p.Help, "%s", p.Message)
	}
	rows := make([]row, len(items))
	var body []grammar.Text // the first one that is not empty
	for i := range items {
		rows[i] = c.itemRow(&items[i])
		if o := rows[i].option; o != nil {
			e.Options = append(e.Options, o)
		}
		if len(body) == 0 {
			body = items[i].Body
		}
	}
	byDefault := []string{"option", "default"}
	if len(body) > 0 {
		byDefault = append(byDefault, "description")
	}
	cols := c.columns(byDefault...)
	if len(body) > 0 && !slices.Contains(names(cols), "description") {
		c.Errorf(body[0].Span, "add description to :columns:", "no column shows this description")
	}
	e.Block.Add(c.table(cols, rows, tablePreset{})...)
	return e
}

// itemRow returns the row of an item.
func (c *Call) itemRow(it *grammar.Item) row {
	r := row{item: it}
	override := c.itemDefault(it)
	switch {
	case it.Reference == nil:
		c.checkFreeText(it, override)
		if override != nil {
			r.override = bodyLines(override.Value)
		}
		return r
	case it.Reference.IsPattern():
		c.Errorf(it.Head.Span, "write each option as an item, or the pattern as the argument of a directive of its own", "a pattern cannot be an item")
		return r
	}
	if r.option = c.lookup(grammar.Text{}, *it.Reference); r.option == nil {
		return r
	}
	r.unit = c.unit(r.option)
	if it.Unit != nil {
		r.unit = it.Unit.Value
		c.checkUnit(*it.Unit, r.option)
	}
	if override != nil {
		c.checkOverride(r.option, grammar.Join(override.Value))
		r.override = bodyLines(override.Value)
	}
	return r
}

// itemDefault returns the option "default" of an item, or nil if it has none. It reports other
// options.
func (c *Call) itemDefault(it *grammar.Item) (found *grammar.Option) {
	for i := range it.Options {
		o := &it.Options[i]
		switch {
		case !strings.EqualFold(o.Name.Value, "default"):
			c.rejectUnknown("item option", o.Name, []string{"default"})
		case found != nil:
			c.Errorf(o.Name.Span, "", "option \"default\" is given twice")
		case len(o.Value) == 0:
			c.Errorf(o.Name.Span, "write :default: and the text to show", "option \"default\" needs a value")
		default:
			found = o
		}
	}
	return found
}

// checkFreeText reports an item of free text that has no default, or that looks like an option
// reference.
func (c *Call) checkFreeText(it *grammar.Item, override *grammar.Option) {
	switch named := c.optionsNamed(strings.Trim(it.Head.Value, "`")); {
	case len(named) > 0:
		c.reject(finding.Finding{Span: it.Head.Span, Message: "free text that is an option's name; write " + named[0], Suggestion: named[0]})
	case it.Wrong:
		_, err := grammar.ParseReference(it.Head.Value)
		c.badReference(it.Head, err)
	case override == nil:
		c.Errorf(it.Head.Span, "write :default: below it, indented, or an option in its place", "an item of free text has no default")
	}
}
