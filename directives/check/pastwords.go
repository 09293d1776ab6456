package check

import (
	"slices"
	"strings"

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
	`\brenamed (?:from|to|in)\b`, `\b(?:was|were|been|is|are|got) (?:renamed|moved|removed|replaced|dropped)\b`,
	`\bremoved in\b`, `\b(?:removed|renamed|dropped|moved) (?:options?|settings?|config\w*|parameters?|sections?|keys?)\b`,
	`\bmoved (?:from|to)\b`, `\breplaced by\b`,
	`\b(?:previously|formerly) (?:known|called|named|in|under)\b`, `\bused to be\b`, `\bthe former\b`, `\bis now (?:called|named|known as)\b`, `\bno longer\b`,
	`\bairflow v?\d[\d.x]* (?:removes|removed|drops|dropped|renames|renamed|moves|moved|replaces|replaced|ignores)\b`,
	`\bdoes(?: not|n't) exist any ?more\b`, `\bno [^.]* any ?more\b`, `\bsuperseded\b`,
	`\bdeprecat`, `\bobsolete`,
}, "|"))

// ofOptions matches an introduction that says that what it introduces is gone, or will be.
var ofOptions = lazyregexp.New(`(?i)` + strings.Join([]string{
	`\b(?:was|were|been|is|are|got) (?:now )?(?:renamed|moved|removed|replaced|dropped|deprecated|obsolete|superseded)\b`,
	`\b(?:removed|renamed|moved|dropped|deprecated|obsolete|former|old) (?:options?|settings?|config\w*|parameters?|sections?|keys?|names?)\b`,
	`\bno longer\b`,
}, "|"))

// saysGone reports whether an introduction says that what it introduces is about the past.
func saysGone(text string) bool {
	return isOfVersion(text) || mentions(strings.ToLower(text), "moved", "renamed", "replaced", "dropped", "deprecated", "obsolete", "superseded", "former", "old", "no longer") && ofOptions().MatchString(text)
}

// isOfPast reports whether a text says that it is about the past.
func isOfPast(text string) bool {
	folded := strings.ToLower(text)
	return isOfVersion(folded) || mentions(folded, "rename", "move", "replace", "drop", "previously", "former", "is now", "used to", "no longer", "more", "superseded", "remove", "ignores", "deprecat", "obsolete") && ofChange().MatchString(folded)
}

// isOfVersion reports whether a text says that it is about a version of the past.
func isOfVersion(text string) bool {
	folded := strings.ToLower(text)
	return mentions(folded, "airflow", "version", "from", "than", "below", "prior", "before", "pre", "until", "up to") && ofVersion().MatchString(folded)
}

// mentions reports whether a text holds one of some words. It is quicker than the
// expressions that need one of them.
func mentions(text string, words ...string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(text, word) })
}
