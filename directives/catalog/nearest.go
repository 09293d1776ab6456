package catalog

import (
	"iter"
	"slices"
)

const (
	// maxWord is the maximum length, in bytes, of words to compare. No declared name is
	// longer, and the cost of a comparison is the product of the lengths.
	maxWord = 80
	// maxEdits is the maximum number of edits between similar words.
	maxEdits = 3
)

// A dictionary is a sorted list of words. Words with a common prefix share the work of the
// comparison with another word, so most words of a long list cost nothing.
type dictionary struct {
	words  []string
	shared []int // the length in bytes of the prefix that a word shares with the word before it
}

// newDictionary returns a dictionary of the words that are neither empty nor too long.
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

// shared returns the length, in bytes, of the common prefix of two words.
func shared(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

// near yields the words of the dictionary within maxEdits of a word, with the number of edits:
// a byte inserted, deleted or replaced, or two adjacent bytes swapped. This is the restricted
// Damerau-Levenshtein distance. Each row of its table belongs to a prefix of the dictionary's
// word.
func (d *dictionary) near(word string) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		if len(word) > maxWord {
			return
		}
		var rows [maxWord + 1][maxWord + 2]uint8
		for j := range maxEdits + 2 {
			rows[0][j] = uint8(j)
		}
		far := 1 // the length of a prefix of the word before that is already too far from word
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

// nextRow fills the row for the first k+1 bytes of w, and returns its minimum. Only cells near
// the diagonal can be at most maxEdits.
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

// allowance returns the maximum number of edits between two similar words: one for every three
// bytes of the shorter word, and at most three.
func allowance(a, b string) int { return min(maxEdits, (min(len(a), len(b))+1)/3) }

// Nearest returns the candidate that is most similar to a misspelt word. It returns "" and
// false if none is similar, or two are equally similar.
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

// OneSlip reports whether two words differ by exactly one edit: a byte inserted, deleted or
// replaced, or two adjacent bytes swapped.
func OneSlip(a, b string) bool {
	for _, edits := range newDictionary([]string{b}).near(a) {
		return edits == 1
	}
	return false
}
