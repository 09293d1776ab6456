package check

import (
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/directives/internal/lazyregexp"
)

// ofOthers matches a sentence that names another program's file. Airflow's own is
// called airflow.cfg.
var ofOthers = lazyregexp.New(`(?i)[\w-]\.(?:ini|cnf|conf|toml)\b|\.gitconfig\b|\bvalues\.ya?ml\b|\bhelm\b`)

// isOthers reports whether the words at a place, which v resolves, may be about another
// program's file: their sentence names one, as many have a section [core] or [logging], or
// they are a key of Git's, and the sentence does not speak of airflow.cfg. Words that are nearly an option of Airflow's are meant all the same.
func (s *sentences) isOthers(v catalog.Resolution, at part) bool {
	if v.Misspelt || v.Rule != finding.UnknownOption && v.Rule != finding.UnknownSection {
		return false
	}
	if in := s.flow.sentence(at.from); in != s.last {
		text := s.flow.text[in.from:in.to]
		s.last, s.isLastAirflow, s.isLastOthers = in, ofAirflow().MatchString(text), ofOthers().MatchString(text)
	}
	return (s.isLastOthers || isOfGit(v.About)) && !s.isLastAirflow
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
func (s *sentences) isOfAirflow(at part) bool {
	in := s.flow.sentence(at.from)
	from, to := max(in.from, at.from-longStatement), min(in.to, at.to+longStatement)
	return strings.Contains(strings.ToLower(s.flow.text[from:to]), "airflow")
}
