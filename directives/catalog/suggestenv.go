package catalog

import (
	"strings"

	"windsock/grammar"
)

// SuggestEnv returns the variable that an unknown one was most likely meant to
// be, with the option that it sets, or "" and nil.
func (c *Catalog) SuggestEnv(env string) (string, *Suggestion) {
	found := c.LookupEnv(env)
	team := ""
	if found.Team != "" {
		team = strings.ToUpper(found.Team) + grammar.TeamMark
	}
	r, ending := found.Reference, ""
	s := c.suggestEnv(env, r)
	if base, suffix := grammar.CutSuffix(r.Name); suffix != "" && found.Kind == EnvUnknown && (s == nil || s.Option == nil) {
		s, ending = c.suggestEnv(env, Reference{r.Section, base}), strings.ToUpper(suffix)
	}
	if s == nil || s.Option == nil {
		return "", nil
	}
	if found.Kind != EnvUnknown {
		ending = found.Suffix
	}
	if ending != "" && !s.Option.Sensitive {
		ending, s.Certain = "", false // a value in place of a command is for the author to write
	}
	return grammar.EnvPrefix + team + strings.TrimPrefix(s.Option.EnvVar(), grammar.EnvPrefix) + ending, s
}

// suggestEnv suggests an option for a variable that was read as r, by its section
// and name, else, where its underscores went wrong, by its letters.
func (c *Catalog) suggestEnv(env string, r Reference) *Suggestion {
	if s := c.Suggest(r); s != nil && s.Option != nil {
		return s
	}
	found := c.suggest().variables[lettersOf(env)]
	if found == nil {
		return nil
	}
	return &Suggestion{Option: found, Section: c.Section(found.Section), Certain: true}
}

// lettersOf returns a variable less its underscores, in upper case.
func lettersOf(env string) string { return strings.ReplaceAll(strings.ToUpper(env), "_", "") }
