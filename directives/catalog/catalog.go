package catalog

import (
	"cmp"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"

	"windsock/directives/finding"
)

// A File is the content of one file of configuration data.
type File struct {
	Path string // as messages name it
	Data []byte
	// Provider is set for a provider.yaml, which has its sections under "config"; the top
	// level of a config.yml is the sections.
	Provider bool
	// Function is the Python function that returns the content of a provider.yaml, if the
	// file is a Python module; "" for YAML.
	Function string
	Release  string // the version of the provider's package; "" if it is not known
	// Found is set if windsock found the file by itself. If it cannot be read, that is only a
	// note.
	Found bool
}

// A Catalog contains the options that the data declares. It is immutable, and safe for
// concurrent use.
type Catalog struct {
	Annotations *Annotations // never nil
	// Complete is set if the data declares every option that exists.
	Complete bool
	Version  Version // the Airflow version of the data; "" if it is not known

	options   []*Option
	sections  []*Section
	providers []*Provider
	byEnv     map[string]*Option    // by environment variable, the same for all spellings
	bySection map[string][]*Section // by name, with "_" instead of dots
	suggest   func() *suggester
	notes     []finding.Located
	core      string          // the file that declares all options of core; "" if none does
	faulty    map[string]bool // the paths of files with findings
	unread    []string        // the providers, "" for core, whose files could not be read completely
	hasCore   bool            // whether any file belongs to core
}

// A Loader loads a catalogue from files that are added one by one. It decodes a file while
// the caller searches for the next, because decoding YAML takes most of the time of a short
// run. The zero value is ready for use.
type Loader struct {
	readers []*reader
	start   sync.Once
	queue   chan *reader
	running sync.WaitGroup
}

// startReading starts a goroutine for each processor. A goroutine for each file would grow
// its stack anew for each file.
func (l *Loader) startReading() {
	l.queue = make(chan *reader, 1000)
	for range runtime.GOMAXPROCS(0) {
		l.running.Go(func() {
			for r := range l.queue {
				r.read()
			}
		})
	}
}

// Add starts to read a file.
func (l *Loader) Add(f File) {
	l.start.Do(l.startReading)
	r := &reader{from: f}
	l.readers = append(l.readers, r)
	l.queue <- r
}

// Load loads a catalogue from files, as [Loader.Load] does.
func Load(files []File, a *Annotations) (*Catalog, []finding.Located) {
	var l Loader
	for _, f := range files {
		l.Add(f)
	}
	return l.Load(a)
}

// Load returns the catalogue of the added files: first those of core in the order in which
// they were added, then those of providers in the order of their paths. It reports errors in
// the data as findings of the rule bad-data. The catalogue contains everything else, and the
// first of two declarations of an option. A nil a means no annotations.
func (l *Loader) Load(a *Annotations) (*Catalog, []finding.Located) {
	if a == nil {
		a = &Annotations{}
	}
	l.start.Do(l.startReading)
	close(l.queue)
	l.running.Wait()
	c := &Catalog{Annotations: a, Complete: a.Complete, Version: a.Version, byEnv: map[string]*Option{}, bySection: map[string][]*Section{}}
	slices.SortStableFunc(l.readers, func(a, b *reader) int { return strings.Compare(a.providerPath(), b.providerPath()) })
	for _, r := range l.readers {
		c.add(r)
	}
	c.Version = cmp.Or(c.Version, c.versionOf())
	if c.Version != "" && c.Version.Major() < 3 {
		c.Annotations = a.withoutEmbeddedNeeds()
	}
	for _, note := range a.Defaults {
		if o := c.Find(note.Reference); o != nil {
			o.Default = &note.Value
		}
	}
	c.suggest = sync.OnceValue(func() *suggester { return newSuggester(c) })
	var findings []finding.Located
	for _, r := range l.readers {
		findings = append(findings, finding.Resolve(r.Path, r.Data, r.Findings)...)
		c.notes = append(c.notes, finding.Resolve(r.Path, r.Data, r.notes)...)
	}
	c.faulty = make(map[string]bool)
	for _, f := range findings {
		c.faulty[f.Path], c.faulty[f.Declared.Path] = true, true
	}
	slices.SortStableFunc(findings, finding.Compare)
	return c, findings
}

// add adds the declarations of one file.
func (c *Catalog) add(r *reader) {
	if declaresCore(r.sections) {
		if c.core != "" {
			r.Bad(r.Root, "the file is a second config.yml of Airflow, beside %s; name one of them", c.core)
			return
		}
		c.core = r.Path
	}
	if r.provider != nil {
		c.providers = append(c.providers, r.provider)
	}
	c.readHead(r)
	if r.hides {
		c.unread = append(c.unread, r.name)
	}
	c.hasCore = c.hasCore || !r.from.Provider
	for _, s := range r.sections {
		c.sections = append(c.sections, s)
		c.bySection[undotted(s.Name)] = append(c.bySection[undotted(s.Name)], s)
	}
	for i, o := range r.options {
		env := o.EnvVar()
		if first := c.byEnv[env]; first != nil {
			r.repeats(o, first, r.keys[i])
			continue
		}
		c.byEnv[env] = o
		c.options = append(c.options, o)
	}
}

// repeats reports an option with the same environment variable as another. That is only a
// note if core also declares the option of a provider (in Airflow, core wins), or if two
// providers declare it the same way. Otherwise the release of a provider could break the docs
// of its users.
func (r *reader) repeats(o, first *Option, key *yaml.Node) {
	isOfCore := first.Provider == "" && o.Provider != ""
	switch at := first.Declared; {
	case o.Reference != first.Reference:
		r.Bad(key, "%s has the environment variable of %s, declared at %s:%d: %s", o, first, at.Path, at.Line, o.EnvVar()).Declared = at
	case isOfCore || first.saysTheSame(o):
		r.notes = append(r.notes, badData(r.Span(key), "%s is declared at %s:%d too, which counts", o, at.Path, at.Line))
	default:
		r.Bad(key, "%s is declared twice; the first declaration is at %s:%d", o, at.Path, at.Line).Declared = at
	}
}

// IsFaulty reports whether there are findings in the file that declares an option.
func (c *Catalog) IsFaulty(o *Option) bool { return c.faulty[o.Declared.Path] }

// Unread returns the providers, "" for core, whose files could not be read completely, so
// that some of their options may be missing.
func (c *Catalog) Unread() []string { return c.unread }

// Notes returns remarks about the data that are not errors.
func (c *Catalog) Notes() []finding.Located { return c.notes }

// Options returns the options in the order of declaration: those of core, then those of the
// providers in the order of their files' paths.
func (c *Catalog) Options() []*Option { return c.options }

// Sections returns the sections in the order of declaration.
func (c *Catalog) Sections() []*Section { return c.sections }

// Lookup returns the option with exactly that section and name, or nil.
func (c *Catalog) Lookup(section, name string) *Option {
	r := Reference{section, name}
	if o := c.Find(r); o != nil && o.Reference == r {
		return o
	}
	return nil
}

// Find returns the option of a reference from [ParseReference], or nil. Unlike Lookup it
// accepts every spelling with the same environment variable: [common_io] and [COMMON.IO] mean
// [common.io].
func (c *Catalog) Find(r Reference) *Option { return c.byEnv[r.EnvVar()] }

// Section returns the first declaration of a section, or nil.
func (c *Catalog) Section(name string) *Section {
	for _, s := range c.bySection[undotted(name)] {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// MayHide reports whether a section may have options that are missing in the catalogue. That
// is so if some data could not be read, or if no data declares the section and the data that
// could declare it, that of core or of Airflow's providers, was not loaded.
func (c *Catalog) MayHide(section string) bool {
	return len(c.unread) > 0 || c.Section(section) == nil && (!c.hasCore || len(c.providers) == 0 && slices.Contains(providerSections, section))
}

// IsOpen reports whether a section may have options that no data declares: users name its
// options, the annotations say so, or a package of another vendor declares it.
func (c *Catalog) IsOpen(section string) bool {
	section = strings.ToLower(section)
	return c.Annotations.IsKeyFree(section) || c.Annotations.Undeclared.Of(Reference{section, opened}) != nil ||
		slices.ContainsFunc(c.bySection[undotted(section)], func(s *Section) bool { return s.Name == section && c.isForeign(s.Provider) })
}

// isForeign reports whether a provider's package is not one of Airflow's.
func (c *Catalog) isForeign(provider string) bool {
	return slices.ContainsFunc(c.providers, func(p *Provider) bool {
		return p.Name == provider && p.Package != "" && !strings.HasPrefix(p.Package, packagePrefix)
	})
}

// Match returns the options whose section and name match the patterns, in the order of
// declaration. The patterns have the syntax of [path.Match].
func (c *Catalog) Match(section, pattern string) []*Option {
	var found []*Option
	for _, o := range c.options {
		inSection, _ := path.Match(section, o.Section)
		if ok, _ := path.Match(pattern, o.Name); ok && inSection {
			found = append(found, o)
		}
	}
	return found
}
