package main

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// Help and explanations fit on a screen, or at least in its width, and each name that
// "windsock explain" lists is explained.
func TestScreens(t *testing.T) {
	texts := map[string]string{"--help": printed("--help"), "explain": printed("explain")}
	for _, name := range commandNames() {
		texts[name+" --help"] = printed(name, "--help")
	}
	for about, text := range texts {
		if n := strings.Count(text, "\n"); about != "explain" && n > 40 {
			t.Errorf("windsock %s prints %d lines", about, n)
		}
	}
	for _, name := range explained() {
		if texts["explain "+name] = printed("explain", name); !strings.Contains(texts["explain"], "\n  "+name+" ") || strings.HasPrefix(texts["explain "+name], "windsock: ") {
			t.Errorf("%s is not listed, or not explained: %s", name, texts["explain "+name])
		}
	}
	for about, text := range texts {
		for line := range strings.Lines(text) {
			if utf8.RuneCountInString(line) > textWidth+1 {
				t.Errorf("windsock %s prints the line %q", about, line)
			}
		}
	}
}
