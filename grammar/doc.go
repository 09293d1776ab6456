// Package grammar reads pages of reStructuredText as docutils and Sphinx do, as far as
// windsock needs: directives with their arguments, options and content; running text with
// its inline literals and roles; literal blocks and their languages.
//
// # From bytes to nodes
//
// A page is divided into lines as docutils divides it (page.go). Each line records its
// offset in the source, so that everything found in it has a [Span]. A block is a range of
// lines without their margin (block.go). The first line of a body element identifies its
// kind: the reader tries the kinds in docutils' order (parser.go, and a file for each kind
// of element) and reads the body of the element as a block of its own. Running text is
// searched for inline markup (inline.go). One table (known.go) lists how the block of each
// directive type is divided, and how its content is read.
//
// [Reader.Read] returns the tree of all [Element]s of a page, and the directives and
// comments that the reader looks for.
//
//	r := &grammar.Reader{Directives: []string{"airflow-sensitive-vars"}}
//	for _, n := range r.Read(source).Nodes {
//		if n.Directive != nil {
//			fmt.Println(n.Directive.Arguments, n.Directive.Options)
//		}
//	}
//
// Any sequence of bytes is a page. What docutils rejects is skipped, or becomes the Problem
// of a directive. Time and memory are linear in the size of the page.
//
// # Explicit markup
//
// The grammar in markup.go parses the blocks that begin with two dots, except footnotes,
// citations and targets. Its input is the logical lines of the block, as docutils'
// get_first_known_indented returns them: with tabs expanded and line ends trimmed, and
// without the margin and other cells. The first line starts at the dots, and the margin of
// the lines below the colons is their least indentation. The lexer (lexer.go,
// blocklexer.go) cuts one line at a time:
//
//	mark     ".." and the blanks after it; dots: any other number of dots
//	bar      "|"; the text between two of them is one token
//	name     a word that is a valid directive type; odd: any other word
//	colons   "::" before a blank or the end of the line; glued: "::" before
//	         anything else; colon: one; many: three or more
//	field    ":name:" at the margin, if the type accepts options; phrase: the same, with
//	         a name of several words; value: the rest of its line, and each
//	         indented line below
//	text     the rest of any other line; nl: the end of a line with no other token left
//	gap      blank lines before fields
//	content  everything below the first blank line, as one token
//
// The directive type before the colons (known.go) determines whether lines can be fields,
// and whether text is the arguments or the start of the content.
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
// A substitution definition has no blank before its colons. A comment that begins with
// "windsock:" contains the directive of a managed region, ends the region, or silences
// findings. Any other block is a comment, and the grammar rejects most comments. LooseTree
// matches a possible [Slip]: a comment, or the text of a substitution definition, whose
// words are probably a misspelt type that the reader looks for ([Reader.Near]). A line of a
// paragraph and a term can be slips too:
//
//	TextTree = (<mark> | (<dots> <blank>?))? LooseTree .
//
// A block that the grammar rejects stays in the tree with the parts already parsed. The
// unexpected token is the span of its [Problem].
//
// # Items and option references
//
// The content of airflow-config-default is a list of items (items.go). A line at the margin
// is an option with its unit, or free text. The indented lines below it are a field list
// and a body. The lexer cuts lines at the margin into words; any other line is one token.
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
// An option reference has the same syntax everywhere (reference.go): as the argument of a
// directive, as an item, as the text of a role, in a literal or in running text, and as a
// key of the project file. Its finder passes the whole candidate to the parser. Of several
// adjacent brackets the last is the section, and the last full stop divides "section.name".
// In running text an arrow or a colon can also join the two; directives do not accept that.
// The "__" in an environment variable can be ambiguous: [Readings] returns all readings, and
// the configuration data decides among them.
//
// # Terms
//
// The terms are those of the specification: body element, explicit markup, directive type,
// argument, option, content, literal block, role. The margin of a block is the white space
// at the start of all its lines. The mark of an element is the text before its first line's
// own text, such as the bullet of a list item.
//
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html
package grammar
