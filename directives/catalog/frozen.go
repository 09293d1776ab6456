package catalog

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"
)

// A catalogue can be written as one config.yml, to be kept where no Airflow is at hand. Its
// head names the versions of Airflow and of each provider; sections and options of providers
// have a key of their own that names the package. Reading it gives the same catalogue.

// frozenHead begins such a file.
const frozenHead = "# Every option, as \"windsock list --format config\" found it in:\n"

// Config returns the catalogue as one config.yml.
func (c *Catalog) Config() []byte {
	var text bytes.Buffer
	text.WriteString(frozenHead)
	if c.Version != "" {
		fmt.Fprintf(&text, "#   apache-airflow %s\n", c.Version)
	}
	for _, p := range c.providers {
		text.WriteString(strings.TrimRight("#   "+p.packageName()+" "+p.Release, " ") + "\n")
	}
	encoder := yaml.NewEncoder(&text)
	encoder.SetIndent(2)
	if err := encoder.Encode(c.configNode()); err != nil {
		panic(err) // text can always be written
	}
	return text.Bytes()
}

// packageName returns the name of the provider's package.
func (p *Provider) packageName() string {
	if p.Package != "" {
		return p.Package
	}
	return packagePrefix + p.Name
}

// configNode returns the sections, each once, with their options.
func (c *Catalog) configNode() *yaml.Node {
	packages := map[string]string{}
	for _, p := range c.providers {
		packages[p.Name] = p.packageName()
	}
	config, options := &mapping{}, map[string]*mapping{}
	for _, s := range c.sections {
		if options[s.Name] != nil {
			continue
		}
		section := config.mapping(s.Name)
		section.text("description", s.Description)
		section.text("provider", packages[s.Provider])
		if s.PreviousName != "" {
			renamed := section.mapping("renamed")
			renamed.text("previous_name", s.PreviousName)
			renamed.text("version", s.RenamedIn)
		}
		options[s.Name] = section.mapping("options")
	}
	for _, o := range c.options {
		option := options[o.Section].mapping(o.Name)
		option.text("description", o.Description)
		option.text("provider", packages[o.Provider])
		option.text("type", o.Type)
		option.text("version_added", o.VersionAdded)
		option.value("example", o.Example)
		option.value("default", o.Default)
		if o.Sensitive {
			option.add("sensitive", &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: "true"})
		}
		option.text("version_deprecated", o.VersionDeprecated)
		option.text("deprecation_reason", o.DeprecationReason)
	}
	return config.node()
}

// A mapping is one of YAML that is being made.
type mapping yaml.Node

// node returns the mapping as a node.
func (m *mapping) node() *yaml.Node {
	m.Kind = yaml.MappingNode
	return (*yaml.Node)(m)
}

// add adds a key with its value.
func (m *mapping) add(key string, value *yaml.Node) {
	m.Content = append(m.Content, textNode(key), value)
}

// mapping adds a key with an empty mapping, which it returns.
func (m *mapping) mapping(key string) *mapping {
	value := &mapping{}
	m.add(key, value.node())
	return value
}

// value adds a key with a text, unless that is nil.
func (m *mapping) value(key string, text *string) {
	if text != nil {
		m.add(key, textNode(*text))
	}
}

// textNode returns a text, in quotes if it would be read as something else without.
func textNode(text string) *yaml.Node {
	n := new(yaml.Node)
	n.SetString(text)
	if TypeOf(n) != "string" {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

// text adds a key with a text, unless that is empty.
func (m *mapping) text(key, text string) {
	if text != "" {
		m.value(key, &text)
	}
}

// readHead reads the versions in the head of a file that Config wrote.
func (c *Catalog) readHead(r *reader) {
	head, ok := bytes.CutPrefix(r.from.Data, []byte(frozenHead))
	if !ok {
		return
	}
	for line := range bytes.Lines(head) {
		words, ok := strings.CutPrefix(string(line), "#   ")
		if !ok {
			return
		}
		name, release, _ := strings.Cut(strings.TrimSpace(words), " ")
		if name == "apache-airflow" {
			c.Version = cmp.Or(c.Version, Version(release))
			continue
		}
		c.providers = append(c.providers, &Provider{Name: providerName(name, ""), Package: name, Release: release})
	}
}
