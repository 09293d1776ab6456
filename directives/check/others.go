package check

import (
	"strings"
	"sync"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/directives/internal/lazyregexp"
)

// ofOthers matches a sentence that names another program's file. Airflow's own is
// called airflow.cfg.
var ofOthers = lazyregexp.New(`(?i)[\w-]\.(?:ini|cnf|conf|toml)\b|\.gitconfig\b|\bvalues\.ya?ml\b|\bhelm\b`)

// ofAirflow matches a sentence that speaks of Airflow's configuration file.
var ofAirflow = lazyregexp.New(`(?i)airflow\.cfg|airflow config`)

// A sentence is a sentence of running text, with what it speaks of.
type sentence struct {
	part
	isPast    func() bool // whether it is about the past
	isOthers  func() bool // whether it names another program's file
	isAirflow func() bool // whether it speaks of airflow.cfg
}

// sentence returns the sentence at an offset of the text.
func (s *sentences) sentence(at int) *sentence {
	if in := s.flow.sentence(at); in != s.last.part || s.last.isPast == nil {
		text := s.in(in)
		s.last = sentence{
			in, sync.OnceValue(func() bool { return s.isOfPast(text) }),
			sync.OnceValue(func() bool { return ofOthers().MatchString(text) }), sync.OnceValue(func() bool { return ofAirflow().MatchString(text) }),
		}
	}
	return &s.last
}

// isOthers reports whether the words at a place, which v resolves, may be about another
// program's file: their sentence names one, as many have a section [core] or [logging], or
// they are a key of Git's, and the sentence does not speak of airflow.cfg. Words that are nearly
// an option of Airflow's are meant all the same.
func (s *sentences) isOthers(v catalog.Resolution, at int) bool {
	if v.Misspelt || v.Rule != finding.UnknownOption && v.Rule != finding.UnknownSection {
		return false
	}
	in := s.sentence(at)
	return (isOfGit(v.About) || in.isOthers()) && !in.isAirflow()
}

// ofGit are the keys of Git's section [core] that its own documents name most.
var ofGit = map[string]bool{
	"autocrlf": true, "safecrlf": true, "eol": true, "editor": true, "pager": true, "bare": true, "filemode": true,
	"ignorecase": true, "excludesfile": true, "attributesfile": true, "hookspath": true, "sshcommand": true,
	"longpaths": true, "symlinks": true, "quotepath": true, "worktree": true, "fsmonitor": true, "untrackedcache": true,
	"whitespace": true, "commentchar": true, "askpass": true, "compression": true, "repositoryformatversion": true,
	"logallrefupdates": true, "sparsecheckout": true, "precomposeunicode": true, "abbrev": true,
}

// isOfGit reports whether a reference is to an option of Git.
func isOfGit(r catalog.Reference) bool {
	return strings.EqualFold(r.Section, "core") && ofGit[strings.ToLower(r.Name)]
}

// isOfAirflow reports whether the sentence at a place names Airflow.
func (s *sentences) isOfAirflow(at int) bool {
	in := s.flow.sentence(at)
	from, to := max(in.from, at-longStatement), min(in.to, at+longStatement)
	return strings.Contains(strings.ToLower(s.flow.text[from:to]), "airflow")
}
