package directives

import (
	"strings"
	"testing"
)

// No line ends at a blank that is escaped, at one of several, or where a line would
// look like something else. The blank is written as a caret.
func TestCanBreak(t *testing.T) {
	for text, want := range map[string]bool{
		"a^b": true, `a\\^b`: true, `a\^b`: false, `a\\\^b`: false, "a^ b": false, "^b": false, "a^": false,
		"a::^b": false, "a^- b": false, "a^1. b": false,
	} {
		at := strings.Index(text, "^")
		if got := canBreak(strings.Replace(text, "^", " ", 1), at); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
