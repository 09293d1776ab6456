package check

import (
	"fmt"
	"strings"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
)

// A link into the configuration reference ends in a fragment: the label of an option, or an id
// that Sphinx makes from the label or from the option's heading.
const (
	labelAnchor   = "#" + grammar.LabelPrefix
	referencePage = "configurations-ref.html#"
)

// mayHaveAnchor reports whether a text may contain a link into the reference.
func mayHaveAnchor(text string) bool {
	return strings.Contains(text, "#") && (strings.Contains(text, labelAnchor) || strings.Contains(text, referencePage))
}

// anchors checks the fragments of URLs in a part of the text.
func (s *sentences) anchors(in part) {
	text := s.flow.text[:in.to]
	if !mayHaveAnchor(text[in.from:]) {
		return
	}
	for at := range indexes(text[in.from:], labelAnchor) {
		from := in.from + at + len("#")
		s.labelAt(part{from, formEnd(text, from, grammar.Label, grammar.LabelPrefix)})
	}
	for at := range indexes(text[in.from:], referencePage) {
		from := in.from + at + len(referencePage)
		end := from
		for end < len(text) && (isWordByte(text[end]) || text[end] == '-') {
			end++
		}
		if url := text[in.from : in.from+at]; end > from {
			s.fragment(url[strings.LastIndexAny(url, " <`\"'(")+1:], part{from, end})
		}
	}
}

// referenceURL matches the part of a URL before the reference page, with the project and version.
var referenceURL = lazyregexp.New(`/apache-airflow(?:-providers-([\w-]+))?/([\w.]+)/$`)

// documentsData reports whether a URL points at a reference page that is generated from the data,
// and returns the provider of that page. A relative URL, or one with "stable", does so only if the
// data is complete.
func (p *page) documentsData(url string) (provider string, ok bool) {
	if !strings.Contains(url, "://") {
		return "", p.Catalog.Complete
	}
	m := referenceURL().FindStringSubmatch(url)
	if m == nil {
		return "", false
	}
	if version := catalog.Version(m[2]); version.IsValid() {
		return m[1], version.Minor() == p.Catalog.Version.Minor()
	}
	return m[1], p.Catalog.Complete
}

// fragment checks a fragment of the reference page with the given URL.
func (s *sentences) fragment(url string, words part) {
	provider, ok := s.documentsData(url)
	if !ok {
		return
	}
	id := strings.ToLower(s.in(words))
	var near *catalog.Option
	nearID, isOneOnly := "", true
	for _, o := range s.Catalog.Options() {
		if strings.Contains(url, "://") && o.Provider != provider {
			continue
		}
		for _, valid := range [...]string{idOf(o.Name), idOf(grammar.LabelPrefix + o.Section + "__" + o.Name)} {
			switch {
			case id == valid:
				s.add(Label, words, catalog.Resolution{About: o.Reference, Option: o}, "")
				return
			case catalog.OneSlip(id, valid):
				isOneOnly = isOneOnly && (near == nil || nearID == valid)
				near, nearID = o, valid
			}
		}
	}
	v := catalog.Resolution{Rule: finding.UnknownLabel, Message: fmt.Sprintf("the configuration reference has no anchor #%s", s.in(words))}
	switch renamed := s.renamedTo(id); {
	case near != nil && isOneOnly:
		v.About, v.Declared, v.Instead, v.Misspelt = near.Reference, near.Declared, "#"+nearID, true
		s.add(Label, words, v, nearID)
	case renamed != nil:
		v.About, v.Declared = renamed.Reference, renamed.Declared
		v.Help = fmt.Sprintf("the option is called %s now, #%s", renamed, idOf(renamed.Name))
		s.add(Label, words, v, "")
	}
}

// renamedTo returns the successor of the former option whose heading has an id, nil if there is
// none.
func (p *page) renamedTo(id string) *catalog.Option {
	name := strings.ReplaceAll(id, "-", "_")
	if former := p.onlyFormer(name); former != nil {
		o, _ := p.Catalog.Renamed(*former)
		return o
	}
	return nil
}

// idOf returns the id that docutils makes from a name.
// https://www.docutils.org/docs/ref/rst/directives.html#identifier-normalization
func idOf(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return !('a' <= r && r <= 'z' || '0' <= r && r <= '9')
	}), "-")
}

// anchorTrigger is the trigger for links into the reference.
var anchorTrigger = directives.Trigger{Text: referencePage}
