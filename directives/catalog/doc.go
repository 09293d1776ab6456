// Package catalog knows the options that Airflow's configuration data declares,
// and what is known of them beside that data.
//
// # The data
//
// A config.yml is a mapping of sections; a provider.yaml holds such a mapping
// under its key "config":
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
// Until Airflow 2.5 sections and options were lists, whose items have a key "name".
//
// [Load] makes a [Catalog] of such files. It walks YAML's tree by hand, since
// decoding into structs would let the last of two equal keys win and would take
// the string "false" for true. Whatever is wrong is a finding of the rule
// bad-data at the very word; what is right is still in the catalogue. The package
// opens no files: who calls it hands over bytes.
//
// # Names
//
// An option has a section and a name, a [Reference], that authors spell in three
// ways: "[core] fernet_key", "core.fernet_key" and AIRFLOW__CORE__FERNET_KEY. All
// spellings of an option agree in its environment variable, so that is the key of
// every index here. What else an environment variable may mean (a command that
// prints a sensitive value, a team's setting, one key of a family) is for
// [Catalog.LookupEnv] to say.
//
// # Annotations
//
// Which components need a sensitive option, what became of an option of Airflow 2,
// which sections take any name: no data says so. [Embedded] are such facts about
// Airflow, read from airflow.yaml, which is in the format of the project file:
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
// A project's maps extend these and its lists replace them, see
// [Annotations.Extend]. [Catalog.Unmapped] and [Catalog.Stale] hold annotations
// and data against each other.
//
// # Resolutions
//
// What a name means is said in one place, for the directives and for the checks:
// [Catalog.Resolve], [Catalog.ResolveEnv] and [Catalog.ResolveSection] return a
// [Resolution] with the rule that the name breaks, the message, and what to write
// instead.
//
// For a reference to an option that is not declared, [Catalog.Suggest] finds the
// one that was meant: what it was renamed to, else the nearest by the cost of each
// wrong character, swapped word, missing prefix or wrong section. It suggests one
// option, or none, and never one that the data does not declare. [Nearest] does
// the same for single words.
package catalog
