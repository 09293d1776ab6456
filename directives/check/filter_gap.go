package check

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// A wordKind says what a word may be in the text between the two halves of a pair; a word
// may be of several kinds.
type wordKind uint8

const (
	thing   wordKind = 1 << iota // what has a value: "option"
	tiny                         // "the", "is", "airflow"
	place                        // "in", "section"
	around                       // what stands between a section and an option behind it
	article                      // "a"
	joining                      // "and"
)

// wordKinds returns the kinds of all such words, which are in lower case.
var wordKinds = sync.OnceValue(func() map[string]wordKind {
	kinds := make(map[string]wordKind)
	for kind, words := range map[wordKind]string{
		thing: "config configs configuration configurations option options setting settings key keys param params " +
			"parameter parameters property properties field fields value values variable variables flag flags entry " +
			"entries attribute attributes",
		tiny: "the a an your its this that airflow file is are be both true false set to of defined located found " +
			"specified configured enabled available",
		place: "in under within from inside into at on of section sections",
		around: "section sections the a an there you can should must use with called named has have by setting " +
			"configure change set",
		article: "the a an",
		joining: "and or",
	} {
		for word := range strings.FieldsSeq(words) {
			kinds[word] |= kind
		}
	}
	return kinds
})

// nextWord returns text from its first word on, "" if it has none. Here words are of
// ASCII letters: whatever else stands in a gap is punctuation.
func nextWord(text string) string {
	at := 0
	for at < len(text) && !isLetterOfGap(text[at]) {
		at++
	}
	return text[at:]
}

// isLetterOfGap reports whether c is part of a word of a gap.
func isLetterOfGap(c byte) bool { return c < utf8.RuneSelf && isWordByte(c) }

// cutWord cuts the word that a text begins with off, and returns its kinds and the rest.
// "airflow's" and "airflow.cfg" are words.
func cutWord(text string) (kind wordKind, rest string) {
	end := 0
	for end < len(text) && isLetterOfGap(text[end]) {
		end++
	}
	word, rest := strings.ToLower(text[:end]), text[end:]
	if word == "airflow" {
		for _, more := range [...]string{"'s", ".cfg"} {
			if behind, ok := cutFold(rest, more); ok {
				rest = behind
				break
			}
		}
	}
	return wordKinds()[word], rest
}

// cutFold returns text less the word that it begins with, in any case; false if it does
// not begin with that whole word.
func cutFold(text, word string) (rest string, ok bool) {
	if len(text) < len(word) || !strings.EqualFold(text[:len(word)], word) {
		return text, false
	}
	rest = text[len(word):]
	return rest, rest == "" || !isLetterOfGap(rest[0])
}
