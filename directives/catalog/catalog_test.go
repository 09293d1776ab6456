package catalog

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"windsock/directives/finding"
	"windsock/fixtures"
)

// Each case holds data (config.yml, provider.yaml files, windsock.yaml with a project's
// annotations), questions ("ask"), and what must come of them: the options, the findings,
// the notes, the answers.
func TestCases(t *testing.T) {
	fixtures.Cases(t, "catalog/*.txtar", func(t *testing.T, tc *fixtures.Case) {
		var files []File
		var findings []finding.Located
		annotations := &Annotations{}
		for _, name := range tc.Names() {
			text, _ := tc.File(name)
			data := spelled(text)
			switch {
			case name == "windsock.yaml":
				y, wrong := ParseYAML(name, data)
				project, more := DecodeAnnotations(y)
				annotations = Embedded().Extend(project)
				findings = finding.Resolve(name, data, append(wrong, more...))
			case strings.HasSuffix(name, ".py"):
				files = append(files, File{Path: name, Data: data, Provider: true, Function: "get_provider_info", Found: strings.HasPrefix(name, "found/")})
			case path.Ext(name) != "":
				files = append(files, File{Path: name, Data: data, Provider: name != "config.yml"})
			}
		}
		c, more := Load(files, annotations)
		ask, _ := tc.File("ask")
		tc.Want(t, "options", describeAll(c))
		tc.Want(t, "findings", describeFindings(append(findings, more...)))
		tc.Want(t, "notes", describeFindings(c.Notes()))
		tc.Want(t, "answers", answers(c, string(ask)))
	})
}

// spelling finds the spelt-out form of a byte that a case must not hold.
var spelling = regexp.MustCompile(`<0x[0-9A-F]{2}>`)

// spelled turns <0xFF> into the byte that it spells.
func spelled(data []byte) []byte {
	return spelling.ReplaceAllFunc(data, func(s []byte) []byte {
		n, _ := strconv.ParseUint(string(s[3:5]), 16, 8)
		return []byte{byte(n)}
	})
}

// describeAll writes the options, a line each, or how many there are if many.
func describeAll(c *Catalog) string {
	var b strings.Builder
	if n := len(c.Options()); n > 100 {
		return fmt.Sprintf("%d thousand options\n", n/1000)
	}
	for _, o := range c.Options() {
		b.WriteString(describe(o))
	}
	return b.String()
}

// describe writes an option on a line, with all that it holds.
func describe(o *Option) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d: %s = ", o.Declared.Path, o.Declared.Line, o)
	if value, ok := o.ShownDefault(); ok {
		fmt.Fprintf(&b, "%q", value)
	} else {
		b.WriteString("none")
	}
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, " %s=%q", name, value)
		}
	}
	field("provider", o.Provider)
	field("type", o.Type)
	field("added", o.VersionAdded)
	field("description", o.Description)
	if example, ok := o.ShownExample(); ok {
		fmt.Fprintf(&b, " example=%q", example)
	}
	if o.Sensitive {
		b.WriteString(" sensitive")
	}
	if o.Deprecated() {
		fmt.Fprintf(&b, " deprecated=%q %q", o.VersionDeprecated, o.DeprecationReason)
	}
	return b.String() + "\n"
}

// describeFindings writes findings as messages, with the words that each marks.
func describeFindings(findings []finding.Located) string {
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "%s:%d:%d: %s: %s [%s]\n", f.Path, f.Start.Line, f.Start.Column, f.Severity, f.Message, f.Rule)
		fmt.Fprintf(&b, "   at %q", f.Text)
		if f.Suggestion != "" {
			fmt.Fprintf(&b, ", suggests %s", f.Suggestion)
		}
		if f.Declared.Path != "" {
			fmt.Fprintf(&b, ", declared at %s:%d", f.Declared.Path, f.Declared.Line)
		}
		if b.WriteByte('\n'); f.Help != "" {
			fmt.Fprintf(&b, "   help: %s\n", f.Help)
		}
	}
	return b.String()
}

// answers answers the questions, a line each.
func answers(c *Catalog, ask string) string {
	var b strings.Builder
	for question := range strings.Lines(ask) {
		question = strings.TrimSpace(question)
		verb, text, _ := strings.Cut(question, " ")
		text = strings.TrimSpace(text)
		var answer string
		if r, ok := ParseReference(text); references[verb] == nil {
			answer = questions[verb](c, text)
		} else if answer = "no reference"; ok {
			answer = references[verb](c, r)
		}
		fmt.Fprintf(&b, "%s -> %s\n", question, strings.ReplaceAll(strings.TrimRight(answer, "\n"), "\n", "\n    "))
	}
	return b.String()
}

// references are what a fixture may ask of a catalogue about an option.
var references = map[string]func(c *Catalog, r Reference) string{
	"env-of":  func(c *Catalog, r Reference) string { return c.Find(r).EnvVar() },
	"find":    func(c *Catalog, r Reference) string { return names(c.Find(r)) },
	"resolve": func(c *Catalog, r Reference) string { return resolution(c.Resolve(r)) },
	"suggest": func(c *Catalog, r Reference) string { return suggestion(c.Suggest(r)) },
	"needs": func(c *Catalog, r Reference) string {
		return fmt.Sprintf("%v, anybody says it: %v", value(c.Annotations.Sensitive.Of(r)), c.MapsComponents())
	},
	"note": func(c *Catalog, r Reference) string {
		a := c.Annotations
		return fmt.Sprint(value(a.Sensitive.Of(r)), value(a.Undeclared.Of(r)), value(a.Effective.Of(r)), value(a.Units.Of(r)))
	},
	"renamed": func(c *Catalog, r Reference) string {
		o, note := c.Renamed(r)
		if note == nil {
			return "never"
		}
		return fmt.Sprintf("%s (says %s: %v)", names(o), note.Reference, note.Value)
	},
}

// questions are what else a fixture may ask of a catalogue.
var questions = map[string]func(c *Catalog, text string) string{
	"components": func(c *Catalog, _ string) string { return strings.Join(c.Annotations.Components(), ", ") },
	"data": func(c *Catalog, _ string) string {
		return fmt.Sprintf("version %q, complete %v", c.Version, c.Complete)
	},
	"env":   func(c *Catalog, text string) string { return describeEnv(c.LookupEnv(text)) },
	"lines": func(c *Catalog, _ string) string { return "\n" + c.MappingLines(c.Unmapped(c.Options())...) },
	"match": func(c *Catalog, text string) string {
		section, pattern, _ := strings.Cut(strings.TrimPrefix(text, "["), "] ")
		return names(c.Match(section, pattern)...)
	},
	"nearest": func(_ *Catalog, text string) string {
		words := strings.Fields(text)
		near, _ := Nearest(words[0], words[1:])
		return cmp.Or(near, "none")
	},
	"open":            func(c *Catalog, text string) string { return strconv.FormatBool(c.IsOpen(text)) },
	"provider":        func(c *Catalog, text string) string { return providerOf(c.ProviderByName(text)) },
	"provider-at":     func(c *Catalog, text string) string { return providerOf(c.ProviderAt("/work", text)) },
	"resolve-env":     func(c *Catalog, text string) string { return resolution(c.ResolveEnv(text)) },
	"resolve-section": func(c *Catalog, text string) string { return resolution(c.ResolveSection(text)) },
	"same-component": func(_ *Catalog, text string) string {
		a, b, _ := strings.Cut(text, ", ")
		return strconv.FormatBool(SameComponent(a, b))
	},
	"section": func(c *Catalog, text string) string {
		s := c.Section(text)
		if s == nil {
			return fmt.Sprintf("none, key-free %v, once %v", c.Annotations.IsKeyFree(text), c.WasSection(text))
		}
		return fmt.Sprintf("%s:%d %q %q was %q", s.Declared.Path, s.Declared.Line, s.Provider, s.Description, s.Renamed.From)
	},
	"stale": func(c *Catalog, _ string) string { return "\n" + describeFindings(c.Stale()) },
	"suggest-env": func(c *Catalog, text string) string {
		v := c.ResolveEnv(text)
		return strings.TrimSpace(v.Instead + " " + suggestion(v.To))
	},
	"suggest-section": func(c *Catalog, text string) string { return suggestion(c.SuggestSection(text)) },
	"unmapped":        func(c *Catalog, _ string) string { return names(c.Unmapped(c.Options())...) },
	"value": func(_ *Catalog, text string) string {
		return fmt.Sprintf("number %v, boolean %v, generated %v", IsNumber(text), IsBoolean(text), IsGenerated(text))
	},
	"words": func(_ *Catalog, text string) string { return (&Option{Reference: Reference{"x", text}}).Words() },
}

// value returns what a note says, or "-".
func value[T any](n *Note[T]) any {
	if n == nil {
		return "- "
	}
	return fmt.Sprintf("%+v ", n.Value)
}

// names returns the names of options.
func names(options ...*Option) string {
	var s []string
	for _, o := range options {
		if o != nil {
			s = append(s, o.String())
		}
	}
	if len(s) == 0 {
		return "none"
	}
	return strings.Join(s, ", ")
}

// suggestion writes a suggestion.
func suggestion(s *Suggestion) string {
	if s == nil {
		return "none"
	}
	text := s.String()
	if s.Renamed {
		text += " (renamed)"
	}
	if s.Certain {
		text += " (certain)"
	}
	return text
}

// resolution writes what is known of a name.
func resolution(v Resolution) string {
	text := "[" + v.Rule + "] " + v.Text()
	if v.IsLater {
		text += " (a later one)"
	}
	if v.NotAirflow {
		text += " (not Airflow's)"
	}
	if v.IsAmbiguous {
		text += " (ambiguous)"
	}
	return text
}

// providerOf writes a provider.
func providerOf(p *Provider) string {
	if p == nil {
		return "none"
	}
	return p.Name + " in " + p.Folder()
}

// describeEnv writes what is known of an environment variable.
func describeEnv(e Env) string {
	kind := "unknown"
	switch {
	case e.Option != nil && e.Suffix == "":
		kind = "option"
	case e.Option != nil && e.Option.Sensitive:
		kind = "elsewhere"
	case e.Option != nil:
		kind = "not sensitive"
	case e.Key != "":
		kind = "family"
	case e.Undeclared:
		kind = "undeclared"
	case e.Open:
		kind = "key-free"
	}
	text := kind + " " + e.Reference.String()
	if e.Team != "" {
		text += " team=" + e.Team
	}
	if e.Key != "" {
		text += " key=" + e.Key
	}
	if e.Suffix != "" {
		text += " suffix=" + e.Suffix
	}
	if e.Miscased {
		text += " miscased"
	}
	return text
}
