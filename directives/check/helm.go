package check

import (
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
)

// ofChart matches text about Airflow's Helm chart.
var ofChart = lazyregexp.New(`(?i)airflow|\bhelm\b|\bchart\b|values\.ya?ml`)

// A helmValue is an option in the values of Airflow's Helm chart: a key below "config:" and its
// section.
type helmValue struct {
	setting
	section string
}

// helm checks the options below "config:", the first of some lines of YAML. Other programs have
// that key too. It belongs to Airflow's chart if two of its children are sections of Airflow, or
// one contains an option, or the text around says so. Other children are not errors.
func (d *document) helm(e *grammar.Element, lines []grammar.Text) {
	values := d.helmValues(e, lines)
	sections, holdsOption := map[string]bool{}, false
	for _, v := range values {
		sections[v.section] = true
		holdsOption = holdsOption || strings.Contains(v.option(), "_") && d.Catalog.Lookup(v.section, v.option()) != nil
	}
	if len(sections) < 2 && !holdsOption && !d.isOfChart(e) {
		return
	}
	for _, v := range values {
		found := d.resolve(catalog.Reference{Section: v.section, Name: v.option()})
		v.addOption(Helm, found, nameIn(v.section, found))
	}
}

// helmValues returns the options in declared sections below a line "config:".
func (d *document) helmValues(e *grammar.Element, lines []grammar.Text) (values []helmValue) {
	margin, sectionMargin, nameMargin, section := indent(lines[0].Value), -1, -1, ""
	for _, line := range lines[1:] {
		in := indent(line.Value)
		key, _, isKey := strings.Cut(line.Value[in:], ":")
		switch {
		case in == len(line.Value) || line.Value[in] == '#':
			continue
		case in <= margin:
			return values
		case sectionMargin < 0 || in <= sectionMargin:
			sectionMargin, nameMargin, section = in, -1, ""
			if isKey && d.Catalog.Section(key) != nil {
				section = key
			}
			continue
		case nameMargin < 0:
			nameMargin = in
		}
		if in == nameMargin && isKey && section != "" && wordEnd(key, 0) == len(key) && key != "" {
			values = append(values, helmValue{d.setting(e, line, part{in, in + len(key)}), section})
		}
	}
	return values
}

// indent returns the number of blanks at the start of a line.
func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// isOfChart reports whether the caption of a block, or the paragraph before it, is about the chart.
func (p *page) isOfChart(e *grammar.Element) bool {
	return ofChart().MatchString(p.introduction(e)) || e.Parent != nil && ofChart().MatchString(caption(e.Parent))
}

// isConfigKey reports whether a line is the key "config" without a value.
func isConfigKey(line string) bool {
	rest, ok := strings.CutPrefix(strings.TrimLeft(line, " "), "config:")
	rest = strings.TrimSpace(rest)
	return ok && (rest == "" || rest[0] == '#')
}
