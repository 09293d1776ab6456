package catalog

import "math/bits"

const (
	// maxWord bounds, in bytes, the words that are compared: no name that anybody
	// declares is longer, and comparing costs the product of two lengths.
	maxWord = 80
	// maxEdits bounds how many edits part two words that are compared.
	maxEdits = 3
)

// edits returns how many edits part two words, maxEdits+1 for all that are more: a byte
// inserted, left out or replaced, or two neighbours swapped. This is the restricted
// Damerau-Levenshtein distance.
func edits(a, b string) int {
	if max(len(a), len(b)) > maxWord || max(len(a)-len(b), len(b)-len(a)) > maxEdits {
		return maxEdits + 1
	}
	if bits.OnesCount64(letters(a)^letters(b)) > 2*maxEdits {
		return maxEdits + 1 // most words, without a table
	}
	var rows [3][maxWord + 1]uint8 // of the table: the one in work, and the two above it
	above, row, old := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		above[j] = uint8(j)
	}
	for i := range len(a) {
		row[0] = uint8(i + 1)
		least := row[0]
		for j := range len(b) {
			n := above[j]
			if a[i] != b[j] {
				n = 1 + min(n, above[j+1], row[j])
			}
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				n = min(n, old[j-1]+1)
			}
			row[j+1], least = n, min(least, n)
		}
		if least > maxEdits {
			return maxEdits + 1
		}
		above, row, old = row, old, above
	}
	return int(min(above[len(b)], maxEdits+1))
}

// letters returns the set of the letters of a word, of which an edit changes two at most.
func letters(word string) (set uint64) {
	for i := range len(word) {
		set |= 1 << (word[i] % 64)
	}
	return set
}

// allowance returns how many edits may part two words for one to be taken for
// the other: one in three bytes of the shorter, and three at most.
func allowance(a, b string) int { return min(maxEdits, (min(len(a), len(b))+1)/3) }

// Nearest returns the one candidate that word was most likely meant to be: a
// column, an option, a key. It returns "" and false where none is near enough or two
// are equally near.
func Nearest(word string, candidates []string) (string, bool) {
	best, found, isTie := maxEdits+1, "", false
	for _, candidate := range candidates {
		switch n := edits(word, candidate); {
		case candidate == found || n > allowance(word, candidate):
		case n < best:
			best, found, isTie = n, candidate, false
		case n == best:
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
func OneSlip(a, b string) bool { return edits(a, b) == 1 }
