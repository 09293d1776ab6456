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
	flags: func(f *pflag.FlagSet, s *settings) {
		f.BoolVar(&s.toStdout, "stdout", false, "write windsock.yaml to standard output")
		f.BoolVar(&s.toSchema, "schema", false, "write windsock.schema.json to standard output")
		f.BoolVar(&s.toSphinx, "sphinx", false, "write an extension of Sphinx to standard output")
	},
	run: initProject,
}

// initProject runs "windsock init".
func initProject(s *session, args []string) int {
	if len(args) > 0 {
		return s.fail(errors.New("init takes no argument; run it in the folder that the project file is for"))
	}
	around := project.Survey(".")
	text := project.Template(around, catalog.EmbeddedSource())
	switch {
	case s.toStdout:
		s.stdout.Write(text)
		return statusOK
	case s.toSchema:
		s.stdout.Write(docs.Schema)
		return statusOK
	case s.toSphinx:
		s.stdout.Write(docs.SphinxExtension)
		return statusOK
	}
	if err := createFile(project.FileName, text); err != nil {
		return s.fail(err)
	}
	if err := pages.Create(project.SchemaName, docs.Schema); err != nil && !errors.Is(err, fs.ErrExist) {
		return s.fail(err)
	}
	fmt.Fprintf(s.stdout, "wrote %s and %s\n%s\n", project.FileName, project.SchemaName, s.nextAfterInit(around))
	return statusOK
}

// nextAfterInit says what to do with a new project file. The path of a virtual environment,
// which is another one on other machines, stands in no file.
func (s *session) nextAfterInit(around project.Surroundings) string {
	switch {
	case around.KnowsData():
	case s.getenv("VIRTUAL_ENV") != "":
		return "next: run \"windsock list --airflow $VIRTUAL_ENV --format config > airflow.yml\", which keeps the options of the\nAirflow installed there, and name that file in windsock.yaml (config:)"
	default:
		return "next: name Airflow's data in it (config: or airflow:), then run \"windsock check\""
	}
	return "next: \"windsock check\" finds what pages say wrongly, \"windsock adopt\" the tables that can be directives"
}

// createFile writes a file that must not be there yet, whole or not at all.
func createFile(path string, text []byte) error {
	err := pages.Create(path, text)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already; remove it first, or use --stdout", path)
	}
	return err
}
