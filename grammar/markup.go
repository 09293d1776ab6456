package grammar

import (
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// A markupTree is an explicit markup block other than a footnote, a citation or a target.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#explicit-markup-blocks
type markupTree struct {
	Directive    *directiveTree    `parser:"Mark ( @@"`
	Substitution *substitutionTree `parser:"     | @@"`
	Windsock     *windsockTree     `parser:"     | NL? @@"`
	Comment      *commentTree      `parser:"     | @@ )"`
}

// A directiveTree is a directive. docutils allows one blank before the colons.
type directiveTree struct {
	Type  lexer.Token `parser:"@Name Blank?"`
	Block *blockTree  `parser:"Colons @@"`
}

// A substitutionTree is a substitution definition, which can contain a directive.
type substitutionTree struct {
	Text      lexer.Token   `parser:"Bar @Text Bar NL?"`
	Directive *embeddedTree `parser:"( @@"`
	Slip      *looseTree    `parser:"| @@ )?"`
}

// An embeddedTree is the directive of a substitution definition. docutils allows no blank
// before its colons.
type embeddedTree struct {
	Type  lexer.Token `parser:"@Name"`
	Block *blockTree  `parser:"Colons @@"`
}

// A windsockTree is a comment that begins with "windsock:".
type windsockTree struct {
	Kept    *keptTree    `parser:"'windsock' Colon ( @@"`
	End     *endTree     `parser:"                 | NL? @@"`
	Silence *silenceTree `parser:"                 | NL? @@ )?"`
}

// A keptTree is the directive of a managed region, stored in a comment.
type keptTree struct {
	Text      *lexer.Token   `parser:"( Bar @Text Bar )?"`
	Directive *directiveTree `parser:"@@"`
}

// An endTree is the end of a managed region.
type endTree struct {
	Digest *lexer.Token `parser:"'end' ( Blank @Name )?"`
}

// A silenceTree is a comment that silences findings.
type silenceTree struct {
	Scope  lexer.Token   `parser:"@( 'ignore' | 'ignore-file' )"`
	Rules  []lexer.Token `parser:"( Open @( Rule ( Comma+ Rule )* ) Comma*"`
	Closed *lexer.Token  `parser:"  @Close"`
	Option *lexer.Token  `parser:"  @Literal? )?"`
}

// A commentTree is any other comment. One that begins with a bar can be a substitution
// definition whose second bar is missing.
type commentTree struct {
	Bar   bool       `parser:"( @Bar"`
	Below bool       `parser:"| @NL )?"`
	Loose *looseTree `parser:"@@"`
}

// A textTree is a line of text whose author may have meant a directive.
type textTree struct {
	Mark  *lexer.Token `parser:"( @Mark"`
	Dots  *lexer.Token `parser:"| @Dots Blank? )?"`
	Loose *looseTree   `parser:"@@"`
}

// A looseTree is a possible slip: words and any number of colons.
type looseTree struct {
	Words []lexer.Token `parser:"@( ( Name | Odd ) ( Blank ( Name | Odd ) )* ) Blank*"`
	Wrong *lexer.Token  `parser:"( @( Colon | Glued | Many ) Text?"`
	Right *lexer.Token  `parser:"| @Colons"`
	Block *blockTree    `parser:"  @@ )?"`
}

// A blockTree is what follows the colons of a directive. Its text is the arguments, or
// the start of the content if the type has no arguments.
type blockTree struct {
	Text    []lexer.Token `parser:"@( Text* )"`
	Options []*optionTree `parser:"@@* ( Gap"`
	Below   []*optionTree `parser:"@@+ )?"`
	Content *lexer.Token  `parser:"@Content?"`
}

// An optionTree is an option of a directive: its field marker and the lines of its value.
type optionTree struct {
	Lines []lexer.Token `parser:"@( Field Value* )"`
}

// markupGrammar parses explicit markup blocks, and textGrammar lines of text.
var (
	markupGrammar = sync.OnceValue(func() *participle.Parser[markupTree] { return newGrammar[markupTree](markupSymbols) })
	textGrammar   = sync.OnceValue(func() *participle.Parser[textTree] { return newGrammar[textTree](markupSymbols) })
)
