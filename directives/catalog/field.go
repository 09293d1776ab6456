package catalog

import (
	"slices"
	"strconv"
	"strings"
)

// readField reads one of an option's keys.
func (r *reader) readField(p Entry, o *Option) {
	what := p.Key.Value + " of " + o.String()
	switch p.Key.Value {
	case "description":
		o.Description, _ = r.text(p, what)
	case "version_added":
		o.VersionAdded, _ = r.text(p, what)
	case "version_deprecated":
		o.VersionDeprecated, _ = r.text(p, what)
	case "deprecation_reason":
		o.DeprecationReason, _ = r.text(p, what)
	case "see_also":
		r.text(p, what) // nothing is made of it, but Airflow's schema wants text
	case "type":
		o.Type = r.optionType(p, what)
	case "provider":
		o.Provider, _ = r.frozenProvider(p, o.Provider)
	case "default":
		o.Default = r.optionalValue(p, what)
	case "example":
		o.Example = r.optionalValue(p, what)
	case "sensitive":
		o.Sensitive = r.boolean(p, what)
	case "is_template":
		r.boolean(p, what) // likewise
	default:
		r.unknownKey(p, o.String(), optionKeys)
	}
}

// optionTypes are the types that Airflow's schema allows.
var optionTypes = []string{"string", "boolean", "integer", "float"}

// optionType reads an option's type.
func (r *reader) optionType(p Entry, what string) string {
	s, ok := r.text(p, what)
	if ok && !slices.Contains(optionTypes, s) {
		d := r.bad(p.Value, "%s is %q; it must be string, boolean, integer or float", what, s)
		d.Suggestion, _ = Nearest(s, optionTypes)
	}
	return s
}

// optionalValue reads a string, a number or null, of which Airflow's schema lets a default
// and an example be any, and returns nil for null.
func (r *reader) optionalValue(p Entry, what string) *string {
	if t := TypeOf(p.Value); t == "integer" || t == "float" {
		text := pythonText(p.Value)
		return &text
	}
	if s, ok := r.text(p, what); ok {
		return &s
	}
	return nil
}

// boolean reads true or false; anything else, a quoted word too, is bad data and
// taken for false.
func (r *reader) boolean(p Entry, what string) bool {
	if t := TypeOf(p.Value); t != "boolean" {
		d := r.bad(p.Value, "%s must be true or false, not %s", what, article(t))
		if s := strings.ToLower(p.Value.Value); t == "string" && (s == "true" || s == "false") {
			d.Help = "write " + s + " without quotes"
		}
		return false
	}
	switch strings.ToLower(p.Value.Value) {
	case "true", "yes", "on":
		return true
	}
	return false
}

// text reads a string; it reports false for null. Another scalar is bad data,
// since Airflow would change it (2.10 is read as 2.1), and is returned as it is
// written.
func (r *reader) text(p Entry, what string) (string, bool) {
	switch t := TypeOf(p.Value); t {
	case "string":
		return p.Value.Value, true
	case "null":
		return "", false
	case "mapping", "list":
		r.bad(p.Value, "%s must be a string, not %s", what, article(t))
		return "", false
	default:
		d := r.bad(p.Value, "%s must be a string, not %s; quote it", what, article(t))
		d.Suggestion = strconv.Quote(p.Value.Value)
		return p.Value.Value, true
	}
}
