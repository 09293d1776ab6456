package grammar

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"strings"
	"sync/atomic"

	"github.com/alecthomas/participle/v2"
)

// A Form is a notation for option references.
type Form uint8

// The forms of option references.
const (
	Bracketed Form = iota // [section] name, or [section] alone
	Dotted                // section.name
	Variable              // AIRFLOW__SECTION__NAME, perhaps with a team, a suffix or a key
	Label                 // config:section__name, or config:section
	Command               // config get-value section name
	Call                  // conf.get("section", "name")
	Joined                // section -> name, or section:name
)

// The fixed parts of option references.
const (
	EnvPrefix   = "AIRFLOW__" // starts an environment variable that sets an option
	Separator   = "__"        // separates section and name in it, and in a label
	TeamMark    = "___"       // follows the team in an environment variable
	LabelPrefix = "config:"   // starts a label of Airflow's configuration reference
)

// Suffixes are the suffixes of a sensitive option's name for indirect values: the value
// is then a command that prints the option's value, or a key in a secrets backend.
var Suffixes = [...]string{"_cmd", "_secret"}

// CutSuffix returns an option's name, in any case, without one of [Suffixes], and the
// suffix as written, or "".
func CutSuffix(name string) (base, suffix string) {
	for _, s := range Suffixes {
		if n := len(name) - len(s); n > 0 && strings.EqualFold(name[n:], s) {
			return name[:n], name[n:]
		}
	}
	return name, ""
}

// A Reference is a reference to an option of Airflow's configuration. Its spans are
// relative to the text that was parsed.
type Reference struct {
	// Span is the span of the reference, with its backquotes and without its unit. For a
	// command or a call it is the span of section and name, with their quotes.
	Span Span
	// Section and Name are as written. Name is empty if the section is alone. In an
	// environment variable they are the text before and after the first "__"; Readings
	// returns other divisions. Section is empty if there is no "__".
	Section, Name Text
	Unit          *Text // the text after " : ", or nil
	Form          Form
	// End is the offset of the text after the reference. Only [FindReference] accepts
	// such text.
	End int
}

// String returns the reference in its form, without backquotes. Forms that directives do
// not accept become bracketed.
func (r Reference) String() string {
	switch r.Form {
	case Dotted:
		return r.Section.Value + "." + r.Name.Value
	case Variable:
		return EnvPrefix + r.Section.Value + Separator + r.Name.Value
	default:
		return "[" + r.Section.Value + "] " + r.Name.Value
	}
}

// IsPattern reports whether the reference can match several options: its section or its
// name contains "*", for any characters, or "?", for one character.
func (r Reference) IsPattern() bool { return strings.ContainsAny(r.Section.Value+r.Name.Value, "*?") }

// In returns the reference with spans in the source. t is the text in whose value the
// reference was parsed.
func (r Reference) In(source []byte, t Text) Reference {
	var a Alignment
	r.Span = a.Part(source, t, r.Span.Start, r.Span.End).Span
	r.Section.Span = a.Part(source, t, r.Section.Start, r.Section.End).Span
	r.Name.Span = a.Part(source, t, r.Name.Start, r.Name.End).Span
	if r.Unit != nil {
		unit := a.Part(source, t, r.Unit.Start, r.Unit.End)
		r.Unit = &unit
	}
	return r
}

// FindReference parses the option reference at the start of text, and reports false if
// there is none. Of several adjacent section brackets, the last is the section. Between a
// bracket and the name, ">", ".", "/" and ":" are also accepted.
func FindReference(text string) (Reference, bool) {
	slot := &recentReferences[maphash.String(seed, text)%uint64(len(recentReferences))]
	if known := slot.Load(); known != nil && known.text == text {
		return known.reference, known.ok
	}
	text = strings.Clone(text) // text can be a part of a page, which the cache must not retain
	found := &cachedReference{text: text}
	if tree, wrong := parse(foundGrammar(), referenceTokens(text), participle.AllowTrailing(true)); wrong == nil {
		found.reference, found.ok = tree.reference(text), true
	}
	slot.Store(found)
	return found.reference, found.ok
}

// A cachedReference is the result of FindReference for a text.
type cachedReference struct {
	text      string
	reference Reference
	ok        bool
}

// recentReferences caches the results of FindReference: pages name the same options repeatedly.
var (
	recentReferences [1 << 10]atomic.Pointer[cachedReference]
	seed             = maphash.MakeSeed()
)

// ParseReference parses text as an option reference, with or without double backquotes.
// The reference must be all of the text. The error is a *[ReferenceError].
func ParseReference(text string) (Reference, error) {
	tree, found := parse(referenceGrammar(), referenceTokens(text))
	if found != nil {
		return Reference{}, referenceError(text, found.Pos.Offset)
	}
	r := tree.reference(text)
	return r, r.validate()
}

// validate returns an error if an author's directive does not accept the reference.
func (r Reference) validate() error {
	message := ""
	switch {
	case r.Form > Variable:
		message = "a label, a command or a call"
	case r.Section.Value == "" || r.Name.Value == "":
		message = "it names no option"
	default:
		return nil
	}
	return &ReferenceError{Span: r.Span, Message: notReference + message}
}

// notReference starts the messages about a text that is not an option reference.
const notReference = "not an option reference: "

// referenceTokens returns the tokens of a text without white space at its ends.
func referenceTokens(text string) *tokenList {
	list := &tokenList{}
	list.addWords(strings.TrimRightFunc(text, IsSpace), 0, len(text)-len(strings.TrimLeftFunc(text, IsSpace)))
	return list
}

// A Reading is one way to divide an environment variable into its parts.
type Reading struct{ Team, Section, Name string }

// String returns the variable without its team.
func (r Reading) String() string { return EnvPrefix + r.Section + Separator + r.Name }

// Readings returns the ways to divide a variable without its [EnvPrefix], the most likely
// first: readings without a team come first, and longer sections before shorter ones.
func Readings(variable string) (readings []Reading) {
	readings = divisions("", variable)
	if team, rest, ok := strings.Cut(variable, TeamMark); ok && team != "" && rest != "" {
		readings = append(readings, divisions(team, rest)...)
	}
	return readings
}

// divisions returns the ways to divide the part of a variable after the team. Without a
// separator, it is all section.
func divisions(team, variable string) (readings []Reading) {
	for i := len(variable) - len(Separator); i >= 0; i-- {
		if strings.HasPrefix(variable[i:], Separator) {
			readings = append(readings, Reading{team, variable[:i], variable[i+len(Separator):]})
		}
	}
	if readings == nil {
		return []Reading{{team, variable, ""}}
	}
	return readings
}

// A ReferenceError is the reason why a text is not an option reference.
type ReferenceError struct {
	Span    Span   // the part of the text that is wrong
	Message string // what is wrong, without a full stop
	Help    string // what to write instead, or ""
	Found   string // the unexpected token: a sign as written, "a name", or "" for the end
}

// Error returns the message.
func (e *ReferenceError) Error() string { return e.Message }

// referenceError returns the error for a text that the parser rejects at an offset.
func referenceError(text string, at int) error {
	at = min(at, len(text))
	expected := expectedAfter(strings.TrimSpace(text[:at]))
	at += len(text[at:]) - len(strings.TrimLeftFunc(text[at:], IsSpace))
	wrong, found, message := Span{0, len(text)}, "", ""
	if at < len(text) {
		kind, n := nextWord(text[at:])
		found = strings.TrimSpace(text[at : at+n])
		wrong, message = Span{at, at + len(found)}, fmt.Sprintf("unexpected %q", found)
		if kind == wordName || kind == wordDotted || kind == wordEnvVar {
			found = "a name"
		}
	}
	said := rejections[rejection{expected, found}]
	return &ReferenceError{wrong, notReference + cmp.Or(said.message, message), said.help, found}
}

// expectedAfter returns what the parser expects after the text that it has accepted.
func expectedAfter(read string) string {
	open := strings.LastIndexByte(read, '[')
	switch {
	case read == "" || read == "``":
		return "a reference"
	case open == len(read)-1:
		return "a section"
	case open > strings.LastIndexByte(read, ']'):
		return "a closing bracket"
	case strings.HasPrefix(read, "``") && !strings.HasSuffix(read, "``"):
		return "two backquotes"
	}
	return "the end"
}
