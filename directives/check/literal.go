package check

import (
	"bytes"
	"strings"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
)

// literal checks an inline literal, whose place in the flow is at.
func (s *sentences) literal(t grammar.Text, at part) {
	switch {
	case s.envVars(t, at):
	case s.commands(t, at):
	case strings.HasPrefix(t.Value, "["):
		s.bracketed(t, 0, at)
	case strings.Contains(t.Value, " ["):
		s.bracketed(t, strings.Index(t.Value, " [")+1, at)
	case s.joined(t, at):
	default:
		if !s.dotted(t, at) {
			s.word(t, at)
		}
	}
}

// joined checks a literal of the form "section -> name" or "section:name", and reports whether it
// is one: the section is Airflow's, and the name that of an option of it, or nearly.
func (s *sentences) joined(t grammar.Text, at part) bool {
	for _, by := range [...]string{" -> ", ":"} {
		section, name, ok := strings.Cut(t.Value, by)
		if !ok || s.Catalog.Section(section) == nil || name == "" || wordEnd(name, 0) != len(name) {
			continue
		}
		v := s.resolve(catalog.Reference{Section: section, Name: name})
		if v.Option == nil && !(v.Misspelt && isOf(v, section)) {
			return false
		}
		fix := ""
		if v.Misspelt {
			fix = section + by + v.To.Option.Name + v.Ending
		}
		s.addNamed(s.mention(Literal, t, 0, len(t.Value), at), v, fix, at)
		return true
	}
	return false
}

// A bracket is text of the form "[section] name", as offsets.
type bracket struct {
	section part
	close   int  // after the "]"
	option  part // empty if the section stands alone
}

// bracketAt reads a section between brackets, and the name of an option after
// it, at offset open of text.
func bracketAt(text string, open int) (b bracket, ok bool) {
	end := strings.IndexByte(text[open:min(len(text), open+maxReference)], ']')
	if end < 0 {
		return b, false
	}
	r, ok := grammar.FindReference(text[open:wordsEnd(text, open+end, 3)])
	if !ok || r.Form != grammar.Bracketed || text[open+r.Section.End] != ']' || text[open+r.Section.Start-1] != '[' || strings.ContainsAny(r.Section.Value, "*?") {
		return b, false
	}
	b = bracket{section: partAt(open, r.Section), close: open + r.Section.End + len("]"), option: partAt(open, r.Name)}
	b.option.to = patternStart(text, b.option)
	if r.Name.Value == "" {
		b.option = part{b.close, b.close}
	}
	return b, true
}

// maxReference is how many bytes of a text are looked at for a reference.
const maxReference = 400

// wordsEnd returns the end of the word at an offset of text and of those behind it, n in all: a
// reference goes no further.
func wordsEnd(text string, at, n int) int {
	text = text[:min(len(text), at+maxReference)]
	for ; n > 0 && at < len(text); n-- {
		at += len(text[at:]) - len(strings.TrimLeft(text[at:], " "))
		if blank := strings.IndexByte(text[at:], ' '); blank >= 0 {
			at += blank
		} else {
			at = len(text)
		}
	}
	return at
}

// patternStart returns where a part of a text becomes a pattern of names, which names no
// option in running text; else its end.
func patternStart(text string, p part) int {
	if n := strings.IndexAny(text[p.from:p.to], "*?"); n >= 0 {
		return p.from + n
	}
	return p.to
}

// partAt returns the part of a text that a word stands in of a reference found at offset at.
func partAt(at int, word grammar.Text) part { return part{at + word.Start, at + word.End} }

// bracketed checks a literal that holds a section between brackets, at offset
// open: at its beginning, or in a formula, where the section must be Airflow's.
func (s *sentences) bracketed(t grammar.Text, open int, at part) {
	b, ok := bracketAt(t.Value, open)
	section := t.Value[b.section.from:b.section.to]
	name, rest := t.Value[b.option.from:b.option.to], t.Value[b.option.to:]
	if !ok || open > 0 && !s.isFamiliar(catalog.Reference{Section: section, Name: name}) {
		return
	}
	switch {
	case isPlaceholder(section):
	case name == "":
		if strings.TrimSpace(t.Value[b.close:]) == "" {
			s.note(word{part: at, text: s.subText(t, b.section.from-1, b.close), name: section, bracketed: true})
		}
	case isPlaceholder(name), continuesPlaceholder(rest):
	default:
		v := s.resolve(catalog.Reference{Section: section, Name: name})
		if v.Rule != "" && !v.Misspelt && !endsReference(rest) || s.isOthers(v, at) {
			return
		}
		s.addNamed(s.mention(Literal, t, b.section.from-1, b.option.to, at), v, v.Instead, at)
	}
}

// endsReference reports whether what follows a name in a literal leaves it the
// name of an option: nothing, a value, or the end of a clause, but no prose.
func endsReference(rest string) bool {
	rest = strings.TrimLeft(rest, " ")
	return rest == "" || strings.IndexByte("=:,;)/|>.-", rest[0]) >= 0
}

// dotted checks a literal of the form "section.name", and reports whether it is
// one. Modules, metrics and the values of Helm's charts look the same, so what does
// not exist counts only if it is nearly an option of that very section, or one of
// another.
func (s *sentences) dotted(t grammar.Text, at part) bool {
	if !s.isFamiliarName(t.Value[:nameEnd(t.Value, 0)]) {
		return false
	}
	found, ok := grammar.FindReference(t.Value[:wordsEnd(t.Value, 0, 1)])
	if !ok || found.Form != grammar.Dotted || found.IsPattern() || !endsReference(t.Value[found.End:]) {
		return false
	}
	end, r := found.End, catalog.Reference{Section: found.Section.Value, Name: found.Name.Value}
	v := s.resolve(r)
	if !isDotted(s.Catalog, r, v) && !(v.IsOfPast() && s.speaksOfAirflow(at)) {
		return false
	}
	fix := ""
	if o := optionMeant(v); o != nil {
		fix = o.Section + "." + o.Name + v.Ending
	}
	s.addNamed(s.mention(Literal, t, 0, end, at), v, fix, at)
	return true
}

// isDotted reports whether a literal of the form "section.name" is a reference: to
// an option, nearly to one of that section, or to one of another section, whose
// name then is more than one word. An old spelling alone tells nothing: the chart's
// value "webserver.base_url" is spelled as an option once was.
func isDotted(c *catalog.Catalog, r catalog.Reference, v catalog.Resolution) bool {
	o := optionMeant(v)
	switch {
	case v.Rule == "":
		return c.Find(v.About) != nil
	case o == nil:
		return false
	case v.Misspelt && (o.Section == r.Section || o.Name == r.Name), v.Rule == finding.DeprecatedOption:
		return true
	}
	return strings.Contains(r.Name, "_") && !v.To.Renamed && o.Name == r.Name
}

// word notes a literal that is one word, perhaps with a value: the name of an
// option or of a section, if something else in the text says so. "airflow.cfg" is neither,
// nor is an environment variable.
func (s *sentences) word(t grammar.Text, at part) {
	end := nameEnd(t.Value, 0)
	name, rest := t.Value[:end], t.Value[end:]
	if name == "" || isConfigFile(name) || strings.Contains(name, "__") || s.paired[t.Start] {
		return
	}
	if rest != "" && !strings.HasPrefix(strings.TrimLeft(rest, " "), "=") {
		return
	}
	s.note(word{part: at, text: s.subText(t, 0, end), name: name, valued: rest != ""})
}

// isConfigFile reports whether a word is the name of Airflow's configuration file.
func isConfigFile(word string) bool { return strings.EqualFold(word, "airflow.cfg") }

// bracketTrigger is the trigger of sections between brackets. They begin a literal or a line of a
// configuration file, or are sections of Airflow's.
func (c *Checker) bracketTrigger() directives.Trigger {
	return directives.Trigger{Text: "[", Fits: func(page *directives.RawPage, from, to int) bool {
		end := namesEnd(page.Source, to)
		if end == to || end == len(page.Source) || page.Source[end] != ']' {
			return false
		}
		isLiteral := from > 0 && page.Source[from-1] == '`' && (page.MayHoldTable() || mayEndReference(page.Source[end+1:]))
		return isLiteral || mayBeHeader(page, from, to) || c.isKnownSection(page.Source[to:end]) || c.mayBeFormula(page, to, end)
	}}
}

// mayEndReference reports whether text, behind a section between brackets in a literal, may
// be a name that [endsReference] takes for that of an option, or no name.
func mayEndReference(text []byte) bool {
	text = bytes.TrimLeftFunc(text, grammar.IsSpace)
	text = bytes.TrimLeftFunc(text[namesEnd(text, 0):], grammar.IsSpace)
	return len(text) > 0 && (text[0] == '`' || endsReference(string(text[:1])))
}

// isKnownSection reports whether Airflow has or had a section, or an option that may be taken
// for one.
func (c *Checker) isKnownSection(word []byte) bool {
	name := string(word)
	return c.Catalog.KnowsSection(name) || c.Catalog.IsOptionName(strings.ToLower(name))
}

// mayBeFormula reports whether source[from:end] may be the misspelt section of an option whose
// name stands behind it. In a table that is drawn it may stand anywhere.
func (c *Checker) mayBeFormula(page *directives.RawPage, from, end int) bool {
	at := len(page.Source) - len(bytes.TrimLeftFunc(page.Source[end:], func(r rune) bool { return strings.ContainsRune("]>./:", r) || grammar.IsSpace(r) }))
	name := string(page.Source[at:namesEnd(page.Source, at)])
	isOption := c.Catalog.IsOptionName(strings.ToLower(name[:nameEnd(name, 0)])) || page.MayHoldTable()
	return isOption && c.isNearlySection(string(page.Source[from:end]))
}

// namesEnd returns the end of the words, with dots and hyphens between, that begin at offset at.
func namesEnd(source []byte, at int) int {
	for at < len(source) && (isWordByte(source[at]) || source[at] == '.' || source[at] == '-') {
		at++
	}
	return at
}

// wordTrigger is the trigger of literals of the form "section.name".
func (c *Checker) wordTrigger() directives.Trigger {
	return directives.Trigger{Text: "`", Fits: func(page *directives.RawPage, _, to int) bool {
		end := namesEnd(page.Source, to)
		if bytes.IndexByte(page.Source[to:end], '.') < 0 {
			return false
		}
		name := string(page.Source[to:end])
		name = name[:nameEnd(name, 0)]
		return c.isFamiliarName(name) || c.Catalog.Section(name) != nil
	}}
}

// isFamiliarName reports whether a name of the form "section.name" may be that of an option.
func (c *Checker) isFamiliarName(name string) bool {
	dot := strings.LastIndexByte(name, '.')
	return dot > 0 && c.isFamiliar(catalog.Reference{Section: name[:dot], Name: name[dot+1:]})
}

// slashTrigger is the trigger of a literal that is a section, and of the one of its option
// behind a slash. In a table that is drawn the slash may stand in the next line.
func (c *Checker) slashTrigger() directives.Trigger {
	return directives.Trigger{Text: "/", Fits: func(page *directives.RawPage, from, to int) bool {
		before := bytes.TrimRightFunc(page.Source[:from], grammar.IsSpace)
		if page.MayHoldTable() && (len(before) == 0 || len(before) < from || before[len(before)-1] == '|') {
			behind := bytes.TrimLeft(page.Source[to:], " \t")
			return len(behind) == 0 || strings.IndexByte("`|\r\n", behind[0]) >= 0
		}
		section := bytes.TrimRight(before, "`")
		begin := len(section)
		for begin > 0 && (isWordByte(section[begin-1]) || section[begin-1] == '.' || section[begin-1] == '-') {
			begin--
		}
		return len(section) < len(before) && c.Catalog.Section(string(section[begin:])) != nil
	}}
}
