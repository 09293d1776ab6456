// Package catalog reads the options that Airflow's configuration data declares, and resolves
// the names of options.
//
// # The data
//
// A config.yml is a mapping of sections; a provider.yaml has such a mapping under its key
// "config":
//
//	core:
//	  description: ~
//	  options:
//	    fernet_key:
//	      description: Secret key to save connection passwords in the db.
//	      version_added: ~
//	      type: string
//	      example: ~
//	      default: "{FERNET_KEY}"
//	      sensitive: true
//
// Until Airflow 2.5, sections and options were lists, whose items have a key "name".
//
// [Load] makes a [Catalog] of such files. It reads YAML nodes rather than structs: in structs
// the last of two equal keys would win, and the string "false" would be true. Each error is a
// finding of the rule bad-data at the word; the catalogue contains everything else. The package
// opens no files; its callers pass in bytes.
//
// # Names
//
// An option has a section and a name, a [Reference]. Authors write it in three ways: "[core]
// fernet_key", "core.fernet_key" and AIRFLOW__CORE__FERNET_KEY. All spellings of an option have
// the same environment variable, which is therefore the key of every index in this package.
// [Catalog.LookupEnv] also resolves the other meanings of a variable: a command that prints a
// sensitive value, a team's setting, one key of a family.
//
// # Annotations
//
// Some facts are not in the data: the components that need a sensitive option, the successor of
// an option of Airflow 2, the sections that allow any name. [Embedded] returns such facts about
// Airflow. Their file, airflow.yaml, has the format of the project file:
//
//	sensitive: {"[api] secret_key": {description: API secret key, needed-by: [API Server]}}
//	renamed:
//	  "[webserver] secret_key": "[api] secret_key"
//	  "[webserver] base_url": {to: "[api] base_url", since: "3.0"}
//	  "[core] check_slas": removed
//	undeclared: {"[providers.odbc] allow_driver_in_extra": read by the code}
//	effective: {"[api_auth] jwt_algorithm": GUESS}
//	units: {"[api_auth] jwt_leeway": seconds}
//	defaults: {"[core] parallelism": 64}
//	key-free: [sentry]
//	families: [AIRFLOW__SECRETS__BACKEND_KWARG__<KEY>]
//	version: "3.2"
//	complete: true
//
// Mappings of a project extend these and its lists replace them, see [Annotations.Extend].
// [Catalog.Unmapped] and [Catalog.Stale] compare annotations with the data.
//
// # Resolutions
//
// One place resolves names, for the directives and for the checks: [Catalog.Resolve],
// [Catalog.ResolveEnv] and [Catalog.ResolveSection] return a [Resolution] with the rule that the
// name breaks, the message, and the suggestion.
//
// For an option that is not declared, [Catalog.Suggest] finds the one that the author meant: its
// successor, or the option with the lowest cost. Each wrong character, swapped word, missing
// prefix and wrong section has a cost. It suggests one declared option, or none. [Nearest] does
// the same for single words.
package catalog
