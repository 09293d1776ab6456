package main

import (
	"cmp"
	"errors"
	"maps"
	"slices"

	"windsock/cmd/windsock/internal/pages"
	"windsock/cmd/windsock/internal/project"
	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/finding"
)

// loaded is what a run reads before it reads pages.
type loaded struct {
	project *project.Project
	known   *baseline         // nil if there is no baseline
	data    map[string][]byte // the content of the files of configuration data by path
	catalog *catalog.Catalog
	badData bool            // whether there are findings about the data
	changed map[string]bool // under --hook, the real paths of the pages to read; nil for all pages
	input   []byte          // standard input, if it is the page to read
}

// load loads the configuration data of the project.
func (s *session) load() error {
	go catalog.Embedded() // decodes it while the data is read
	var loader catalog.Loader
	installed, err := s.readData(loader.Add)
	if err != nil {
		return err
	}
	annotations := catalog.Embedded().Extend(s.project.Annotations)
	annotations.Complete = s.isComplete()
	annotations.Version = cmp.Or(annotations.Version, installed, s.versionBeside())
	var findings []finding.Located
	s.catalog, findings = loader.Load(annotations)
	s.badData = len(findings) > 0
	for _, n := range s.catalog.Notes() {
		s.note("%s:%d: %s", pages.Quoted(n.Path), n.Start.Line, n.Message)
	}
	s.report(findings...)
	if len(s.catalog.Options()) == 0 && !s.badData {
		return errors.New("the configuration data declares no option, so there is nothing to check against")
	}
	s.note("%s from %s of data, of %s", plural(len(s.catalog.Options()), "option"), plural(len(s.data), "file"), s.catalog.Release())
	return nil
}

// isComplete reports whether the data declares all options: it is the data of a whole checkout, or
// the project file says so.
func (s *session) isComplete() bool {
	if s.hasDataFlags() {
		return false
	}
	return s.project.Annotations.Complete ||
		s.project.IsWhole() && slices.ContainsFunc(slices.Collect(maps.Keys(s.data)), s.project.Providers.Match)
}

// hasDataFlags reports whether flags name the data.
func (s *settings) hasDataFlags() bool {
	return s.config != nil || s.providers != nil || s.airflow != nil
}

// versionBeside returns the Airflow version recorded beside a file of data, "" if there is none.
func (s *session) versionBeside() catalog.Version {
	for _, path := range slices.Sorted(maps.Keys(s.data)) {
		if v := project.VersionBeside(path); v != "" {
			return v
		}
	}
	return ""
}

// ruleNames returns the names of all rules.
func ruleNames() []string {
	return namesOf(directives.Rules(), func(r directives.Rule) string { return r.Name })
}

// openProject reads the project file: the one that --project names, or else the one that it finds.
func (s *session) openProject(paths []string) (err error) {
	s.project, err = project.Find(".", s.projectFile, paths, ruleNames())
	if unmet := s.project.Unmet(version()); unmet != nil {
		return unmet // more helpful than errors about keys of a later version
	}
	switch {
	case err != nil:
		return err
	case s.project.Path != "":
		s.note("project file %s", pages.Quoted(s.project.Path))
	case s.project.Checkout != "":
		s.note("no project file; Airflow checkout %s", pages.Quoted(s.project.Checkout))
	default:
		s.note("no project file")
	}
	return nil
}

// dataGlobs returns the globs for files like config.yml and files like provider.yaml, and the
// folders with an installed Airflow. They come from the flags or, if no flag names data, from the
// project file or the checkout.
func (s *session) dataGlobs() (config, providers project.Globs, airflow []string) {
	switch p := s.project; {
	case s.hasDataFlags():
		return project.FlagGlobs("--config", s.config), project.FlagGlobs("--providers", s.providers), s.airflow
	case p.Airflow != nil:
		return p.Config.Written(), p.Providers.Written(), p.Airflow
	default:
		return p.Config, p.Providers, nil
	}
}

// readData reads the files of configuration data, and calls add for each. It returns the version
// of the installed Airflow, "" if there is none.
func (s *session) readData(add func(catalog.File)) (catalog.Version, error) {
	config, providers, airflow := s.dataGlobs()
	s.data, s.inData = make(map[string][]byte), make(map[finding.Located]bool)
	var installed project.Installation
	if airflow != nil {
		found, err := project.FindInstalled(airflow)
		if err != nil {
			return "", err
		}
		installed = *found
	}
	for _, missing := range installed.Missing {
		s.note("no module for the provider's entry point %s", missing)
	}
	if err := s.readFiles(add, installed.Files...); err != nil {
		return "", err
	}
	for i, globs := range []project.Globs{config, providers} {
		files, err := globs.Data(i == 1)
		if err == nil {
			err = s.readFiles(add, files...)
		}
		if err != nil {
			return "", err
		}
	}
	if len(s.data) == 0 {
		return "", errors.New("no configuration data: name it with --config and --providers or --airflow, or in windsock.yaml, or work inside an Airflow checkout")
	}
	return installed.Version, nil
}

// readFiles reads files of data, and calls add for each. It skips a file that windsock found by
// itself and cannot read.
func (s *session) readFiles(add func(catalog.File), files ...catalog.File) error {
	for _, f := range files {
		err := project.ReadData(&f)
		switch {
		case err == nil:
			s.data[f.Path] = f.Data
			s.note("data %s", pages.Quoted(f.Path))
			add(f)
		case f.Found:
			s.note("%v", err)
		default:
			return err
		}
	}
	return nil
}
