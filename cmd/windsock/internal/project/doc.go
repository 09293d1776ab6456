// Package project finds and reads the project file, windsock.yaml, and finds the data and the
// pages that it names.
//
// [Find] looks for a project file, and for an Airflow checkout, from the working folder
// upward. A checkout needs no project file. Every key of the file is optional, and its
// paths are relative to its folder:
//
//	config:    [airflow-core/src/airflow/config_templates/config.yml]
//	providers: ["providers/**/provider.yaml"]
//	docs:      [airflow-core/docs, "providers/**/docs"]
//	expand:    {to: docs-expanded}      # or in-place
//	ignore:    ["**/changelog.rst", /RELEASE_NOTES.rst, "**/newsfragments/"]
//	literal-directives: [jinja]
//	rules:     {deprecated-option: off} # off, warning, error
//	baseline:  windsock-baseline.json
//	regions:
//	  - begin: START SECRETS
//	    end:   END SECRETS
//	    directive: |
//	      airflow-sensitive-vars:: core
//	         :columns: env-var, description
//
// The file also contains the annotations that package catalog reads. A region names the text
// of the two comments around it, here ".. START SECRETS" and ".. END SECRETS", and its
// directive, written as on a page but without the "..".
//
// config, providers and docs are lists of doublestar globs, in which "**" does not enter
// the folders that walks of pages skip. A glob that matches nothing is an error, except for
// the globs that a checkout sets. ignore is a list of .gitignore patterns.
//
// Each fault of a project file is a finding of an [Error].
package project
