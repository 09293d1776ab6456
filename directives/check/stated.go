package check

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
)

// A statedDefault is the default of an option according to a page.
type statedDefault struct {
	text     string   // the text of a table cell, or of a literal in running text
	literals []string // the literals in the text
	literal  string   // the literal at the start of the text, "" if there is none
}

// wordsForNone lists the words for a missing default, in lower case.
var wordsForNone = map[string]bool{
	"": true, "none": true, "null": true, "nil": true, "~": true, "empty": true, "empty string": true, "(empty)": true,
	"(none)": true, "not set": true, "unset": true, "n/a": true, "-": true, "--": true, "—": true, "–": true,
	"no default": true, `''`: true, `""`: true, "an empty string": true, "undefined": true,
}

// preamble matches words before the value of a stated default.
var preamble = lazyregexp.New(`(?i)^(?:the )?(?:default(?:s| value)?(?: is| to|:)?|is|by default,?)\s+`)

// bare matches numbers and booleans in a text.
var bare = lazyregexp.New(`(?i)(?:^|[\s(])([-+]?\d+(?:\.\d+)?|true|false|none)(?:$|[\s).,;%])`)

// fits reports whether a stated default is right, or does not state a value. unit is the unit of the
// option's value, "" if it is not known.
func (d statedDefault) fits(o *catalog.Option, effective, unit string) bool {
	value, declared := o.ShownDefault()
	text := plainDefault(d.text)
	switch {
	case slices.ContainsFunc(d.literals, namesOption):
		return true // the value of another option, or a rule for it
	case effective != "" && (same(d.literal, effective) || same(text, effective)):
		return true
	case wordsForNone[strings.ToLower(text)]:
		return !declared || wordsForNone[strings.ToLower(strings.TrimSpace(value))] || catalog.IsGenerated(value)
	case !declared || strings.TrimSpace(value) == "" || catalog.IsGenerated(value):
		return d.fitsNothing(text) || same(text, value)
	case catalog.IsNumber(value) && leadingNumber(text) != "":
		return quantityIs(text, value, unit)
	}
	return same(text, value) || d.literal != "" && same(d.literal, value) || d.fitsLoosely(text, value)
}

// namesOption reports whether a literal is an option: in brackets, or as an environment variable.
func namesOption(literal string) bool {
	_, ok := catalog.ParseReference(literal)
	return ok && (literal[0] == '[' || strings.HasPrefix(literal, grammar.EnvPrefix))
}

// fitsNothing reports whether the text for an option without a default is a description rather than
// a value.
func (d statedDefault) fitsNothing(text string) bool {
	if d.literal != "" {
		return wordsForNone[strings.ToLower(unquote(d.literal))]
	}
	return !isValue(text)
}

// isValue reports whether a text is a number or a boolean.
func isValue(text string) bool {
	return catalog.IsNumber(text) || catalog.IsBoolean(text)
}

// fitsLoosely reports whether a stated default with more text than a value may be right: it contains
// the value.
func (d statedDefault) fitsLoosely(text, value string) bool {
	if strings.EqualFold(text, value) || strings.HasSuffix(strings.Trim(text, "`"), "."+value) {
		return true // a name in other capitals, or a class with its module
	}
	values := d.literals
	if len(values) == 0 {
		for _, m := range bare().FindAllStringSubmatch(text, -1) {
			values = append(values, m[1])
		}
	}
	if len(values) > 0 {
		return slices.ContainsFunc(values, func(v string) bool { return same(v, value) })
	}
	return strings.ContainsAny(text, " ") || !looksLike(text, value)
}

// looksLike reports whether a word may be a value, where the right value is neither a number nor a
// boolean. A plain English word is not.
func looksLike(word, value string) bool {
	if isValue(value) || strings.ContainsAny(value, " \n") {
		return false
	}
	if strings.Contains(strings.ToLower(value), strings.ToLower(word)) {
		return false // the kind of value: SQLite for sqlite:///a.db
	}
	return strings.ContainsAny(word, "_./:-0123456789") || isCamel(word)
}

// isCamel reports whether a word has capitals after its first letter.
func isCamel(s string) bool {
	return len(s) > 1 && strings.ToLower(s[1:]) != s[1:]
}

// plainDefault returns the value in a stated default, without markup, preamble, full stop and quotes.
func plainDefault(text string) string {
	text = strings.TrimSpace(text)
	text = preamble().ReplaceAllString(text, "")
	text = strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(text, "``", ""), "**", ""))
	if strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "..") {
		text = strings.TrimSuffix(text, ".")
	}
	return unquote(strings.Trim(text, "*"))
}

// unquote returns a text without the pair of quotes around it.
func unquote(text string) string {
	if len(text) > 2 {
		if q := text[0]; (q == '"' || q == '\'') && text[len(text)-1] == q && strings.Count(text, string(q)) == 2 {
			return text[1 : len(text)-1]
		}
	}
	return text
}

// airflowHome replaces the ways to write Airflow's folder by one.
var airflowHome = strings.NewReplacer("$AIRFLOW_HOME", "{AIRFLOW_HOME}", "${AIRFLOW_HOME}", "{AIRFLOW_HOME}", "~/airflow/", "{AIRFLOW_HOME}/", "<AIRFLOW_HOME>", "{AIRFLOW_HOME}")

// same reports whether two texts are the same value: as text with or without quotes, as numbers, as
// booleans, as JSON, or as lists.
func same(stated, value string) bool {
	a, b := normal(stated), normal(value)
	if a == b {
		return true
	}
	if x, err := strconv.ParseFloat(strings.ReplaceAll(a, ",", ""), 64); err == nil {
		y, err := strconv.ParseFloat(b, 64)
		return err == nil && x == y
	}
	if catalog.IsBoolean(b) {
		return strings.EqualFold(a, b)
	}
	return sameJSON(a, b) || strings.Contains(b, ",") && sameList(a, b)
}

// normal returns the same text for equal spellings of a value.
func normal(value string) string {
	return strings.Join(strings.Fields(airflowHome.Replace(unquote(strings.TrimSpace(value)))), " ")
}

// sameJSON reports whether two texts are the same JSON object or array. Single quotes are allowed, as
// in Python.
func sameJSON(a, b string) bool {
	var x, y any
	if b == "" || b[0] != '{' && b[0] != '[' || json.Unmarshal([]byte(b), &y) != nil {
		return false
	}
	if json.Unmarshal([]byte(a), &x) != nil && json.Unmarshal([]byte(strings.ReplaceAll(a, "'", `"`)), &x) != nil {
		return false
	}
	return reflect.DeepEqual(x, y)
}

// sameList reports whether two lists, separated by commas or blanks, have the same items.
func sameList(a, b string) bool {
	items := func(s string) string {
		return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' }), ",")
	}
	return items(a) == items(b)
}
