package main

import (
	"strings"
	"testing"
	"unicode"
)

// TestNarrow holds the characters that are known to take one column against the tables.
func TestNarrow(t *testing.T) {
	for r := range rune(0x10000) {
		if unicode.Is(narrow, r) && columns.RuneWidth(r) != 1 {
			t.Errorf("%U takes %d columns", r, columns.RuneWidth(r))
		}
	}
	for _, text := range []string{strings.Repeat("a → b ", 20), strings.Repeat("é…", 50)} {
		if got, want := string(shortenedTo([]rune(text), 40)), columns.Truncate(text, 40, "…"); got != want {
			t.Errorf("%q is shortened to %q, want %q", text, got, want)
		}
	}
}
