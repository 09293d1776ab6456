package directives

import (
	"slices"

	"windsock/directives/finding"
)

// A Rule is a kind of finding.
type Rule struct {
	Name          string
	Severity      finding.Severity // unless the project file says otherwise
	Blocks        bool             // it makes an expansion impossible and cannot be turned off
	CannotSilence bool             // no comment in a page silences it
	IsConditional bool             // whether a run looks for it depends on where the output goes
	Summary       string           // what it finds, one sentence
	Meaning       string           // why that matters and how to mend it, one paragraph
	Finds         []string         // what is a finding of the rule, a sentence each, where the paragraph does not say
	Except        []string         // what is no finding of the rule though it looks like one, a sentence each
	Wrong         string           // an example of what breaks the rule
	Right         string           // the same, mended
	ExampleFile   string           // what the examples are: "" for a page, the name of another file, or "files" for a list of paths
}

// past are the signs that a text is about another version of Airflow than that of the data.
var past = []string{
	`Its sentence speaks of the past: "in Airflow 2", "for Airflow 2.7", "earlier than 3.0", "renamed from", "removed in", "deprecated", "instead of".`,
	`Its sentence, its heading, its tab or the header of its column names another version of Airflow than that of the data. "Since" and "as of" a version do not.`,
	`Its sentence, or its row in a table, also names what the option became.`,
	`The sentence before its block of code, list or table, the comment above its line, a parenthesis in its list item, or the caption of its table says such a thing.`,
	`A note in its section says so: of the options that the note names, or of all if it names a version.`,
	`Its heading is the name of a release, as in a changelog.`,
}

// placeholders are the words that stand for any section or option.
const placeholders = `It is a placeholder: {SECTION}, <KEY>, SECTION__KEY, OPTION_NAME, MY_OPTION, your_section, "…", or ends in "_" or "*".`

// Rules returns all rules, in the order in which they are explained.
func Rules() []Rule { return rules }

var rules = []Rule{
	{
		Name: finding.BadDirective, Severity: finding.Error, Blocks: true,
		Summary: "A directive or a role cannot be expanded.",
		Meaning: "It names an option, column or provider that does not exist, its text cannot be read, or it stands where its expansion cannot. The page is not written until you correct it; other pages are.",
		Wrong:   ".. airflow-config-default:: [core] paralelism\n",
		Right:   ".. airflow-config-default:: [core] parallelism\n",
	},
	{
		Name: finding.BadRegion, Severity: finding.Error, Blocks: true,
		Summary: "The comments that mark a managed region do not fit together.",
		Meaning: "A begin without its end, an end without its begin, regions inside each other, or a comment \".. windsock:\" that windsock does not know. The page is not written until you correct it. A region that windsock.yaml binds and that no page holds is one too, when all docs are verified.",
		Wrong:   ".. windsock: airflow-config-default:: [core] parallelism\n\n32\n",
		Right:   ".. windsock: airflow-config-default:: [core] parallelism\n\n32\n\n.. windsock: end e29c9c180c62\n",
	},
	{
		Name: finding.BadData, Severity: finding.Error, Blocks: true,
		Summary:     "A file of configuration data is not what Airflow would read.",
		Meaning:     "Duplicate keys, an option declared twice, two options with one environment variable, a value of the wrong type, or a file that is not YAML. Nobody knows what such data declares, so pages that name its options are not reported.",
		Wrong:       "core:\n  options:\n    parallelism:\n      type: int\n      default: \"32\"\n",
		Right:       "core:\n  options:\n    parallelism:\n      type: integer\n      default: \"32\"\n",
		ExampleFile: "config.yml",
	},
	{
		Name: finding.NearMiss, Severity: finding.Error,
		Summary: "Something is almost a directive or a role of windsock's.",
		Meaning: "One colon in place of two makes a directive a comment, which Sphinx drops without a warning; underscores or a misspelt type make it a directive that Sphinx does not know. The page is not expanded until you correct it, or write the comment \".. windsock: ignore[near-miss]\" above it.",
		Wrong:   ".. airflow-sensitive-vars: core\n",
		Right:   ".. airflow-sensitive-vars:: core\n",
	},
	{
		Name: finding.UnknownOption, Severity: finding.Error,
		Summary: "A page names an option that does not exist.",
		Meaning: "The section is Airflow's, but the data declares no such option in it. The name may be misspelt or belong to another section. List an option that the code reads and no data declares under \"undeclared\" in windsock.yaml. A misspelling is reported whatever the text is about.",
		Except: slices.Concat([]string{
			placeholders,
			`Its sentence names another program's file, such as my.cnf, or it is a key of Git's, and the sentence does not speak of airflow.cfg.`,
			`It is a name without a section, unless this section of the page names the option in full, a sentence introduces the line, or a list is of one section's options.`,
			`It stands below "config:" in YAML, and nothing shows that the values are those of Airflow's chart.`,
			`Users choose the options of its section, and it is not one slip from a declared one.`,
		}, past),
		Wrong: "Set ``[core] paralelism`` to 16.\n",
		Right: "Set ``[core] parallelism`` to 16.\n",
	},
	{
		Name: finding.UnknownSection, Severity: finding.Error,
		Summary: "A page names a section that does not exist.",
		Meaning: "Other programs have files with sections too, so not every section that the data does not declare is reported.",
		Finds: []string{
			`Airflow once had the section.`,
			`Its name is near that of a section that exists.`,
			`The option exists in another section.`,
			`The data is that of an Airflow checkout, which declares all sections.`,
		},
		Except: past,
		Wrong:  "The token lives as long as ``[api_outh] jwt_expiration_time`` says.\n",
		Right:  "The token lives as long as ``[api_auth] jwt_expiration_time`` says.\n",
	},
	{
		Name: finding.UnknownEnvVar, Severity: finding.Error,
		Summary: "An environment variable sets no option.",
		Meaning: "Airflow reads AIRFLOW__SECTION__NAME, in upper case, with \"_\" for a dot in the section's name. It ignores a variable that names no option. A variable that is near no option, or extends the name of one, is but a warning outside of an Airflow checkout: code of your own may read it.",
		Except:  slices.Concat([]string{placeholders}, past),
		Wrong:   "Set ``AIRFLOW__CORE__LAOD_EXAMPLES``.\n",
		Right:   "Set ``AIRFLOW__CORE__LOAD_EXAMPLES``.\n",
	},
	{
		Name: finding.NotSensitive, Severity: finding.Error,
		Summary: "A form with _CMD or _SECRET is used for an option that is not sensitive.",
		Meaning: "Airflow reads a value from a command or from a secrets backend only for sensitive options. For others it ignores these forms. Name the option itself.",
		Except:  slices.Concat([]string{`An option of that very name exists.`}, past),
		Wrong:   "Set ``AIRFLOW__CORE__PARALLELISM_CMD``.\n",
		Right:   "Set ``AIRFLOW__CORE__FERNET_KEY_CMD``.\n",
	},
	{
		Name: finding.UnknownLabel, Severity: finding.Error,
		Summary: "A link into the configuration reference leads nowhere.",
		Meaning: "Airflow's reference has a label \"config:section\" for each section, \"config:section__option\" for each option, and on configurations-ref.html an anchor for each heading. Sphinx warns about other labels only if it has the inventory of those docs, and about other anchors never.",
		Finds: []string{
			`A reference role names a label that begins so, and the section or the option does not exist.`,
			`A URL ends in "#config:" with such a label.`,
			`A link to configurations-ref.html ends in an anchor that is nearly that of an option, or was that of one. The data must be that of the version in its URL. A link without a version, or to "stable", counts in an Airflow checkout.`,
		},
		Except: slices.Concat([]string{
			placeholders,
			`It is an anchor that is near none.`,
		}, past),
		Wrong: "See :ref:`config:core__laod_examples`.\n",
		Right: "See :ref:`config:core__load_examples`.\n",
	},
	{
		Name: finding.RenamedOption, Severity: finding.Error,
		Summary: "A page calls an option by an old name.",
		Meaning: "Airflow renamed the option or moved it to another section.",
		Except:  past,
		Wrong:   "Set ``[webserver] secret_key``.\n",
		Right:   "Set ``[api] secret_key``.\n",
	},
	{
		Name: finding.RemovedOption, Severity: finding.Error,
		Summary: "A page names an option that Airflow removed.",
		Meaning: "Nothing took the option's place.",
		Except:  past,
		Wrong:   "Set ``[core] check_slas``.\n",
		Right:   "In Airflow 2 you could set ``[core] check_slas``.\n",
	},
	{
		Name: finding.DeprecatedOption, Severity: finding.Warning,
		Summary: "A page names a deprecated option.",
		Meaning: "Airflow will remove the option; the message says why. Name what takes its place, or say that it is deprecated.",
		Except:  past,
		Wrong:   "Set ``[metrics] otel_host``.\n",
		Right:   "``[metrics] otel_host`` is deprecated.\n",
	},
	{
		Name: finding.WrongDefault, Severity: finding.Error,
		Summary: "A page gives a default that is not the option's.",
		Meaning: "The value, its unit and what a parenthesis says of it must be those of the data. Outside of tables a wrong one is an error in an Airflow checkout, and a warning elsewhere. Give a default of your own under \"defaults\" in windsock.yaml, and a value that the code uses where the data has none under \"effective\".",
		Finds: []string{
			`The row of a table names an option, and its column of defaults has another value.`,
			`A sentence, a list item or a comment in a snippet names an option and says another: "defaults to 4", "(default: 4)", "the default is 4", "by default, it is 4", "4 (default)".`,
			`A sentence says that a snippet of airflow.cfg shows the defaults, and it has another value.`,
		},
		Except: []string{
			`Another literal stands between the option and the default, which may be that thing's.`,
			`The default is that of some cases: "on Linux", "if …", "when …".`,
			`It is that of a vendor or a company: "our default", "image", "chart", "MWAA" in the sentence, the header, the caption or the heading.`,
			`The data has no default, an empty or a generated one, and no table says so.`,
			`Its text is about the past, as "windsock explain removed-option" says.`,
		},
		Wrong: ".. list-table::\n   :header-rows: 1\n\n   * - Option\n     - Default\n   * - ``[core] parallelism``\n     - 16\n",
		Right: ".. list-table::\n   :header-rows: 1\n\n   * - Option\n     - Default\n   * - ``[core] parallelism``\n     - 32\n",
	},
	{
		Name: finding.UnusedIgnore, Severity: finding.Warning, CannotSilence: true,
		Summary: "A comment silences nothing.",
		Meaning: "What it silenced was corrected, or another comment silences it, or it names a rule that does not exist, or it does not stand right above what it is meant for. So it is with an entry of the baseline that matches nothing.",
		Wrong:   ".. windsock: ignore[unknown-option] is being added\n\nSet ``[core] parallelism``.\n",
		Right:   ".. windsock: ignore[unknown-option] is being added\n\nSet ``[core] paralelism``.\n",
	},
	{
		Name: finding.Unexpanded, Severity: finding.Error, IsConditional: true,
		Summary: "A directive or a role stands where Sphinx reads the page as it is.",
		Meaning: "Sphinx knows neither the directives of windsock nor its role. Run \"windsock expand -w\" to expand directives in place, and write a substitution instead of a role, which cannot be expanded in place. In an output tree this is a page that windsock did not expand.",
		Wrong:   ".. airflow-config-default:: [core] parallelism\n",
		Right:   ".. windsock: airflow-config-default:: [core] parallelism\n\n32\n\n.. windsock: end e29c9c180c62\n",
	},
	{
		Name: finding.Stale, Severity: finding.Error, IsConditional: true,
		Summary: "Expanded text is not what the data says now.",
		Meaning: "The configuration data, the page or the annotations changed after the text was made. Run \"windsock expand\" again.",
		Wrong:   ".. windsock: airflow-config-default:: [core] parallelism\n\n16\n\n.. windsock: end b17ef6d19c7a\n",
		Right:   ".. windsock: airflow-config-default:: [core] parallelism\n\n32\n\n.. windsock: end e29c9c180c62\n",
	},
	{
		Name: finding.Edited, Severity: finding.Error,
		Summary: "Generated text was changed by hand.",
		Meaning: "The next renewal would lose the change, so windsock keeps the text and reports it. Change the directive, the data or the project file instead, and run \"windsock expand -w --force\" to renew the text.",
		Wrong:   ".. windsock: airflow-config-default:: [core] parallelism\n\nthirty-two\n\n.. windsock: end e29c9c180c62\n",
		Right:   ".. windsock: airflow-config-default:: [core] parallelism\n\n32\n\n.. windsock: end e29c9c180c62\n",
	},
	{
		Name: finding.Missing, Severity: finding.Error, CannotSilence: true,
		Summary:     "A page is not in the output tree.",
		Meaning:     "The page was written after the last expansion. Run \"windsock expand\" again.",
		Wrong:       "docs/index.rst\ndocs/new.rst\ndocs-expanded/index.rst\n",
		Right:       "docs/index.rst\ndocs/new.rst\ndocs-expanded/index.rst\ndocs-expanded/new.rst\n",
		ExampleFile: "files",
	},
	{
		Name: finding.Orphan, Severity: finding.Error, CannotSilence: true,
		Summary:     "The output tree holds a page whose source is gone.",
		Meaning:     "The source was removed or renamed after the last expansion. Run \"windsock expand\" again, which removes what it wrote.",
		Wrong:       "docs/index.rst\ndocs-expanded/index.rst\ndocs-expanded/old.rst\n",
		Right:       "docs/index.rst\ndocs-expanded/index.rst\n",
		ExampleFile: "files",
	},
	{
		Name: finding.UnmappedSensitive, Severity: finding.Error, CannotSilence: true,
		Summary:     "Nobody has said which components need a sensitive option.",
		Meaning:     "A table of sensitive options lists it with \"Review per deployment\". Paste the lines that the message shows into windsock.yaml and fill them in. Unless the data is complete it is a warning.",
		Wrong:       "sensitive: {}\n",
		Right:       "sensitive:\n  \"[core] new_secret\":\n    description: What it holds\n    needed-by: [Scheduler]\n",
		ExampleFile: "windsock.yaml",
	},
	{
		Name: finding.StaleAnnotation, Severity: finding.Warning, CannotSilence: true,
		Summary:     "The project file says something about an option that does not fit.",
		Meaning:     "The data does not declare the option, or it is not sensitive. Remove the line or rename the option.",
		Wrong:       "units:\n  \"[core] paralelism\": tasks\n",
		Right:       "units:\n  \"[core] parallelism\": tasks\n",
		ExampleFile: "windsock.yaml",
	},
	{
		Name: finding.UnsafeDescription, Severity: finding.Warning, CannotSilence: true,
		Summary:     "A text of the data is shown with changes.",
		Meaning:     "A description holds markup that would read files, run code or leak out of its table cell, so it is shown as text; or a value holds characters that reStructuredText cannot show, so they are shown as escapes.",
		Wrong:       "core:\n  options:\n    parallelism:\n      description: \".. include:: /etc/hostname\"\n      type: integer\n      default: \"32\"\n",
		Right:       "core:\n  options:\n    parallelism:\n      description: \"How many tasks run at once.\"\n      type: integer\n      default: \"32\"\n",
		ExampleFile: "config.yml",
	},
	{
		Name: finding.OutsideSource, Severity: finding.Warning, IsConditional: true,
		Summary: "A page includes a file that the output tree would not find.",
		Meaning: "An include reaches out of the source folder by a relative path, which leads elsewhere from the output folder. Put the output folder beside the source folder. An include by line numbers shows other lines if expanding its page moves them: name text in place of numbers.",
		Wrong:   ".. include:: ../shared.rst\n",
		Right:   ".. include:: shared.rst\n",
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
