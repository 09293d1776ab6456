package directives

import (
	"slices"

	"windsock/directives/finding"
)

// A Rule is a kind of finding.
type Rule struct {
	Name          string
	Severity      finding.Severity // the project file can change it
	Blocks        bool             // it makes an expansion impossible and cannot be turned off
	CannotSilence bool             // no comment in a page silences it
	IsConditional bool             // whether a run looks for it depends on where the output goes
	Summary       string           // what it finds, in one sentence
	Meaning       string           // why it matters and how to correct it, in one paragraph
	Finds         []string         // cases that are findings, in one sentence each, if Meaning does not name them
	Except        []string         // cases that look like findings and are not, in one sentence each
	Wrong         string           // an example that breaks the rule
	Right         string           // the same example, corrected
	ExampleFile   string           // what the examples are: "" for a page, the name of another file, or "files" for a list of paths
}

// past lists the signs that a text is about another version of Airflow than the data.
var past = []string{
	`Its sentence is about the past: "in Airflow 2", "for Airflow 2.7", "earlier than 3.0", "renamed from", "removed in", "deprecated", "instead of".`,
	`Its sentence, heading, tab or column header names another version of Airflow than the data's. A version after "since" or "as of" does not count.`,
	`Its sentence, or its row in a table, also names the option that replaced it.`,
	`The sentence before its code block, list or table, the comment above its line, a parenthesis in its list item, or the caption of its table is about the past or another version.`,
	`A note in its section of the page is about the past or another version. A note covers the options that it names, or all options if it names a version.`,
	`Its heading is the name of a release, as in a changelog.`,
}

// placeholders lists the words that mean any section or option.
const placeholders = `It is a placeholder: {SECTION}, <KEY>, SECTION__KEY, OPTION_NAME, MY_OPTION, your_section, "…", or ends in "_" or "*".`

// Rules returns all rules, in the order of "windsock explain".
func Rules() []Rule { return rules }

var rules = []Rule{
	{
		Name: finding.BadDirective, Severity: finding.Error, Blocks: true,
		Summary: "A directive or a role cannot be expanded.",
		Meaning: "It names an option, column or provider that does not exist, its text does not parse, or its expansion does not fit where it is. The page is not written until you correct it; other pages are.",
		Wrong:   ".. airflow-config-default:: [core] paralelism\n",
		Right:   ".. airflow-config-default:: [core] parallelism\n",
	},
	{
		Name: finding.BadRegion, Severity: finding.Error, Blocks: true,
		Summary: "The comments that mark a managed region do not fit together.",
		Meaning: "The begin or end of a region is missing, regions are nested, or a comment begins with \".. windsock:\" and an unknown word. The page is not written until you correct it. If all docs are verified, a region that windsock.yaml binds must be in one of them.",
		Wrong:   ".. windsock: airflow-config-default:: [core] parallelism\n\n32\n",
		Right:   ".. windsock: airflow-config-default:: [core] parallelism\n\n32\n\n.. windsock: end e29c9c180c62\n",
	},
	{
		Name: finding.BadData, Severity: finding.Error, Blocks: true,
		Summary:     "A configuration data file is invalid.",
		Meaning:     "It has duplicate keys, declares an option twice, has two options with the same environment variable or a value of the wrong type, or is not YAML. Since it is unclear what such data declares, pages that name its options have no findings about them.",
		Wrong:       "core:\n  options:\n    parallelism:\n      type: int\n      default: \"32\"\n",
		Right:       "core:\n  options:\n    parallelism:\n      type: integer\n      default: \"32\"\n",
		ExampleFile: "config.yml",
	},
	{
		Name: finding.NearMiss, Severity: finding.Error,
		Summary: "Text looks like a misspelt directive or role of windsock.",
		Meaning: "With one colon instead of two, a directive is a comment, which Sphinx removes without a warning. With underscores or a misspelt type, Sphinx does not know the directive. The page is not expanded until you correct the text, or write the comment \".. windsock: ignore[near-miss]\" above it.",
		Wrong:   ".. airflow-sensitive-vars: core\n",
		Right:   ".. airflow-sensitive-vars:: core\n",
	},
	{
		Name: finding.UnknownOption, Severity: finding.Error,
		Summary: "A page names an option that does not exist.",
		Meaning: "The section is one of Airflow's, but the data does not declare the option in it. The name may be misspelt or belong to another section. If the code reads an option that no data declares, list it under \"undeclared\" in windsock.yaml. A misspelling is reported even in text about the past.",
		Except: slices.Concat([]string{
			placeholders,
			`Its sentence names a file of another program, such as my.cnf, or it is a key of Git, and the sentence does not mention airflow.cfg.`,
			`It is a name without a section, unless the same section of the page names the option in full, a sentence introduces the line, or it is in a list of one section's options.`,
			`It is below "config:" in YAML, and nothing shows that these are the values of Airflow's Helm chart.`,
			`Its section accepts any option, and no declared option is one slip from it.`,
		}, past),
		Wrong: "Set ``[core] paralelism`` to 16.\n",
		Right: "Set ``[core] parallelism`` to 16.\n",
	},
	{
		Name: finding.UnknownSection, Severity: finding.Error,
		Summary: "A page names a section that does not exist.",
		Meaning: "Configuration files of other programs have sections too, so an undeclared section is reported only in these cases.",
		Finds: []string{
			`An earlier version of Airflow had the section.`,
			`Its name is similar to that of an existing section.`,
			`The option exists in another section.`,
			`The data is from an Airflow checkout, which declares all sections.`,
		},
		Except: past,
		Wrong:  "The token lives as long as ``[api_outh] jwt_expiration_time`` says.\n",
		Right:  "The token lives as long as ``[api_auth] jwt_expiration_time`` says.\n",
	},
	{
		Name: finding.UnknownEnvVar, Severity: finding.Error,
		Summary: "An environment variable sets no option.",
		Meaning: "Airflow reads AIRFLOW__SECTION__NAME, in upper case, with \"_\" for a dot in the section's name. It ignores a variable that names no option. If the variable is not similar to any option, or extends the name of one, it is only a warning outside an Airflow checkout, since your own code may read it.",
		Except:  slices.Concat([]string{placeholders}, past),
		Wrong:   "Set ``AIRFLOW__CORE__LAOD_EXAMPLES``.\n",
		Right:   "Set ``AIRFLOW__CORE__LOAD_EXAMPLES``.\n",
	},
	{
		Name: finding.NotSensitive, Severity: finding.Error,
		Summary: "_CMD or _SECRET is used with an option that is not sensitive.",
		Meaning: "Airflow reads a value from a command or from a secrets backend only for sensitive options. It ignores these variables for other options. Use the variable without the suffix.",
		Except:  slices.Concat([]string{`An option with exactly that name exists.`}, past),
		Wrong:   "Set ``AIRFLOW__CORE__PARALLELISM_CMD``.\n",
		Right:   "Set ``AIRFLOW__CORE__FERNET_KEY_CMD``.\n",
	},
	{
		Name: finding.UnknownLabel, Severity: finding.Error,
		Summary: "A link into the configuration reference is broken.",
		Meaning: "Airflow's reference has a label \"config:section\" for each section and \"config:section__option\" for each option, and the page configurations-ref.html has an anchor for each heading. Sphinx warns about an unknown label only if it has the inventory of those docs. It never warns about an unknown anchor.",
		Finds: []string{
			`A role refers to such a label, and the section or option does not exist.`,
			`A URL ends in "#" and such a label.`,
			`A link to configurations-ref.html ends in an anchor that is similar to that of an option, or that an option once had. The version in its URL must be the data's. A link without a version, or to "stable", counts only in an Airflow checkout.`,
		},
		Except: slices.Concat([]string{
			placeholders,
			`It is an anchor that is not similar to any other.`,
		}, past),
		Wrong: "See :ref:`config:core__laod_examples`.\n",
		Right: "See :ref:`config:core__load_examples`.\n",
	},
	{
		Name: finding.RenamedOption, Severity: finding.Error,
		Summary: "A page uses the old name of an option.",
		Meaning: "Airflow renamed the option or moved it to another section.",
		Except:  past,
		Wrong:   "Set ``[webserver] secret_key``.\n",
		Right:   "Set ``[api] secret_key``.\n",
	},
	{
		Name: finding.RemovedOption, Severity: finding.Error,
		Summary: "A page names an option that Airflow removed.",
		Meaning: "No other option replaced it. Remove the name, or say which version of Airflow has the option.",
		Except:  past,
		Wrong:   "Set ``[core] check_slas``.\n",
		Right:   "In Airflow 2 you could set ``[core] check_slas``.\n",
	},
	{
		Name: finding.DeprecatedOption, Severity: finding.Warning,
		Summary: "A page names a deprecated option.",
		Meaning: "Airflow will remove the option; the message says why. Name its replacement, or say that it is deprecated.",
		Except:  past,
		Wrong:   "Set ``[metrics] otel_host``.\n",
		Right:   "``[metrics] otel_host`` is deprecated.\n",
	},
	{
		Name: finding.WrongDefault, Severity: finding.Error,
		Summary: "A page states a wrong default.",
		Meaning: "The value, its unit and a parenthesis after it must agree with the data. A wrong default outside a table is an error in an Airflow checkout, and a warning elsewhere. If you use a default of your own, write it under \"defaults\" in windsock.yaml. If the data has no default, write the value that the code uses under \"effective\".",
		Finds: []string{
			`A row of a table names an option, and its column of defaults has another value.`,
			`A sentence, a list item or a comment in a snippet names an option and states another value: "defaults to 4", "(default: 4)", "the default is 4", "by default, it is 4", "4 (default)".`,
			`A snippet of airflow.cfg has another value, and a sentence says that the snippet shows the defaults.`,
		},
		Except: []string{
			`Another literal is between the option and the default, so the default may belong to that.`,
			`The default applies only in some cases: "on Linux", "if …", "when …".`,
			`It is the default of a vendor or a company: the sentence, header, caption or heading contains "our default", "image", "chart" or "MWAA".`,
			`The data has no default, an empty one or a generated one, and the statement is not in a table.`,
			`Its text is about the past, as "windsock explain removed-option" says.`,
		},
		Wrong: ".. list-table::\n   :header-rows: 1\n\n   * - Option\n     - Default\n   * - ``[core] parallelism``\n     - 16\n",
		Right: ".. list-table::\n   :header-rows: 1\n\n   * - Option\n     - Default\n   * - ``[core] parallelism``\n     - 32\n",
	},
	{
		Name: finding.UnusedIgnore, Severity: finding.Warning, CannotSilence: true,
		Summary: "A comment silences no finding.",
		Meaning: "The fault was corrected, another comment silences it too, the rule does not exist, or the comment is not directly above the text that it is meant for. Remove or move the comment. An entry of the baseline that matches no finding is reported too.",
		Wrong:   ".. windsock: ignore[unknown-option] is being added\n\nSet ``[core] parallelism``.\n",
		Right:   ".. windsock: ignore[unknown-option] is being added\n\nSet ``[core] paralelism``.\n",
	},
	{
		Name: finding.Unexpanded, Severity: finding.Error, IsConditional: true,
		Summary: "A page that Sphinx reads contains a directive or a role of windsock.",
		Meaning: "Sphinx does not know the directives and the role of windsock. Run \"windsock expand -w\" to expand directives in place. A role cannot be expanded in place: use a substitution instead. In an output tree, the finding means that windsock did not write the page.",
		Wrong:   ".. airflow-config-default:: [core] parallelism\n",
		Right:   ".. windsock: airflow-config-default:: [core] parallelism\n\n32\n\n.. windsock: end e29c9c180c62\n",
	},
	{
		Name: finding.Stale, Severity: finding.Error, IsConditional: true,
		Summary: "Generated text is out of date.",
		Meaning: "The configuration data, the page or the annotations changed after the text was generated. Run \"windsock expand\" again.",
		Wrong:   ".. windsock: airflow-config-default:: [core] parallelism\n\n16\n\n.. windsock: end b17ef6d19c7a\n",
		Right:   ".. windsock: airflow-config-default:: [core] parallelism\n\n32\n\n.. windsock: end e29c9c180c62\n",
	},
	{
		Name: finding.Edited, Severity: finding.Error,
		Summary: "Generated text was changed by hand.",
		Meaning: "Updating the text would lose the change, so windsock does not update it. Change the directive, the data or the project file instead, and run \"windsock expand -w --force\" to update the text.",
		Wrong:   ".. windsock: airflow-config-default:: [core] parallelism\n\nthirty-two\n\n.. windsock: end e29c9c180c62\n",
		Right:   ".. windsock: airflow-config-default:: [core] parallelism\n\n32\n\n.. windsock: end e29c9c180c62\n",
	},
	{
		Name: finding.Missing, Severity: finding.Error, CannotSilence: true,
		Summary:     "A page is not in the output tree.",
		Meaning:     "The source was added after the last expansion. Run \"windsock expand\" again.",
		Wrong:       "docs/index.rst\ndocs/new.rst\ndocs-expanded/index.rst\n",
		Right:       "docs/index.rst\ndocs/new.rst\ndocs-expanded/index.rst\ndocs-expanded/new.rst\n",
		ExampleFile: "files",
	},
	{
		Name: finding.Orphan, Severity: finding.Error, CannotSilence: true,
		Summary:     "The output tree contains a page that has no source.",
		Meaning:     "The source was removed or renamed after the last expansion. Run \"windsock expand\" again; it removes the page if it wrote it.",
		Wrong:       "docs/index.rst\ndocs-expanded/index.rst\ndocs-expanded/old.rst\n",
		Right:       "docs/index.rst\ndocs-expanded/index.rst\n",
		ExampleFile: "files",
	},
	{
		Name: finding.UnmappedSensitive, Severity: finding.Error, CannotSilence: true,
		Summary:     "The annotations do not say which components need a sensitive option.",
		Meaning:     "Tables of sensitive options show \"Review per deployment\" for it. Paste the lines in the message into windsock.yaml and fill them in. If the data is not complete, the finding is a warning.",
		Wrong:       "sensitive: {}\n",
		Right:       "sensitive:\n  \"[core] new_secret\":\n    description: What it contains\n    needed-by: [Scheduler]\n",
		ExampleFile: "windsock.yaml",
	},
	{
		Name: finding.StaleAnnotation, Severity: finding.Warning, CannotSilence: true,
		Summary:     "An annotation in the project file does not match the data.",
		Meaning:     "The data does not declare the option, or the option is not sensitive. Remove the line or correct the name.",
		Wrong:       "units:\n  \"[core] paralelism\": tasks\n",
		Right:       "units:\n  \"[core] parallelism\": tasks\n",
		ExampleFile: "windsock.yaml",
	},
	{
		Name: finding.UnsafeDescription, Severity: finding.Warning, CannotSilence: true,
		Summary:     "A page does not show a text of the data as it is.",
		Meaning:     "A description contains markup that would read files, run code or affect the page outside its table cell, so it is shown as text; or a value contains characters that reStructuredText cannot represent, so they are shown as escapes.",
		Wrong:       "core:\n  options:\n    parallelism:\n      description: \".. include:: /etc/hostname\"\n      type: integer\n      default: \"32\"\n",
		Right:       "core:\n  options:\n    parallelism:\n      description: \"How many tasks run at once.\"\n      type: integer\n      default: \"32\"\n",
		ExampleFile: "config.yml",
	},
	{
		Name: finding.OutsideSource, Severity: finding.Warning, IsConditional: true,
		Summary: "An include would fail or differ in the output tree.",
		Meaning: "A relative path to a file outside the source folder does not lead to that file from the output folder. Put the output folder beside the source folder. An include by line numbers shows other lines if the expansion of the included page moves them. Use \"start-after\" and \"end-before\" instead of numbers.",
		Wrong:   ".. include:: ../shared.rst\n",
		Right:   ".. include:: shared.rst\n",
	},
}

// FindRule returns the rule with a name, or nil if there is none.
func FindRule(name string) *Rule {
	for i := range rules {
		if rules[i].Name == name {
			return &rules[i]
		}
	}
	return nil
}
