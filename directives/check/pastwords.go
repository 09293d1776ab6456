package check

import (
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/internal/lazyregexp"
)

// ofVersion matches text that says that it is about a version of the past.
var ofVersion = lazyregexp.New(`(?i)` + strings.Join([]string{
	`\b(?:in|for|with|on|of|to|from) (?:apache )?airflow (?:version )?v?[12](?:\.[x*])?(?:[^\w.+-]|\.(?:\D|$)|$)`,
	`\b(?:before|prior to|earlier than|older than|lower than|less than|below|pre-?) ?(?:the )?(?:apache )?(?:airflow |versions? |airflow versions? )v?\d`,
	`\b(?:until|up to) (?:apache )?(?:airflow |versions? |airflow versions? )v?[12]\b`,
	`\b(?:until|up to) v?[12]\.[x*]`,
	`\bversions? (?:before|prior to|earlier than|older than|lower than|less than|below) v?\d`,
	`\b(?:airflow|versions?) ?<=? ?\d`, `\b(?:airflow|versions?) v?[12]\.[x*]`,
	`\b(?:upgrad|migrat)(?:e|ing|ion) from v?[12]\b`,
}, "|"))

// ofChange matches text that says that something is not what it was.
var ofChange = lazyregexp.New(`(?i)` + strings.Join([]string{
	`\brenamed (?:from|to|in)\b`, `\b(?:was|were|been|is|are|got) (?:now )?(?:renamed|moved|removed|replaced|dropped)\b`,
	`\bremoved in\b`, `\b(?:removed|renamed|dropped|moved|former|old) (?:options?|settings?|config\w*|parameters?|sections?|keys?|names?)\b`,
	`\bmoved (?:from|to)\b`, `(?:^|[^\w ] *)replaced by\b`,
	`\b(?:previously|formerly) (?:known|called|named|in|under)\b`, `\bused to be\b`, `\bthe former\b`, `\bis now (?:called|named|known as)\b`, `\bno longer\b`,
	`\bairflow v?\d[\d.x]* (?:removes|removed|drops|dropped|renames|renamed|moves|moved|replaces|replaced|ignores)\b`,
	`\bdoes(?: not|n't) exist any ?more\b`, `\bno [^.]* any ?more\b`, `\bsuperseded\b`,
	`\bdeprecat`, `\bobsolete`,
}, "|"))

// isOfPast reports whether a text says that it is about the past.
func isOfPast(text string) bool { return ofVersion().MatchString(text) || ofChange().MatchString(text) }

// releaseTitle matches a title that is the name of a release and no more: one of an
// Airflow of the past, one with its date, or a version alone, as changelogs have it.
var releaseTitle = lazyregexp.New(`(?i)^(?:` + strings.Join([]string{
	`(?:apache )?airflow v?[12](?:\.[\dx*]+)*(?: ?\([^()]*\))?`,
	`[\w .-]*\bv?\d+(?:\.\d+)+\w*[ ,(/–—-]+\d{4}-\d\d-\d\d\)?`,
	`v?\d+(?:\.\d+)+`,
}, "|") + `)$`)

// isPastTitle reports whether a title makes what stands below it about the past.
func isPastTitle(title string) bool {
	return isOfPast(title) || releaseTitle().MatchString(strings.TrimSpace(title))
}

// pastHeader matches the header of a column about the past.
var pastHeader = lazyregexp.New(`(?i)^\W*(?:(?:apache )?airflow v?[12](?:\.[\dx*]+)*(?:\W*$| (?:settings?|options?|names?|config\w*|keys?|variables?|env\w*|values?|sections?|parameters?)\b)` +
	`|(?:old|former|previous|legacy|removed|deprecated|obsolete|renamed)\b|before\W*$)`)

// goneBefore matches the text before a mention that says of it that it is gone:
// "instead of ", "remove the option ".
var goneBefore = lazyregexp.New(`(?i)(?:^|\W)(?:instead of|rather than|in place of|replaces|supersedes|rename[sd]?|renaming|remove[sd]?|removing|` +
	`drop(?:s|ped|ping)?|delete[sd]?|deleting|previously|formerly|previous|former|old|legacy|outdated|was|used to be)` +
	`(?: (?:the|a|an|any|all|your|its|now|old|legacy|former|previous|unused|config|configuration|settings?|options?|parameter|key|name|variable|environment|env))*:? ?$`)

// goneBehind matches the text behind a mention that says of it that it became another.
var goneBehind = lazyregexp.New("^`* *(?:→|⇒|➜|-+>|=+>)")

// markupBefore matches the markup that begins a mention: a role, or backquotes.
var markupBefore = lazyregexp.New("(?::\\w*:)?`*$")

// isGoneBefore reports whether the text before a mention says of it that it is gone.
func isGoneBefore(text string) bool {
	return goneBefore().MatchString(text[:markupBefore().FindStringIndex(text)[0]])
}

// namesSuccessor reports whether a text names the option that another, which is gone, became.
func namesSuccessor(text string, v catalog.Resolution) bool {
	if v.To == nil || v.To.Option == nil || !v.To.Renamed {
		return false
	}
	text = strings.ToLower(text)
	for _, form := range formsOf(v.To.Option.Reference) {
		for rest := text; ; {
			_, behind, found := strings.Cut(rest, form)
			if !found {
				break
			}
			if wordEnd(behind, 0) == 0 {
				return true
			}
			rest = behind
		}
	}
	return false
}

// formsOf returns the ways to write an option, in lower case: between brackets, with a
// dot, as a label or an environment variable.
func formsOf(r catalog.Reference) []string {
	section, name := strings.ToLower(r.Section), strings.ToLower(r.Name)
	return []string{
		"[" + section + "] " + name, "[" + section + "]" + name, section + "." + name,
		section + "__" + name, strings.ReplaceAll(section, ".", "_") + "__" + name,
	}
}
