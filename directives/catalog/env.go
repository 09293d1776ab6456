package catalog

import (
	"slices"
	"strings"

	"windsock/grammar"
)

// An EnvKind says what an environment variable is to the data.
type EnvKind int

// The kinds of environment variables.
const (
	EnvUnknown      EnvKind = iota // sets no option that the data declares
	EnvOption                      // sets an option
	EnvElsewhere                   // NAME_CMD or NAME_SECRET of a sensitive option: says where to find its value
	EnvNotSensitive                // NAME_CMD or NAME_SECRET of an option that is not sensitive, which Airflow ignores
	EnvFamily                      // sets one key of a family, such as AIRFLOW__SECRETS__BACKEND_KWARG__ROLE_ID
	EnvKeyFree                     // sets an option of a section whose names users choose
	EnvUndeclared                  // sets an option that only an annotation knows
)

// An Env is what [Catalog.LookupEnv] knows about an environment variable.
type Env struct {
	Kind   EnvKind
	Option *Option // nil for EnvUnknown, EnvFamily, EnvKeyFree and EnvUndeclared
	// Reference is the option's, or where there is none what the variable would
	// set: the section the longest one known, else up to the first "__".
	Reference Reference
	Team      string // of AIRFLOW__TEAM___SECTION__NAME, as written; else ""
	Suffix    string // "_CMD", "_SECRET" or ""
	Key       string // of a family, as written; else ""
	// Miscased is set where the variable is right but for its case. Airflow reads
	// upper case alone.
	Miscased bool
}

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
	if found.Kind == EnvUnknown && teamless < len(readings) {
		team := readings[teamless].Team
		if of := c.lookupEnv(readings[teamless:]); of.Kind != EnvUnknown || !strings.Contains(team, grammar.Separator) {
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
		return Env{Kind: EnvOption, Option: o, Reference: o.Reference}
	}
	r := c.reference(readings)
	for _, prefix := range c.Annotations.Families {
		if key, ok := strings.CutPrefix(env, prefix); ok && key != "" {
			return Env{Kind: EnvFamily, Reference: r, Key: key}
		}
	}
	if base, suffix := grammar.CutSuffix(env); suffix != "" && c.byEnv[base] != nil {
		o := c.byEnv[base]
		kind := EnvElsewhere
		if !o.Sensitive {
			kind = EnvNotSensitive
		}
		return Env{Kind: kind, Option: o, Reference: o.Reference, Suffix: suffix}
	}
	switch {
	case c.Annotations.Undeclared.Of(r) != nil:
		return Env{Kind: EnvUndeclared, Reference: r}
	case r.Name != "" && c.IsOpen(r.Section):
		return Env{Kind: EnvKeyFree, Reference: r}
	}
	return Env{Reference: r}
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
