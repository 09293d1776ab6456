package project

import (
	"windsock/directives/catalog"
	"windsock/directives/finding"
)

// A decoder turns the tree of a project file into a Project. What is wrong
// becomes a finding, and the decoder goes on with the rest.
type decoder struct {
	*catalog.Decoder
	folder string   // that paths are relative to
	rules  []string // known to the key "rules"
}

// decode reads the bytes of the project file into p.
func (p *Project) decode(data []byte, rules []string) []finding.Finding {
	file, wrong := catalog.ParseYAML(p.Path, data)
	if len(wrong) > 0 {
		return relabel(wrong)
	}
	p.Annotations = &catalog.Annotations{}
	d := &decoder{&catalog.Decoder{YAML: file}, p.Folder, rules}
	d.Read(d.Entries("the project file", file.Root), d.keys(p))
	return relabel(d.Findings)
}

// Accepts reports whether data could be the project file: nothing is wrong with it.
func (p *Project) Accepts(data []byte, rules []string) bool {
	return len((&Project{Path: p.Path}).decode(data, rules)) == 0
}

// relabel makes findings about data findings about the project file.
func relabel(findings []finding.Finding) []finding.Finding {
	for i := range findings {
		findings[i].Rule = BadProject
	}
	return findings
}
