package grammar

import (
	"math/rand/v2"
	"strings"
	"testing"

	"windsock/fixtures"
)

// TestProblems reads what the grammars reject: nothing that participle says of it reaches an
// author. It is in the cases, in blocks that were changed by chance, and in half references.
func TestProblems(t *testing.T) {
	var pages []string
	for _, glob := range []string{"grammar/*.txtar", "expand/*.txtar", "check/*.txtar"} {
		fixtures.Cases(t, glob, func(_ *testing.T, c *fixtures.Case) {
			for _, name := range c.Names() {
				page, _ := c.File(name)
				pages = append(pages, string(page))
			}
		})
	}
	random := rand.New(rand.NewPCG(fixtures.Random(t), 0))
	blocks := corpusBlocks(t)
	for range fixtures.Rounds(1_000, 4_000) {
		page := changed(random, blocks[random.IntN(len(blocks))])
		keep := []string{".. ", ".. windsock: "}[random.IntN(2)]
		page = strings.Replace(page, ".. ", keep, 1)
		for i := range probes {
			page = strings.ReplaceAll(page, probes[i].names[0], "airflow-config-default")
		}
		pages = append(pages, page)
	}
	for range fixtures.Rounds(300, 1_000) {
		pages = append(pages, ".. windsock: ignore"+changedLine(random, "[rule, rule] ``[a] b``")+"\n")
	}
	for _, page := range pages {
		problems := problemsOf([]byte(page))
		for line := range strings.Lines(page) {
			problems = append(problems, referenceProblem(line), referenceProblem(changedLine(random, line)))
		}
		for _, p := range problems {
			words := strings.ReplaceAll(p.Message+" "+p.Help, "unexpected \"", "")
			if strings.Contains(words, "expected") || strings.Contains(words, "sub-expression") || strings.Contains(words, "EOF") || words == " " {
				t.Fatalf("%q %q in\n%s", p.Message, p.Help, page)
			}
		}
	}
}

// problemsOf returns all that is wrong in the directives, the comments and the items of a page.
func problemsOf(page []byte) (problems []Problem) {
	reader := &Reader{Directives: []string{"airflow-*"}, Comments: []string{"windsock"}, Near: func(string) bool { return true }}
	add := func(p *Problem) {
		if p != nil {
			problems = append(problems, *p)
		}
	}
	directive := func(d *Directive) {
		if d == nil {
			return
		}
		add(d.Problem)
		_, wrong := ParseItems(page, d.Content)
		problems = append(problems, wrong...)
	}
	for _, n := range reader.Read(page).Nodes {
		directive(n.Directive)
		if n.Comment != nil {
			add(n.Comment.Problem)
			directive(n.Comment.Directive)
		}
	}
	return problems
}

// referenceProblem returns why text is no option reference, a problem with any message if it
// is one.
func referenceProblem(text string) Problem {
	if _, err := ParseReference(text); err != nil {
		return Problem{Message: err.Error()}
	}
	return Problem{Message: "none"}
}

// changedLine returns a line with one character left out or put in.
func changedLine(random *rand.Rand, line string) string {
	i := random.IntN(len(line) + 1)
	if random.IntN(2) == 0 && i < len(line) {
		return line[:i] + line[i+1:]
	}
	const signs = "[]`:,=.\"_ ("
	return line[:i] + string(signs[random.IntN(len(signs))]) + line[i:]
}
