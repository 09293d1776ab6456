package catalog

import "unicode/utf8"

// maxWord bounds, in characters, the words that are compared: no name that
// anybody declares is longer, and comparing costs the product of two lengths.
const maxWord = 80

// Nearest returns the one candidate that word was most likely meant to be: a
// column, an option, a key. It reports false where none is near enough or two
// are equally near.
func Nearest(word string, candidates []string) (string, bool) {
	best, found, tie := 0, "", false
	for _, candidate := range candidates {
		d, ok := distance(word, candidate, allowance(word, candidate))
		switch {
		case !ok || d == 0 && word == candidate && found == candidate:
		case found == "" || d < best:
			best, found, tie = d, candidate, false
		case d == best && candidate != found:
			tie = true
		}
	}
	return found, found != "" && !tie
}

// OneSlip reports whether one character left out, added or replaced, or two
// neighbours swapped, part two words.
func OneSlip(a, b string) bool {
	d, ok := distance(a, b, 1)
	return ok && d == 1
}

// allowance returns how many edits may part two words for one to be taken for
// the other: one in three characters of the shorter, and three at most.
func allowance(a, b string) int {
	return min(3, (min(utf8.RuneCountInString(a), utf8.RuneCountInString(b))+1)/3)
}

// distance returns the least number of edits that turn a into b: a character
// inserted, left out or replaced, or two neighbours swapped (the restricted
// Damerau-Levenshtein distance). It reports false for more than limit.
func distance(a, b string, limit int) (int, bool) {
	if a == b {
		return 0, true
	}
	if limit <= 0 || len(a) > 4*maxWord || len(b) > 4*maxWord {
		return 0, false
	}
	n, m := utf8.RuneCountInString(a), utf8.RuneCountInString(b)
	if d := n - m; d > limit || -d > limit || max(n, m) > maxWord {
		return 0, false
	}
	s, t := []rune(a), []rune(b)
	var rows [3][maxWord + 1]edits
	before, above, row := rows[0][:len(t)+1], rows[1][:len(t)+1], rows[2][:len(t)+1]
	for j := range above {
		above[j] = edits(j)
	}
	for i := 1; i <= len(s); i++ {
		if int(editRow(s, t, i, before, above, row)) > limit {
			return 0, false
		}
		before, above, row = above, row, before
	}
	d := int(above[len(t)])
	return d, d <= limit
}

// edits is a number of edits, of maxWord at most: rows of small numbers are quicker
// to make than the comparing of most words, which differ at once.
type edits uint8

// editRow fills the row of the distances from the first i characters of s to
// each beginning of t, from the two rows before it, and returns the least.
func editRow(s, t []rune, i int, before, above, row []edits) edits {
	row[0] = edits(i)
	least := row[0]
	for j := 1; j <= len(t); j++ {
		d := above[j-1]
		if s[i-1] != t[j-1] {
			d = 1 + min(d, above[j], row[j-1])
		}
		if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
			d = min(d, before[j-2]+1)
		}
		row[j] = d
		least = min(least, d)
	}
	return least
}
