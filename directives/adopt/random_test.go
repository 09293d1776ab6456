package adopt_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"windsock/directives/catalog"
	"windsock/fixtures"
	"windsock/render"
)

// hardDefaults are defaults that are hard to write or easy to misread.
var hardDefaults = []string{
	"0", "1", "10", "60", "90", "3600", "86400", "604800", "1.5", "-1", "True", "false", "plain", "two words", "a, b", `"quoted"`,
	"``x``", "`", "a_", "*a*", "|a|", "::", "[core] x", "AIRFLOW__CORE__X", "None", "10 seconds", "10 (1h)", " blank", "a\nb", "{SECRET_KEY}", "", "é 日本",
}

// hardCatalog declares an option for each of hardDefaults, and one without a default.
func hardCatalog(t testing.TB) *catalog.Catalog {
	t.Helper()
	var b strings.Builder
	b.WriteString("hard:\n  options:\n    none_at_all: {default: ~, type: string, description: ~, example: ~, version_added: ~}\n")
	for i, s := range hardDefaults {
		typ := "string"
		if catalog.IsNumber(s) {
			typ = []string{"string", "integer"}[i%2]
		}
		fmt.Fprintf(&b, "    option_%d: {default: %q, type: %s, description: \"The %d. of *them*.\", example: %q, version_added: 3.%d.0}\n", i, s, typ, i, s, i)
	}
	c, findings := catalog.Load([]catalog.File{{Path: "config.yml", Data: []byte(b.String())}}, catalog.Embedded())
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return c
}

// randomDirective returns a random airflow-config-default directive with columns, items,
// units and descriptions of all kinds. It need not expand.
func randomDirective(r *rand.Rand, c *catalog.Catalog) string {
	columns := []string{"default", pick(r, "option", "option", "env-var")}
	for _, name := range []string{"env-var", "type", "example", "description", "version-added", "provider", "needed-by", "sensitive"} {
		if r.IntN(3) == 0 && !slices.Contains(columns, name) {
			columns = append(columns, name)
		}
	}
	r.Shuffle(len(columns), func(i, j int) { columns[i], columns[j] = columns[j], columns[i] })
	var b strings.Builder
	fmt.Fprintf(&b, ".. airflow-config-default::\n   :columns: %s\n", strings.Join(columns, ", "))
	b.WriteString(pick(r, "", "", "   :duration: short\n", "   :duration: off\n"))
	b.WriteString(pick(r, "", "   :caption: *A* table\n", "   :class: wide\n   :width: 50%\n", "   :stub-columns: 1\n"))
	b.WriteString("\n")
	for n := range 2 + r.IntN(4) {
		if n > 1 && n%2 == 0 && slices.Contains(columns, "option") && r.IntN(2) == 0 {
			fmt.Fprintf(&b, "   Row *%d*\n      :default: as %d\n", n, n)
			continue
		}
		o := c.Options()[r.IntN(len(c.Options()))]
		fmt.Fprintf(&b, "   %s%s\n", o, pick(r, "", "", " : seconds", " : minutes", " : hours", " : days", " : milliseconds", " : bytes"))
		if slices.Contains(columns, "description") {
			b.WriteString(pick(r, "", "      One line.\n", "      Two\n      lines.\n\n      - a list\n", "      ::\n\n         a block\n"))
		}
	}
	return b.String()
}

// pick returns one of several texts.
func pick(r *rand.Rand, texts ...string) string { return texts[r.IntN(len(texts))] }

// places are where a table may stand; what %s stands for has the margin that
// follows.
var places = []struct{ page, margin string }{
	{"%s", ""}, {"Before.\n\n%s\n\nAfter.\n", ""}, {"* Item\n\n  %s\n\n  More.\n", "  "}, {"1. %s\n", "   "},
	{"Term\n   %s\n\n   More.\n", "   "}, {".. note::\n\n   %s\n", "   "}, {"Text\n\n   %s\n", "   "},
}

// TestRandomTables adopts tables that random directives become, wherever
// they stand, and asks docutils whether what is adopted becomes them again. Of the
// directives that expand none may be lost.
func TestRandomTables(t *testing.T) {
	c := hardCatalog(t)
	a := adopterOf(c)
	r := rand.New(rand.NewPCG(fixtures.Random(t), 0))
	var names, before, after []string
	for len(before) < fixtures.Rounds(40, 300) {
		directive := randomDirective(r, c)
		source := []byte(directive)
		x := a.Expand("page.rst", a.Read(source))
		if x.Blocked {
			continue
		}
		place := places[r.IntN(len(places))]
		table := bytes.ReplaceAll(bytes.TrimSpace(x.Output), []byte("\n"), []byte("\n"+place.margin))
		page := []byte(strings.Replace(place.page, "%s", string(table), 1))
		adopted, verdicts := adoptPage(t, a, page)
		if !strings.HasSuffix(verdicts, ": becomes a directive\n") {
			t.Errorf("%s\nof %s\nis not adopted: %s", page, directive, verdicts)
		}
		names, before, after = append(names, directive), append(before, string(page)), append(after, string(expandPage(t, a, adopted)))
	}
	compareTrees(t, names, before, after)
}

// FuzzAdopt adopts what it can in any bytes: what is adopted can be expanded, and a
// second run adopts nothing more.
func FuzzAdopt(f *testing.F) {
	fixtures.Seed(f, "adopt/*.txtar", "page.rst")
	fixtures.Seed(f, "check/*.txtar", "page.rst")
	a := newAdopter(f, nil)
	f.Fuzz(func(t *testing.T, source []byte) {
		r := a.Page("page.rst", source)
		if len(r.Edits) == 0 {
			return
		}
		adopted, err := render.Splice(source, r.Edits)
		if err != nil {
			t.Fatal(err)
		}
		expandPage(t, a, adopted)
		if again := a.Page("page.rst", adopted); len(again.Edits) > 0 {
			t.Fatalf("%q is adopted as %q, and that again", source, adopted)
		}
	})
}
