// Package check reports statements about Airflow's options that contradict the configuration
// data: references to options that do not exist or have another name, and wrong defaults.
//
// A reference is checked in three steps. First, its place decides whether it is a reference at
// all: an inline literal, two literals in one sentence, an environment variable anywhere, a
// label, an anchor of the configuration reference, a line in a snippet of airflow.cfg, a value
// of Airflow's Helm chart, the arguments of a command, or a name without a section where the page
// makes the section certain. Then the catalogue resolves the option. Finally, when the whole page
// is read, a finding is dropped if the text is about the past, or about another version than the
// data:
//
//	A reference is about the past if its sentence, the sentence before its block of code, the
//	comment above its line of code, a parenthesis in its list item, the heading of its section,
//	or a note in its section says so: "in Airflow 2", "earlier than 3.0", "renamed from",
//	"removed in", "deprecated". A note that names options is about these options only. Otherwise
//	it is about its whole section if it names a version.
//
// A misspelt option is an error in any text.
//
// Most pages do not mention an option: the others contain one of [Checker.Triggers]. Comments
// silence findings, [Fixes] applies certain suggestions, and a [Baseline] lists known findings.
package check
