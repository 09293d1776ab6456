package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/pflag"

	"windsock/cmd/windsock/internal/pages"
	"windsock/cmd/windsock/internal/project"
	"windsock/directives/catalog"
	"windsock/docs"
)

var initCommand = command{
	name:    "init",
	summary: "Write a new project file, windsock.yaml.",
	help: `
The file names the data and the docs found here. Every other key is a comment
with a short explanation, so that the file changes no result. It also contains
what windsock knows about Airflow's options (which components need each
sensitive option, and what old names became), for you to change. An existing
windsock.yaml is never changed. Beside the file, init writes
windsock.schema.json, with which editors complete and check it.
`,
	setup: func(f *pflag.FlagSet, _ *settings) runner {
		file := f.Bool("stdout", false, "write windsock.yaml to standard output")
		schema := f.Bool("schema", false, "write windsock.schema.json to standard output")
		extension := f.Bool("sphinx", false, "write a Sphinx extension to standard output")
		return func(s *session, args []string) int {
			around := project.Survey(".")
			text := project.Template(around, catalog.EmbeddedSource())
			switch {
			case len(args) > 0:
				return s.fail(errors.New("init takes no argument; run it in the folder that the project file is for"))
			case *file:
				s.stdout.Write(text)
			case *schema:
				s.stdout.Write(docs.Schema)
			case *extension:
				s.stdout.Write(docs.SphinxExtension)
			default:
				return s.initProject(around, text)
			}
			return statusOK
		}
	},
}

// initProject writes the project file and its schema. It does not change existing files.
func (s *session) initProject(around project.Surroundings, text []byte) int {
	err := pages.Create(project.FileName, text)
	if errors.Is(err, fs.ErrExist) {
		return s.fail(fmt.Errorf("%s is there already; remove it first, or use --stdout", project.FileName))
	}
	if err == nil {
		err = pages.Create(project.SchemaName, docs.Schema)
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return s.fail(err)
	}
	next := "name Airflow's data in it (config: or airflow:), then run \"windsock check\""
	if around.KnowsData() {
		next = "\"windsock check\" finds what pages say wrongly, \"windsock adopt\" the tables that can be directives"
	} else if s.getenv("VIRTUAL_ENV") != "" { // its path is not written to the file, since it differs between machines
		next = "run \"windsock list --airflow $VIRTUAL_ENV --format config > airflow.yml\", which keeps the options of the\nAirflow installed there, and name that file in windsock.yaml (config:)"
	}
	fmt.Fprintf(s.stdout, "wrote %s and %s\nnext: %s\n", project.FileName, project.SchemaName, next)
	return statusOK
}
