package catalog

import (
	"iter"
	"slices"
)

const (
	// maxWord bounds, in bytes, the words that are compared: no name that anybody
	// declares is longer, and comparing costs the product of two lengths.
	maxWord = 80
	// maxEdits bounds how many edits part two words that are compared.
	maxEdits = 3
)

// A dictionary is a sorted list of words. Those that begin alike share the work of comparing
// them with another word, so that most of a long list costs nothing.
type dictionary struct {
	words  []string
	shared []int // how many bytes a word shares with the one before it
}

// newDictionary returns the dictionary of words, less the empty and the overlong.
func newDictionary(words []string) *dictionary {
	d := &dictionary{words: slices.Compact(slices.Sorted(slices.Values(words)))}
	d.words = slices.DeleteFunc(d.words, func(w string) bool { return w == "" || len(w) > maxWord })
	before := ""
	for _, w := range d.words {
		d.shared = append(d.shared, shared(before, w))
		before = w
	}
	return d
}

// shared returns the length of the beginning that two words share.
func shared(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

// near yields the words of the dictionary that at most maxEdits part from a word, with their
// number: a byte inserted, left out or replaced, or two neighbours swapped. This is the
// restricted Damerau-Levenshtein distance, a row of whose table belongs to each beginning
// of the dictionary's word.
func (d *dictionary) near(word string) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		if len(word) > maxWord {
			return
		}
		var rows [maxWord + 1][maxWord + 2]uint8
		for j := range maxEdits + 2 {
			rows[0][j] = uint8(j)
		}
		far := 1 // the length of a beginning of the word before that is too far from word
		for i, w := range d.words {
			if d.shared[i] >= far {
				continue
			}
			far = maxWord + 1
			for k := d.shared[i]; k < len(w) && far > maxWord; k++ {
				if nextRow(&rows, w, k, word) > maxEdits {
					far = k + 1
				}
			}
			if isFar := far <= maxWord || len(word) > len(w)+maxEdits; isFar || rows[len(w)][len(word)] > maxEdits {
				continue
			}
			if !yield(w, int(rows[len(w)][len(word)])) {
				return
			}
		}
	}
}

// nextRow fills the row for the first k+1 bytes of w, and returns its least number. Only
// numbers near the diagonal can be at most maxEdits.
func nextRow(rows *[maxWord + 1][maxWord + 2]uint8, w string, k int, word string) uint8 {
	above, row := &rows[k], &rows[k+1]
	first, end := max(0, k-maxEdits), min(len(word), k+maxEdits+1)
	row[first] = uint8(min(k, maxEdits) + 1)
	least := row[first]
	for j := first; j < end; j++ {
		edits := above[j]
		if w[k] != word[j] {
			edits = 1 + min(edits, above[j+1], row[j])
		}
		if k > 0 && j > 0 && w[k] == word[j-1] && w[k-1] == word[j] {
			edits = min(edits, rows[k-1][j-1]+1)
		}
		row[j+1] = edits
		least = min(least, edits)
	}
	row[end+1] = maxEdits + 1
	return least
}

// allowance returns how many edits may part two words for one to be taken for
// the other: one in three bytes of the shorter, and three at most.
func allowance(a, b string) int { return min(maxEdits, (min(len(a), len(b))+1)/3) }

// Nearest returns the one candidate that word was most likely meant to be: a
// column, an option, a key. It returns "" and false where none is near enough or two
// are equally near.
func Nearest(word string, candidates []string) (string, bool) {
	best, found, isTie := maxEdits+1, "", false
	for candidate, edits := range newDictionary(candidates).near(word) {
		switch {
		case edits > allowance(word, candidate):
		case edits < best:
			best, found, isTie = edits, candidate, false
		case edits == best:
			isTie = true
		}
	}
	if isTie {
		return "", false
	}
	return found, found != ""
}

// OneSlip reports whether one character left out, added or replaced, or two
// neighbours swapped, part two words.
func OneSlip(a, b string) bool {
	for _, edits := range newDictionary([]string{b}).near(a) {
		return edits == 1
	}
	return false
}
