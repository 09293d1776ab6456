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

// A snippet is a part of a configuration file in a literal block: lines "[section]", each followed
// by lines "option = value". Options may be commented out. Its content shows whether the file is
// Airflow's.
// https://docs.python.org/3/library/configparser.html#supported-ini-file-structure
type snippet struct {
	*document
	element       *grammar.Element
	lines         []snippetLine
	givesDefaults bool // the values are the options' defaults
}

// A snippetLine is an option of a snippet, or the header of a section.
type snippetLine struct {
	setting            // for a header, the name is the section with its brackets
	section     string // the section of the line
	isHeader    bool
	isCommented bool
	found       catalog.Resolution // the resolution of an option
}

// headerAt returns the section, with its brackets, in a line that contains only a header, which may
// be commented out.
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

// settingLine matches a line "name = value" or "name: value", which may be commented out.
var settingLine = lazyregexp.New(`^[ \t#;]*([\pL\pN_]+(?:[.-][\pL\pN_]+)*)[\s\v\pZ]*(?:=(?:[^=]|$)|:(?:[^:/]|$))`)

// settingAt returns the name in such a line.
func settingAt(line string) (part, bool) {
	m := settingLine().FindStringSubmatchIndex(line)
	if m == nil {
		return part{}, false
	}
	return part{m[2], m[3]}, true
}

// read reads the lines of a snippet. A line that is indented deeper than the option above it
// continues its value.
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

// check checks the settings of a snippet, if it is part of Airflow's file.
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
			isAirflow = isAirflow || at.isEvidence() || !at.isCommented && s.isOnlyAirflows(at.found, intro)
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
		case i+1 == len(s.lines) || s.lines[i+1].isHeader: // a section without options
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

// resolveSetting resolves the option of a setting.
func (s *snippet) resolveSetting(at *snippetLine) catalog.Resolution {
	r := catalog.Reference{Section: at.section, Name: at.option()}
	if strings.Contains(r.Name, "__") {
		return catalog.Resolution{NotAirflow: true}
	}
	v := s.resolve(r)
	if v.Rule == finding.UnknownSection && v.To == nil && !s.Catalog.WasSection(r.Section) {
		v.NotAirflow = true // sections of other programs can be similar to Airflow's
	}
	return v
}

// isEvidence reports whether a setting shows that its snippet is Airflow's: the option exists or
// existed, or is a misspelt option of the section, or has a name of several words that exists in
// another section. A "host" or a "port" shows nothing.
func (at *snippetLine) isEvidence() bool {
	v := at.found
	if v.NotAirflow || v.Rule == "" && at.isCommented {
		return false
	}
	return v.Rule == "" || v.Misspelt || v.IsOfPast() || v.To != nil && strings.Contains(at.option(), "_")
}

// isOnlyAirflows reports whether an unknown option is in a section that only Airflow has. The
// section has a name of several words; or it is a provider's, the option has a name of several
// words, and the page mentions Airflow. The introduction must not mention another program's file.
func (s *snippet) isOnlyAirflows(v catalog.Resolution, intro string) bool {
	section := s.Catalog.Section(strings.ToLower(v.About.Section))
	switch {
	case v.NotAirflow || v.Rule != finding.UnknownOption || section == nil || ofOthers().MatchString(lastSentence(intro)):
		return false
	case strings.ContainsAny(section.Name, "_."):
		return true
	}
	return section.Provider != "" && strings.Contains(v.About.Name, "_") && s.mentionsAirflow()
}

// checkSetting adds a setting as a reference. A line that is commented out counts only if its
// option exists, existed or is misspelt.
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

// givingDefaults matches a sentence that introduces options with their defaults, and changing one
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

// mayBeHeader reports whether a bracket may be the first character, except comment marks, of a line
// or of a line of a cell.
func mayBeHeader(page *directives.RawPage, from int) bool {
	before := bytes.TrimRight(page.Source[:from], " \t\v\f#;")
	if len(before) == 0 || from-len(before) > 1 {
		return true
	}
	c := before[len(before)-1]
	return c < ' ' || c == '|' || c >= utf8.RuneSelf
}
