// Package check finds what pages say of Airflow's options that the configuration
// data contradicts: references to options that do not exist, are called
// otherwise or are gone, and defaults that are not theirs.
//
// A reference is checked in three steps. Where it stands decides whether it is one
// at all: an inline literal, two literals of one sentence, an environment
// variable anywhere, a label, an anchor of the reference, a line of a snippet of
// airflow.cfg, a value of Airflow's chart, the arguments of a command, and a name
// alone where the page makes its section certain. The catalogue then says whether the
// option exists. Last, when all of the page is read, what is wrong is forgiven where the
// text is about the past, or another version than the data:
//
//	A reference is about the past if its sentence, the sentence before its block of
//	code, the comment above its line of code, a parenthesis in its list item, the
//	heading of its section, or a note in its section says so: "in Airflow 2",
//	"earlier than 3.0", "renamed from", "removed in", "deprecated". A note that
//	names options speaks of these alone; of its whole section it speaks if it names
//	a version.
//
// A word that is almost the name of an option, but for its spelling, is a mistake
// in any text.
//
// Most pages name no option: each of the others holds one of [Checker.Triggers]. What a
// comment silences is left out, [Fixes] writes what is certain, and a [Baseline] knows
// what was found before.
package check
