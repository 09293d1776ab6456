// Package grammar reads pages of reStructuredText as docutils and Sphinx do, as
// far as windsock asks: is this line a directive of ours, with which argument,
// options and content? Is this text running text, an inline literal, a role? Is
// this block literal, and in which language?
//
// # From bytes to nodes
//
// A page is cut into lines as docutils cuts them (page.go); each keeps its place
// in the source, so that all that is found has a [Span] there. Blocks are views
// of these lines, less a margin (block.go). Body elements are read from their
// first lines, tried in docutils' order (parser.go, and a file for each kind of
// element), and what they hold is read as a block of its own. Text that is
// running text is searched for inline markup (inline.go). How the block of a
// directive is divided, and whether its content is RST, is in one table
// (known.go).
//
// [Reader.Read] gives the tree of all [Element]s of a page, and the directives and
// comments that the reader looks for. Inline markup is looked for when it is first
// asked for.
//
//	r := &grammar.Reader{Directives: []string{"airflow-sensitive-vars"}}
//	for _, n := range r.Read(source).Nodes {
//		if n.Directive != nil {
//			fmt.Println(n.Directive.Arguments, n.Directive.Options)
//		}
//	}
//
// Any bytes are a page: what docutils rejects is passed over, or noted as the
// Problem of a directive. Time and memory are linear in the size of the page.
//
// # Grammars
//
// What the reader looks for are islands in water: the words of a directive or a
// comment are tokens, with gaps between them, and everything between two islands is
// one token. The parser sees neither gaps nor water. A page is
//
//	PageTree = NodeTree* .
//	NodeTree = (<directivemark> DirectiveTree) | (<commentmark> CommentTree) .
//	DirectiveTree = <substitution>? <type> <argument>* OptionTree* <content>* .
//	OptionTree = <optionname> <optionvalue>* .
//	CommentTree = <text>* (<keeper> DirectiveTree)? .
//
// where the lines of arguments, values, content and comments are tokens. The
// content of airflow-config-default is a list of items (items.go): a line at the
// margin is an option with its unit, or free text, and what is indented below it
// is a field list and a body. Lines that stand at the margin are cut into words,
// others are tokens.
//
//	ItemsTree = BodyTree? ItemTree* .
//	BodyTree = (<fieldname> | <fieldbody> | <deeper> | <line> | <blank>)+ .
//	ItemTree = <bullet>? ((ReferenceTree <newline>) | (~(<open> | <envvar> | <newline>)+ <newline>) | (~<newline>+ <newline>)) <blank>* FieldTree* BodyTree? .
//	ReferenceTree = (FormTree | (<backquotes> FormTree <backquotes>)) (<unitmark> ~<newline>+)? .
//	FormTree = BracketedTree | <envvar> | (<labelprefix> (<word> | <dotted>)) | <dotted> | CommandTree | CallTree .
//	BracketedTree = <open> (<word> | <dotted>) <close> (<open> (<word> | <dotted>) <close>)* (<word> | <dotted>)? .
//	CommandTree = "config" <space> "get-value" <space> ("-"+ <word> <space>)* (<word> | <dotted>) <space> (<word> | <dotted>) .
//	CallTree = <method> "(" <space>? <quote> (<word> | <dotted>) <quote> "," <space>? <quote> (<word> | <dotted>) <quote> .
//	FieldTree = <fieldname> (<fieldbody>? <deeper>*) .
//
// An option reference is the same everywhere (reference.go): the argument of a
// directive, an item, the text of a role, a literal or a word of running text, a key
// of the project file. Who finds one hands over the whole of it. The last of several
// brackets on end is the section, and the last full stop divides "section.name"; how
// "__" divides an environment variable is for the configuration data to tell among
// the readings ([Readings]).
//
// # Terms
//
// The terms are those of the specification: body element, explicit markup,
// directive type, argument, option, content, literal block, role. The margin of a
// block is the white space that all its lines begin with; its mark is what stands
// before the text of its first line, such as the bullet of a list item.
//
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html
package grammar
