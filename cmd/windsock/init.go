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
The file names the data and the docs that it finds here, and has every other key
as a comment with a short explanation, so that it changes nothing about what is
found. What windsock knows about Airflow's options (who needs each sensitive
one, what old names became) is in it too, for you to change. An existing
windsock.yaml is never changed. Beside it stands windsock.schema.json, by which
editors complete and check it.
`,
	setup: func(f *pflag.FlagSet, _ *settings) runner {
		file := f.Bool("stdout", false, "write windsock.yaml to standard output")
		schema := f.Bool("schema", false, "write windsock.schema.json to standard output")
		extension := f.Bool("sphinx", false, "write an extension of Sphinx to standard output")
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

// initProject writes the project file and its schema. Files that are there stay as they are.
func (s *session) initProject(around project.Surroundings, text []byte) int {
	err := pages.Create(project.FileName, text)
	if errors.Is(err, fs.ErrExist) {
		err = fmt.Errorf("%s is there already; remove it first, or use --stdout", project.FileName)
	} else if err == nil {
		if err = pages.Create(project.SchemaName, docs.Schema); errors.Is(err, fs.ErrExist) {
			err = nil
		}
	}
	if err != nil {
		return s.fail(err)
	}
	next := "name Airflow's data in it (config: or airflow:), then run \"windsock check\""
	if around.KnowsData() {
		next = "\"windsock check\" finds what pages say wrongly, \"windsock adopt\" the tables that can be directives"
	} else if s.getenv("VIRTUAL_ENV") != "" { // whose path, another one on other machines, stands in no file
		next = "run \"windsock list --airflow $VIRTUAL_ENV --format config > airflow.yml\", which keeps the options of the\nAirflow installed there, and name that file in windsock.yaml (config:)"
	}
	fmt.Fprintf(s.stdout, "wrote %s and %s\nnext: %s\n", project.FileName, project.SchemaName, next)
	return statusOK
}
