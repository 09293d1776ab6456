package catalog

import (
	"slices"
	"strings"

	"windsock/grammar"
)

// An Env is what [Catalog.LookupEnv] knows about an environment variable.
type Env struct {
	Option *Option // that it sets or, with a suffix, says where to find the value of; or nil
	// Reference is the option's, or where there is none what the variable would
	// set: the section the longest one known, else up to the first "__".
	Reference  Reference
	Suffix     string // "_CMD" or "_SECRET" behind the option's own variable; else ""
	Team       string // of AIRFLOW__TEAM___SECTION__NAME, as written; else ""
	Key        string // of a family, such as ROLE_ID of AIRFLOW__SECRETS__BACKEND_KWARG__ROLE_ID; else ""
	Undeclared bool   // only an annotation knows the option that it sets
	Open       bool   // its section may have options that no data declares
	Miscased   bool   // it is right but for its case: Airflow reads upper case alone
}

// setsOption reports whether a variable may set something.
func (e *Env) setsOption() bool { return e.Option != nil || e.Key != "" || e.Undeclared || e.Open }

// IsEnv reports whether s has the shape of a variable that sets an option:
// AIRFLOW__, in any case, and something.
func IsEnv(s string) bool {
	prefix := grammar.EnvPrefix
	return len(s) > len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// LookupEnv says which option an environment variable sets, and how. A variable
// that is an option's own comes before all other readings of it.
func (c *Catalog) LookupEnv(env string) Env {
	if !IsEnv(env) {
		return Env{}
	}
	upper := strings.ToUpper(env)
	readings := grammar.Readings(upper[len(grammar.EnvPrefix):])
	teamless := slices.IndexFunc(readings, func(r grammar.Reading) bool { return r.Team != "" })
	if teamless < 0 {
		teamless = len(readings)
	}
	found := c.lookupEnv(readings[:teamless])
	if !found.setsOption() && teamless < len(readings) {
		team := readings[teamless].Team
		if of := c.lookupEnv(readings[teamless:]); of.setsOption() || !strings.Contains(team, grammar.Separator) {
			found = of
			found.Team = env[len(grammar.EnvPrefix):][:len(team)]
		}
	}
	key := len(env) - len(found.Key)
	found.Miscased = env[:key] != upper[:key] // a key is as its user writes it
	found.Key = env[key:]
	return found
}

// lookupEnv is LookupEnv for the readings of a variable, in upper case, that have one team.
func (c *Catalog) lookupEnv(readings []grammar.Reading) Env {
	env := readings[0].String()
	if o := c.byEnv[env]; o != nil {
		return Env{Option: o, Reference: o.Reference}
	}
	r := c.reference(readings)
	for _, prefix := range c.Annotations.Families {
		if key, ok := strings.CutPrefix(env, prefix); ok && key != "" {
			return Env{Reference: r, Key: key}
		}
	}
	base, suffix := grammar.CutSuffix(env)
	if o := c.byEnv[base]; suffix != "" && o != nil {
		return Env{Option: o, Reference: o.Reference, Suffix: suffix}
	}
	return Env{Reference: r, Undeclared: c.Annotations.Undeclared.Of(r) != nil, Open: r.Name != "" && c.IsOpen(r.Section)}
}

// reference returns what a variable with these readings would set: the first of them with a
// section that is known, else the last.
func (c *Catalog) reference(readings []grammar.Reading) Reference {
	for _, reading := range readings {
		if section, ok := c.sectionByEnv(strings.ToLower(reading.Section)); ok {
			return Reference{section, strings.ToLower(reading.Name)}
		}
	}
	last := readings[len(readings)-1]
	return Reference{strings.ToLower(last.Section), strings.ToLower(last.Name)}
}

// sectionByEnv returns the section, declared or key-free, whose name with "_" for
// dots is word.
func (c *Catalog) sectionByEnv(word string) (string, bool) {
	if all := c.bySection[word]; len(all) > 0 {
		return all[0].Name, true
	}
	return word, c.Annotations.IsKeyFree(word)
}
