package project

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"windsock/directives/catalog"
)

// An Ignore says which pages are passed over, by patterns as of a .gitignore in
// the project file's folder: https://git-scm.com/docs/gitignore#_pattern_format.
// Its methods may be called from several goroutines.
type Ignore struct {
	working  string // the working folder, absolute and with slashes
	folder   string // what patterns are relative to, likewise and with a slash at the end
	patterns []ignorePattern
}

// An ignorePattern is one pattern.
type ignorePattern struct {
	glob    string // of doublestar, from the project file's folder on
	folders bool   // whether it is about folders only
	negated bool   // whether it takes back what earlier patterns ignore
}

// newIgnore returns an Ignore of patterns relative to a folder.
func newIgnore(folder string, patterns ...ignorePattern) *Ignore {
	working, _ := filepath.Abs(".")
	i := &Ignore{working: filepath.ToSlash(working), patterns: patterns}
	i.folder = strings.TrimSuffix(within(i.working, folder), "/") + "/"
	return i
}

// ignore reads a list of patterns.
func (d *decoder) ignore(e catalog.Entry) *Ignore {
	var patterns []ignorePattern
	for _, item := range d.List(e, "patterns as of a .gitignore") {
		p, ok := parseIgnore(item.Value)
		if !ok {
			d.Bad(item, "%q is no pattern of a .gitignore", item.Value)
			continue
		}
		patterns = append(patterns, p)
	}
	return newIgnore(d.folder, patterns...)
}

// parseIgnore reads one pattern.
func parseIgnore(s string) (p ignorePattern, ok bool) {
	s, p.negated = strings.CutPrefix(s, "!")
	s, p.folders = strings.CutSuffix(s, "/")
	if s == "" {
		return p, false
	}
	if !strings.Contains(s, "/") {
		s = "**/" + s // without a slash a pattern is about the name alone
	}
	if strings.HasSuffix(s, "/**") {
		s += "/*" // all that is inside, but not the folder itself
	}
	p.glob = strings.NewReplacer("{", `\{`, "}", `\}`).Replace(strings.TrimPrefix(s, "/")) // braces are letters to git
	return p, p.glob != "" && doublestar.ValidatePattern(p.glob)
}

// Ignores reports whether the page at path, as messages name it, is ignored. As
// with git, what lies in an ignored folder cannot be taken back.
func (i *Ignore) Ignores(path string) bool {
	if i == nil || len(i.patterns) == 0 {
		return false
	}
	rel, inside := strings.CutPrefix(within(i.working, path), i.folder)
	if !inside {
		return false
	}
	for at := range rel {
		if rel[at] == '/' && i.last(rel[:at], true) {
			return true
		}
	}
	return i.last(rel, false)
}

// last reports what the last pattern that is about rel says.
func (i *Ignore) last(rel string, folder bool) bool {
	for _, p := range slices.Backward(i.patterns) {
		if (folder || !p.folders) && doublestar.MatchUnvalidated(p.glob, rel) {
			return !p.negated
		}
	}
	return false
}
