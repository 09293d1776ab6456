package grammar

// A Directive is one directive of a page, with every part of it that a message
// may point at.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#directives
type Directive struct {
	// Span reaches from the first byte of the ".." to the end of the last line
	// of the directive that is not blank, less its line ending.
	Span Span
	// Column is where the ".." stands, in characters from 0, tabs expanded to
	// multiples of 8.
	Column int
	// Substitution is the name between the bars of a substitution definition
	// that the directive belongs to, or nil.
	Substitution *Text
	// Type is the directive type, as written: the word before the "::".
	Type Text
	// Arguments holds the argument block, one Text a line.
	Arguments []Text
	Options   []Option
	// Content holds the lines of the content, dedented, without blank lines at
	// either end.
	Content []Text
	// Container is what the directive stands in, and First whether no body
	// element stands before it in there.
	Container Container
	First     bool
	// Problem is why docutils would reject the block (such as text after the
	// options), "" if it would not; ProblemSpan is the place of it.
	Problem     string
	ProblemSpan Span
}

// An Option is one entry of a directive's option block (":name: value").
type Option struct {
	Span  Span   // from the opening colon to the end of the value
	Name  Text   // as written, without the colons
	Value []Text // the lines of the value; none for a flag
}

// A Comment is an explicit markup comment (".. like this") whose text begins
// with one of the prefixes that the reader was told to look for.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#comments
type Comment struct {
	Span      Span   // as of a Directive
	Column    int    // as of a Directive
	Text      []Text // the lines, dedented
	Container Container
	First     bool
	// Directive is the directive that the comment keeps, nil if it keeps none:
	// ".. windsock: airflow-config-default:: [core] parallelism". Its spans are
	// the source's; its Span begins after "windsock:".
	Directive *Directive
}

// A Container is the kind of body that an element stands in.
type Container uint8

// The containers. A page's top level and a section are the same to what stands
// in them.
const (
	InDocument Container = iota
	InBlockQuote
	InListItem   // bullet and enumerated lists
	InDefinition // of a definition list
	InFieldBody
	InOptionDescription // of an option list
	InDirective         // the content of another directive
	InFootnote          // and citations
	InGridTable         // a cell of a grid table, at any depth
	InSimpleTable       // a cell of a simple table, likewise
	InSubstitution      // a substitution definition
)

// IsCell reports whether the container is a cell of a table that is drawn in characters,
// whose lines must keep their length.
func (c Container) IsCell() bool { return c == InGridTable || c == InSimpleTable }

// container returns what an element of s stands in.
func (p *parser) container(s *body) Container {
	if p.cell != InDocument {
		return p.cell
	}
	return s.container
}
