package grammar

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"strings"
	"sync/atomic"

	"github.com/alecthomas/participle/v2"
)

// A Form is a way to write an option reference.
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

// What the spellings of options consist of.
const (
	EnvPrefix   = "AIRFLOW__" // begins an environment variable that sets an option
	Separator   = "__"        // divides it, and a label
	TeamMark    = "___"       // follows the team in it
	LabelPrefix = "config:"   // begins a label of Airflow's own reference
)

// Suffixes end the name of a sensitive option where the value says where to find the
// option's own: it is a command that prints it, or its name in a secrets backend.
var Suffixes = [...]string{"_cmd", "_secret"}

// CutSuffix returns an option's name, in any case, less one of [Suffixes], and that
// suffix as written; "" if it has none.
func CutSuffix(name string) (base, suffix string) {
	for _, s := range Suffixes {
		if n := len(name) - len(s); n > 0 && strings.EqualFold(name[n:], s) {
			return name[:n], name[n:]
		}
	}
	return name, ""
}

// A Reference names an option of Airflow's configuration. Spans are those of the text that
// it was read in.
type Reference struct {
	// Span is that of the reference, with its backquotes, but without its unit. Of a command
	// and a call it is that of the section and the name, with their quotes.
	Span Span
	// Section and Name are as written; a section that stands alone has no name. Those of an
	// environment variable are what stands before and behind the first "__": Readings has
	// the others. One without "__" has no section.
	Section, Name Text
	Unit          *Text // what follows " : ", or nil
	Form          Form
	// End is the offset of what follows: the end of the text, but for a reference that
	// [FindReference] returns.
	End int
}

// String returns the reference in its form, without backquotes.
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

// IsPattern reports whether the reference may stand for several options: its
// section or its name holds "*", for any characters, or "?", for any one.
func (r Reference) IsPattern() bool { return strings.ContainsAny(r.Section.Value+r.Name.Value, "*?") }

// In returns the reference, which was read in the value of a text, with its spans in the
// source.
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

// FindReference reads the option reference that text begins with, and reports false if it
// begins with none. Section brackets on end are read as the last of them, and other marks
// than blanks may divide a bracket from the name.
func FindReference(text string) (Reference, bool) {
	slot := &recentReferences[maphash.String(seed, text)%uint64(len(recentReferences))]
	if known := slot.Load(); known != nil && known.text == text {
		return known.reference, known.ok
	}
	text = strings.Clone(text) // which may be a part of a page
	found := &cachedReference{text: text}
	if tree, wrong := parse(foundGrammar(), referenceTokens(text), participle.AllowTrailing(true)); wrong == nil {
		found.reference, found.ok = tree.reference(text), true
	}
	slot.Store(found)
	return found.reference, found.ok
}

// A cachedReference is a text with the reference that it begins with, if it does.
type cachedReference struct {
	text      string
	reference Reference
	ok        bool
}

// recentReferences are the texts that were read last: pages name the same options again and again.
var (
	recentReferences [1 << 10]atomic.Pointer[cachedReference]
	seed             = maphash.MakeSeed()
)

// ParseReference reads text, all of it, as the reference to an option, with or without
// double backquotes. The error is a *[ReferenceError].
func ParseReference(text string) (Reference, error) {
	tree, found := parse(referenceGrammar(), referenceTokens(text))
	if found != nil {
		return Reference{}, referenceError(text, found.Pos.Offset)
	}
	r := tree.reference(text)
	return r, r.validate()
}

// validate returns what keeps r from naming an option in an author's directive.
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

// notReference begins the messages about what is no option reference.
const notReference = "not an option reference: "

// referenceTokens returns the words and marks of a text.
func referenceTokens(text string) *tokenList {
	list := &tokenList{}
	list.addWords(strings.TrimRightFunc(text, IsSpace), 0, len(text)-len(strings.TrimLeftFunc(text, IsSpace)))
	return list
}

// A Reading is one way to divide an environment variable.
type Reading struct{ Team, Section, Name string }

// String returns the variable without its team.
func (r Reading) String() string { return EnvPrefix + r.Section + Separator + r.Name }

// Readings returns the ways to divide a variable less [EnvPrefix], the likeliest first: one
// without a team before one with a team, a long section before a short one.
func Readings(variable string) (readings []Reading) {
	readings = divisions("", variable)
	if team, rest, ok := strings.Cut(variable, TeamMark); ok && team != "" && rest != "" {
		readings = append(readings, divisions(team, rest)...)
	}
	return readings
}

// divisions returns the ways to divide what follows the team of a variable; if there are
// none, the one that has no name.
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

// A ReferenceError says why a text is no option reference.
type ReferenceError struct {
	Span    Span   // the part of the text that is wrong
	Message string // what is wrong, without a full stop
	Help    string // what to write instead, "" if nothing more is known
	Found   string // what stands there: a mark as it is, "a name", or "" for the end
}

// Error returns the message.
func (e *ReferenceError) Error() string { return e.Message }

// referenceError returns what is wrong at an offset of text, where the parser stopped.
func referenceError(text string, at int) error {
	at = min(at, len(text))
	expected := expectedBehind(strings.TrimSpace(text[:at]))
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

// expectedBehind returns what the parser expects behind the text that it has read.
func expectedBehind(read string) string {
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
