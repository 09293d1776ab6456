package main

import (
	_ "embed"
	"fmt"
	"regexp"
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
For a rule, shows its meaning, examples, and how to correct a finding. For a
directive, shows its options, columns, and examples to copy. For a role, shows
its syntax.
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

// explained returns the names that "windsock explain" accepts.
func explained() []string {
	return append(append(directives.Types(), directives.Role().Name), ruleNames()...)
}

//go:embed explain.tmpl
var explanationSource string

// explanationTemplate returns the parsed templates, one for each kind of explanation.
var explanationTemplate = sync.OnceValue(func() *template.Template {
	functions := template.FuncMap{"hanging": hanging, "columns": directives.Columns, "indent": func(text string) string {
		return nonblankPattern.ReplaceAllString(strings.TrimRight(text, "\n"), "  $0") + "\n"
	}}
	return template.Must(template.New("").Funcs(functions).Parse(explanationSource))
})

// nonblankPattern matches the text of a line.
var nonblankPattern = regexp.MustCompile(`(?m)^.+`)

// explanation executes a template for a rule, a directive, a role or the list.
func explanation(name string, data any) string {
	var text strings.Builder
	if err := explanationTemplate().ExecuteTemplate(&text, name, data); err != nil {
		panic(err) // the template is embedded
	}
	return text.String()
}

// textWidth is the width of help texts and explanations in characters.
const textWidth = 80

// hanging wraps text to lines of at most textWidth characters. The first line follows head, and
// the others are indented to align with it.
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
