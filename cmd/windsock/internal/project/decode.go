package project

import (
	"windsock/directives/catalog"
	"windsock/directives/finding"
)

// A decoder reads the nodes of a project file into a Project. It reports each fault as a
// finding and reads on.
type decoder struct {
	*catalog.Decoder
	folder string   // base of relative paths
	rules  []string // the names that the key "rules" accepts
}

// decode reads data, the content of the project file, into p.
func (p *Project) decode(data []byte, rules []string) []finding.Finding {
	file, findings := catalog.ParseYAML(p.Path, data)
	if len(findings) == 0 {
		p.Annotations = &catalog.Annotations{}
		d := &decoder{&catalog.Decoder{YAML: file}, p.Folder, rules}
		d.Read(d.Entries("the project file", file.Root), d.keys(p))
		findings = d.Findings
	}
	for i := range findings {
		findings[i].Rule = BadProject // instead of the rule for files of options
	}
	return findings
}

// Accepts reports whether data is a valid project file.
func (p *Project) Accepts(data []byte, rules []string) bool {
	return len((&Project{Path: p.Path}).decode(data, rules)) == 0
}
