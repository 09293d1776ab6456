package main

import (
	"slices"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives"
	"windsock/directives/expand"
	"windsock/directives/finding"
	"windsock/grammar"
)

// An includedFile is a file that pages include.
type includedFile struct {
	name     string
	live     string         // its first live directive or role, "" if there is none
	line     int            // the line of live, from 1
	about    finding.Option // the option that live shows, if nothing else in the file is live
	includes []string       // the arguments of its include directives
}

// help returns what to do about a file with live text.
func (f *includedFile) help() string {
	if directives.Define(f.live) == nil {
		return "make it a page of the source folder"
	}
	return "make it a page of the source folder, or run \"windsock expand -w " + pages.Quoted(f.name) + "\""
}

// open reads an included file once. It returns nil for a file without live text and includes, and
// for one that cannot be read, which Sphinx reports.
func (g *includeGraph) open(name string) *includedFile {
	file, known := g.files[name]
	if !known {
		file = &includedFile{name: name}
		if data, err := readFile(name); err == nil {
			file.includes = includeTargets(data)
			g.setLive(file, data)
		}
		if file.live == "" && len(file.includes) == 0 {
			file = nil // saves memory, since most included files are of this kind
		}
		g.files[name] = file
	}
	return file
}

// setLive sets the fields of a file that describe its live text.
func (g *includeGraph) setLive(file *includedFile, data []byte) {
	if !g.gate.Passes(data) {
		return
	}
	r := g.Expand(expand.Page{Path: file.name, Source: data}, g.reader.Read(data))
	live := slices.DeleteFunc(r.Expansions, func(x expand.Expansion) bool { return x.Region != nil })
	bad := slices.IndexFunc(r.Findings, func(f finding.Finding) bool { return f.Rule == finding.BadDirective })
	var offset int
	switch {
	case len(live) > 0:
		file.live, offset = live[0].Type.Value, live[0].Source.Start
	case r.Blocked && bad >= 0:
		file.live, offset = "a directive that cannot be expanded", r.Findings[bad].Span.Start
	}
	if len(live) == 1 {
		file.about = live[0].About()
	}
	file.line = grammar.NewLines(data).Number(offset)
}
