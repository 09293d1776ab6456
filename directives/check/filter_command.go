package check

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"windsock/grammar"
)

// envVar reports whether the underscore at offset at is the first of two at the end
// of a variable's prefix, and the variable may be wrong.
func (f *filter) envVar(at int) bool {
	start := at + len("__") - len(envPrefix)
	if start < 0 || !startsWith(f.source[start:], envPrefix) || f.inWord(start) {
		return false
	}
	line := f.line(start)
	end := envEnd(line, 0)
	if end == len(line) && len(line) == maxLine {
		return true
	}
	return !isPlaceholderEnv(line, 0, end) && f.bad(f.resolveEnv(line[:end]), start+end)
}

// inWord reports whether what stands before offset at is part of a word, and no white
// space: that may be the margin.
func (f *filter) inWord(at int) bool {
	if at == 0 || !isWordByte(f.source[at-1]) {
		return false
	}
	r, _ := utf8.DecodeLastRune(f.source[:at])
	return !unicode.IsSpace(r) && r != '\ufeff' // a byte order mark is none of the page's text
}

// label reports whether the colon at offset at ends the prefix of a label, and the
// label may be wrong.
func (f *filter) label(at int) bool {
	start, name := at+1-len(labelPrefix), at+1
	if start < 0 || !startsWith(f.source[start:], labelPrefix) || !f.mayBeginLabel(start) {
		return false
	}
	line := f.line(name)
	end := nameEnd(line, 0)
	if end == 0 {
		return false
	}
	v, _ := f.judgeLabel(line[:end])
	return f.bad(v, name+end)
}

// mayBeginLabel reports whether a label may begin at offset at, perhaps behind the
// name of an inventory or, in text that could not be read, any other.
func (f *filter) mayBeginLabel(at int) bool {
	return at > 0 && strings.IndexByte("`<#:", f.source[at-1]) >= 0
}

// getValue reports whether the V at offset at is that of "airflow config
// get-value", and its arguments may be wrong.
func (f *filter) getValue(at int) bool {
	at -= len("get-")
	return at >= 0 && bytes.HasPrefix(f.source[at:], []byte("get-value")) && f.command(at)
}

// command reports whether the arguments of the command or call around offset at
// may be wrong. Longer ones than anybody writes pass, and those with other cells between.
func (f *filter) command(at int) bool {
	if f.hasBorders() {
		return true
	}
	from, to := max(0, len(bytes.TrimRightFunc(f.source[:at], grammar.IsSpace))-maxCall), min(len(f.source), at+maxCommand)
	window := blanked(f.source[from:to])
	for _, cmd := range commandsIn(window) {
		if v, _ := f.judgeCommand(window, cmd); f.bad(v, from+cmd.to) {
			return true
		}
	}
	return to < len(f.source) && !isWholeCommand(window[at-from:])
}

// maxCommand bounds, in bytes, what is looked at for a command or a call.
const maxCommand = 200

// blanked returns a text with line feeds for all white space, as many as that has bytes.
func blanked(text []byte) string {
	out := bytes.Clone(text)
	for at := 0; at < len(out); {
		r, size := utf8.DecodeRune(out[at:])
		if grammar.IsSpace(r) {
			copy(out[at:at+size], "\n\n\n")
		}
		at += size
	}
	return string(out)
}

// isWholeCommand reports whether a text holds a command or a call, which it begins with,
// up to its second argument: more than three words that are no flags.
func isWholeCommand(text string) bool {
	words := 0
	for word := range strings.FieldsSeq(text) {
		if word[0] != '-' {
			words++
		}
	}
	return words > 3
}
