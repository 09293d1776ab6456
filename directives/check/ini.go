package check

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
)

// A snippet is a piece of a configuration file in a literal block: lines of the
// form "[section]", each followed by lines "option = value". Options may be
// commented out. Whether the file is Airflow's is for what it holds to tell.
// https://docs.python.org/3/library/configparser.html#supported-ini-file-structure
type snippet struct {
	*document
	element  *grammar.Element
	settings []snippetSetting
	headers  []header

	givesDefaults bool // the values are the options' defaults
}

// A header is a line of the form "[section]".
type header struct {
	*sentences      // the line
	text       part // the section, with its brackets
	used       bool // options follow it
}

// section returns the name of the section.
func (h *header) section() string { return strings.Trim(h.in(h.text), "[]") }

// A snippetSetting is one option of a snippet.
type snippetSetting struct {
	setting
	section   string
	commented bool
	found     catalog.Resolution
}

// isHeader reports whether a line is a section between brackets, perhaps
// commented out.
func isHeader(line string) bool {
	_, ok := headerAt(line)
	return ok
}

// headerAt finds the section, with its brackets, of a line that is nothing else.
func headerAt(line string) (part, bool) {
	from := uncommented(line)
	if from >= len(line) || line[from] != '[' {
		return part{}, false
	}
	b, ok := bracketAt(line, from)
	if !ok || b.section.from != from+1 || b.option.from < b.option.to {
		return part{}, false
	}
	rest := strings.TrimSpace(line[b.close:])
	return part{from, b.close}, rest == "" || rest[0] == '#' || rest[0] == ';'
}

// uncommented returns the offset of what follows a line's margin and the marks of
// a comment.
func uncommented(line string) int {
	return len(line) - len(strings.TrimLeft(line, " \t#;"))
}

// settingAt finds the name in a line of the form "name = value" or "name: value".
func settingAt(line string) (part, bool) {
	from := uncommented(line)
	end := nameEnd(line, from)
	rest := strings.TrimLeftFunc(line[end:], grammar.IsSpace)
	if end == from || rest == "" || rest[0] != '=' && rest[0] != ':' || strings.HasPrefix(rest, "::") || strings.HasPrefix(rest, ":/") || strings.HasPrefix(rest, "==") {
		return part{}, false
	}
	return part{from, end}, true
}

// read reads the lines of a snippet. Lines that are indented deeper than the
// option above them go on with its value.
func (s *snippet) read(lines []grammar.Text) {
	margin := -1
	for _, line := range lines {
		if at, ok := headerAt(line.Value); ok {
			s.headers = append(s.headers, header{sentences: s.sentences(s.element, []grammar.Text{line}), text: at})
			margin = -1
			continue
		}
		at, ok := settingAt(line.Value)
		if !ok {
			continue
		}
		if margin >= 0 && at.from > margin && !isComment(line.Value) {
			continue
		}
		if !isComment(line.Value) {
			margin = at.from
		}
		last := &s.headers[len(s.headers)-1]
		last.used = true
		s.settings = append(s.settings, snippetSetting{setting: s.setting(s.element, line, at), section: last.section(), commented: isComment(line.Value)})
	}
}

// isComment reports whether a line of a snippet is commented out.
func isComment(line string) bool {
	line = strings.TrimLeftFunc(line, grammar.IsSpace)
	return line != "" && (line[0] == '#' || line[0] == ';')
}

// check checks the settings of a snippet, if it is one of Airflow's.
func (s *snippet) check() {
	intro := s.introduction(s.element)
	isIntroduced := ofAirflow().MatchString(intro)
	if text := lastSentence(intro); strings.Contains(text, "efault") {
		s.givesDefaults = givingDefaults().MatchString(text) && !changing().MatchString(text)
	}
	isAirflow := isIntroduced
	for i := range s.settings {
		at := &s.settings[i]
		at.found = s.resolveSetting(at)
		at.found.NotAirflow = at.found.NotAirflow || !isIntroduced && isOfGit(at.found.About)
		isAirflow = isAirflow || at.tells() || !at.commented && s.isOnlyAirflows(at.found, intro)
	}
	if !isAirflow {
		return
	}
	s.snippet = map[string]*catalog.Option{}
	for i := range s.settings {
		s.checkSetting(&s.settings[i])
		if o := s.settings[i].found.Option; o != nil {
			s.snippet[o.Name] = o
		}
	}
	for i := range s.headers {
		if h := &s.headers[i]; !h.used {
			v := s.Catalog.ResolveSection(h.section())
			fix := ""
			if v.To != nil && v.To.Option == nil {
				fix = v.To.String()
			}
			h.add(Literal, h.text, v, fix)
		}
	}
}

// resolveSetting says what the option of a setting is.
func (s *snippet) resolveSetting(at *snippetSetting) catalog.Resolution {
	r := catalog.Reference{Section: at.section, Name: at.option()}
	if isPlaceholder(r.Section) || isPlaceholder(r.Name) || strings.Contains(r.Name, "__") {
		return catalog.Resolution{NotAirflow: true}
	}
	v := s.resolve(r)
	if v.Rule == finding.UnknownSection && v.To == nil && !s.Catalog.WasSection(r.Section) {
		v.NotAirflow = true // other programs' sections may be near Airflow's
	}
	return v
}

// tells reports whether a setting tells that its snippet is Airflow's: the option
// exists or existed, is nearly one of that section, or has a name of several words
// that another has. A "host" or a "port" tells nothing.
func (at *snippetSetting) tells() bool {
	v := at.found
	if v.NotAirflow || v.Rule == "" && at.commented {
		return false
	}
	return v.Rule == "" || v.Misspelt || v.IsOfPast() || v.To != nil && strings.Contains(at.option(), "_")
}

// isOnlyAirflows reports whether an unknown option stands in a section that only Airflow has: its
// name is more than one word, or it is a provider's, and the option's is, on a page that names
// Airflow and in a snippet that no sentence introduces as another program's.
func (s *snippet) isOnlyAirflows(v catalog.Resolution, intro string) bool {
	section := s.Catalog.Section(strings.ToLower(v.About.Section))
	switch {
	case v.NotAirflow || v.Rule != finding.UnknownOption || section == nil || ofOthers().MatchString(lastSentence(intro)):
		return false
	case strings.ContainsAny(section.Name, "_."):
		return true
	}
	return section.Provider != "" && strings.Contains(v.About.Name, "_") && s.speaksOfAirflow()
}

// checkSetting keeps a setting as a reference. A comment is one only if it would
// be an option without its mark.
func (s *snippet) checkSetting(at *snippetSetting) {
	v := at.found
	if at.commented && v.Rule != "" && !v.Misspelt && !v.IsOfPast() {
		return
	}
	at.addOption(Ini, v, nameIn(at.section, v))
	if s.givesDefaults && !at.commented && v.Option != nil && v.Ending == "" {
		at.valueIsDefault(v.Option)
	}
}

// givingDefaults matches a sentence that introduces options with their defaults, changing one
// that introduces other values.
var (
	givingDefaults = lazyregexp.New(`(?i)\b(?:following|their|the) default(?:s| values?| settings?)(?: are shown)?\W*$|\bdefaults are shown\W*$`)
	changing       = lazyregexp.New(`(?i)\b(?:chang|updat|overrid|modif|adjust|replac|instead)`)
)

// valueIsDefault checks the value of a setting as the option's default.
func (at *setting) valueIsDefault(o *catalog.Option) {
	line := at.flow.text
	_, value, _ := strings.Cut(line[at.name.to:], "=")
	value, _, _ = strings.Cut(value, " #")
	if value = strings.TrimSpace(value); value == "" || continuesPlaceholder(value) || !at.isStated(o) {
		return
	}
	from := at.name.to + strings.Index(line[at.name.to:], value)
	at.checkDefault(o, statedDefault{text: value, literals: []string{value}, literal: value}, part{from, from + len(value)}, at.severity())
}

// mayBeHeader reports whether a bracket may open a section that is all that a line holds, or
// that line of a cell.
func mayBeHeader(page *directives.RawPage, from int) bool {
	before := bytes.TrimRight(page.Source[:from], " \t\v\f#;")
	if len(before) == 0 || from-len(before) > 1 {
		return true
	}
	c := before[len(before)-1]
	return c < ' ' || c == '|' || c >= utf8.RuneSelf
}
