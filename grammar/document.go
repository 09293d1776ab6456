package grammar

import (
	"cmp"
	"slices"
	"sync"
)

// A Reader reads pages. It stores no state, so that goroutines can share one; its fields
// must not change meanwhile.
type Reader struct {
	// Directives are the directive types to look for, in lower case. A name that ends in
	// "*" matches all types with its prefix. The content of these directives is not read
	// as RST.
	Directives []string
	// Comments are the prefixes of comments to look for, such as "windsock:". Letter
	// case matters.
	Comments []string
	// Near reports whether a name is probably a misspelt one of Directives. If it is
	// set, the reader reports each [Slip].
	Near func(name string) bool
	// LiteralDirectives are other directive types, in lower case, whose content is not
	// RST.
	LiteralDirectives []string
}

// A Document is a page that was read.
type Document struct {
	Source []byte // the bytes of the page; not a copy
	Nodes  []Node // the directives, comments and slips that the reader looks for, in order
	Root   *Element
}

// A Node is a directive, a comment or a slip that the reader looks for. One of the three
// pointers is set.
type Node struct {
	// Span is the span of the directive, comment or slip. In a cell of a grid table or a
	// simple table, it ends with the first line: lines contain several cells.
	Span      Span
	Directive *Directive
	Comment   *Comment
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

// lineBuffers are buffers for the lines of pages. No document refers to its buffer.
var lineBuffers = sync.Pool{New: func() any { return new([]line) }}
