package grammar

import "bytes"

// A Kind says what an Element is.
type Kind uint8

// The kinds of elements, in the words of the reStructuredText specification.
const (
	Root       Kind = iota // the page
	Section                // its Title is the first child
	Title                  // Text; Name: the line under it
	Transition             // a line of punctuation between paragraphs
	Paragraph              // Text
	BlockQuote
	BulletList     // children: ListItems
	EnumeratedList // children: ListItems
	ListItem
	DefinitionList // children: Terms, each followed by its Definition
	Term           // Text: the term and its classifiers
	Definition
	FieldList     // children: Fields
	Field         // Text: the name; its children are the body
	OptionList    // children: OptionItems
	OptionItem    // Name: the options; its children are the description
	LineBlock     // children: LineBlockLines
	LineBlockLine // Text
	LiteralBlock  // Text: its lines; Name: its language, if given
	DoctestBlock  // Text: its lines
	Table         // a grid table or a simple table; children: Rows
	Row           // children: Cells
	Cell
	Footnote       // or citation
	Target         // Text: its lines
	Substitution   // Name: the substitution text; child: a DirectiveBlock, if any
	DirectiveBlock // Name: the type; Directive; children: Captions, then the content
	Caption        // Text: running text of the arguments, or of the option Name
	CommentBlock   // Text: its lines
	Unread         // Text: lines nested too deeply, or a malformed table
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
	Header bool // set for a Row of the table's head
	// Quoted is set for a LiteralBlock whose lines are quoted instead of indented, and
	// Content for one that is the content of its Parent, a directive.
	Quoted, Content bool
	// Problematic is set if docutils reports an error in the inline markup of Text: a
	// start-string without an end-string, or a misplaced role.
	Problematic bool
	// Span is the span from the first byte of the element, after the margin, to the end of
	// its last line that is not blank. In a cell of a grid table or a simple table, it
	// includes parts of other cells.
	Span     Span
	Parent   *Element // nil for the Root
	Children []*Element
	Text     []Text // the lines without their margins, in kinds that have text
	// Inlines is the inline markup of Text, in order; nil if Text is not running text.
	Inlines []Inline

	*details
}

// details are the fields that few elements need. The other elements share noDetails.
type details struct {
	Name      Text       // see the kinds; zero for the others
	Comment   *Comment   // set for a CommentBlock that the reader looks for
	Directive *Directive // set for a DirectiveBlock; its Content is set only if the reader looks for it
}

// noDetails are the details of all elements without their own. Sharing them saves
// memory: a table can have two elements for each letter.
var noDetails = new(details)

// ownDetails returns the details of e for writing.
func (e *Element) ownDetails() *details {
	if e.details == noDetails {
		e.details = new(details)
	}
	return e.details
}

// add adds a child with the span of text[start:end] to parent.
func (p *parser) add(parent *Element, kind Kind, start, end int) *Element {
	e := &Element{Kind: kind, Span: p.span(start, end), Parent: parent, details: noDetails}
	parent.Children = append(parent.Children, e)
	parent.stretch(e.Span.End)
	return e
}

// stretch extends e and its ancestors to end at offset end at least.
func (e *Element) stretch(end int) {
	for ; e != nil && e.Span.End < end; e = e.Parent {
		e.Span.End = end
	}
}

// extent returns the offsets in the page's text where b begins and ends.
func (p *parser) extent(b *block) (start, end int) {
	start, _ = p.bounds(b, b.first)
	return start, p.lines[b.end-1].end
}

// addBlock adds a child to parent whose Text is the lines of b. It returns nil if b is
// empty.
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

// addRunning adds a child to parent whose Text is the lines of b, as running text.
func (p *parser) addRunning(parent *Element, kind Kind, b block) *Element {
	e := p.addBlock(parent, kind, b)
	if e != nil {
		p.findInlines(e, p.segments(b))
	}
	return e
}

// addText adds a child to parent whose Text is text[start:end], as running text.
func (p *parser) addText(parent *Element, kind Kind, start, end int) *Element {
	e := p.add(parent, kind, start, end)
	p.setText(e, start, end)
	return e
}

// setText sets the Text of e to text[start:end], as running text.
func (p *parser) setText(e *Element, start, end int) {
	e.Text = []Text{p.textAt(start, end)}
	p.findInlines(e, []segment{{start, end}})
}

// LineBreaks are the characters that end a line in docutils, which splits pages as
// Python's str.splitlines does. VT and FF are not among them because docutils first
// replaces them by blanks.
const LineBreaks = "\n\r\x1c\x1d\x1e\u0085\u2028\u2029"

// Fits reports whether replacing the span old in the element by words leaves the text
// around it intact. In a table the columns must stay aligned, and a title must not become
// longer than its underline.
func (e *Element) Fits(source []byte, old Span, words string) bool {
	wider := Width([]byte(words)) - Width(old.Of(source))
	for ; e != nil; e = e.Parent {
		if e.Kind == Cell && !fitsCell(old.Of(source), words) || e.Kind == Title && wider > 0 {
			return false
		}
	}
	return true
}

// fitsCell reports whether replacing old by words keeps the width of a cell of a grid
// table or a simple table.
func fitsCell(old []byte, words string) bool {
	return Width([]byte(words)) == Width(old) && !bytes.ContainsAny(old, LineBreaks+"\t\v\f")
}

// Fits is [Element.Fits] for text in a directive.
func (d *Directive) Fits(source []byte, old Span, words string) bool {
	return !d.Container.IsCell() || fitsCell(old.Of(source), words)
}
