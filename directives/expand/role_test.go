package expand_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"windsock/directives/catalog"
	"windsock/directives/expand"
	"windsock/fixtures"
)

// roleValues are options and their defaults, hard ones among them.
var roleValues = []struct{ option, kind, value string }{
	{"minus", "text", "-1"}, {"one", "text", "1"}, {"half", "text", ".5"}, {"many", "text", "123456789012345678901234567890"},
	{"none", "text", "None"}, {"truth", "text", "True"}, {"path", "literal", "{HOME}/dags"}, {"quote", "literal", "'"},
	{"ticks", "literal", "``"}, {"back", "literal", `C:\`}, {"colon", "literal", "a: b::"}, {"blanks", "literal", "  x"},
	{"star", "literal", "*"}, {"ref", "literal", "a_"}, {"wide", "literal", "风景"}, {"long", "literal", strings.Repeat("long ", 20) + "x"},
}

// roleData returns the configuration data of roleValues.
func roleData() []byte {
	var b strings.Builder
	b.WriteString("core:\n  description: c\n  options:\n")
	for _, v := range roleValues {
		kind, value := "string", fmt.Sprintf("%q", braced(v.value))
		switch v.value {
		case "None":
			value = "~"
		case "True":
			kind = "boolean"
		}
		if v.kind == "text" && kind == "string" {
			kind = "float"
		}
		fmt.Fprintf(&b, "    %s: {description: a, version_added: ~, type: %s, example: ~, default: %s}\n", v.option, kind, value)
	}
	return []byte(b.String())
}

// TestRolesAreDocutils puts roles at random places of pages, expands these, and asks
// docutils: it must have read as many roles as were expanded, none may be left, and
// the tree must be the one in which each role is its value.
func TestRolesAreDocutils(t *testing.T) {
	cat, findings := catalog.Load([]catalog.File{{Path: "config.yml", Data: roleData()}}, &catalog.Annotations{})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	random := rand.New(rand.NewPCG(fixtures.Random(t), 0))
	pages := pagesWithRoles(caseTexts(t), random, fixtures.Rounds(25, 400))
	pages = append(pages, pagesWithRoles(corpusTexts(t, random, 15), random, fixtures.Rounds(15, 160))...)
	comparePages(t, cat, append(pages, fragmentPages(random, fixtures.Rounds(60, 800))...))
}

// caseTexts returns the pages of the cases of the reader.
func caseTexts(t *testing.T) []string {
	var texts []string
	fixtures.Cases(t, "grammar/*.txtar", func(_ *testing.T, c *fixtures.Case) {
		if page, ok := c.File("page.rst"); ok {
			texts = append(texts, string(page))
		}
	})
	return texts
}

// corpusTexts returns n pages of the corpus, less those that are long.
func corpusTexts(t *testing.T, random *rand.Rand, n int) (texts []string) {
	pages := fixtures.Pages(t)
	for range n {
		if page := pages[random.IntN(len(pages))].Data; len(page) < 30_000 {
			texts = append(texts, string(page))
		}
	}
	return texts
}

// pagesWithRoles chooses n pages from texts, and puts roles into them.
func pagesWithRoles(texts []string, random *rand.Rand, n int) []string {
	pages := make([]string, n)
	for i := range pages {
		pages[i] = withRoles(texts[random.IntN(len(texts))], random)
	}
	return pages
}

// withRoles returns a page with one to five roles put into its lines.
func withRoles(page string, random *rand.Rand) string {
	lines := strings.Split(page, "\n")
	for range 1 + random.IntN(5) {
		i := random.IntN(len(lines))
		line := lines[i]
		at := 0
		if places := wordEnds(line); len(places) > 0 {
			at = places[random.IntN(len(places))]
		}
		role := randomRole(random)
		if first, second, ok := strings.Cut(role, " "); ok && random.IntN(5) == 0 && strings.TrimSpace(line) != "" {
			margin := line[:len(line)-len(strings.TrimLeft(line, " -*"))]
			role = first + "\n" + strings.Map(func(rune) rune { return ' ' }, margin) + second
		}
		around := []string{"", "", "", " ", "(", "'", "\"", "-", "/", ":", "\\ ", ".", "[", "<", ","}
		before, after := around[random.IntN(len(around))], around[random.IntN(len(around))]
		after = strings.NewReplacer("(", ")", "[", "]", "<", ">").Replace(after)
		lines[i] = line[:at] + before + role + after + line[at:]
	}
	return strings.Join(lines, "\n")
}

// wordEnds returns the offsets in a line where a word begins or ends.
func wordEnds(line string) []int {
	var places []int
	for i := 0; i <= len(line); i++ {
		isWord := func(n int) bool { return n >= 0 && n < len(line) && line[n] != ' ' }
		if isWord(i-1) != isWord(i) {
			places = append(places, i)
		}
	}
	return places
}

// randomRole returns a role in one of its forms.
func randomRole(random *rand.Rand) string {
	text := "[core] " + roleValues[random.IntN(len(roleValues))].option
	switch random.IntN(6) {
	case 0:
		return "`" + text + "`:airflow-default:"
	case 1:
		return ":Airflow-Default:`" + text + "`"
	}
	return ":airflow-default:`" + text + "`"
}

// comparePages expands pages with roles and asks docutils.
func comparePages(t *testing.T, cat *catalog.Catalog, texts []string) {
	e := &expand.Expander{Catalog: cat}
	var pages [][2]string
	var counts []int
	blocked, unsound := 0, 0
	for _, text := range texts {
		source := []byte(text)
		r := e.Expand(expand.Page{Path: "page.rst", Source: source}, e.Reader().Read(source))
		if r.Blocked {
			blocked++
			continue
		}
		pages = append(pages, [2]string{string(source), string(r.Output)})
		counts = append(counts, len(r.Expansions))
	}
	for i, a := range askRoles(t, pages) {
		switch {
		case !a.sound:
			unsound++
		case a.count != counts[i]:
			t.Errorf("docutils reads %d roles, %d were expanded, in\n%s", a.count, counts[i], pages[i][0])
		case a.left != 0:
			t.Errorf("%d roles are left of\n%s", a.left, pages[i][0])
		case a.before != a.after:
			t.Errorf("expanding\n%s\ngives\n%s\nwhich reads otherwise:\n%s", pages[i][0], pages[i][1], difference(a.before, a.after))
		}
	}
	if t.Logf("of %d pages %d cannot be expanded, %d are broken", len(texts), blocked, unsound); blocked+unsound > len(texts)*9/10 {
		t.Error("too few pages are left to compare")
	}
}

// difference returns the lines in which two trees differ first.
func difference(before, after string) string {
	a, b := strings.Split(before, "\n"), strings.Split(after, "\n")
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	return strings.Join(a[max(0, i-2):min(len(a), i+4)], "\n") + "\n--- and not\n" + strings.Join(b[max(0, i-2):min(len(b), i+4)], "\n")
}

// A comparison is what docutils reads in a page before and after.
type comparison struct {
	count, left   int
	before, after string
	sound         bool // docutils dropped nothing of the page, nor found open markup, which a literal could close
}

// askRoles asks docutils about pages and their expansions.
func askRoles(t *testing.T, pages [][2]string) []comparison {
	t.Helper()
	values := map[string][2]string{}
	for _, v := range roleValues {
		values["[core] "+v.option] = [2]string{v.kind, v.value}
	}
	var answers [][5]json.RawMessage
	fixtures.Ask(t, "roles.py", map[string]any{"values": values, "pages": pages}, &answers)
	if len(answers) != len(pages) {
		t.Fatalf("docutils gave %d answers for %d pages", len(answers), len(pages))
	}
	list := make([]comparison, len(answers))
	for i, a := range answers {
		for n, to := range []any{&list[i].count, &list[i].left, &list[i].before, &list[i].after, &list[i].sound} {
			if err := json.Unmarshal(a[n], to); err != nil {
				t.Fatal(err)
			}
		}
	}
	return list
}
