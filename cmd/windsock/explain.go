package main

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"text/template"
	"unicode/utf8"

	"github.com/spf13/pflag"

	"windsock/directives"
)

var explainCommand = command{
	name:    "explain",
	usage:   "[RULE | DIRECTIVE | ROLE]",
	summary: "Explain a rule, a directive or a role, or list them.",
	help: `
A rule is explained with its meaning, examples, and how to correct what it
reports; a directive with its options, its columns and examples to copy; a role
with its syntax.
`,
	setup: func(*pflag.FlagSet, *settings) runner { return explain },
}

// explain runs "windsock explain".
func explain(s *session, args []string) int {
	if len(args) > 1 {
		return s.fail(fmt.Errorf("explain takes one rule, directive or role at a time, not %d words", len(args)))
	}
	name := strings.ToLower(strings.Join(args, ""))
	name = strings.Trim(strings.TrimPrefix(name, ".. "), ":")
	rule, directive, role := directives.FindRule(name), directives.Define(name), directives.Role()
	text := ""
	switch {
	case len(args) == 0:
		text = explanation("list", map[string]any{"Directives": directives.Definitions(), "Role": role, "Rules": directives.Rules()})
	case rule != nil:
		text = explanation("rule", rule)
	case directive != nil:
		text = explanation("directive", directive)
	case name == role.Name:
		text = explanation("role", role)
	default:
		return s.fail(noSuch("rule, directive or role", args[0], explained(), "run \"windsock explain\" for the list"))
	}
	fmt.Fprint(s.stdout, text)
	return statusOK
}

// explained returns the names of all that can be explained.
func explained() []string {
	return append(append(directives.Types(), directives.Role().Name), ruleNames()...)
}

//go:embed explain.tmpl
var explanationSource string

// explanationTemplate has a template for each kind of explanation.
var explanationTemplate = sync.OnceValue(func() *template.Template {
	functions := template.FuncMap{"hanging": hanging, "columns": directives.Columns, "indent": func(text string) string {
		return indent(strings.TrimRight(text, "\n"), "  ") + "\n"
	}}
	return template.Must(template.New("").Funcs(functions).Parse(explanationSource))
})

// explanation returns what the template of that name makes of a rule, a directive or a role.
func explanation(name string, of any) string {
	var text strings.Builder
	if err := explanationTemplate().ExecuteTemplate(&text, name, of); err != nil {
		panic(err) // the template is windsock's own
	}
	return text.String()
}

// textWidth is how many characters a line of explanations has at most.
const textWidth = 80

// hanging returns text as lines of at most textWidth characters, the first behind
// head and the others below where it begins.
func hanging(head, text string) string {
	margin := utf8.RuneCountInString(head)
	lines, width := head, margin
	for i, word := range strings.Fields(text) {
		length := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case width+1+length > textWidth:
			lines, width = lines+"\n"+strings.Repeat(" ", margin), margin
		default:
			lines, width = lines+" ", width+1
		}
		lines, width = lines+word, width+length
	}
	return lines + "\n"
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
