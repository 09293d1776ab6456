package check

import (
	"cmp"
	"fmt"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/finding"
)

// A verdict is what the catalogue says of one reference.
type verdict struct {
	rule    string            // the rule that it breaks, "" for none
	foreign bool              // it is no reference to an option of Airflow's
	about   catalog.Reference // the option or section that it means, as far as known
	// to is what should be written instead, nil if nothing is known. ending is the
	// "_cmd" or "_secret" that stays behind the option's name.
	to     *catalog.Suggestion
	ending string
	// instead is the form of to that the message names, where that is not
	// "[section] name".
	instead string
	// misspelt is set where to differs by its spelling alone, so that the words
	// cannot be about an option of the past.
	misspelt bool
	message  string
	help     string
	declared finding.Place
}

// judge says what a reference to an option is, in whatever form it was written.
func (c *Checker) judge(r catalog.Reference) verdict {
	if o := c.Catalog.Find(r); o != nil {
		return c.found(r, o)
	}
	notes := c.Catalog.Annotations
	if notes.Undeclared.Of(r) != nil || notes.IsKeyFree(strings.ToLower(r.Section)) {
		return verdict{about: r}
	}
	if v, ok := c.judgeSuffixed(r); ok {
		return v
	}
	if o, note := c.Catalog.Renamed(lower(r)); note != nil {
		return c.renamed(r, o, note)
	}
	return c.unknown(r)
}

// lower returns a reference in lower case, as the data spells its names.
func lower(r catalog.Reference) catalog.Reference {
	return catalog.Reference{Section: strings.ToLower(r.Section), Name: strings.ToLower(r.Name)}
}

// found judges a reference to an option that the data declares: it may be
// deprecated, or its section written otherwise than in any file of Airflow's.
func (c *Checker) found(r catalog.Reference, o *catalog.Option) verdict {
	v := verdict{about: o.Reference, declared: o.Declared}
	if !strings.EqualFold(r.Section, o.Section) {
		v.rule = finding.UnknownSection
		v.to = &catalog.Suggestion{Option: o, Section: c.Catalog.Section(o.Section), Certain: true}
		v.misspelt = true
		v.message = fmt.Sprintf("section [%s] does not exist", r.Section)
		return v
	}
	if o.Deprecated() {
		v.deprecated(o)
	}
	return v
}

// deprecated makes v the finding that an option is deprecated.
func (v *verdict) deprecated(o *catalog.Option) {
	v.rule = finding.DeprecatedOption
	v.message = fmt.Sprintf("option %s is deprecated", o)
	if o.VersionDeprecated != "" {
		v.message += " since " + o.VersionDeprecated
	}
	v.help = strings.Join(strings.Fields(o.DeprecationReason), " ")
}

// suffixes are the endings of an option's name that say where its value is to be
// found, which Airflow reads for sensitive options alone.
var suffixes = [...]string{"_cmd", "_secret"}

// judgeSuffixed judges a reference whose name ends in one of suffixes, if without
// it the name is, or was, an option's.
func (c *Checker) judgeSuffixed(r catalog.Reference) (verdict, bool) {
	for _, suffix := range suffixes {
		name, ok := strings.CutSuffix(strings.ToLower(r.Name), suffix)
		if !ok {
			continue
		}
		base := catalog.Reference{Section: strings.ToLower(r.Section), Name: name}
		if o := c.Catalog.Find(base); o != nil {
			return suffixed(r, o, suffix), true
		}
		if o, note := c.Catalog.Renamed(base); note != nil {
			v := c.renamed(r, o, note)
			v.keepSuffix(suffix)
			return v, true
		}
	}
	return verdict{}, false
}

// keepSuffix makes the verdict on a renamed option one on its form with a suffix. An
// option that is not sensitive has none: what its value is in place of what a command
// prints is for the author to write.
func (v *verdict) keepSuffix(suffix string) {
	switch {
	case v.to == nil:
	case v.to.Option.Sensitive:
		v.ending = suffix
		v.message = strings.Replace(v.message, v.to.Option.String(), v.to.Option.String()+suffix, 1)
	default:
		v.to.Certain = false
		v.help = fmt.Sprintf("only sensitive options have a form with %s", suffix)
	}
}

// suffixed judges a reference to an option's form with a suffix.
func suffixed(r catalog.Reference, o *catalog.Option, suffix string) verdict {
	v := verdict{about: o.Reference, declared: o.Declared}
	if !o.Sensitive {
		v.rule = finding.NotSensitive
		v.message = fmt.Sprintf("option %s is not sensitive, so Airflow does not read %s", o, r.Name)
		v.help = fmt.Sprintf("only sensitive options have a form with %s", suffix)
	}
	return v
}

// renamed judges a reference to an option of the past: o is what it is called
// now, nil if it is gone.
func (c *Checker) renamed(r catalog.Reference, o *catalog.Option, note *catalog.Note[catalog.Rename]) verdict {
	since := ""
	if note.Value.Since != "" {
		since = " since Airflow " + note.Value.Since
	}
	v := verdict{rule: finding.RemovedOption, about: note.Reference, foreign: o == nil && c.Catalog.IsPartial()}
	switch {
	case note.Value.Removed():
		v.message = fmt.Sprintf("option %s was removed", r)
		v.help = "Airflow does not read it any more"
	case o == nil && c.Catalog.MayHide(note.Value.To.Section):
		v.rule = finding.RenamedOption
		v.message = fmt.Sprintf("option %s is called %s%s", r, note.Value.To, since)
	case o == nil:
		v.message = fmt.Sprintf("option %s was replaced%s by %s, which the data does not declare either", r, since, note.Value.To)
	default:
		v.rule, v.declared = finding.RenamedOption, o.Declared
		v.to = &catalog.Suggestion{Option: o, Renamed: true, Certain: true}
		v.message = fmt.Sprintf("option %s is called %s%s", r, o, since)
	}
	return v
}

// unknown judges a reference to an option that the data does not declare and
// never did. One in a section that is not Airflow's is foreign, unless something
// tells that Airflow's was meant.
func (c *Checker) unknown(r catalog.Reference) verdict {
	section := lower(r).Section
	declared := c.Catalog.Section(section)
	v := c.suggest(r)
	to := v.to
	if to != nil && to.Option != nil {
		v.declared = to.Option.Declared
	}
	v.foreign = !v.misspelt && c.Catalog.MayHide(section)
	if declared != nil {
		v.rule = finding.UnknownOption
		v.message = fmt.Sprintf("option %s does not exist", r)
		return v
	}
	v.rule = finding.UnknownSection
	v.message = fmt.Sprintf("section [%s] does not exist", r.Section)
	v.foreign = v.foreign || !c.Catalog.WasSection(section) && (to == nil || to.Option == nil && !to.Certain)
	if to != nil && to.Option == nil {
		v.to = nil // the section that it is near has no such option
	}
	return v
}

// said returns the message, with what was probably meant.
func (v *verdict) said() string {
	if v.to == nil && v.instead == "" || isAboutPast(v.rule) {
		return v.message
	}
	return v.message + "; did you mean " + cmp.Or(v.instead, v.reference()) + "?"
}

// judge is [Checker.judge] in the light of what else the page says.
func (p *page) judge(r catalog.Reference) verdict {
	v := p.Checker.judge(r)
	p.choose(&v, r)
	return v
}

// judgeSection judges the name of a section that stands alone.
func (c *Checker) judgeSection(name string) verdict {
	v := verdict{about: catalog.Reference{Section: name}}
	folded := strings.ToLower(name)
	if s := c.Catalog.Section(folded); s != nil || c.Catalog.Annotations.IsKeyFree(folded) {
		return v
	}
	v.rule = finding.UnknownSection
	v.message = fmt.Sprintf("section [%s] does not exist", name)
	if v.to = c.Catalog.SuggestSection(name); v.to != nil && (v.to.Renamed || v.to.Certain) {
		v.misspelt = !v.to.Renamed
		v.declared = v.to.Section.Declared
		return v
	}
	options := c.optionsOf(folded)
	v.to = nil
	switch {
	case c.Catalog.MayHide(folded):
		v.foreign = true
	case c.isOption(folded):
		v.message = fmt.Sprintf("there is no section [%s]: %s is an option", name, name)
		v.declared = options[0].Declared
		if len(options) == 1 {
			v.to = &catalog.Suggestion{Option: options[0], Section: c.Catalog.Section(options[0].Section)}
		}
	case !c.Catalog.WasSection(folded):
		v.foreign = true
	}
	return v
}

// isOption reports whether a word is the name of an option and can be nothing
// else: it is more than one word.
func (c *Checker) isOption(word string) bool {
	return strings.Contains(word, "_") && len(c.optionsOf(word)) > 0
}

// isAboutPast reports whether a rule finds options that are gone, or will be.
func isAboutPast(rule string) bool {
	switch rule {
	case finding.RenamedOption, finding.RemovedOption, finding.DeprecatedOption:
		return true
	}
	return false
}
