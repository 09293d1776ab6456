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

// A statedDefault is what a page says the default of an option is.
type statedDefault struct {
	text     string   // what a cell of a table says, or a literal in running text
	literals []string // the literals in it
	literal  string   // the first of them, if the text begins with it; else ""
}

// none are the words for a default that there is none, in lower case.
var none = map[string]bool{
	"": true, "none": true, "null": true, "nil": true, "~": true, "empty": true, "empty string": true, "(empty)": true,
	"(none)": true, "not set": true, "unset": true, "n/a": true, "-": true, "--": true, "—": true, "–": true,
	"no default": true, `''`: true, `""`: true, "an empty string": true, "undefined": true,
}

// preamble is what a stated default may begin with before the value.
var preamble = lazyregexp.New(`(?i)^(?:the )?(?:default(?:s| value)?(?: is| to|:)?|is|by default,?)\s+`)

// bare finds numbers and booleans anywhere in a text.
var bare = lazyregexp.New(`(?i)(?:^|[\s(])([-+]?\d+(?:\.\d+)?|true|false|none)(?:$|[\s).,;%])`)

// fits reports whether a stated default is right, or says nothing that can
// be wrong. unit is the unit of the option's value, "" if it is not known.
func (d statedDefault) fits(o *catalog.Option, effective, unit string) bool {
	value, declared := o.ShownDefault()
	text := plainDefault(d.text)
	switch {
	case slices.ContainsFunc(d.literals, namesOption):
		return true // the value of another option, or a rule for it
	case effective != "" && (same(d.literal, effective) || same(text, effective)):
		return true
	case none[strings.ToLower(text)]:
		return !declared || none[strings.ToLower(strings.TrimSpace(value))] || catalog.IsGenerated(value)
	case !declared || strings.TrimSpace(value) == "" || catalog.IsGenerated(value):
		return d.fitsNothing(text) || same(text, value)
	case catalog.IsNumber(value) && leadingNumber(text) != "":
		return quantityIs(text, value, unit)
	}
	return same(text, value) || d.literal != "" && same(d.literal, value) || d.fitsLoosely(text, value)
}

// namesOption reports whether a literal names an option: between brackets, or as an
// environment variable.
func namesOption(literal string) bool {
	_, ok := catalog.ParseReference(literal)
	return ok && (literal[0] == '[' || strings.HasPrefix(literal, grammar.EnvPrefix))
}

// fitsNothing reports whether what is stated of an option without a default is a
// description, and no value.
func (d statedDefault) fitsNothing(text string) bool {
	if d.literal != "" {
		return none[strings.ToLower(unquote(d.literal))]
	}
	return !isValue(text)
}

// isValue reports whether a text is a value by itself: a number or a boolean.
func isValue(text string) bool {
	return catalog.IsNumber(text) || catalog.IsBoolean(text)
}

// fitsLoosely reports whether a stated default that is more than a value may be right: words that
// hold the value.
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

// looksLike reports whether one word may be meant as a value where another is
// one, which is no number and no boolean: it is no plain word of a language.
func looksLike(word, value string) bool {
	if isValue(value) || strings.ContainsAny(value, " \n") {
		return false
	}
	if strings.Contains(strings.ToLower(value), strings.ToLower(word)) {
		return false // what kind of value it is: SQLite, of sqlite:///a.db
	}
	return strings.ContainsAny(word, "_./:-0123456789") || isCamel(word)
}

// isCamel reports whether a word has capitals within it.
func isCamel(s string) bool {
	return len(s) > 1 && strings.ToLower(s[1:]) != s[1:]
}

// plainDefault returns the text of a stated default less what does not belong to a value:
// markup, a preamble, a full stop, quotes.
func plainDefault(text string) string {
	text = strings.TrimSpace(text)
	text = preamble().ReplaceAllString(text, "")
	text = strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(text, "``", ""), "**", ""))
	if strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "..") {
		text = strings.TrimSuffix(text, ".")
	}
	return unquote(strings.Trim(text, "*"))
}

// unquote returns a text less one pair of quotes around it.
func unquote(text string) string {
	if len(text) > 2 {
		if q := text[0]; (q == '"' || q == '\'') && text[len(text)-1] == q && strings.Count(text, string(q)) == 2 {
			return text[1 : len(text)-1]
		}
	}
	return text
}

// home are the ways to write the folder of Airflow.
var home = strings.NewReplacer("$AIRFLOW_HOME", "{AIRFLOW_HOME}", "${AIRFLOW_HOME}", "{AIRFLOW_HOME}", "~/airflow/", "{AIRFLOW_HOME}/", "<AIRFLOW_HOME>", "{AIRFLOW_HOME}")

// same reports whether two texts are the same value: as text, as numbers, as
// booleans, as JSON, with and without quotes, however they name Airflow's folder.
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

// normal returns a value in the spelling in which equal ones agree.
func normal(value string) string {
	return strings.Join(strings.Fields(home.Replace(unquote(strings.TrimSpace(value)))), " ")
}

// sameJSON reports whether two texts are the same JSON object or array. Python's
// quotes are taken for JSON's.
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

// sameList reports whether two lists have the same items, however commas and
// blanks divide them.
func sameList(a, b string) bool {
	items := func(s string) string {
		return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' }), ",")
	}
	return items(a) == items(b)
}
