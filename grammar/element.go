package grammar

import "bytes"

// A Kind says what an Element is.
type Kind uint8

// The kinds of elements, in the words of the reStructuredText specification.
const (
	Root           Kind = iota // the page
	Section                    // its Title is the first child
	Title                      // Text; Name: the line under it
	Transition                 // a line of punctuation between paragraphs
	Paragraph                  // Text
	BlockQuote                 //
	BulletList                 // holds ListItems
	EnumeratedList             // holds ListItems
	ListItem                   //
	DefinitionList             // holds Terms, each followed by its Definition
	Term                       // Text: the term and its classifiers
	Definition                 //
	FieldList                  // holds Fields
	Field                      // Text: the name; its children are the body
	OptionList                 // holds OptionItems
	OptionItem                 // Name: the options; its children are the description
	LineBlock                  // holds LineBlockLines
	LineBlockLine              // Text
	LiteralBlock               // Text: its lines; Name: its language, if the author gave one
	DoctestBlock               // Text: its lines
	Table                      // a grid table or a simple table; holds Rows
	Row                        // holds Cells
	Cell                       //
	Footnote                   // or citation
	Target                     // Text: its lines
	Substitution               // Name: the substitution text; may hold a DirectiveBlock
	DirectiveBlock             // Name: the type; Directive; children: Captions, then the content
	Caption                    // Text: an argument that is running text, or the value of the option Name
	CommentBlock               // Text: its lines
	Unread                     // Text: lines that are nested too deeply to be read, or those of a malformed table
)

// kindNames are the names of the kinds, in their order.
var kindNames = [...]string{
	"root", "section", "title", "transition", "paragraph", "block quote",
	"bullet list", "enumerated list", "list item", "definition list", "term", "definition",
	"field list", "field", "option list", "option item", "line block", "line block line",
	"literal block", "doctest block", "table", "row", "cell", "footnote", "target",
	"substitution definition", "directive", "caption", "comment", "unread text",
}

// String returns the name of the kind, as a message may call it.
func (k Kind) String() string { return kindNames[k] }

// An Element is a node of the tree of a page.
type Element struct {
	Kind   Kind
	Header bool // a Row of the table's head
	// Quoted tells a LiteralBlock whose lines are not indented but quoted, Content
	// one that is the content of the directive that is its Parent.
	Quoted, Content bool
	// Problematic tells that docutils finds fault with the inline markup of Text: a
	// start-string without its end-string, or a role where none may be.
	Problematic bool
	// Span reaches from the first byte of the element, after the margin, to the
	// end of its last line that is not blank. In a cell of a grid table or a
	// simple table the lines between hold parts of other cells.
	Span     Span
	Parent   *Element // nil for the Root
	Children []*Element
	Text     []Text // the lines of text of the kinds that have text, less margins
	// Inlines is the inline markup of Text, in order; nil where that is not running text.
	Inlines []Inline

	*details
}

// details are what few elements have. Each has its own, or none.
type details struct {
	Name      Text       // as the kinds say; zero for the others
	Comment   *Comment   // of a CommentBlock that the reader looks for
	Directive *Directive // of a DirectiveBlock; without Content, except where the reader looks for it
}

// noDetails are the details of all elements that have none of their own: a page may be one
// table, with two elements for each of its letters.
var noDetails = new(details)

// own returns the details of e, to be filled in.
func (e *Element) ownDetails() *details {
	if e.details == noDetails {
		e.details = new(details)
	}
	return e.details
}

// add gives parent a child that stands at text[start:end].
func (p *parser) add(parent *Element, kind Kind, start, end int) *Element {
	e := &Element{Kind: kind, Span: p.span(start, end), Parent: parent, details: noDetails}
	parent.Children = append(parent.Children, e)
	parent.stretch(e.Span.End)
	return e
}

// stretch has e, and what it stands in, reach to offset end at least.
func (e *Element) stretch(end int) {
	for ; e != nil && e.Span.End < end; e = e.Parent {
		e.Span.End = end
	}
}

// extent returns where the text of b begins and where it ends.
func (p *parser) extent(b *block) (start, end int) {
	start, _ = p.bounds(b, b.first)
	return start, p.lines[b.end-1].end
}

// addBlock gives parent a child of all lines of b, as Text; it returns nil if there are none.
func (p *parser) addBlock(parent *Element, kind Kind, b block) *Element {
	if b.isEmpty() {
		return nil
	}
	start, end := p.extent(&b)
	e := p.add(parent, kind, start, end)
	e.Text = p.linesOf(b)
	return e
}

// linesOf returns the lines of b.
func (p *parser) linesOf(b block) []Text {
	if b.isEmpty() {
		return nil
	}
	lines := make([]Text, b.end-b.first)
	for i := range lines {
		lines[i] = p.textAt(p.bounds(&b, b.first+i))
	}
	return lines
}

// addRunning gives parent a child whose text is running text: that of b.
func (p *parser) addRunning(parent *Element, kind Kind, b block) *Element {
	e := p.addBlock(parent, kind, b)
	if e != nil {
		p.findInlines(e, p.segments(b))
	}
	return e
}

// addText gives parent a child whose running text is text[start:end].
func (p *parser) addText(parent *Element, kind Kind, start, end int) *Element {
	e := p.add(parent, kind, start, end)
	p.setText(e, start, end)
	return e
}

// setText says that the text of e is running text: text[start:end].
func (p *parser) setText(e *Element, start, end int) {
	e.Text = []Text{p.textAt(start, end)}
	p.findInlines(e, []segment{{start, end}})
}

// LineBreaks are the characters that end a line to docutils, which splits pages as Python's
// str.splitlines does, less those that it makes blanks of first.
const LineBreaks = "\n\r\x1c\x1d\x1e\u0085\u2028\u2029"

// Fits reports whether words may be written in the place of others, which stand in the
// element, and leave what stands around them whole: the columns of a table are as wide as
// their borders, with other cells between the lines of one, and the line under a title as
// long.
func (e *Element) Fits(source []byte, others Span, words string) bool {
	wider := Width([]byte(words)) - Width(others.Of(source))
	for ; e != nil; e = e.Parent {
		if e.Kind == Cell && !fitsCell(others.Of(source), words) || e.Kind == Title && wider > 0 {
			return false
		}
	}
	return true
}

// fitsCell is Fits for a cell of a grid table or a simple table.
func fitsCell(others []byte, words string) bool {
	return Width([]byte(words)) == Width(others) && !bytes.ContainsAny(others, LineBreaks+"\t\v\f")
}

// Fits is [Element.Fits] for what stands in a directive.
func (d *Directive) Fits(source []byte, others Span, words string) bool {
	return !d.Container.IsCell() || fitsCell(others.Of(source), words)
}
