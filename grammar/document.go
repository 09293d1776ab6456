package grammar

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
	// Roles are the names of the roles to look for, in lower case, "*" at the end as
	// in Directives. A page that may hold one is always read in full.
	Roles []string
	// Unlike, if it is not nil, reports of a line, from the first word of a directive or a
	// comment on, that it certainly begins nothing of interest, though it begins as
	// Directives and Comments say. Pages of such lines alone need not be parsed.
	Unlike func(line []byte) bool
	// LiteralDirectives are further directive types, in lower case, whose
	// content is not RST.
	LiteralDirectives []string
}

// A Document is one page as read: the source cut into nodes and, after the
// full reading, the tree of its elements.
type Document struct {
	Source []byte // the bytes that were read; not a copy
	Nodes  []Node // in order; their spans tile Source
	Root   *Element
	// Around is set if Root may lack what [Reader.ReadAround] leaves out.
	Around bool
	// Skipped is set if the page was not parsed, as it cannot hold what the reader
	// looks for.
	Skipped bool
	// Roles is set if the page may hold a role that the reader looks for.
	Roles bool
}

// A Node is a stretch of a page: a directive or comment that the reader was
// told to look for, or water, which is everything between these.
type Node struct {
	// Span reaches from the first byte to the byte after the last. That of a
	// directive or comment is its own Span, except in a cell of a grid table or
	// a simple table, whose lines hold other cells too: there it is what stands
	// on the first line.
	Span      Span
	Directive *Directive // nil if the node is water or a comment
	Comment   *Comment   // nil if the node is water or a directive
}

// Read reads only so much of source that its Nodes are right; Root is nil, unless
// the page may hold a role that the reader looks for. A page that cannot hold what
// it looks for is not parsed at all.
func (r *Reader) Read(source []byte) *Document {
	if r.mayHoldRole(source) {
		return r.readAll(source, true)
	}
	pieces := r.mayHold(source)
	if len(pieces) == 0 {
		return &Document{Source: source, Nodes: waterNodes(len(source)), Skipped: true}
	}
	return r.readNodes(source, pieces...)
}

// readNodes reads pieces of source for the nodes in it alone.
func (r *Reader) readNodes(source []byte, pieces ...Span) *Document {
	p := &parser{reader: r}
	return p.read(source, pieces...)
}

// ReadAll reads the whole of source: Nodes, as Read does, and Root.
func (r *Reader) ReadAll(source []byte) *Document { return r.readAll(source, r.mayHoldRole(source)) }

// readAll is ReadAll, where it is known whether there may be roles.
func (r *Reader) readAll(source []byte, roles bool) *Document {
	p := &parser{reader: r, full: true}
	doc := p.read(source, Span{0, len(source)})
	doc.Roles = roles
	return doc
}

// ReadAround reads as ReadAll does, for a caller who looks for something at some offsets,
// in bytes from 0 and ascending, and what stands around it there. From Root it leaves out
// list items, and what is in definitions, block quotes, fields, option descriptions and
// footnotes, in which none of the offsets is, unless they stand in a table or a directive,
// or in a list right behind an element with such an offset, which may introduce it. A page
// that may hold a role that the reader looks for is read as a whole.
func (r *Reader) ReadAround(source []byte, offsets []int) *Document {
	if r.mayHoldRole(source) {
		return r.readAll(source, true)
	}
	p := &parser{reader: r, full: true, around: true, offsets: offsets}
	doc := p.read(source, Span{0, len(source)})
	doc.Around = true
	return doc
}
