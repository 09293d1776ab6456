package grammar

import (
	"bytes"
	"testing"

	"github.com/alecthomas/participle/v2/lexer"
)

// TestTokensAreLossless reads pages as tokens: each begins where the one before
// ends, and together they are the page.
func TestTokensAreLossless(t *testing.T) {
	pages := []string{
		"",
		"Text.\n",
		"Text.\r\n\r\n* .. airflow-probe:: a b\r\n     c\r\n     :d: e\r\n       f\r\n     :g:\r\n\r\n     h\r\n\r\n       i\r\n\r\nText.\r\n",
		".. |a b|\tairflow-probe::\n\t:c:\td\n",
		".. windsock: a\n\n   b\n.. windsock: |c| airflow-probe:: d\n   :e: f\n\n   g\n",
	}
	for _, page := range pages {
		r := &Reader{Directives: []string{"airflow-*"}, Comments: []string{"windsock:"}}
		lex, err := definition{r}.Lex("", bytes.NewReader([]byte(page)))
		if err != nil {
			t.Fatal(err)
		}
		tokens, err := lexer.ConsumeAll(lex)
		if err != nil {
			t.Fatal(err)
		}
		checkTokens(t, page, tokens)
	}
}

// checkTokens checks that tokens cover the page in order. What a comment keeps
// is said twice: as text of the comment, and as words of the directive.
func checkTokens(t *testing.T, page string, tokens []lexer.Token) {
	t.Helper()
	at := 0
	for _, token := range tokens {
		start, end := token.Pos.Offset, token.Pos.Offset+token.Pos.Column
		if start > at {
			t.Errorf("%q: nothing covers [%d, %d)", page, at, start)
		}
		if token.Type == lexer.TokenType(water) && start != at {
			t.Errorf("%q: water at %d, after %d", page, start, at)
		}
		at = max(at, end)
	}
	if at != len(page) {
		t.Errorf("%q: the tokens end at %d", page, at)
	}
}
