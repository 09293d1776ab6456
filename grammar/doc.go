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
// comments that the reader looks for.
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
// # Explicit markup
//
// A block that begins with two dots and is neither a footnote, a citation nor a
// target is for the grammar (markup.go) to recognise. The block reader returns its
// logical lines, as docutils' get_first_known_indented does: tabs expanded, line ends
// trimmed, in a table's cell the text of the cell alone; the first line runs from the
// dots, and the lines below the colons lose their least common indentation. The lexer
// (lexer.go, blocklexer.go) cuts one line at a time:
//
//	mark     ".." and the blanks behind it; dots: other dots that begin a line
//	bar      "|"; the text between two of them is one token
//	name     a word that may be a directive type; odd: one that may not
//	colons   "::" before a blank or the end of the line; glued: "::" before
//	         anything else; colon: one; many: three or more
//	field    ":name:" at the margin, if the type takes options; phrase: the same, with
//	         a name of several words; value: the rest of its line, and each
//	         indented line below
//	text     the rest of any other line; nl: the end of a line that holds no more
//	gap      blank lines before fields
//	content  everything below the first blank line, unread
//
// What the type in front of the colons takes (known.go) says whether lines may be fields, and
// whether text is arguments or the beginning of the content.
//
//	MarkupTree = <mark> (DirectiveTree | SubstitutionTree | (<nl>? WindsockTree) | CommentTree) .
//	DirectiveTree = <name> <blank>? <colons> BlockTree .
//	BlockTree = <text>* OptionTree* (<gap> OptionTree+)? <content>? .
//	OptionTree = (<field> <value>*) .
//	SubstitutionTree = <bar> <text> <bar> <nl>? (EmbeddedTree | LooseTree)? .
//	EmbeddedTree = <name> <colons> BlockTree .
//	LooseTree = ((<name> | <odd>) (<blank> (<name> | <odd>))*) <blank>* (((<colon> | <glued> | <many>) <text>?) | (<colons> BlockTree))? .
//	WindsockTree = "windsock" <colon> (KeptTree | (<nl>? EndTree) | (<nl>? SilenceTree))? .
//	KeptTree = (<bar> <text> <bar>)? DirectiveTree .
//	EndTree = "end" (<blank> <name>)? .
//	SilenceTree = ("ignore" | "ignore-file") (<open> (<rule> (<comma>+ <rule>)*) <comma>* <close> <literal>?)? .
//	CommentTree = (<bar> | <nl>)? LooseTree .
//
// A substitution definition has no blank before its colons. A comment for windsock
// keeps the directive of a managed region, ends the region, or silences findings. Any
// other block is a comment, and the grammar rejects most of them. Loose is what a slip may
// look like: a comment or the text of a substitution definition whose words are nearly a
// type that the reader looks for ([Reader.Near]) is a [Slip]. So is a line of a paragraph or
// a term:
//
//	TextTree = (<mark> | (<dots> <blank>?))? LooseTree .
//
// Where the grammar rejects a block it stays in the tree, with what could be read, and
// the place of the rejection is that of its [Problem].
//
// # Items and option references
//
// The content of airflow-config-default is a list of items (items.go): a line at the
// margin is an option with its unit, or free text, and what is indented below it
// is a field list and a body. Lines that stand at the margin are cut into words,
// others are tokens.
//
//	ItemsTree = BodyTree? ItemTree* .
//	BodyTree = (<fieldname> | <deeper> | <line> | <blank>)+ .
//	ItemTree = <bullet>? ((ReferenceTree <newline>) | (~(<open> | <envvar> | <newline>)+ <newline>) | (~<newline>+ <newline>)) <blank>* FieldTree* BodyTree? .
//	ReferenceTree = (FormTree | (<backquotes> FormTree <backquotes>)) (<unitmark> ~<newline>+)? .
//	FormTree = BracketedTree | <envvar> | (<labelprefix> (<word> | <dotted>)) | <dotted> | CommandTree | CallTree .
//	BracketedTree = <open> (<word> | <dotted>) <close> (<open> (<word> | <dotted>) <close>)* (<word> | <dotted>)? .
//	CommandTree = "config" <space> "get-value" <space> ("-"+ <word> <space>)* (<word> | <dotted>) <space> (<word> | <dotted>) .
//	CallTree = <method> "(" <space>? <quote> (<word> | <dotted>) <quote> "," <space>? <quote> (<word> | <dotted>) <quote> .
//	FoundTree = ReferenceTree | JoinedTree .
//	JoinedTree = <word> ((<space>? "-" ">" <space>?) | ":") <word> .
//	FieldTree = <fieldname> <deeper>* .
//
// An option reference is the same everywhere (reference.go): the argument of a
// directive, an item, the text of a role, a literal or a word of running text, a key
// of the project file. Who finds one hands over the whole of it. The last of several
// brackets on end is the section, and the last full stop divides "section.name". Running
// text also joins the two with an arrow or a colon, which directives do not take. How
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
