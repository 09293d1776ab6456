package check

import (
	"strings"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
)

// getValue finds the arguments of "airflow config get-value", behind its flags. Other
// programs have such a command too: "gcloud config get-value core project".
var getValue = lazyregexp.New(`(?:^|\n|[^\s\w]|\bairflow[\w.-]*)\s*\bconfig\s+get-value\s+(?:--?[\w-]+\s+)*(([\w.-]+)\s+([\w.-]+))`)

// confGet finds the arguments of Airflow's configuration in Python. The "conf" of
// something else, as of a DAG run, is not meant.
var confGet = lazyregexp.New(`(?:^|[^\w.]|\bconfiguration\.)conf\.(?:get\w*|has_option|set|remove_option)\(\s*((["'])([\w.-]+)["'],\s*["']([\w.-]+)["'])`)

// A command is the section and the option that a command or a call names.
type command struct {
	part            // both words, with their quotes
	section, option part
	quote           string // "", or the quotes around the words
}

// commandsIn returns the commands and calls in a text.
func commandsIn(text string) []command {
	var found []command
	if strings.Contains(text, "get-value") {
		for _, m := range getValue().FindAllStringSubmatchIndex(text, -1) {
			found = append(found, command{part{m[2], m[3]}, part{m[4], m[5]}, part{m[6], m[7]}, ""})
		}
	}
	if strings.Contains(text, "conf.") {
		for _, m := range confGet().FindAllStringSubmatchIndex(text, -1) {
			found = append(found, command{part{m[2], m[3]}, part{m[6], m[7]}, part{m[8], m[9]}, text[m[4]:m[5]]})
		}
	}
	return found
}

// judgeCommand says what the option of a command is, and what to write in the
// place of both words.
func (p *page) judgeCommand(text string, cmd command) (v catalog.Resolution, fix string) {
	r := catalog.Reference{Section: text[cmd.section.from:cmd.section.to], Name: text[cmd.option.from:cmd.option.to]}
	if isPlaceholder(r.Section) || isPlaceholder(r.Name) {
		return catalog.Resolution{NotAirflow: true}, ""
	}
	v = p.resolve(r)
	if v.To == nil || v.To.Option == nil {
		return v, ""
	}
	between := " "
	if cmd.quote != "" {
		between = ", "
	}
	return v, cmd.quote + v.To.Option.Section + cmd.quote + between + cmd.quote + v.To.Option.Name + v.Ending + cmd.quote
}

// commands checks the commands in a literal, and reports whether there are any.
func (s *sentences) commands(t grammar.Text, at part) bool {
	found := commandsIn(t.Value)
	for _, cmd := range found {
		v, fix := s.judgeCommand(t.Value, cmd)
		s.addNamed(s.mention(Command, t, cmd.from, cmd.to, at), v, fix, at)
	}
	return len(found) > 0
}

// commandMarks are the marks of commands and calls.
var commandMarks = []directives.Mark{{Text: "get-value"}, {Text: "conf."}}
