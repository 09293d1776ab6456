package catalog

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"
)

// A frozen file is a whole catalogue as one config.yml, for machines without Airflow. Its head
// lists the versions of Airflow and of each provider. Sections and options of providers have an
// additional key with the name of the package. Reading the file gives the same catalogue.

// frozenHead is the first line of a frozen file.
const frozenHead = "# Every option, as \"windsock list --format config\" found it in:\n"

// Config returns the catalogue as a frozen file.
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
		panic(err) // strings can always be encoded
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

// configNode returns the sections with their options, each section once.
func (c *Catalog) configNode() *yaml.Node {
	packages := map[string]string{}
	for _, p := range c.providers {
		packages[p.Name] = p.packageName()
	}
	config, options := &yaml.Node{Kind: yaml.MappingNode}, map[string]*yaml.Node{}
	for _, s := range c.sections {
		if options[s.Name] == nil {
			section := *s
			section.Provider = packages[s.Provider]
			options[s.Name] = &yaml.Node{Kind: yaml.MappingNode}
			node := encoded(section)
			node.Content = append(node.Content, encoded("options"), options[s.Name])
			config.Content = append(config.Content, encoded(s.Name), node)
		}
	}
	for _, o := range c.options {
		option := *o
		option.Provider = packages[o.Provider]
		options[o.Section].Content = append(options[o.Section].Content, encoded(o.Name), encoded(option))
	}
	return config
}

// encoded returns a value as a node. Strings that PyYAML would not read as strings are quoted.
func encoded(value any) *yaml.Node {
	n := new(yaml.Node)
	if err := n.Encode(value); err != nil {
		panic(err) // strings can always be encoded
	}
	n.Style &^= yaml.FlowStyle // the style of an empty mapping
	for _, text := range append(n.Content, n) {
		if text.Kind == yaml.ScalarNode && text.Tag == "!!str" && TypeOf(text) != "string" {
			text.Style = yaml.DoubleQuotedStyle
		}
	}
	return n
}

// readHead reads the versions in the head of a frozen file.
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
