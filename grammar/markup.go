package grammar

import (
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// A markupTree is an explicit markup block that is neither a footnote, a
// citation nor a target.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#explicit-markup-blocks
type markupTree struct {
	Directive    *directiveTree    `parser:"Mark ( @@"`
	Substitution *substitutionTree `parser:"     | @@"`
	Windsock     *windsockTree     `parser:"     | NL? @@"`
	Comment      *commentTree      `parser:"     | @@ )"`
}

// A directiveTree is a directive. docutils lets one blank stand before the colons.
type directiveTree struct {
	Type  lexer.Token `parser:"@Name Blank?"`
	Block *blockTree  `parser:"Colons @@"`
}

// A substitutionTree is a substitution definition, which may hold a directive.
type substitutionTree struct {
	Text      lexer.Token   `parser:"Bar @Text Bar NL?"`
	Directive *embeddedTree `parser:"( @@"`
	Slip      *looseTree    `parser:"| @@ )?"`
}

// An embeddedTree is the directive of a substitution definition, where no blank
// may stand before the colons.
type embeddedTree struct {
	Type  lexer.Token `parser:"@Name"`
	Block *blockTree  `parser:"Colons @@"`
}

// A windsockTree is a comment for windsock.
type windsockTree struct {
	Kept    *keptTree    `parser:"'windsock' Colon ( @@"`
	End     *endTree     `parser:"                 | NL? @@"`
	Silence *silenceTree `parser:"                 | NL? @@ )?"`
}

// A keptTree is a directive that a comment keeps.
type keptTree struct {
	Text      *lexer.Token   `parser:"( Bar @Text Bar )?"`
	Directive *directiveTree `parser:"@@"`
}

// An endTree is the end of a managed region.
type endTree struct {
	Digest *lexer.Token `parser:"'end' ( Blank @Name )?"`
}

// A silenceTree silences findings.
type silenceTree struct {
	Scope  lexer.Token   `parser:"@( 'ignore' | 'ignore-file' )"`
	Rules  []lexer.Token `parser:"( Open @( Rule ( Comma+ Rule )* ) Comma*"`
	Closed *lexer.Token  `parser:"  @Close"`
	Option *lexer.Token  `parser:"  @Literal? )?"`
}

// A commentTree is any other comment. What begins with a bar may lack the other
// one of a substitution definition.
type commentTree struct {
	Bar   bool       `parser:"( @Bar"`
	Below bool       `parser:"| @NL )?"`
	Loose *looseTree `parser:"@@"`
}

// A textTree is a line of text that may have been meant as a directive.
type textTree struct {
	Mark  *lexer.Token `parser:"( @Mark"`
	Dots  *lexer.Token `parser:"| @Dots Blank? )?"`
	Loose *looseTree   `parser:"@@"`
}

// A looseTree is what may have been meant as a directive: words, and colons of any number.
type looseTree struct {
	Words []lexer.Token `parser:"@( ( Name | Odd ) ( Blank ( Name | Odd ) )* ) Blank*"`
	Wrong *lexer.Token  `parser:"( @( Colon | Glued | Many ) Text?"`
	Right *lexer.Token  `parser:"| @Colons"`
	Block *blockTree    `parser:"  @@ )?"`
}

// A blockTree is what follows the colons of a directive. Its text is the arguments; of a type
// without arguments it belongs to the content.
type blockTree struct {
	Text    []lexer.Token `parser:"@( Text* )"`
	Options []*optionTree `parser:"@@* ( Gap"`
	Below   []*optionTree `parser:"@@+ )?"`
	Content *lexer.Token  `parser:"@Content?"`
}

// An optionTree is an option of a directive: its field marker, and the lines of its value.
type optionTree struct {
	Lines []lexer.Token `parser:"@( Field Value* )"`
}

// markupGrammar is the parser of explicit markup blocks, textGrammar that of lines of
// text that may have been meant as directives.
var (
	markupGrammar = sync.OnceValue(func() *participle.Parser[markupTree] { return newGrammar[markupTree](markupSymbols) })
	textGrammar   = sync.OnceValue(func() *participle.Parser[textTree] { return newGrammar[textTree](markupSymbols) })
)
