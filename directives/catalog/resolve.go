package catalog

import (
	"fmt"
	"strings"

	"windsock/directives/finding"
	"windsock/grammar"
)

// A Resolution is the result of looking up a name in a text: that of an option, in any form, or
// of a section.
type Resolution struct {
	Rule    string    // the rule that the name breaks, "" for none
	Message string    // what is wrong with the name
	Help    string    // more about the Message
	About   Reference // the option that the name means, or a section without an option name
	// Option is the declared option with the name, or with the name without its Ending; else nil.
	Option *Option
	Ending string      // "_cmd" or "_secret" after the name of Option, or of the option in To; or ""
	To     *Suggestion // what to write instead; nil if unknown
	// Instead is To in the same form as the name.
	Instead     string
	IsLater     bool          // a later Airflow than that of the data added the option: a warning is enough
	IsAmbiguous bool          // other programs have such an option too: it counts only in pages about Airflow
	Misspelt    bool          // To differs only in spelling, so the text cannot mean a former option
	NotAirflow  bool          // the name is probably not an option of Airflow
	Declared    finding.Place // the declaration that Message is about

	form form
}

// A form is a way to write an option.
type form struct {
	words string // the name, as in messages
	isEnv bool   // whether it is an environment variable
	team  string // the team of the variable with the separator behind it, or ""
}

// write returns an option in the form.
func (f form) write(o *Option, ending string) string {
	if !f.isEnv {
		return o.String() + ending
	}
	return grammar.EnvPrefix + f.team + o.EnvVar()[len(grammar.EnvPrefix):] + strings.ToUpper(ending)
}

// Text returns the Message with a suggestion, if there is one.
func (v *Resolution) Text() string {
	if v.Instead == "" || v.IsOfPast() {
		return v.Message
	}
	return v.Message + "; did you mean " + v.Instead + "?"
}

// IsOfPast reports whether the Rule is about former or deprecated options.
func (v *Resolution) IsOfPast() bool {
	switch v.Rule {
	case finding.RenamedOption, finding.RemovedOption, finding.DeprecatedOption:
		return true
	}
	return false
}

// Suggest sets the suggestion; nil removes it.
func (v *Resolution) Suggest(to *Suggestion) {
	v.To, v.Instead, v.Declared = to, "", finding.Place{}
	switch {
	case to == nil:
	case to.Option == nil:
		v.Instead, v.Declared = to.String(), to.Section.Declared
	default:
		v.Instead, v.Declared = v.form.write(to.Option, v.Ending), to.Option.Declared
	}
}

// Resolve looks up the name of an option. Every spelling with the option's environment variable
// is right, except one with a different section name.
func (c *Catalog) Resolve(r Reference) Resolution {
	v := Resolution{About: r, form: form{words: "option " + r.String()}}
	o := c.Find(r)
	switch {
	case o != nil && !strings.EqualFold(r.Section, o.Section):
		v.found(o)
		v.Rule, v.Message, v.Misspelt = finding.UnknownSection, fmt.Sprintf("section [%s] does not exist", r.Section), true
		v.Suggest(c.suggestion(o, true))
	case o != nil:
		v.found(o)
	case c.Annotations.Undeclared.Of(r) == nil:
		c.undeclared(&v)
	}
	return v
}

// ResolveEnv looks up an environment variable.
func (c *Catalog) ResolveEnv(env string) Resolution {
	e := c.LookupEnv(env)
	v := Resolution{About: e.Reference, form: form{words: env, isEnv: true}}
	if section, ok := c.sectionByEnv(strings.ToLower(e.Team)); ok && !e.setsOption() && e.Reference.Name == "" {
		v.About = Reference{section, e.Reference.Section} // there is an extra underscore after the section
		c.unknown(&v)
		return v
	}
	if e.Team != "" {
		v.form.team = strings.ToUpper(e.Team) + grammar.TeamMark
	}
	switch {
	case e.Suffix != "":
		v.suffixed(e.Option, e.Suffix, env)
	case e.Option != nil:
		v.found(e.Option)
	case e.Key == "" && !e.Undeclared:
		c.undeclared(&v)
		return v
	}
	if e.Miscased && v.Rule != finding.NotSensitive {
		v.Rule, v.Message = finding.UnknownEnvVar, "Airflow does not read "+env
		v.Help = "environment variables of options are in upper case"
		v.Instead, v.Misspelt = strings.ToUpper(env), true
	}
	return v
}

// found sets a declared option, and reports a deprecated one.
func (v *Resolution) found(o *Option) {
	v.Option, v.About, v.Declared = o, o.Reference, o.Declared
	if !o.Deprecated() {
		return
	}
	v.Rule, v.Message = finding.DeprecatedOption, fmt.Sprintf("option %s is deprecated", o)
	if o.VersionDeprecated != "" {
		v.Message += " since " + o.VersionDeprecated
	}
	v.Help = strings.Join(strings.Fields(o.DeprecationReason), " ")
}

// suffixed sets an option whose name is written with a suffix.
func (v *Resolution) suffixed(o *Option, suffix, written string) {
	v.Option, v.About, v.Declared, v.Ending = o, o.Reference, o.Declared, strings.ToLower(suffix)
	if !o.Sensitive {
		v.Rule = finding.NotSensitive
		v.Message = fmt.Sprintf("option %s is not sensitive, so Airflow does not read %s", o, written)
		v.Help = onlySensitive + suffix
	}
}

// onlySensitive is a help text; a suffix follows it.
const onlySensitive = "only sensitive options have a form with "

// undeclared looks up a name that the data does not declare: it is an option with a suffix, a
// former option, a later option, or unknown.
func (c *Catalog) undeclared(v *Resolution) {
	r := Reference{strings.ToLower(v.About.Section), strings.ToLower(v.About.Name)}
	if name, suffix := grammar.CutSuffix(r.Name); suffix != "" {
		base := Reference{r.Section, name}
		if o := c.Find(base); o != nil {
			v.suffixed(o, suffix, v.About.Name)
			return
		}
		if o, note := c.Renamed(base); note != nil {
			v.Ending = suffix
			c.past(v, o, note)
			return
		}
	}
	if o, note := c.Renamed(r); note != nil {
		c.past(v, o, note)
		return
	}
	switch first := c.firstVersion(r); {
	case first != "":
		c.later(v, first)
	case c.isFormer(r):
		v.Rule, v.About, v.NotAirflow = finding.RemovedOption, r, len(c.unread) > 0
		v.removed()
		c.moved(v, r)
		v.IsAmbiguous = !v.form.isEnv && c.Section(r.Section) == nil
	default:
		c.unknown(v)
	}
}

// later reports an option that a later version of Airflow added.
func (c *Catalog) later(v *Resolution, first Version) {
	v.Rule, v.IsLater, v.NotAirflow = finding.UnknownOption, true, c.MayHide(v.About.Section)
	if v.form.isEnv {
		v.Rule = finding.UnknownEnvVar
	}
	v.Message = fmt.Sprintf("%s exists since Airflow %s; the data is of %s", v.form.words, first, c.Version)
}

// moved suggests, for a former option, an option with the same name in another section.
func (c *Catalog) moved(v *Resolution, r Reference) {
	to := c.Suggest(r)
	if to == nil || to.Option == nil || to.Option.Name != r.Name {
		return
	}
	if strings.HasPrefix(to.Option.Section, r.Section+"_") || strings.Contains(r.Name, "_") && len(c.OptionsNamed(r.Name)) == 1 {
		to.Renamed, to.Certain = true, false
		v.Suggest(to)
		v.Help = "there is " + v.Instead
	}
}

// removed sets the texts about a removed option.
func (v *Resolution) removed() {
	v.Message, v.Help = v.form.words+" was removed", "Airflow does not read it any more"
}

// past reports a former option. Its successor is o, or nil.
func (c *Catalog) past(v *Resolution, o *Option, note *Note[Rename]) {
	since := ""
	if note.Value.Since != "" {
		since = " since Airflow " + note.Value.Since
	}
	v.Rule, v.About, v.NotAirflow = finding.RemovedOption, note.Reference, o == nil && len(c.unread) > 0
	switch {
	case note.Value.Removed():
		v.removed()
	case o == nil && c.MayHide(note.Value.To.Section):
		v.Rule, v.Message = finding.RenamedOption, fmt.Sprintf("%s is called %s%s", v.form.words, note.Value.To, since)
	case o == nil:
		v.Message = fmt.Sprintf("%s was replaced%s by %s, which the data does not declare either", v.form.words, since, note.Value.To)
	default:
		// Only the author can replace a command by the value that it prints.
		isValue := v.Ending == "" || o.Sensitive
		if !isValue {
			v.Help, v.Ending = onlySensitive+v.Ending, ""
		}
		to := c.suggestion(o, isValue)
		to.Renamed = true
		v.Suggest(to)
		v.Rule, v.Message = finding.RenamedOption, fmt.Sprintf("%s is called %s%s", v.form.words, v.Instead, since)
	}
}

// unknown reports a name that no version of the data declares. In an unknown section it is not
// Airflow's, unless there is a suggestion.
func (c *Catalog) unknown(v *Resolution) {
	r := v.About
	section := strings.ToLower(r.Section)
	to := c.meant(v)
	if c.IsOpen(section) && !(to.isMisspelling() && to.Option.Section == section && OneSlip(strings.ToLower(r.Name), to.Option.Name)) {
		return // in an open section, any other name is allowed
	}
	v.Misspelt = to.isMisspelling()
	isSection := c.Section(section) != nil
	switch {
	case !v.Misspelt && (c.MayHide(section) || !isSection && c.hadSection(section)):
		v.NotAirflow = true
	case !isSection && !c.WasSection(section) && (to == nil || to.Option == nil && !to.Certain):
		v.NotAirflow = !c.Complete
	}
	if to != nil && to.Option != nil { // a suggested section does not have the option
		v.Suggest(to)
	}
	switch {
	case v.form.isEnv:
		v.Rule, v.Message = finding.UnknownEnvVar, fmt.Sprintf("environment variable %s sets no option", v.form.words)
		if r.Name == "" && v.To == nil {
			c.nameless(v)
		}
	case isSection:
		v.Rule, v.Message = finding.UnknownOption, v.form.words+" does not exist"
	default:
		v.Rule, v.Message = finding.UnknownSection, fmt.Sprintf("section [%s] does not exist", r.Section)
	}
}

// nameless reports a variable without an option name: if its section is the name of an option,
// the section is missing. Otherwise the variable may be a prefix, or belong to another program.
func (c *Catalog) nameless(v *Resolution) {
	options := c.OptionsNamed(strings.ToLower(v.About.Section))
	v.NotAirflow = len(options) == 0 || !strings.Contains(v.About.Section, "_")
	if len(options) == 1 {
		v.Suggest(c.suggestion(options[0], false))
	}
}

// meant returns the suggestion for an unknown name, and sets the Ending of v if it is an option
// with a suffix. Variables that differ only in their underscores have the same letters.
func (c *Catalog) meant(v *Resolution) *Suggestion {
	if f := c.suggest().variables[lettersOf(v.form.words)]; v.form.isEnv && f.Option != nil {
		v.Ending = f.ending
		return c.suggestion(f.Option, true)
	}
	to := c.Suggest(v.About)
	name, suffix := grammar.CutSuffix(strings.ToLower(v.About.Name))
	if suffix == "" || to.isMisspelling() {
		return to
	}
	switch of := c.Suggest(Reference{v.About.Section, name}); {
	case of == nil || of.Option == nil:
	case of.Option.Sensitive:
		v.Ending = suffix
		return of
	case to == nil || to.Option == nil:
		of.Certain = false // only the author can replace a command by its value
		return of
	}
	return to
}

// isMisspelling reports whether a suggestion corrects a misspelling: it is certain, and not a
// rename.
func (s *Suggestion) isMisspelling() bool {
	return s != nil && s.Option != nil && s.Certain && !s.Renamed
}

// ResolveSection looks up a section without an option.
func (c *Catalog) ResolveSection(name string) Resolution {
	v := Resolution{About: Reference{Section: name}}
	folded := strings.ToLower(name)
	if c.Section(folded) != nil || c.Annotations.IsKeyFree(folded) {
		return v
	}
	v.Rule, v.Message = finding.UnknownSection, fmt.Sprintf("section [%s] does not exist", name)
	if to := c.SuggestSection(name); to != nil && to.Certain {
		v.Suggest(to)
		v.Misspelt = !to.Renamed
		return v
	}
	options := c.OptionsNamed(folded)
	switch {
	case c.MayHide(folded), c.IsOpen(folded), c.hadSection(folded):
		v.NotAirflow = true
	case c.IsOptionName(folded):
		v.Message = fmt.Sprintf("there is no section [%s]: %s is an option", name, name)
		v.Declared = options[0].Declared
		if len(options) == 1 {
			v.Suggest(c.suggestion(options[0], false))
		}
	default:
		v.NotAirflow = !c.WasSection(folded)
	}
	return v
}

// lettersOf returns a variable without its underscores, in upper case.
func lettersOf(env string) string { return strings.ReplaceAll(strings.ToUpper(env), "_", "") }
