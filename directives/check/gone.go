package check

import (
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
)

// goneBefore matches the text before a mention that says of it that it is gone:
// "instead of ", "remove the option ".
var goneBefore = lazyregexp.New(`(?i)(?:^|\W)(?:instead of|rather than|in place of|replaces|supersedes|rename[sd]?|renaming|remove[sd]?|removing|` +
	`drop(?:s|ped|ping)?|delete[sd]?|deleting|previously|formerly|previous|former|old|legacy|outdated|was|used to be)` +
	`(?: (?:the|a|an|any|all|your|its|now|old|legacy|former|previous|unused|config|configuration|settings?|options?|parameter|key|name|variable|environment|env))*:? ?$`)

// goneBehind matches the text behind a mention that says of it that it became another.
var goneBehind = lazyregexp.New("^`* *(?:→|⇒|➜|-+>|=+>)")

// maxTold is how many bytes around a mention, or of the row of a table that it stands in,
// are looked at, maxGone how many before it for what says that it is gone.
const (
	maxTold = 1 << 10
	maxGone = 1 << 7
)

// isToldGone reports whether the sentence of a mention says that the option is gone, or
// names what it became.
func (p *page) isToldGone(m mention, v catalog.Resolution) bool {
	text, s := p.history.flow.text, p.history.sentence
	before := text[max(s.from, m.at-maxTold):m.at]
	behind := text[m.at:min(s.to, m.at+maxTold)]
	if namesSuccessor(before+behind, v) || endsGone(beforeMarkup(before[max(0, len(before)-maxGone):])) {
		return true
	}
	_, behind, _ = strings.Cut(behind, m.text.Value)
	return goneBehind().MatchString(behind)
}

// endsGone reports whether a text says of the option behind it that it is gone.
func endsGone(text string) bool {
	return mentions(strings.ToLower(text), "instead", "rather", "place of", "replaces", "supersedes", "renam", "remov", "drop", "delet",
		"previous", "former", "old", "legacy", "outdated", "was", "used to") && goneBefore().MatchString(text)
}

// beforeMarkup returns the text before a mention less the markup that begins it.
func beforeMarkup(text string) string {
	text = strings.TrimRight(text, "`")
	if role := strings.TrimSuffix(text, ":"); role != text {
		if n := strings.LastIndexByte(role, ':'); n >= 0 && wordEnd(role, n+1) == len(role) {
			return role[:n]
		}
	}
	return text
}

// namesSuccessor reports whether a text names the option that another, which is gone, became.
func namesSuccessor(text string, v catalog.Resolution) bool {
	if v.To == nil || v.To.Option == nil || !v.To.Renamed {
		return false
	}
	text = strings.ToLower(text)
	for _, form := range formsOf(v.To.Option.Reference) {
		for at := 0; ; {
			n := strings.Index(text[at:], form)
			if n < 0 {
				break
			}
			if at += n + len(form); wordEnd(text, at) == at {
				return true
			}
		}
	}
	return false
}

// formsOf returns the ways to write an option, in lower case: between brackets, with a
// dot, as a label or an environment variable.
func formsOf(r catalog.Reference) []string {
	section, name := strings.ToLower(r.Section), strings.ToLower(r.Name)
	return []string{
		"[" + section + "] " + name, "[" + section + "]" + name, section + "." + name,
		section + "__" + name, strings.ReplaceAll(section, ".", "_") + "__" + name,
	}
}

// pastHeader matches the header of a column about the past.
var pastHeader = lazyregexp.New(`(?i)^\W*(?:(?:apache )?airflow v?[12](?:\.[\dx*]+)*(?:\W*$| (?:settings?|options?|names?|config\w*|keys?|variables?|env\w*|values?|sections?|parameters?)\b)` +
	`|(?:old|former|previous|legacy|removed|deprecated|obsolete|renamed)\b|before\W*$)`)

// governsCell reports whether an element is a cell of a table in a column about the past,
// or in a row that names what the option became.
func (p *page) governsCell(e *grammar.Element, v catalog.Resolution) bool {
	table, row := tableOf(e)
	if table == nil {
		return false
	}
	return p.isPastColumn(table, p.place(e)) || namesSuccessor(p.rowText(row), v)
}

// isPast reports whether what stands in a cell of a csv-table is about the past, as far as
// the option is concerned.
func (c *csvPlace) isPast(v catalog.Resolution) bool {
	return c.page.isPastColumn(c.block.Parent, c.column) || namesSuccessor(c.rowText(), v) || c.page.isWithinPast(c.block, v)
}

// rowText returns the beginning of what the row of the cell says. A row may have any number
// of cells, and this is asked in each.
func (c *csvPlace) rowText() string {
	var row strings.Builder
	for _, said := range c.row {
		if row.Len() >= maxTold {
			break
		}
		row.WriteString(said[:min(len(said), maxTold)])
		row.WriteByte(' ')
	}
	text := row.String()
	return text[:min(len(text), maxTold)]
}

// tableOf returns the table and the row that an element is a cell of; nil if it is none.
func tableOf(e *grammar.Element) (table, row *grammar.Element) {
	switch {
	case e.Kind == grammar.Cell:
		return e.Parent.Parent, e.Parent
	case e.Kind != grammar.ListItem || e.Parent.Parent == nil || e.Parent.Parent.Kind != grammar.ListItem:
		return nil, nil
	}
	row = e.Parent.Parent
	if table = row.Parent.Parent; table == nil || table.Kind != grammar.DirectiveBlock || table.Name.Value != "list-table" {
		return nil, nil
	}
	return table, row
}

// isPastColumn reports whether the header of a column of a table is about the past.
func (p *page) isPastColumn(table *grammar.Element, column int) bool {
	columns, known := p.history.columns[table]
	if !known {
		columns = p.pastColumns(table)
		p.history.columns[table] = columns
	}
	return column < len(columns) && columns[column]
}

// pastColumns says which columns of a table are about the past.
func (p *page) pastColumns(table *grammar.Element) (columns []bool) {
	for isHeader, entries := range table.TableRows(p.source) {
		if !isHeader {
			break
		}
		columns = columns[:0]
		for _, name := range texts(p.cells(nil, entries)) {
			columns = append(columns, pastHeader().MatchString(name) || isOfPast(name))
		}
	}
	return columns
}

// rowText returns the beginning of what a row of a table says.
func (p *page) rowText(row *grammar.Element) string {
	text, known := p.history.rows[row]
	if !known {
		text = p.textWithin(row, "")
		p.history.rows[row] = text
	}
	return text
}

// textWithin adds the running text in an element to a text that is not too long yet.
func (p *page) textWithin(e *grammar.Element, text string) string {
	if len(e.Text) > 0 && !isLiteral(e) {
		own := p.textOf(e)
		text += own[:min(len(own), maxTold)] + " "
	}
	for _, child := range e.Children {
		if len(text) > maxTold {
			break
		}
		text = p.textWithin(child, text)
	}
	return text
}
