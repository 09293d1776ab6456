package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/diff"

	"windsock/cmd/windsock/internal/project"
	"windsock/directives"
	"windsock/docs"
	"windsock/fixtures"
)

// referencePages returns the paths of the pages in docs.
func referencePages(t *testing.T) []string {
	t.Helper()
	pages, err := filepath.Glob(filepath.Join(filepath.Dir(fixtures.Root()), "docs", "*.md"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("docs holds no page: %v", err)
	}
	return pages
}

// TestReference runs the examples in README.md and in the pages in docs, each page in
// a copy of the demo. The blocks of a page are told apart by what follows the backquotes:
//
//   - "rst" is a page, at the path that follows "in" if any. windsock has nothing to
//     say about it, unless a block "text" follows, which holds what it says;
//   - "rst expanded" is what the page above expands to;
//   - "yaml project" is added to the project file, for the examples below.
func TestReference(t *testing.T) {
	readme := filepath.Join(filepath.Dir(fixtures.Root()), "README.md")
	for _, path := range append(referencePages(t), readme) {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".md"), func(t *testing.T) {
			text := fileText(t, path)
			t.Chdir(t.TempDir())
			must(t, os.CopyFS(".", os.DirFS(filepath.Join(fixtures.Root(), "airflow"))))
			got := runExamples(t, text)
			switch {
			case got == text:
			case fixtures.Updating():
				must(t, os.WriteFile(path, []byte(got), 0o666))
			default:
				t.Errorf("the examples give otherwise:\n%s", diff.Diff("written", []byte(text), "run", []byte(got)))
			}
		})
	}
}

// block matches a fenced block: what follows the backquotes, and what it holds.
var block = regexp.MustCompile("(?ms)^```([a-z].*?)\n(.*?)^```$")

// runExamples returns a reference page with what its examples give.
func runExamples(t *testing.T, text string) string {
	t.Helper()
	r := &examples{T: t, blocks: block.FindAllStringSubmatch(text, -1)}
	return block.ReplaceAllStringFunc(text, func(string) string {
		info, content := r.blocks[0][1], r.blocks[0][2]
		r.blocks = r.blocks[1:]
		return "```" + info + "\n" + r.run(info, content) + "```"
	})
}

// examples are the blocks of a page that are still to be run.
type examples struct {
	*testing.T
	blocks [][]string
	path   string // of the page that was written last
}

// run returns what a block is to hold.
func (r *examples) run(info, content string) string {
	switch language, place, _ := strings.Cut(info, " "); {
	case info == "rst expanded":
		return printed("expand", r.path)
	case info == "text":
		return printed("check", "--quiet", r.path)
	case language == "rst":
		r.page(cmp.Or(strings.TrimPrefix(place, "in "), "page.rst"), content)
	case info == "yaml project":
		project := fileText(r, "windsock.yaml")
		writeFiles(r.T, map[string]string{"windsock.yaml": project + content})
	}
	return content
}

// page writes a page, and checks it unless the next block says what is wrong with it.
func (r *examples) page(path, content string) {
	r.path = path
	writeFiles(r.T, map[string]string{path: content})
	if len(r.blocks) > 0 && r.blocks[0][1] == "text" {
		return
	}
	if out := printed("check", path); out != "1 page checked, nothing wrong\n" {
		r.Errorf("the example\n%s\ngives\n%s", content, out)
	}
}

// TestReferenceIsComplete shows that docs explains every directive with an example
// of each of its options, every value of those that have a choice, and every column.
func TestReferenceIsComplete(t *testing.T) {
	shared := referencePage(t, "tables")
	for _, d := range directives.Definitions() {
		page := referencePage(t, d.Type) + shared
		for _, o := range d.Options {
			if !strings.Contains(page, "`:"+o.Name+":`") || !isUsed(page, "   :"+o.Name+": ") {
				t.Errorf("docs does not explain the option %s of %s, or has no example of it", o.Name, d.Type)
			}
			for _, v := range o.Values {
				if !strings.Contains(page, "`"+v+"`") {
					t.Errorf("docs does not explain the value %s of %s", v, o.Name)
				}
			}
		}
	}
	if role := directives.Role().Name; !isUsed(referencePage(t, role), ":"+role+":`") {
		t.Errorf("docs has no example of the role %s", role)
	}
	for _, c := range directives.Columns() {
		if !strings.Contains(shared, "| `"+c.Name+"` | ") || !isUsed(shared, c.Name) {
			t.Errorf("docs/tables.md does not explain the column %s, or has no example of it", c.Name)
		}
	}
}

// TestCommandsPage shows that docs/commands.md is what the commands say of themselves, and
// that README.md names all of them and docs/formats.md all formats.
func TestCommandsPage(t *testing.T) {
	var page strings.Builder
	page.WriteString("# Commands\n\nWhat `windsock COMMAND --help` prints.\n")
	readme, formats := readme(t), referencePage(t, "formats")
	for _, c := range commands() {
		fmt.Fprintf(&page, "\n## %s\n\n```\n%s```\n", c.name, printed(c.name, "--help"))
		if row := "| `" + c.name + "` | " + c.summary + " |\n"; !strings.Contains(readme, row) {
			t.Errorf("README.md has no line %s", row)
		}
	}
	for _, name := range formatNames() {
		if !strings.Contains(formats, "\n| `"+name+"` | ") {
			t.Errorf("docs/formats.md does not say what the format %s is for", name)
		}
	}
	generated(t, "commands", page.String())
}

// TestRulesPage shows that docs/rules.md says of each rule what "windsock explain" says.
func TestRulesPage(t *testing.T) {
	page := rulesIntroduction + "\n| rule | severity | what it finds |\n| --- | --- | --- |\n"
	for _, r := range directives.Rules() {
		page += fmt.Sprintf("| [%s](#%s) | %s | %s |\n", r.Name, r.Name, r.Severity, r.Summary)
	}
	for _, r := range directives.Rules() {
		page += fmt.Sprintf("\n## %s\n\n```\n%s```\n", r.Name, printed("explain", r.Name))
	}
	generated(t, "rules", page)
}

// rulesIntroduction stands on top of docs/rules.md.
const rulesIntroduction = `# Rules

What windsock finds, as ` + "`windsock explain RULE`" + ` says it. An error makes the exit status 1; a
warning does so only under ` + "`--strict`" + `. The project file can make a rule an error, a warning or
turn it off:

` + "```yaml" + `
rules: {deprecated-option: off, wrong-default: warning}
` + "```" + `

To silence a finding where it stands, write a comment above the paragraph, list, table or block,
and say why. With an option behind the bracket it covers that option only; ` + "`ignore-file`" + ` covers
the whole page:

` + "```" + `
.. windsock: ignore[unknown-option] ` + "``[core] new_option``" + ` comes with the next release
.. windsock: ignore-file[renamed-option] this page is about Airflow 2
` + "```" + `

To report only what is new, keep the findings of today in a [baseline](faq.md#we-have-hundreds-of-findings-where-do-we-begin).
`

// generated compares a page in docs with what it should hold, and writes it under -update.
func generated(t *testing.T, name, want string) {
	t.Helper()
	path := filepath.Join(filepath.Dir(fixtures.Root()), "docs", name+".md")
	if fixtures.Updating() {
		must(t, os.WriteFile(path, []byte(want), 0o666))
	}
	if got := referencePage(t, name); got != want {
		t.Errorf("docs/%s.md is not what windsock says; update it with -update:\n%s", name, diff.Diff("written", []byte(got), "said", []byte(want)))
	}
}

// referencePage returns a page in docs.
func referencePage(t *testing.T, name string) string {
	t.Helper()
	return fileText(t, filepath.Join(filepath.Dir(fixtures.Root()), "docs", name+".md"))
}

// isUsed reports whether an example on a page holds the words.
func isUsed(page, words string) bool {
	return slices.ContainsFunc(block.FindAllStringSubmatch(page, -1), func(b []string) bool {
		return b[1] == "rst" && strings.Contains(b[2], words)
	})
}

// link matches a link of Markdown to a file here, and to a heading of it.
var link = regexp.MustCompile(`\]\(([^):#]*)(?:#([^)]*))?\)`)

// TestLinks follows the links from README.md and the pages in docs to each other.
func TestLinks(t *testing.T) {
	for _, from := range append(referencePages(t), filepath.Join(filepath.Dir(fixtures.Root()), "README.md")) {
		text := fileText(t, from)
		for _, l := range link.FindAllStringSubmatch(text, -1) {
			target := from
			if l[1] != "" {
				target = filepath.Join(filepath.Dir(from), l[1])
			}
			if page, err := os.ReadFile(target); err != nil || l[2] != "" && !slices.Contains(anchors(string(page)), l[2]) {
				t.Errorf("%s has the link %s, which leads nowhere", from, l[0])
			}
		}
	}
}

// anchors returns the names by which links lead to the headings of a page.
func anchors(page string) []string {
	var names []string
	for _, h := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(page, -1) {
		name := regexp.MustCompile(`[^a-z0-9 -]`).ReplaceAllString(strings.ToLower(h[1]), "")
		names = append(names, strings.ReplaceAll(name, " ", "-"))
	}
	return names
}

// TestProjectFilePage shows that docs/project-file.md explains each key with an example that
// windsock accepts.
func TestProjectFilePage(t *testing.T) {
	page := referencePage(t, "project-file")
	var schema struct{ Properties map[string]any }
	must(t, json.Unmarshal(docs.Schema, &schema))
	for key := range schema.Properties { // which a test of package project compares with the decoder
		_, section, found := strings.Cut(page, "\n### `"+key+"`\n")
		section, _, _ = strings.Cut(section, "\n#")
		examples := block.FindAllStringSubmatch(section, -1)
		if !found || len(examples) == 0 {
			t.Errorf("docs/project-file.md does not explain %s with an example", key)
		}
		for _, example := range examples {
			if !strings.HasPrefix(example[2], key+":") || !new(project.Project).Accepts([]byte(example[2]), ruleNames()) {
				t.Errorf("the example\n%sis none of %s that windsock accepts", example[2], key)
			}
		}
	}
}
