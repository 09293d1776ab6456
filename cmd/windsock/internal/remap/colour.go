package remap

import "strings"

// longestColour is how many bytes an escape sequence that sets colours may have.
const longestColour = 32

// colourLength returns the length of the escape sequence that text begins with and
// that sets colours, 0 if there is none.
func colourLength(text string) int {
	if !strings.HasPrefix(text, "\x1b[") {
		return 0
	}
	for i := len("\x1b["); i < min(len(text), longestColour); i++ {
		switch c := text[i]; {
		case c == 'm':
			return i + 1
		case c != ';' && (c < '0' || c > '9'):
			return 0
		}
	}
	return 0
}

// coloursStart returns where text goes on after the escape sequences at its start.
func coloursStart(text string) int {
	at := 0
	for {
		n := colourLength(text[at:])
		if n == 0 {
			return at
		}
		at += n
	}
}

// coloursEnd returns where the escape sequences begin that text ends with.
func coloursEnd(text string) int {
	end := len(text)
	for {
		from := max(end-longestColour, 0)
		at := from + max(strings.LastIndexByte(text[from:end], '\x1b'), 0)
		if n := colourLength(text[at:end]); n == 0 || at+n != end {
			return end
		}
		end = at
	}
}
