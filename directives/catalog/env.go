package catalog

import "strings"

// envPrefix begins the environment variables that set options.
const envPrefix = "AIRFLOW__"

// An EnvKind says what an environment variable is to the data.
type EnvKind int

// The kinds of environment variables.
const (
	EnvUnknown      EnvKind = iota // sets no option that the data declares
	EnvOption                      // sets an option
	EnvCommand                     // NAME_CMD: names a command that prints a sensitive option's value
	EnvSecret                      // NAME_SECRET: names a sensitive option's value in a secrets backend
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
func IsEnv(s string) bool { return len(s) > len(envPrefix) && hasPrefixFold(s, envPrefix) }

// hasPrefixFold is strings.HasPrefix for ASCII without regard to case.
func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// LookupEnv says which option an environment variable sets, and how. A variable
// that is an option's own comes before all other readings of it.
func (c *Catalog) LookupEnv(env string) Env {
	if !IsEnv(env) {
		return Env{}
	}
	upper := strings.ToUpper(env)
	found := c.lookupEnv(upper)
	if found.Kind == EnvUnknown {
		if team, rest, ok := strings.Cut(upper[len(envPrefix):], "___"); ok && team != "" && rest != "" {
			if of := c.lookupEnv(envPrefix + rest); of.Kind != EnvUnknown || !strings.Contains(team, "__") {
				found = of
				found.Team = env[len(envPrefix):][:len(team)]
			}
		}
	}
	if found.Kind == EnvFamily {
		found.Miscased = env[:len(env)-len(found.Key)] != upper[:len(env)-len(found.Key)]
		found.Key = env[len(env)-len(found.Key):]
	} else {
		found.Miscased = env != upper
	}
	return found
}

// lookupEnv is LookupEnv without teams, for a variable in upper case.
func (c *Catalog) lookupEnv(env string) Env {
	if o := c.byEnv[env]; o != nil {
		return Env{Kind: EnvOption, Option: o, Reference: o.Reference}
	}
	for _, prefix := range c.Annotations.Families {
		if key, ok := strings.CutPrefix(env, prefix); ok && key != "" {
			return Env{Kind: EnvFamily, Reference: c.splitEnv(env), Key: key}
		}
	}
	for _, suffix := range suffixes {
		if base, ok := strings.CutSuffix(env, suffix.text); ok && c.byEnv[base] != nil {
			o := c.byEnv[base]
			kind := suffix.kind
			if !o.Sensitive {
				kind = EnvNotSensitive
			}
			return Env{Kind: kind, Option: o, Reference: o.Reference, Suffix: suffix.text}
		}
	}
	r := c.splitEnv(env)
	switch {
	case c.Annotations.Undeclared.Of(r) != nil:
		return Env{Kind: EnvUndeclared, Reference: r}
	case r.Name != "" && c.Annotations.IsKeyFree(r.Section):
		return Env{Kind: EnvKeyFree, Reference: r}
	}
	return Env{Reference: r}
}

// suffixes are the endings by which a variable says where to find the value of a
// sensitive option.
var suffixes = []struct {
	text string
	kind EnvKind
}{{"_CMD", EnvCommand}, {"_SECRET", EnvSecret}}

// splitEnv divides a variable in upper case into section and name.
func (c *Catalog) splitEnv(env string) Reference {
	rest := strings.ToLower(env[len(envPrefix):])
	first, name, _ := strings.Cut(rest, "__")
	r := Reference{first, name}
	for i := range len(rest) {
		if strings.HasPrefix(rest[i:], "__") {
			if section, ok := c.sectionByEnv(rest[:i]); ok {
				r = Reference{section, rest[i+2:]}
			}
		}
	}
	return r
}

// sectionByEnv returns the section, declared or key-free, whose name with "_" for
// dots is word.
func (c *Catalog) sectionByEnv(word string) (string, bool) {
	if c.bySection[word] != nil || c.Annotations.IsKeyFree(word) {
		return word, true
	}
	for _, s := range c.sections {
		if len(s.Name) == len(word) && strings.ReplaceAll(s.Name, ".", "_") == word {
			return s.Name, true
		}
	}
	return "", false
}
