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
	default:
		if !s.dotted(t, at) {
			s.word(t, at)
		}
	}
}

// A bracket is text of the form "[section] name", as offsets.
type bracket struct {
	section part
	close   int  // after the "]"
	option  part // empty if the section stands alone
}

// bracketAt reads a section between brackets, and the name of an option after
// it, at offset open of text. Several brackets on end are read as the last of
// them: "[config][api_auth]jwt_leeway".
func bracketAt(text string, open int) (b bracket, ok bool) {
	for {
		from := open + 1
		end := nameEnd(text, from)
		if end == from || end >= len(text) || text[end] != ']' {
			return b, ok
		}
		b, ok = bracket{section: part{from, end}, close: end + 1}, true
		if open = end + 1; open >= len(text) || text[open] != '[' {
			break
		}
	}
	at := b.close
	for at < len(text) && strings.IndexByte(" >./:", text[at]) >= 0 {
		at++
	}
	if b.option = (part{at, nameEnd(text, at)}); strings.Trim(text[at:b.option.to], "_") == "" {
		b.option.to = at
	}
	return b, true
}

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
	end := nameEnd(t.Value, 0)
	dot := strings.LastIndexByte(t.Value[:end], '.')
	if dot <= 0 || !endsReference(t.Value[end:]) {
		return false
	}
	r := catalog.Reference{Section: t.Value[:dot], Name: t.Value[dot+1 : end]}
	if !s.isFamiliar(r) {
		return false
	}
	v := s.resolve(r)
	if !isDotted(s.Catalog, r, v) {
		return false
	}
	fix := ""
	if v.To != nil && v.To.Option != nil {
		fix = v.To.Option.Section + "." + v.To.Option.Name + v.Ending
	}
	s.addNamed(s.mention(Literal, t, 0, end, at), v, fix, at)
	return true
}

// isDotted reports whether a literal of the form "section.name" is a reference: to
// an option, nearly to one of that section, or to one of another section, whose
// name then is more than one word. An old spelling alone tells nothing: the chart's
// value "webserver.base_url" is spelled as an option once was.
func isDotted(c *catalog.Catalog, r catalog.Reference, v catalog.Resolution) bool {
	switch {
	case v.Rule == "":
		return c.Find(v.About) != nil
	case v.To == nil || v.To.Option == nil:
		return false
	case v.Misspelt && (v.To.Option.Section == r.Section || v.To.Option.Name == r.Name), v.Rule == finding.DeprecatedOption:
		return true
	}
	return strings.Contains(r.Name, "_") && !v.To.Renamed && v.To.Option.Name == r.Name
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

// bracketMark is the mark of sections between brackets. They begin a literal or a line of a
// configuration file, or are sections of Airflow's.
func (c *Checker) bracketMark() directives.Mark {
	return directives.Mark{Text: "[", Fits: func(page *directives.Raw, from, to int) bool {
		if from > 0 && page.Source[from-1] == '`' {
			return true
		}
		end := namesEnd(page.Source, to)
		if end == to || end == len(page.Source) || page.Source[end] != ']' {
			return false
		}
		return mayBeHeader(page, from, to) || c.isKnownSection(page.Source[to:end]) || c.mayBeFormula(page, to, end)
	}}
}

// isKnownSection reports whether Airflow has or had a section, or an option that may be taken
// for one.
func (c *Checker) isKnownSection(word []byte) bool {
	name := string(word)
	return c.Catalog.Section(name) != nil || c.Catalog.WasSection(name) || c.Catalog.IsOptionName(strings.ToLower(name))
}

// mayBeFormula reports whether source[from:end] may be the misspelt section of an option whose
// name stands behind it. In a table that is drawn it may stand anywhere.
func (c *Checker) mayBeFormula(page *directives.Raw, from, end int) bool {
	at := len(page.Source) - len(bytes.TrimLeftFunc(page.Source[end:], func(r rune) bool { return strings.ContainsRune("]>./:", r) || grammar.IsSpace(r) }))
	name := string(page.Source[at:namesEnd(page.Source, at)])
	isOption := c.Catalog.IsOptionName(strings.ToLower(name[:nameEnd(name, 0)])) || page.HoldsDrawnTable()
	return isOption && c.near(strings.ToLower(string(page.Source[from:end]))).isCertain
}

// namesEnd returns the end of the words, with dots and hyphens between, that begin at offset at.
func namesEnd(source []byte, at int) int {
	for at < len(source) && (isWordByte(source[at]) || source[at] == '.' || source[at] == '-') {
		at++
	}
	return at
}

// wordMark is the mark of literals of the form "section.name", and of those that are a
// section, of which a slash may part an option.
func (c *Checker) wordMark() directives.Mark {
	return directives.Mark{Text: "`", Fits: func(page *directives.Raw, _, to int) bool {
		end := namesEnd(page.Source, to)
		if end == to || end == len(page.Source) {
			return false
		}
		if bytes.IndexByte(page.Source[to:end], '.') < 0 {
			return page.Source[end] == '`' && c.Catalog.Section(string(page.Source[to:end])) != nil
		}
		name := string(page.Source[to:end])
		name = name[:nameEnd(name, 0)]
		dot := strings.LastIndexByte(name, '.')
		return dot > 0 && c.isFamiliar(catalog.Reference{Section: name[:dot], Name: name[dot+1:]}) ||
			dot > 0 && c.Catalog.Section(name) != nil
	}}
}
