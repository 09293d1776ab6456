package grammar

import (
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"
)

// A tokenList is a list of tokens for a parser, and the position of its end.
type tokenList struct {
	list []lexer.Token
	end  lexer.Position
}

// Next returns the next token.
func (t *tokenList) Next() (lexer.Token, error) {
	if len(t.list) == 0 {
		return lexer.EOFToken(t.end), nil
	}
	next := t.list[0]
	t.list = t.list[1:]
	return next, nil
}

// addToken adds a token at offset at of a line. The token's Pos is its position in the
// text that is parsed: Line and Offset count from 0, Offset within the line.
func (t *tokenList) addToken(kind lexer.TokenType, value string, line, at int) {
	t.list = append(t.list, lexer.Token{Type: kind, Value: value, Pos: lexer.Position{Line: line, Offset: at}})
	t.end = lexer.Position{Line: line, Offset: at + len(value)}
}

// addWords adds the words and signs of a line from offset at on.
func (t *tokenList) addWords(text string, line, at int) {
	for at < len(text) {
		kind, n := nextWord(text[at:])
		t.addToken(kind, text[at:at+n], line, at)
		at += n
	}
}

// The types of the tokens of option references.
const (
	wordSpace      = lexer.EOF - 1 - iota // white space
	wordBackquotes                        // two of them
	wordOpen                              // "[" and the white space after it
	wordClose                             // "]", the white space before it, and blanks, ">", ".", "/" and ":" after it
	wordUnitMark                          // a colon with white space on both sides
	wordEnvVar                            // a name with EnvPrefix, in any case
	wordLabel                             // LabelPrefix
	wordMethod                            // a method of Airflow's configuration whose arguments are a section and a name
	wordDotted                            // another name that contains a full stop
	wordName                              // another name, or a pattern of names
	wordQuote                             // a single or a double quote
	wordSign                              // any other character
	wordNewline                           // the end of a line
)

// wordSymbols maps the names used in the grammar to the types of tokens.
var wordSymbols = symbols{
	"EOF": lexer.EOF, "Space": wordSpace, "Backquotes": wordBackquotes, "Open": wordOpen, "Close": wordClose,
	"UnitMark": wordUnitMark, "EnvVar": wordEnvVar, "LabelPrefix": wordLabel, "Method": wordMethod,
	"Dotted": wordDotted, "Word": wordName, "Quote": wordQuote, "Sign": wordSign, "Newline": wordNewline,
}

// nextWord returns the type and the length in bytes of the first token of text.
func nextWord(text string) (kind lexer.TokenType, n int) {
	if n := wordLength(text); n > 0 {
		return nameKind(text, n)
	}
	rest := strings.TrimLeftFunc(text, IsSpace)
	blanks := len(text) - len(rest)
	switch {
	case strings.HasPrefix(rest, "]"):
		return wordClose, len(text) - len(strings.TrimLeft(rest[1:], " >./:"))
	case blanks > 0 && len(rest) > 1 && rest[0] == ':' && IsSpace(rune(rest[1])):
		return wordUnitMark, len(text) - len(strings.TrimLeftFunc(rest[1:], IsSpace))
	case blanks > 0:
		return wordSpace, blanks
	case text[0] == '[':
		return wordOpen, len(text) - len(strings.TrimLeftFunc(text[1:], IsSpace))
	case text[0] == '\'' || text[0] == '"':
		return wordQuote, 1
	case strings.HasPrefix(text, "``"):
		return wordBackquotes, 2
	}
	_, size := utf8.DecodeRuneInString(text)
	return wordSign, size
}

// nameKind returns the type and the length of the first token of text, which starts with
// a name of n bytes.
func nameKind(text string, n int) (lexer.TokenType, int) {
	name := text[:n]
	switch {
	case n > len(EnvPrefix) && strings.EqualFold(name[:len(EnvPrefix)], EnvPrefix):
		return wordEnvVar, variableLength(name)
	case strings.HasPrefix(text, LabelPrefix) && wordLength(text[len(LabelPrefix):]) > 0:
		return wordLabel, len(LabelPrefix)
	case isMethod(name):
		return wordMethod, n
	case strings.IndexByte(name, '.') >= 0:
		return wordDotted, n
	}
	return wordName, n
}

// isMethod reports whether name is a method of Airflow's configuration whose arguments
// are a section and a name.
func isMethod(name string) bool {
	method, ok := strings.CutPrefix(name, "conf.")
	return ok && (strings.HasPrefix(method, "get") || method == "has_option" || method == "set" || method == "remove_option")
}

// wordLength returns the length of the name, or the pattern of names, at the start of
// text: letters and digits of any alphabet, underscores, "*" and "?", with single full
// stops and hyphens between them. It is 0 if there are only underscores.
func wordLength(text string) int {
	n := partLength(text)
	if strings.Trim(text[:n], "_") == "" {
		return 0
	}
	for n < len(text) && (text[n] == '.' || text[n] == '-') {
		part := partLength(text[n+1:])
		if part == 0 {
			break
		}
		n += 1 + part
	}
	return n
}

// partLength returns the length of the name at the start of text up to a full stop or a
// hyphen.
func partLength(text string) (n int) {
	for n < len(text) {
		if strings.IndexByte("_*?", text[n]) >= 0 {
			n++
			continue
		}
		letter := alnumAt(text[n:])
		if letter == 0 {
			break
		}
		n += letter
	}
	return n
}

// variableLength returns the length of the environment variable at the start of name. A
// full stop or a hyphen before the separator belongs to it, as a misspelt underscore; one
// after it ends the variable.
func variableLength(name string) int {
	n := partLength(name)
	if strings.Contains(name[len(EnvPrefix):n], Separator) {
		return n
	}
	if i := strings.Index(name[n:], Separator); i >= 0 {
		return n + i + partLength(name[n+i:])
	}
	return n
}

// textOf returns the text that tokens of a line cover, the zero Text for no tokens.
func textOf(line string, list []lexer.Token) Text {
	if len(list) == 0 {
		return Text{}
	}
	last := list[len(list)-1]
	start, end := list[0].Pos.Offset, last.Pos.Offset+len(last.Value)
	return Text{Span{start, end}, line[start:end]}
}
