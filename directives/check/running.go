package check

import (
	"strings"

	"windsock/directives/catalog"
	"windsock/grammar"
)

// running checks the running text of an element: its literals, its roles, and
// the environment variables and sections that stand between them.
func (p *page) running(e *grammar.Element) {
	heads := p.heads[e]
	if len(e.Inlines) == 0 && heads == nil && !p.mayMention(e) {
		return
	}
	s := &sentences{page: p, element: e, flow: newFlow(p.source, e.Text), named: heads}
	at := 0
	for _, in := range e.Inlines {
		if in.Kind > grammar.PhraseReference {
			continue // its text is plain
		}
		from, to := s.flow.find(in.Span.Start), s.flow.find(in.Span.End)
		s.plain(at, from)
		s.inline(in, part{from, to})
		at = max(at, to)
	}
	s.plain(at, len(s.flow.text))
	s.pairs()
	if !p.namesOnly && (len(s.words) > 0 || len(s.named) > 0) {
		p.later = append(p.later, func() {
			s.readNames()
			s.defaults()
		})
	}
}

// mayMention reports whether text without inline markup may mention an option.
func (p *page) mayMention(e *grammar.Element) bool {
	for _, line := range e.Text {
		if strings.Contains(line.Value, "__") || strings.Contains(line.Value, "[") || mayHoldAnchor(line.Value) {
			return true
		}
	}
	return false
}

// A sentences is the running text of one element, with what it mentions.
type sentences struct {
	*page
	element *grammar.Element
	flow    *flow
	words   []word // what may be half of a pair, in order, as far as it was not looked at
	several bool   // words of sentences before were
	named   []named

	last                        part // the sentence that isOthers looked at last
	isLastOthers, isLastAirflow bool // whether it names another program's file, or Airflow's
}

// A word is a literal, or a section between brackets, that may be half of a pair.
type word struct {
	part                   // with its markup, in the flow
	text      grammar.Text // the word, with the brackets around it
	name      string       // the word without these
	bracketed bool         // it stands between brackets, and thus is a section
	isPattern bool         // it is "name_*", which stands for several options
	valued    bool         // a value stands behind it, so that it is no section
	isSection bool         // it does, or the text calls it a section
	used      bool         // it is half of a pair
}

// A named option is one that running text names, for what the text says of it.
type named struct {
	part
	option *catalog.Option
}

// inline checks one piece of inline markup, which stands at place in the flow.
func (s *sentences) inline(in grammar.Inline, place part) {
	switch in.Kind {
	case grammar.Literal:
		s.literal(in.Text, place)
	case grammar.PhraseReference:
		s.title(in.Text, place)
		s.anchorsIn(in.Text, place)
	case grammar.Role:
		s.role(in, place)
	}
}

// role checks interpreted text.
func (s *sentences) role(in grammar.Inline, place part) {
	switch name := strings.ToLower(in.Name.Value); name {
	case "envvar", "std:envvar":
		s.envVars(in.Text, place)
	case "": // which many write for a literal
		if !s.envVars(in.Text, place) && strings.HasPrefix(in.Text.Value, "[") {
			s.bracketed(in.Text, 0, place)
		}
		fallthrough
	case "ref", "std:ref", "any":
		s.title(in.Text, place)
		s.label(in.Text, place)
	case "code", "literal", "samp", "file", "kbd", "command", "program":
		s.literal(in.Text, place)
	default:
		if strings.HasPrefix(name, "external") && (strings.HasSuffix(name, ":ref") || strings.HasSuffix(name, ":any")) {
			s.label(in.Text, place)
		}
	}
}

// title checks the title of a link: what stands before its target.
func (s *sentences) title(t grammar.Text, place part) {
	if open := strings.LastIndexByte(t.Value, '<'); open > 0 {
		title := s.subText(t, 0, len(strings.TrimRight(t.Value[:open], " ")))
		if !s.dotted(title, place) {
			s.word(title, place)
		}
	}
}

// mention returns a mention of t.Value[from:to] by markup at place.
func (s *sentences) mention(kind Kind, t grammar.Text, from, to int, place part) mention {
	return mention{kind: kind, text: s.subText(t, from, to), from: s.element, at: place.from}
}

// addNamed adds a mention as add does and, if it names an option, notes that for what the
// text says of it.
func (s *sentences) addNamed(m mention, v catalog.Resolution, fix string, place part) bool {
	if !s.add(m, v, fix) {
		return false
	}
	if o := s.Catalog.Find(v.About); o != nil {
		s.named = append(s.named, named{place, o})
	}
	return true
}

// envVars checks the environment variables in t, and reports whether there are
// any.
func (s *sentences) envVars(t grammar.Text, place part) (found bool) {
	envVars(t.Value, func(at part) {
		found = true
		s.env(s.mention(Env, t, at.from, at.to, place), place)
	})
	return found
}

// env checks one environment variable.
func (s *sentences) env(m mention, place part) {
	v := s.resolveEnv(m.text.Value)
	s.addNamed(m, v, v.Instead, place)
}

// plain checks text between inline markup.
func (s *sentences) plain(from, to int) {
	if from >= to {
		return
	}
	text := s.flow.text[from:to]
	envVars(text, func(at part) {
		at = part{from + at.from, from + at.to}
		s.env(s.plainMention(Env, at), at)
	})
	s.plainSections(from, to)
	s.anchorsAt(from, to)
}

// plainMention returns a mention of a part of the flow outside of markup.
func (s *sentences) plainMention(kind Kind, at part) mention {
	return mention{kind: kind, text: s.textAt(at), from: s.element, at: at.from}
}

// textAt returns a part of the flow.
func (s *sentences) textAt(at part) grammar.Text {
	return grammar.Text{Span: s.flow.span(at.from, at.to), Value: s.flow.text[at.from:at.to]}
}
