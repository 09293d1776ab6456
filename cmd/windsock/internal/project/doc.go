// Package project finds and reads the project file, windsock.yaml, and says
// which files of data and which pages it means.
//
// [Find] looks from the working folder upward for a project file, and for an
// Airflow checkout, inside which none is needed. A file looks like this, every
// key optional, paths relative to its folder:
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
// and the annotations that package catalog reads. A region is bound to the
// comments ".. START SECRETS" and ".. END SECRETS"; its directive is written as
// on a page, less the "..".
//
// config, providers and docs hold globs as doublestar has them; "**" does not
// enter folders that walks of pages pass over. A glob that matches nothing is an
// error, unless nobody wrote it. ignore holds patterns as of a .gitignore.
//
// Whatever is wrong with a project file is an [Error], with the place of each
// word that is.
package project
