package project

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"windsock/directives/catalog"
)

// An Ignore is the list of patterns of the key "ignore", which excludes pages. The patterns
// have the syntax of a .gitignore in the folder of the project file:
// https://git-scm.com/docs/gitignore#_pattern_format.
// Its method may be called from several goroutines.
type Ignore struct {
	working  string // the working folder, absolute and with slashes
	folder   string // base of the patterns, absolute and with slashes, one of them at the end
	patterns []ignorePattern
}

// An ignorePattern is one pattern.
type ignorePattern struct {
	glob      string // doublestar pattern for paths below the base folder
	isFolder  bool   // the pattern ends in a slash and matches folders only
	isNegated bool   // the pattern begins with "!" and includes again what it matches
}

// ignore reads a list of patterns.
func (d *decoder) ignore(e catalog.Entry) *Ignore {
	working, _ := filepath.Abs(".")
	i := &Ignore{working: filepath.ToSlash(working)}
	i.folder = strings.TrimSuffix(resolvePath(i.working, d.folder), "/") + "/"
	for _, item := range d.List(e, ".gitignore patterns") {
		p, ok := parseIgnore(item.Value)
		if !ok {
			d.Bad(item, "%q is not a .gitignore pattern", item.Value)
			continue
		}
		i.patterns = append(i.patterns, p)
	}
	return i
}

// parseIgnore parses one pattern. It returns false for an empty or malformed one.
func parseIgnore(s string) (p ignorePattern, ok bool) {
	s, p.isNegated = strings.CutPrefix(s, "!")
	s, p.isFolder = strings.CutSuffix(s, "/")
	if s == "" {
		return p, false
	}
	if !strings.Contains(s, "/") {
		s = "**/" + s // a pattern without a slash matches the name at any depth
	}
	if strings.HasSuffix(s, "/**") {
		s += "/*" // git matches everything inside, but not the folder itself
	}
	p.glob = strings.NewReplacer("{", `\{`, "}", `\}`).Replace(strings.TrimPrefix(s, "/")) // git has no alternatives in braces
	return p, p.glob != "" && doublestar.ValidatePattern(p.glob)
}

// Ignores reports whether the page at path, as shown in messages, is ignored. As in git, a
// negated pattern cannot include a page again if one of its parent folders is ignored.
func (i *Ignore) Ignores(path string) bool {
	if i == nil {
		return false
	}
	rel, isBelow := strings.CutPrefix(resolvePath(i.working, path), i.folder)
	if !isBelow {
		return false
	}
	for at := range rel {
		if rel[at] == '/' && i.matches(rel[:at], true) {
			return true
		}
	}
	return i.matches(rel, false)
}

// matches reports whether the last pattern that matches rel ignores it.
func (i *Ignore) matches(rel string, isFolder bool) bool {
	for _, p := range slices.Backward(i.patterns) {
		if (isFolder || !p.isFolder) && doublestar.MatchUnvalidated(p.glob, rel) {
			return !p.isNegated
		}
	}
	return false
}
