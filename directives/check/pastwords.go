package check

import (
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/internal/lazyregexp"
)

// ofVersion matches text about an earlier version.
var ofVersion = lazyregexp.New(`(?i)` + strings.Join([]string{
	`\b(?:before|prior to|earlier than|older than|lower than|less than|below|pre-?) ?(?:the )?(?:apache )?(?:airflow |versions? |airflow versions? )v?\d`,
	`\b(?:until|up to) (?:apache )?(?:airflow |versions? |airflow versions? )v?[12]\b`,
	`\b(?:until|up to) v?[12]\.[x*]`,
	`\bversions? (?:before|prior to|earlier than|older than|lower than|less than|below) v?\d`,
	`\b(?:airflow|versions?) ?<=? ?\d`, `\b(?:airflow|versions?) v?[12]\.[x*]`,
	`\b(?:upgrad|migrat)(?:e|ing|ion) from v?[12]\b`, `\bbefore (?:you )?(?:upgrad|migrat)(?:e|ing)\b`,
}, "|"))

// ofChange matches text about a change.
var ofChange = lazyregexp.New(`(?i)` + strings.Join([]string{
	`\brenamed (?:from|to|in)\b`, `\b(?:was|were|been|is|are|got) (?:now )?(?:renamed|moved|removed|replaced|dropped)\b`,
	`\bremoved in\b`, `\b(?:removed|renamed|dropped|moved|former|old) (?:options?|settings?|config\w*|parameters?|sections?|keys?|names?)\b`,
	`\bmoved (?:from|to)\b`, `(?:^|[^\w ] *)replaced by\b`,
	`\b(?:previously|formerly) (?:known|called|named|in|under)\b`, `\bused to be\b`, `\bthe former\b`, `\bis now (?:called|named|known as)\b`, `\bno longer\b`,
	`\bairflow v?\d[\d.x]* (?:removes|removed|drops|dropped|renames|renamed|moves|moved|replaces|replaced|ignores)\b`,
	`\bdoes(?: not|n't) exist any ?more\b`, `\bno [^.]* any ?more\b`, `\bsuperseded\b`,
	`\bdeprecat`, `\bobsolete`,
}, "|"))

// aVersion matches a version of Airflow, with the word before it.
const aVersion = `(?:apache )?airflow (?:versions? )?v?(\d+(?:\.\d+)*)(?:\.[x*])?`

var (
	// ofAirflowVersion matches words that make a text one about a version of Airflow.
	ofAirflowVersion = lazyregexp.New(`(?i)\b(in|for|with|on|of|to|from|runs?|running|uses?|using) ` + aVersion)
	// andLater matches text after a version that makes it the first of several, or not a version.
	andLater = lazyregexp.New(`^(?i)(?:\+|\w|\.\d|-\D|(?: \([^)]*\))?,?(?: and| or)? (?:later|newer|above|higher|up|onwards?)\b)`)
)

// isOfPast reports whether a text says that it is about the past, or about a version of Airflow other
// than that of the data.
func (p *page) isOfPast(text string) bool {
	return p.isOfOtherVersion(text, p.isOther) || ofVersion().MatchString(text) || ofChange().MatchString(text)
}

// isOfOtherVersion reports whether a text says that it is about a version of Airflow for which
// isOther returns true.
func (p *page) isOfOtherVersion(text string, isOther func(version string) bool) bool {
	if !strings.Contains(text, "irflow") && !strings.Contains(text, "IRFLOW") {
		return false
	}
	for _, m := range ofAirflowVersion().FindAllStringSubmatchIndex(text, -1) {
		word, version := text[m[2]:m[3]], text[m[4]:m[5]]
		isBound := strings.EqualFold(word, "to") || strings.EqualFold(word, "from") || hasSuffixFold(text[:m[0]], "as ")
		if isBound && strings.Contains(version, ".") || andLater().MatchString(text[m[1]:]) {
			continue // it holds for later versions too, or is about an upgrade
		}
		if isOther(version) {
			return true
		}
	}
	return false
}

// isOtherMajor reports whether the major version differs from that of the data.
func (p *page) isOtherMajor(version string) bool {
	major, _, _ := strings.Cut(version, ".")
	return p.isOther(major)
}

// isOther reports whether a version differs from that of the data. Data of unknown version is of
// Airflow 3.
func (p *page) isOther(version string) bool {
	v, data := catalog.Version(version), p.Catalog.Version
	if data == "" {
		return v.Major() < 3
	}
	return v.Major() != data.Major() || strings.Contains(version, ".") && v.Minor() != data.Minor()
}

// airflowTitle matches a title that contains only a version of Airflow. releaseTitle matches a title
// of a changelog: any release with its date, or only a version.
var airflowTitle = lazyregexp.New(`(?i)^` + aVersion + `(?: ?\([^()]*\))?$`)
var releaseTitle = lazyregexp.New(`(?i)^(?:` + strings.Join([]string{
	`[\w .-]*\bv?\d+(?:\.\d+)+\w*[ ,(/–—-]+\d{4}-\d\d-\d\d\)?`,
	`v?\d+(?:\.\d+)+`,
}, "|") + `)$`)

// isPastTitle reports whether the text below a title is about the past.
func (p *page) isPastTitle(title string) bool {
	title = strings.TrimSpace(title)
	m := airflowTitle().FindStringSubmatch(title)
	return m != nil && p.isOther(m[1]) || p.isOfPast(title) || releaseTitle().MatchString(title)
}

// pastHeader matches the header of a column about the past; airflowHeader matches that of a column
// about a version of Airflow.
var (
	pastHeader    = lazyregexp.New(`(?i)^\W*(?:(?:old|former|previous|legacy|removed|deprecated|obsolete|renamed)\b|before\W*$)`)
	airflowHeader = lazyregexp.New(`(?i)^\W*` + aVersion + `(?:\W*$| (?:settings?|options?|names?|config\w*|keys?|variables?|env\w*|values?|sections?|parameters?)\b)`)
)

// isPastHeader reports whether a column with a header is about the past.
func (p *page) isPastHeader(header string) bool {
	m := airflowHeader().FindStringSubmatch(header)
	return m != nil && p.isOther(m[1]) || pastHeader().MatchString(header) || p.isOfPast(header)
}

// goneBefore matches text before a mention that calls the option gone: "instead of ", "remove the
// option ".
var goneBefore = lazyregexp.New(`(?i)(?:^|\W)(?:instead of|rather than|in place of|replaces|supersedes|rename[sd]?|renaming|remove[sd]?|removing|` +
	`drop(?:s|ped|ping)?|delete[sd]?|deleting|previously|formerly|previous|former|old|legacy|outdated|was|used to be)` +
	`(?: (?:the|a|an|any|all|your|its|now|old|legacy|former|previous|unused|config|configuration|settings?|options?|parameter|key|name|variable|environment|env))*:? ?$`)

// goneBehind matches text after a mention that names a successor: an arrow.
var goneBehind = lazyregexp.New("^`* *(?:→|⇒|➜|-+>|=+>)")

// markupBefore matches the markup at the start of a mention: a role, or backquotes.
var markupBefore = lazyregexp.New("(?::\\w*:)?`*$")

// isGoneBefore reports whether the text before a mention calls the option gone.
func isGoneBefore(text string) bool {
	return goneBefore().MatchString(text[:markupBefore().FindStringIndex(text)[0]])
}

// namesSuccessor reports whether a text names the successor of the option of v.
func namesSuccessor(text string, v catalog.Resolution) bool {
	o := optionMeant(v)
	if o == nil || !v.To.Renamed {
		return false
	}
	text = strings.ToLower(text)
	for _, form := range formsOf(o.Reference) {
		for at := range indexes(text, form) {
			if end := at + len(form); wordEnd(text, end) == end {
				return true
			}
		}
	}
	return false
}

// formsOf returns the ways to write an option, in lower case: in brackets, with a dot, as a label, or
// as an environment variable.
func formsOf(r catalog.Reference) []string {
	section, name := strings.ToLower(r.Section), strings.ToLower(r.Name)
	return []string{
		"[" + section + "] " + name, "[" + section + "]" + name, section + "." + name,
		section + "__" + name, strings.ReplaceAll(section, ".", "_") + "__" + name,
	}
}
