package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"windsock/cmd/windsock/internal/pages"
	"windsock/cmd/windsock/internal/project"
	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/check"
	"windsock/directives/finding"
	"windsock/grammar"
)

// A session is one run of a command: what it was given, and what it has found.
type session struct {
	env
	settings
	given
	judges     bool                      // as of a command
	known      *check.Filter             // the findings that are not to be reported; nil for none
	listed     pages.Listings            // what folders hold, from looking for data
	files      int                       // pages looked at
	tally                                // of these pages
	written    int                       // pages written
	buffers    sync.Pool                 // of buffers for the sources of pages
	rewritten  bool                      // whether a hook wrote a page
	whole      int                       // files that were shown as a whole, or were too many to be
	progress   *progress                 // how far it is, for those who watch
	printsPage bool                      // whether standard output is for an expanded page
	findings   []finding.Located         // that are not written yet
	printer    findingWriter             // that writes them; see writer
	errors     int                       // findings that are errors
	warnings   int                       // findings that are warnings
	inData     map[finding.Located]bool  // the findings in files of data, which any page may bring up again
	lines      map[string]*grammar.Lines // of the files of data that had findings

	writes record // the pages written in place

	mu      sync.Mutex // guards what follows, and stderr: walks report from goroutines of their own
	trouble bool       // whether windsock could not do all that was asked
}

// given is what a session is opened with: another one that is given the same looks at the
// same pages, in the light of the same data.
type given struct {
	project *project.Project
	catalog *catalog.Catalog
	data    map[string][]byte // the files of configuration data
	badData bool              // whether they had findings
	input   []byte            // standard input, if that is the page to read
	changed map[string]bool   // the only pages to look at, by where they really are; nil for no such limit
}

// fail says why windsock could not work.
func (s *session) fail(err error) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trouble = true
	var bad *project.Error
	if errors.As(err, &bad) {
		s.report(bad.Findings...)
		return statusTrouble
	}
	fmt.Fprintf(s.stderr, "windsock: %s\n", cleanLines(err.Error()))
	return statusTrouble
}

// note says something on the way, if the user asked for it.
func (s *session) note(format string, args ...any) {
	if s.verbose {
		s.mu.Lock()
		defer s.mu.Unlock()
		fmt.Fprintf(s.stderr, "windsock: "+format+"\n", args...)
	}
}

// open finds the project file and loads the configuration data. paths are the
// PATHs of the command line.
func (s *session) open(paths []string) error {
	if err := s.openProject(s.projectPaths(paths)); err != nil {
		return err
	}
	if err := s.openBaseline(); err != nil {
		return err
	}
	if err := s.load(); err != nil {
		return err
	}
	if s.judges {
		s.report(s.catalog.Stale()...)
	}
	return nil
}

// openPages opens the session of a command that goes over pages, and returns the
// PATHs to read: those of the command line, unless they are what a hook saw change.
func (s *session) openPages(args []string) ([]string, error) {
	if err := s.open(args); err != nil {
		return nil, err
	}
	if s.hook {
		return nil, s.narrow(args)
	}
	return args, s.readInput(args)
}

// load loads the configuration data of the project.
func (s *session) load() error {
	go catalog.Embedded() // which is decoded meanwhile
	var loader catalog.Loader
	if err := s.dataFiles(loader.Add); err != nil {
		return err
	}
	var findings []finding.Located
	s.catalog, findings = loader.Load(catalog.Embedded().Extend(s.project.Annotations))
	s.badData = len(findings) > 0
	s.report(findings...)
	if len(s.catalog.Options()) == 0 && !s.badData {
		return errors.New("the configuration data declares no option, so there is nothing to check against")
	}
	s.note("%s from %s of data", plural(len(s.catalog.Options()), "option"), plural(len(s.data), "file"))
	return nil
}

// dependsOn returns a digest of what expansions are made from, beside the pages:
// the files of data, the project file and windsock itself. "" if no data was loaded.
func (s *session) dependsOn() string {
	if s.catalog == nil {
		return ""
	}
	h := sha256.New()
	h.Write([]byte(s.version))
	for _, path := range slices.Sorted(maps.Keys(s.data)) {
		fmt.Fprintf(h, "%q %d\n%s", fromHere(path), len(s.data[path]), s.data[path])
	}
	h.Write(s.project.Source)
	return hex.EncodeToString(h.Sum(nil))[:digestLength]
}

// digestLength is how many characters of a digest are written: two sets of data that
// have it in common are as good as impossible.
const digestLength = 32

// ruleNames returns the names of all rules.
func ruleNames() (names []string) {
	for _, r := range directives.Rules() {
		names = append(names, r.Name)
	}
	return names
}

// openProject finds the project file, or reads the one that a flag names.
func (s *session) openProject(paths []string) (err error) {
	rules := ruleNames()
	if s.projectFile == "" {
		s.project, err = project.Find(".", paths, rules)
	} else {
		s.project, err = project.Open(s.projectFile, paths, rules)
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

// A dataSource says where the files of one kind of configuration data are.
type dataSource struct {
	globs    project.Globs
	provider bool // whether they are like a provider.yaml
}

// dataSources returns where the configuration data is: what the flags say or,
// without any, the project file or the checkout. Flags for one kind of data leave no
// room for data found elsewhere.
func (s *session) dataSources() []dataSource {
	if s.config == nil && s.providers == nil {
		return []dataSource{{s.project.Config, false}, {s.project.Providers, true}}
	}
	return []dataSource{{project.FlagGlobs("--config", s.config), false}, {project.FlagGlobs("--providers", s.providers), true}}
}

// dataFiles reads the files of configuration data, and calls add for each.
func (s *session) dataFiles(add func(catalog.File)) error {
	s.data = map[string][]byte{}
	for _, source := range s.dataSources() {
		paths, err := source.globs.Files(&s.listed)
		if err != nil {
			return err
		}
		for _, path := range paths {
			data, err := s.readFile(path)
			if err != nil {
				return err
			}
			s.data[path] = data
			add(catalog.File{Path: path, Data: data, Provider: source.provider})
			s.note("data %s", pages.Quoted(path))
		}
	}
	if len(s.data) == 0 {
		return errors.New("no configuration data: name it with --config and --providers or in windsock.yaml, or work inside an Airflow checkout")
	}
	return nil
}

// report keeps findings, with the severity that the project file and --strict
// give them.
func (s *session) report(findings ...finding.Located) {
	for _, f := range findings {
		if f.Severity = s.severity(f); f.Severity == finding.Off {
			continue
		}
		f.Message = shortened(f.Message)
		if s.reportedInData(f) || s.isKnown(f) {
			continue
		}
		if f.Severity == finding.Error {
			s.errors++
		} else {
			s.warnings++
		}
		s.findings = append(s.findings, s.located(f))
	}
}

// reportedInData reports whether a finding in a file of data was reported before,
// and remembers it.
func (s *session) reportedInData(f finding.Located) bool {
	if s.data[f.Path] == nil {
		return false
	}
	before := s.inData[f]
	if s.inData == nil {
		s.inData = make(map[finding.Located]bool)
	}
	s.inData[f] = true
	return before
}

// located returns a finding in a file of data with its source line and the words
// to mark, if they stand there.
func (s *session) located(f finding.Located) finding.Located {
	if f.Text == "" || f.Line != "" {
		return f
	}
	data := s.data[f.Path]
	lines := s.linesOf(f.Path)
	if f.Start.Line > lines.Count() {
		return f
	}
	line := lines.Line(f.Start.Line)
	if at := bytes.Index(line.Of(data), []byte(f.Text)); at >= 0 {
		f.Line, f.LineColumn = string(line.Of(data)), 1
		f.Start = lines.Position(line.Start + at)
		f.End = lines.Position(line.Start + at + len(f.Text))
	}
	return f
}

// linesOf returns the lines of a file of data, which are looked for once.
func (s *session) linesOf(path string) *grammar.Lines {
	lines := s.lines[path]
	if lines == nil {
		lines = grammar.NewLines(s.data[path])
		if s.lines == nil {
			s.lines = make(map[string]*grammar.Lines)
		}
		s.lines[path] = lines
	}
	return lines
}

// severity returns the severity that a finding has in this run. Where pages are
// expanded, what hinders no expansion is a warning, as with Sphinx.
func (s *session) severity(f finding.Located) finding.Severity {
	severity := f.Severity
	r := directives.FindRule(f.Rule)
	fixed := r == nil || r.Blocks
	if !fixed && s.project != nil {
		if set, ok := s.project.Rules[f.Rule]; ok {
			severity = set
		}
	}
	switch {
	case s.strict && severity == finding.Warning:
		return finding.Error
	case !s.judges && !s.strict && !fixed && severity == finding.Error && f.Rule != finding.Edited:
		return finding.Warning
	}
	return severity
}

// isOff reports whether the project file turned off the rule of a finding.
func (s *session) isOff(d finding.Finding) bool {
	return s.severity(finding.Located{Finding: d}) == finding.Off
}

// closing prints the findings that are still to be printed, and returns the exit
// status: the command's own, or what the findings ask for.
func (s *session) closing(status int) int {
	switch {
	case s.trouble:
		status = statusTrouble
		s.writes.tell(s.stderr)
	case status == statusOK && (s.errors > 0 || s.rewritten):
		status = statusFindings
	}
	s.progress.clear()
	s.printFindings()
	s.writer().close(outcome{s.files, s.tally, s.dependsOn(), status})
	return status
}

// reason returns what the system said, less the path, which messages name.
func reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// plural writes a number with its noun.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if strings.HasSuffix(noun, "y") {
		noun = strings.TrimSuffix(noun, "y") + "ie"
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
