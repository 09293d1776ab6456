package expand_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"windsock/directives/catalog"
	"windsock/fixtures"
	"windsock/render"
)

// hardOptions returns strings for the data: those that are hard to show, and random
// ones.
func hardOptions(t *testing.T, n int) []string {
	r := rand.New(rand.NewPCG(fixtures.Random(t), 5))
	all := slices.Clone(fixtures.HardStrings)
	for len(all) < n {
		all = append(all, fixtures.RandomString(r))
	}
	return all
}

// componentOf returns a string that can name a component, which one of blanks, dashes or
// underscores alone cannot.
func componentOf(s string) string {
	if strings.Trim(strings.TrimSpace(s), " -_") == "" || strings.HasPrefix(s, "-") { // a dash is one with an underscore
		return "nobody"
	}
	return s
}

// braced returns a value with its braces doubled, as the data writes one that Airflow shows
// so: where none opens, none is doubled.
func braced(value string) string {
	if !strings.Contains(value, "{") {
		return value
	}
	return strings.NewReplacer("{", "{{", "}", "}}").Replace(value)
}

// hardCatalog loads a section "h" that has an option for each string, which is its
// default, its example, its label and the component that needs it. Braces are as
// the data writes them.
func hardCatalog(t *testing.T, all []string) *catalog.Catalog {
	t.Helper()
	var data, project strings.Builder
	data.WriteString("h:\n  options:\n")
	project.WriteString("sensitive:\n")
	for i, s := range all {
		quoted := strconv.QuoteToASCII(s) // as YAML reads it, too
		value := strconv.QuoteToASCII(braced(s))
		fmt.Fprintf(&data, "    o%04d: {type: string, sensitive: true, description: x, version_added: %s, default: %s, example: %[3]s}\n", i, quoted, value)
		fmt.Fprintf(&project, "  \"[h] o%04d\": {description: %s, needed-by: [%s]}\n", i, quoted, strconv.QuoteToASCII(componentOf(s)))
	}
	file, bad := catalog.ParseYAML("windsock.yaml", []byte(project.String()))
	own, wrong := catalog.DecodeAnnotations(file)
	cat, findings := catalog.Load([]catalog.File{{Path: "config.yml", Data: []byte(data.String())}}, own)
	if len(bad)+len(wrong)+len(findings) > 0 {
		t.Fatal(bad, wrong, findings)
	}
	return cat
}

// TestTextStaysText follows hard strings the whole way, from a file of data and a
// project file to what docutils and Sphinx read in the cells of both directives'
// tables.
func TestTextStaysText(t *testing.T) {
	all := hardOptions(t, fixtures.Rounds(120, 600))
	cat := hardCatalog(t, all)
	pages := []string{
		string(expandPage(t, cat, "  .. airflow-config-default:: [h] *\n     :columns: option, default, example, version-added\n").Output),
		string(expandPage(t, cat, ".. airflow-sensitive-vars:: core\n   :columns: option, description, needed-by\n").Output),
	}
	for _, reader := range []string{"sphinx", "docutils"}[:fixtures.Rounds(1, 2)] {
		readings := fixtures.ReadCells(t, reader, pages)
		for _, reading := range readings {
			if len(reading.Messages) > 0 || len(reading.Outside) > 0 {
				t.Errorf("%s: %q, %q", reader, reading.Messages, reading.Outside)
			}
		}
		for i, s := range all {
			name, value, text := fmt.Sprintf("[h] o%04d", i), shownValue(s), shownText(s)
			label, needed := text, shownText(componentOf(s))
			if s == "" {
				label = name // there is none
			}
			for k, want := range []string{name, value, value, text} {
				if got := readings[0].Cell(4*(i+1) + k); got != want {
					t.Errorf("%s reads column %d of %.60q as %.60q, want %.60q", reader, k, s, got, want)
				}
			}
			for k, want := range []string{name, label, needed} {
				if got := readings[1].Cell(3*(i+1) + k); got != want {
					t.Errorf("%s reads sensitive column %d of %.60q as %.60q, want %.60q", reader, k, s, got, want)
				}
			}
		}
	}
}

// TestValuesStayText shows hard defaults in the other forms: a paragraph, a list
// item, the cell of an author's table, and a substitution.
func TestValuesStayText(t *testing.T) {
	all := hardOptions(t, fixtures.Rounds(100, 300))
	cat := hardCatalog(t, all)
	var b strings.Builder
	b.WriteString(".. list-table::\n\n")
	for i, s := range all {
		fmt.Fprintf(&b, "   * - .. airflow-config-default:: [h] o%04d\n     - * .. airflow-config-default:: [h] o%04[1]d\n", i)
		if isOneLine(s) {
			fmt.Fprintf(&b, "     - (|v%d|)\n", i)
		} else {
			b.WriteString("     -\n")
		}
	}
	b.WriteString("\n")
	for i, s := range all {
		if isOneLine(s) {
			fmt.Fprintf(&b, ".. |v%d| airflow-config-default:: [h] o%04[1]d\n", i)
		}
	}
	page := string(expandPage(t, cat, b.String()).Output)
	for _, reader := range []string{"sphinx", "docutils"}[:fixtures.Rounds(1, 2)] {
		reading := fixtures.ReadCells(t, reader, []string{page})[0]
		if len(reading.Messages) > 0 || len(reading.Outside) > 0 {
			t.Errorf("%s: %q, %q", reader, reading.Messages, reading.Outside)
		}
		for i, s := range all {
			want := []string{shownValue(s), shownValue(s), ""}
			if isOneLine(s) {
				want[2] = "(" + shownValue(s) + ")"
			}
			for k, w := range want {
				if got := reading.Cell(3*i + k); got != w {
					t.Errorf("%s reads form %d of %.60q as %.60q, want %.60q", reader, k, s, got, w)
				}
			}
		}
	}
}

// isOneLine reports whether a substitution can hold a value: one line that render.Literal does
// not divide.
func isOneLine(s string) bool {
	return s == "\n" || !strings.Contains(strings.TrimSuffix(s, "\n"), "\n") && utf8.RuneCountInString(s) <= 4_000
}

// shownValue says what is read where a value is shown, as Literal and LiteralBlock
// promise it.
func shownValue(s string) string {
	if s == "\n" {
		return `\n`
	}
	lines := strings.Split(strings.TrimSuffix(s, "\n"), "\n")
	for i, l := range lines {
		lines[i], _ = render.Visible(l)
	}
	if text := strings.Join(lines, "\n"); text != "" {
		return text
	}
	return "''"
}

// spacedBreaks matches line breaks with the white space around them.
var spacedBreaks = regexp.MustCompile(`[ \t]*[\r\n]\s*`)

// shownText says what is read where a string is shown as running text.
func shownText(s string) string {
	s = strings.Trim(spacedBreaks.ReplaceAllString(s, "\n"), "\n")
	shown, _ := render.Visible(strings.ReplaceAll(s, "\n", " "))
	return shown
}
