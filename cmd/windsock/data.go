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

// What is loaded are the project and its data, and what to look at.
type loaded struct {
	project *project.Project
	catalog *catalog.Catalog
	badData bool            // whether the files of data had findings
	changed map[string]bool // the only pages to look at, by where they really are; nil for no such limit
	input   []byte          // standard input, if that is the page to read
}

// load loads the configuration data of the project.
func (s *session) load() error {
	go catalog.Embedded() // which is decoded meanwhile
	var loader catalog.Loader
	installed, err := s.dataFiles(loader.Add)
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

// isComplete reports whether the data declares every option there is: it is that of a whole
// checkout, or the project file says so.
func (s *session) isComplete() bool {
	if s.config != nil || s.providers != nil || s.airflow != nil {
		return false
	}
	isProvider := func(path string) bool { return s.project.Providers.Match(path) }
	return s.project.Annotations.Complete ||
		s.project.IsWhole() && slices.ContainsFunc(slices.Collect(maps.Keys(s.data)), isProvider)
}

// versionBeside returns the version of Airflow that stands beside a file of data, "" if none
// does.
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

// openProject finds the project file, or reads the one that a flag names.
func (s *session) openProject(paths []string) (err error) {
	s.project, err = project.Find(".", s.projectFile, paths, ruleNames())
	s.rules = s.project.Rules
	if unmet := s.project.Unmet(version()); unmet != nil {
		return unmet // before what a later version may know is called wrong
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

// dataGlobs returns where the files of data are that are like a config.yml, those that are
// like a provider.yaml, and the folders with an installed Airflow: what the flags say or,
// without any, the project file or the checkout. Flags for one kind of data leave no room for
// data found elsewhere.
func (s *session) dataGlobs() (config, providers project.Globs, airflow []string) {
	switch p := s.project; {
	case s.config != nil || s.providers != nil || s.airflow != nil:
		return project.FlagGlobs("--config", s.config), project.FlagGlobs("--providers", s.providers), s.airflow
	case p.Airflow != nil:
		return p.Config.Written(), p.Providers.Written(), p.Airflow
	default:
		return p.Config, p.Providers, nil
	}
}

// dataFiles reads the files of configuration data, and calls add for each. It returns the
// version of an installed Airflow.
func (s *session) dataFiles(add func(catalog.File)) (catalog.Version, error) {
	config, providers, airflow := s.dataGlobs()
	s.useData(make(map[string][]byte))
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
	if err := s.addData(add, installed.Files...); err != nil {
		return "", err
	}
	for i, globs := range []project.Globs{config, providers} {
		files, err := globs.Data(i == 1)
		if err == nil {
			err = s.addData(add, files...)
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

// addData reads files of data, and calls add with each.
func (s *session) addData(add func(catalog.File), files ...catalog.File) error {
	for _, f := range files {
		err := project.ReadData(&f, pages.MaxSize)
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
