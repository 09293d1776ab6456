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
	var rows [3][maxWord + 1]int // for the beginnings of s with two characters less, one less, and none
	before, above, row := &rows[0], &rows[1], &rows[2]
	for j := range above {
		above[j] = j
	}
	for i := range s {
		row[0] = i + 1
		least := row[0]
		for j := range t {
			d := above[j]
			if s[i] != t[j] {
				d = 1 + min(d, above[j+1], row[j])
			}
			if i > 0 && j > 0 && s[i] == t[j-1] && s[i-1] == t[j] {
				d = min(d, before[j-1]+1)
			}
			row[j+1] = d
			least = min(least, d)
		}
		if least > limit {
			return 0, false
		}
		before, above, row = above, row, before
	}
	d := above[len(t)]
	return d, d <= limit
}
