package grammar

import (
	"cmp"
	"slices"
	"sync"
)

// A Reader knows what to look for in pages. It holds no state of a reading, so
// that one Reader may read many pages at once; its fields must not change
// meanwhile.
type Reader struct {
	// Directives are the directive types to report, in lower case. A name that
	// ends in "*" stands for every type that begins with the rest of it. The
	// content of these directives is not read as RST.
	Directives []string
	// Comments are the beginnings of the text of comments to report, such as
	// "windsock:"; letter case counts.
	Comments []string
	// Near, if it is not nil, reports whether a name is nearly one of Directives: what has
	// one and was probably meant as a directive is reported as a [Slip].
	Near func(name string) bool
	// LiteralDirectives are further directive types, in lower case, whose
	// content is not RST.
	LiteralDirectives []string
}

// A Document is one page as read.
type Document struct {
	Source []byte // the bytes that were read; not a copy
	Nodes  []Node // the directives and comments that the reader looks for, in order
	Root   *Element
}

// A Node is a directive, a comment or a slip that the reader was told to look for.
type Node struct {
	// Span is that of the directive or comment, except in a cell of a grid table
	// or a simple table, whose lines hold other cells too: there it is what
	// stands on the first line.
	Span      Span
	Directive *Directive // or
	Comment   *Comment   // or
	Slip      *Slip
}

// Read reads a page.
func (r *Reader) Read(source []byte) *Document {
	buffer := lineBuffers.Get().(*[]line)
	p := &parser{page: newPage(source, *buffer), reader: r}
	doc := &Document{Source: source, Root: p.readBlocks(), Nodes: p.found}
	*buffer = p.lines
	lineBuffers.Put(buffer)
	slices.SortStableFunc(doc.Nodes, func(a, b Node) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return doc
}

// lineBuffers are those of the lines of pages, which no document refers to.
var lineBuffers = sync.Pool{New: func() any { return new([]line) }}
