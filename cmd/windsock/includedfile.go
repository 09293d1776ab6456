package main

import (
	"slices"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives"
	"windsock/directives/expand"
	"windsock/directives/finding"
	"windsock/grammar"
)

// An includedFile is what matters in a file that pages include.
type includedFile struct {
	name     string
	holds    string         // its first directive or role that is not expanded, "" for none
	line     int            // where that stands
	about    finding.Option // that it shows, if nothing else in the file is unexpanded
	includes []string       // the arguments of its include directives
}

// help says what to do about a file that holds something unexpanded.
func (f *includedFile) help() string {
	if directives.Define(f.holds) == nil {
		return "make it a page of the source folder"
	}
	return "make it a page of the source folder, or run \"windsock expand -w " + pages.Quoted(f.name) + "\""
}

// open reads a file that pages include, once. It returns nil for one that holds and includes
// nothing, and for one that cannot be read, which Sphinx reports.
func (g *includeGraph) open(name string) *includedFile {
	file, known := g.files[name]
	if !known {
		file = &includedFile{name: name}
		if data, err := readFile(name); err == nil {
			file.includes = includesOf(data)
			g.look(file, data)
		}
		if file.holds == "" && len(file.includes) == 0 {
			file = nil // as most are, and a hundred thousand pages may include as many
		}
		g.files[name] = file
	}
	return file
}

// look finds the first directive or role in a file that is not expanded.
func (g *includeGraph) look(file *includedFile, data []byte) {
	if !g.gate.Passes(data) {
		return
	}
	r := g.Expand(expand.Page{Path: file.name, Source: data}, g.examiner.reader.Read(data))
	live := slices.DeleteFunc(r.Expansions, func(x expand.Expansion) bool { return x.Region != nil })
	bad := slices.IndexFunc(r.Findings, func(f finding.Finding) bool { return f.Rule == finding.BadDirective })
	var at int
	switch {
	case len(live) > 0:
		file.holds, at = live[0].Type.Value, live[0].Source.Start
	case r.Blocked && bad >= 0:
		file.holds, at = "a directive that cannot be expanded", r.Findings[bad].Span.Start
	}
	if len(live) == 1 {
		file.about = live[0].About()
	}
	file.line = grammar.NewLines(data).Number(at)
}
