package main

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/spf13/pflag"

	"windsock/directives"
)

var explainCommand = command{
	name:    "explain",
	usage:   "[RULE | DIRECTIVE | ROLE]",
	summary: "Explain a rule, a directive or a role, or list them.",
	help: `
A rule is explained with its meaning, examples, and how to correct what it reports; a
directive with its options, its columns and examples to copy; a role with its syntax.
`,
	flags: func(*pflag.FlagSet, *settings) {},
	run:   explain,
}

// explain runs "windsock explain".
func explain(s *session, args []string) int {
	switch {
	case len(args) == 0:
		fmt.Fprint(s.stdout, explainAll())
		return statusOK
	case len(args) > 1:
		return s.fail(fmt.Errorf("explain takes one rule, directive or role, not %d words", len(args)))
	}
	name := strings.TrimSuffix(strings.TrimPrefix(strings.ToLower(args[0]), ".. "), "::")
	if r := directives.FindRule(name); r != nil {
		fmt.Fprint(s.stdout, explainRule(r))
		return statusOK
	}
	if d := directives.Define(name); d != nil {
		fmt.Fprint(s.stdout, explainDirective(d))
		return statusOK
	}
	if r := directives.Role(); strings.Trim(name, ":") == r.Name {
		fmt.Fprint(s.stdout, explainRole(r))
		return statusOK
	}
	return s.fail(noSuch("rule, directive or role", name, explained(), "run \"windsock explain\" for the list"))
}

// explained returns the names of all that can be explained.
func explained() []string {
	return append(append(directives.Types(), directives.Role().Name), ruleNames()...)
}

// explainAll lists the directives and the rules.
func explainAll() string {
	var b strings.Builder
	b.WriteString("Directives:\n")
	for _, d := range directives.Definitions() {
		b.WriteString(hanging(fmt.Sprintf("  %-24s ", d.Type), d.Summary))
	}
	r := directives.Role()
	b.WriteString("\nRoles:\n" + hanging(fmt.Sprintf("  %-24s ", r.Name), r.Summary))
	b.WriteString("\nRules:\n")
	for _, r := range directives.Rules() {
		b.WriteString(hanging(fmt.Sprintf("  %-20s %-8s ", r.Name, r.Severity), r.Summary))
	}
	return b.String()
}

// explainRule explains one rule.
func explainRule(r *directives.Rule) string {
	text := fmt.Sprintf("%s (%s)\n\n%s\n\n%s\n", r.Name, r.Severity, r.Summary, fill(r.Meaning, textWidth))
	text += bullets("It is a finding if:", r.Finds) + bullets("It is no finding if:", r.Except)
	of := ""
	if r.Of != "" {
		of = ", " + r.Of
	}
	text += fmt.Sprintf("\nWrong%s:\n\n%s\nRight:\n\n%s", of, indent(r.Wrong, "  "), indent(r.Right, "  "))
	if r.Blocks {
		return text + "\nIt makes an expansion impossible, so it cannot be turned off.\n"
	}
	if !r.Loud {
		text += fmt.Sprintf(silencing, r.Name)
	}
	return text + fmt.Sprintf("\nTo turn it off, write into windsock.yaml:\n\n  rules: {%s: off}\n", r.Name)
}

// bullets returns a list with what introduces it, "" for no items.
func bullets(introduction string, items []string) string {
	if len(items) == 0 {
		return ""
	}
	text := "\n" + introduction + "\n\n"
	for _, item := range items {
		text += hanging("  - ", item)
	}
	return text
}

// silencing says how a page silences a rule.
const silencing = `
To silence it for the next paragraph, list, table, block or managed region, or
for a whole page, write one of these comments, the first also with an option in
double backquotes behind the bracket:

  .. windsock: ignore[%[1]s] why
  .. windsock: ignore-file[%[1]s] why
`

// explainDirective explains one directive.
func explainDirective(d *directives.Definition) string {
	var b strings.Builder
	fmt.Fprintf(&b, ".. %s:: %s\n\n%s\n\n%s\n\nOptions:\n", d.Type, d.Argument, d.Summary, d.Notes)
	for _, o := range d.Options {
		fmt.Fprintf(&b, "  :%s: %s\n%s\n", o.Name, o.Value, indent(fill(o.Doc, 72), "      "))
	}
	if d.Columns {
		b.WriteString("\nColumns:\n")
		for _, c := range directives.Columns() {
			b.WriteString(hanging(fmt.Sprintf("  %-14s ", c.Name), c.Doc))
		}
	}
	b.WriteString("\nFor example:\n")
	for _, sample := range d.Samples {
		b.WriteString("\n" + indent(strings.TrimRight(sample, "\n"), "  ") + "\n")
	}
	return b.String()
}

// explainRole explains one role.
func explainRole(r directives.RoleDefinition) string {
	text := fmt.Sprintf(":%s:`%s`\n\n%s\n\n%s\n\nFor example:\n", r.Name, r.Text, r.Summary, r.Notes)
	for _, sample := range r.Samples {
		text += "\n  " + sample
	}
	return text
}

// textWidth is how many characters a line of explanations has at most.
const textWidth = 80

// hanging returns text as lines of at most textWidth characters, the first behind
// head and the others below where it begins.
func hanging(head, text string) string {
	margin := strings.Repeat(" ", utf8.RuneCountInString(head))
	return head + strings.TrimPrefix(indent(fill(text, textWidth-len(margin)), margin), margin) + "\n"
}

// paragraphs fills each paragraph of a text, but for those that are indented.
func paragraphs(text string) string {
	parts := strings.Split(strings.Trim(text, "\n"), "\n\n")
	for i, p := range parts {
		if !strings.HasPrefix(p, " ") {
			parts[i] = fill(p, textWidth)
		}
	}
	return strings.Join(parts, "\n\n")
}

// fill breaks text into lines of at most width characters.
func fill(text string, width int) string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			lines, line = append(lines, line), ""
		}
		line = strings.TrimLeft(line+" "+word, " ")
	}
	return strings.Join(append(lines, line), "\n")
}

// indent puts margin before every line that is not blank.
func indent(text, margin string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if l != "" {
			lines[i] = margin + l
		}
	}
	return strings.Join(lines, "\n")
}
