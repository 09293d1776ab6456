package catalog

import (
	"slices"
	"strings"

	"windsock/grammar"
)

// An Env describes an environment variable.
type Env struct {
	Option *Option // the option that it sets, or whose value a command or secret gives; or nil
	// Reference is the reference of Option. Without an option it is the one that the variable
	// would set: its section is the longest known one, or else ends at the first "__".
	Reference  Reference
	Suffix     string // "_CMD" or "_SECRET" after the variable of Option; else ""
	Team       string // of AIRFLOW__TEAM___SECTION__NAME, as written; else ""
	Key        string // of a family, such as ROLE_ID of AIRFLOW__SECRETS__BACKEND_KWARG__ROLE_ID; else ""
	Undeclared bool   // only an annotation lists the option
	Open       bool   // its section is open, see [Catalog.IsOpen]
	Miscased   bool   // only its case is wrong: Airflow reads upper case
}

// setsOption reports whether a variable sets an option, or may do so.
func (e *Env) setsOption() bool { return e.Option != nil || e.Key != "" || e.Undeclared || e.Open }

// IsEnv reports whether s begins with AIRFLOW__, in any case, and is longer than that.
func IsEnv(s string) bool {
	prefix := grammar.EnvPrefix
	return len(s) > len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// LookupEnv finds the option that an environment variable sets. The variable of an option has
// priority over all other readings.
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
	found.Miscased = env[:key] != upper[:key] // a key can have any case
	found.Key = env[key:]
	return found
}

// lookupEnv is LookupEnv for the readings of a variable, in upper case, with the same team.
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

// reference returns the option that a variable with these readings would set: the first
// reading with a known section, or else the last reading.
func (c *Catalog) reference(readings []grammar.Reading) Reference {
	for _, reading := range readings {
		if section, ok := c.sectionByEnv(strings.ToLower(reading.Section)); ok {
			return Reference{section, strings.ToLower(reading.Name)}
		}
	}
	last := readings[len(readings)-1]
	return Reference{strings.ToLower(last.Section), strings.ToLower(last.Name)}
}

// sectionByEnv returns the declared or key-free section whose name, with "_" instead of dots,
// is word.
func (c *Catalog) sectionByEnv(word string) (string, bool) {
	if all := c.bySection[word]; len(all) > 0 {
		return all[0].Name, true
	}
	return word, c.Annotations.IsKeyFree(word)
}
