package directives

import "windsock/grammar"

// The names of the rules, as they stand in messages, in the project file and in
// comments that silence.
const (
	BadDirective      = "bad-directive"
	BadRegion         = "bad-region"
	BadData           = "bad-data"
	NearMiss          = "near-miss"
	UnknownOption     = "unknown-option"
	UnknownSection    = "unknown-section"
	UnknownEnvVar     = "unknown-env-var"
	NotSensitive      = "not-sensitive"
	UnknownLabel      = "unknown-label"
	RenamedOption     = "renamed-option"
	RemovedOption     = "removed-option"
	DeprecatedOption  = "deprecated-option"
	WrongDefault      = "wrong-default"
	UnusedIgnore      = "unused-ignore"
	Unexpanded        = "unexpanded"
	Stale             = "stale"
	Edited            = "edited"
	Missing           = "missing"
	Orphan            = "orphan"
	UnmappedSensitive = "unmapped-sensitive"
	StaleAnnotation   = "stale-annotation"
	UnsafeDescription = "unsafe-description"
	OutsideSource     = "outside-source"
)

// A Rule is a kind of finding.
type Rule struct {
	Name     string
	Severity grammar.Severity // unless the project file says otherwise
	Blocks   bool             // whether it makes an expansion impossible, and cannot be turned off
	Summary  string           // what it finds, one sentence
	Meaning  string           // why that matters and how to mend it, one paragraph
}

// Rules returns all rules, in the order in which they are explained.
func Rules() []Rule { return rules }

var rules = []Rule{
	{
		Name: BadDirective, Severity: grammar.Error, Blocks: true,
		Summary: "A directive cannot be expanded.",
		Meaning: "An option, column, provider or configuration option that does not exist, a reference that does not parse, or a place that cannot hold the expansion. The page is not written until it is mended; other pages are.",
	},
	{
		Name: BadRegion, Severity: grammar.Error, Blocks: true,
		Summary: "The comments that mark a managed region do not fit together.",
		Meaning: "A begin without its end, an end without its begin, regions inside each other, or a comment \".. windsock:\" that says nothing known. The page is not written until it is mended.",
	},
	{
		Name: BadData, Severity: grammar.Error, Blocks: true,
		Summary: "A file of configuration data is not what Airflow would read.",
		Meaning: "Duplicate keys, an option declared twice, two options with one environment variable, a value of the wrong type, or a file that is not YAML.",
	},
	{
		Name: NearMiss, Severity: grammar.Error,
		Summary: "Something is almost a directive of windsock's.",
		Meaning: "One colon in place of two makes a directive a comment, which Sphinx drops without a word; underscores or a misspelt type make it a directive that Sphinx does not know.",
	},
	{
		Name: Unexpanded, Severity: grammar.Error,
		Summary: "A directive stands where Sphinx reads the page as it is.",
		Meaning: "Sphinx does not know the directives of windsock. Run \"windsock expand -w\" to expand them in place.",
	},
	{
		Name: Stale, Severity: grammar.Error,
		Summary: "Expanded text is not what the data says now.",
		Meaning: "The configuration data, the page or the annotations changed after the text was made. Run \"windsock expand\" again.",
	},
	{
		Name: Edited, Severity: grammar.Error,
		Summary: "Generated text was changed by hand.",
		Meaning: "The next renewal would lose the change, so windsock keeps the text and reports it. Change the directive, the data or the project file instead, and run \"windsock expand -w --force\" to renew the text.",
	},
	{
		Name: Missing, Severity: grammar.Error,
		Summary: "A page is not in the output tree.",
		Meaning: "The page was written after the last expansion. Run \"windsock expand\" again.",
	},
	{
		Name: Orphan, Severity: grammar.Error,
		Summary: "The output tree holds a page whose source is gone.",
		Meaning: "The source was removed or renamed after the last expansion. Run \"windsock expand\" again, which removes what it wrote.",
	},
	{
		Name: UnmappedSensitive, Severity: grammar.Error,
		Summary: "Nobody has said which components need a sensitive option.",
		Meaning: "A table of sensitive options lists it with \"Review per deployment\". Paste the lines that the message shows into windsock.yaml and fill them in.",
	},
	{
		Name: StaleAnnotation, Severity: grammar.Warning,
		Summary: "The project file says something of an option that no longer fits.",
		Meaning: "The option is not declared any more, or not sensitive. Remove the line or rename the option.",
	},
	{
		Name: UnsafeDescription, Severity: grammar.Warning,
		Summary: "Text of the data is shown otherwise than it stands there.",
		Meaning: "A description holds markup that would read files, run code or leak out of its table cell, so it is shown as text; or a value holds characters that reStructuredText cannot show, so they are shown as escapes.",
	},
	{
		Name: OutsideSource, Severity: grammar.Warning,
		Summary: "A page includes a file that the output tree would not find.",
		Meaning: "An include reaches out of the source folder by a relative path, which leads elsewhere from the output folder. Put the output folder beside the source folder.",
	},
}

// FindRule returns the rule of that name, or nil.
func FindRule(name string) *Rule {
	for i := range rules {
		if rules[i].Name == name {
			return &rules[i]
		}
	}
	return nil
}
