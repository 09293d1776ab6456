package check

import (
	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/directives/internal/lazyregexp"
)

// ofOthers matches a sentence that names another program's file. Airflow's own is
// called airflow.cfg.
var ofOthers = lazyregexp.New(`(?i)[\w-]\.(?:ini|cnf|conf|toml)\b|\.gitconfig\b|\bvalues\.ya?ml\b|\bhelm\b`)

// isOthers reports whether the words at a place, which v resolves, may be about another
// program's file, which their sentence names: many a file has a section [core] or
// [logging]. Words that are nearly an option of Airflow's are meant all the same.
func (s *sentences) isOthers(v catalog.Resolution, at part) bool {
	if v.Misspelt || v.Rule != finding.UnknownOption && v.Rule != finding.UnknownSection {
		return false
	}
	if in := s.flow.sentence(at.from); in != s.last {
		text := s.flow.text[in.from:in.to]
		s.last, s.isLastOthers = in, ofOthers().MatchString(text) && !ofAirflow().MatchString(text)
	}
	return s.isLastOthers
}
