package main

import (
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
	for _, x := range r.Expansions {
		switch {
		case x.Region != nil:
		case file.holds == "":
			file.holds, file.line, file.about = x.Type.Value, grammar.NewLines(data).Number(x.Source.Start), x.About()
		default:
			file.about = finding.Option{}
		}
	}
	for _, d := range r.Findings {
		if file.holds == "" && r.Blocked && d.Rule == finding.BadDirective {
			file.holds, file.line = "a directive that cannot be expanded", grammar.NewLines(data).Number(d.Span.Start)
		}
	}
}
