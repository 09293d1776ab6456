package check

import (
	"fmt"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/finding"
)

// envPrefix begins the environment variables that set options.
const envPrefix = "AIRFLOW__"

// A span of text that holds a reference, as offsets in the text.
type part struct{ from, to int }

// envVars calls yield for each environment variable in text that may set an
// option. Placeholders, which stand for any variable, are left out.
func envVars(text string, yield func(part)) {
	for from := 0; ; {
		at := indexEnv(text, from)
		if at < 0 {
			return
		}
		end := envEnd(text, at)
		if !isPlaceholderEnv(text, at, end) {
			yield(part{at, end})
		}
		from = end
	}
}

// indexEnv returns the offset at or after from where a word begins with
// envPrefix, in any case; -1 if there is none.
func indexEnv(text string, from int) int {
	for {
		n := strings.Index(text[from:], "__")
		if n < 0 {
			return -1
		}
		at := from + n - len("AIRFLOW")
		from += n + 1
		if at >= 0 && strings.EqualFold(text[at:at+len(envPrefix)], envPrefix) && (at == 0 || !isWordByte(text[at-1])) {
			return at
		}
	}
}

// envEnd returns the end of the variable that begins at offset at. A dot or a
// hyphen that stands for an underscore in it belongs to it: before the two
// underscores that divide it anything else would be cut off in the middle.
func envEnd(text string, at int) int {
	end := wordEnd(text, at)
	if all := nameGoesOn(text[:min(len(text), end+maxCall)], end); !strings.Contains(text[at+len(envPrefix):end], "__") && strings.Contains(text[end:all], "__") {
		return wordEnd(text, end+strings.Index(text[end:all], "__"))
	}
	return end
}

// isPlaceholderEnv reports whether the variable text[at:end] stands for any.
func isPlaceholderEnv(text string, at, end int) bool {
	name := text[at+len(envPrefix) : end]
	if name == "" || strings.HasSuffix(name, "_") || continuesPlaceholder(text[end:]) {
		return true
	}
	section, option, _ := strings.Cut(name, "__")
	return isPlaceholder(section) || isPlaceholder(option)
}

// continuesPlaceholder reports whether what follows a word makes it a
// placeholder, or the beginning of one: "<KEY>", "{KEY}", "*", "…", "...".
func continuesPlaceholder(rest string) bool {
	for _, s := range [...]string{"<", "{", "*", "[", "…", "...", "$", "%"} {
		if strings.HasPrefix(rest, s) {
			return true
		}
	}
	return false
}

// placeholders are the words that stand for any section or option, in upper case.
var placeholders = map[string]bool{
	"SECTION": true, "SECTION_NAME": true, "KEY": true, "KEY_NAME": true, "OPTION": true, "OPTION_NAME": true,
	"NAME": true, "PARAM": true, "PARAMETER": true, "SETTING": true, "VARIABLE": true,
	"Y": true, "FOO": true, "BAR": true,
}

// isUnknown reports whether a word in upper case is the X of mathematics, once or up to
// three times.
func isUnknown(word string) bool {
	return word != "" && len(word) <= 3 && strings.Trim(word, "X") == ""
}

// placeholderPrefixes begin words that stand for a section or an option of the
// reader's own.
var placeholderPrefixes = [...]string{"MY_", "YOUR_", "SOME_"}

// isPlaceholder reports whether a word stands for any section or option.
func isPlaceholder(word string) bool {
	upper := strings.ToUpper(word)
	if placeholders[upper] || isUnknown(upper) || strings.Contains(word, "...") {
		return true
	}
	for _, prefix := range placeholderPrefixes {
		if strings.HasPrefix(upper, prefix) {
			return true
		}
	}
	return false
}

// judgeEnv says what an environment variable is.
func (c *Checker) judgeEnv(env string) verdict {
	e := c.Catalog.LookupEnv(env)
	v := verdict{about: e.Reference}
	if e.Option != nil {
		v.declared = e.Option.Declared
	}
	switch {
	case e.Kind == catalog.EnvUnknown:
		return c.unknownEnv(env, e)
	case e.Kind == catalog.EnvNotSensitive:
		v.rule = finding.NotSensitive
		v.message = fmt.Sprintf("option %s is not sensitive, so Airflow does not read %s", e.Option, env)
		v.help = fmt.Sprintf("only sensitive options have a variable that ends in %s", e.Suffix)
	case e.Miscased:
		v.rule = finding.UnknownEnvVar
		v.message = fmt.Sprintf("Airflow does not read %s", env)
		v.instead = strings.ToUpper(env)
		v.help = "environment variables of options are in upper case"
		v.misspelt = true
	case e.Option != nil && e.Option.Deprecated():
		v.deprecated(e.Option)
	}
	return v
}

// unknownEnv judges a variable that sets no option. One of a section that is not
// Airflow's is foreign, unless something tells that Airflow's was meant.
func (c *Checker) unknownEnv(env string, e catalog.Env) verdict {
	v, ok := c.judgeSuffixed(e.Reference)
	if o, note := c.Catalog.Renamed(e.Reference); !ok && note != nil {
		v, ok = c.renamed(e.Reference, o, note), true
	}
	if ok && v.rule != "" {
		if v.to != nil {
			v.instead = teamPrefix(e) + v.to.Option.EnvVar()[len(envPrefix):] + strings.ToUpper(v.ending)
			v.message = strings.NewReplacer("option "+e.Reference.String(), env, v.to.Option.String()+v.ending, v.instead).Replace(v.message)
		}
		return v
	}
	v = verdict{rule: finding.UnknownEnvVar, about: e.Reference}
	v.message = fmt.Sprintf("environment variable %s sets no option", env)
	section := c.Catalog.Section(e.Reference.Section)
	if v.instead, v.to = c.Catalog.SuggestEnv(env); v.to != nil {
		v.declared = v.to.Option.Declared
		v.misspelt = isMisspelling(e.Reference, v.to)
		v.foreign = !v.misspelt && c.Catalog.MayHide(e.Reference.Section)
		return v
	}
	near := c.Catalog.SuggestSection(e.Reference.Section)
	v.foreign = e.Reference.Name == "" || c.Catalog.MayHide(e.Reference.Section) || section == nil && !c.Catalog.WasSection(e.Reference.Section) && (near == nil || !near.Certain)
	return v
}

// teamPrefix returns what a variable begins with: "AIRFLOW__", and the team if it
// is that of one.
func teamPrefix(e catalog.Env) string {
	if e.Team == "" {
		return envPrefix
	}
	return envPrefix + strings.ToUpper(e.Team) + "___"
}

// judgeEnv is [Checker.judgeEnv] in the light of what else the page says.
func (p *page) judgeEnv(env string) verdict {
	v := p.Checker.judgeEnv(env)
	if v.rule == finding.UnknownEnvVar {
		p.choose(&v, v.about)
	}
	return v
}
