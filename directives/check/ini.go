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
	element       *grammar.Element
	lines         []snippetLine
	givesDefaults bool // the values are the options' defaults
}

// A snippetLine is an option of a snippet, or the header of a section.
type snippetLine struct {
	setting            // of a header: the section between its brackets
	section     string // that the line stands in, or begins
	isHeader    bool
	isCommented bool
	found       catalog.Resolution // of an option
}

// headerAt finds the section, with its brackets, of a line that is nothing else, perhaps commented
// out.
func headerAt(line string) (part, bool) {
	from := len(line) - len(strings.TrimLeft(line, " \t#;"))
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

// settingLine finds the name in a line of the form "name = value" or "name: value", perhaps
// commented out.
var settingLine = lazyregexp.New(`^[ \t#;]*([\pL\pN_]+(?:[.-][\pL\pN_]+)*)[\s\v\pZ]*(?:=(?:[^=]|$)|:(?:[^:/]|$))`)

// settingAt returns where the name stands in such a line.
func settingAt(line string) (part, bool) {
	m := settingLine().FindStringSubmatchIndex(line)
	if m == nil {
		return part{}, false
	}
	return part{m[2], m[3]}, true
}

// read reads the lines of a snippet. Lines that are indented deeper than the
// option above them go on with its value.
func (s *snippet) read(lines []grammar.Text) {
	margin, section := -1, ""
	for _, line := range lines {
		at, isHeader := headerAt(line.Value)
		isCommented := isComment(line.Value)
		if isHeader {
			margin, section = -1, strings.Trim(line.Value[at.from:at.to], "[]")
		} else if name, ok := settingAt(line.Value); !ok || margin >= 0 && name.from > margin && !isCommented {
			continue
		} else if at = name; !isCommented {
			margin = at.from
		}
		s.lines = append(s.lines, snippetLine{setting: s.setting(s.element, line, at), section: section, isHeader: isHeader, isCommented: isCommented})
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
	for i := range s.lines {
		if at := &s.lines[i]; !at.isHeader {
			at.found = s.resolveSetting(at)
			at.found.NotAirflow = at.found.NotAirflow || !isIntroduced && isOfGit(at.found.About)
			isAirflow = isAirflow || at.tells() || !at.isCommented && s.isOnlyAirflows(at.found, intro)
		}
	}
	if !isAirflow {
		return
	}
	s.snippet = map[string]*catalog.Option{}
	for i := range s.lines {
		switch at := &s.lines[i]; {
		case !at.isHeader:
			s.checkSetting(at)
		case i+1 == len(s.lines) || s.lines[i+1].isHeader: // no option that tells more
			at.checkSection()
		}
	}
}

// checkSection checks the section of a header.
func (at *snippetLine) checkSection() {
	v := at.Catalog.ResolveSection(at.section)
	fix := ""
	if v.To != nil && v.To.Option == nil {
		fix = v.To.String()
	}
	at.add(Literal, at.name, v, fix)
}

// resolveSetting says what the option of a setting is.
func (s *snippet) resolveSetting(at *snippetLine) catalog.Resolution {
	r := catalog.Reference{Section: at.section, Name: at.option()}
	if strings.Contains(r.Name, "__") {
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
func (at *snippetLine) tells() bool {
	v := at.found
	if v.NotAirflow || v.Rule == "" && at.isCommented {
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
// be an option without the "#" or ";".
func (s *snippet) checkSetting(at *snippetLine) {
	v := at.found
	if at.isCommented && v.Rule != "" && !v.Misspelt && !v.IsOfPast() {
		return
	}
	at.addOption(Ini, v, nameIn(at.section, v))
	if v.Option != nil {
		s.snippet[v.Option.Name] = v.Option
	}
	if s.givesDefaults && !at.isCommented && v.Option != nil && v.Ending == "" {
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
