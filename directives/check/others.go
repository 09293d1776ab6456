package check

import (
	"strings"
	"sync"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/directives/internal/lazyregexp"
)

// ofOthers matches a sentence that mentions a configuration file of another program.
var ofOthers = lazyregexp.New(`(?i)[\w-]\.(?:ini|cnf|conf|toml)\b|\.gitconfig\b|\bvalues\.ya?ml\b|\bhelm\b`)

// ofAirflow matches a sentence that mentions Airflow's configuration file.
var ofAirflow = lazyregexp.New(`(?i)airflow\.cfg|airflow config`)

// A sentence is a sentence of running text with its properties, which are computed when needed.
type sentence struct {
	part
	isPast    func() bool // whether it is about the past
	isOthers  func() bool // whether it mentions another program's file
	isAirflow func() bool // whether it mentions airflow.cfg
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

// isOthers reports whether unknown words, which v resolves, may be about another program's file,
// since others have sections [core] or [logging] too. The sentence mentions such a file, or the
// words are a key of Git, and the sentence does not mention airflow.cfg. A misspelt option of
// Airflow is not about another program.
func (s *sentences) isOthers(v catalog.Resolution, at int) bool {
	if v.Misspelt || v.Rule != finding.UnknownOption && v.Rule != finding.UnknownSection {
		return false
	}
	in := s.sentence(at)
	return (isOfGit(v.About) || in.isOthers()) && !in.isAirflow()
}

// ofGit lists the most common keys in Git's section [core].
var ofGit = map[string]bool{
	"autocrlf": true, "safecrlf": true, "eol": true, "editor": true, "pager": true, "bare": true, "filemode": true,
	"ignorecase": true, "excludesfile": true, "attributesfile": true, "hookspath": true, "sshcommand": true,
	"longpaths": true, "symlinks": true, "quotepath": true, "worktree": true, "fsmonitor": true, "untrackedcache": true,
	"whitespace": true, "commentchar": true, "askpass": true, "compression": true, "repositoryformatversion": true,
	"logallrefupdates": true, "sparsecheckout": true, "precomposeunicode": true, "abbrev": true,
}

// isOfGit reports whether a reference is a key of Git.
func isOfGit(r catalog.Reference) bool {
	return strings.EqualFold(r.Section, "core") && ofGit[strings.ToLower(r.Name)]
}

// isOfAirflow reports whether the sentence at an offset mentions Airflow.
func (s *sentences) isOfAirflow(at int) bool {
	in := s.flow.sentence(at)
	from, to := max(in.from, at-longStatement), min(in.to, at+longStatement)
	return strings.Contains(strings.ToLower(s.flow.text[from:to]), "airflow")
}
