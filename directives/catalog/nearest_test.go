package catalog

import (
	"math/rand/v2"
	"testing"

	"windsock/fixtures"
)

// TestDistance edits random words: the distance is that of the whole matrix.
func TestDistance(t *testing.T) {
	random := rand.New(rand.NewPCG(fixtures.Random(t), 0))
	alphabet := []rune("abc_.é-Z")
	letter := func() rune { return alphabet[random.IntN(len(alphabet))] }
	near := 0
	for range 20_000 {
		word := make([]rune, random.IntN(12))
		for i := range word {
			word[i] = letter()
		}
		edited := append([]rune(nil), word...)
		for range random.IntN(5) {
			at := random.IntN(len(edited) + 1)
			switch random.IntN(3) {
			case 0:
				edited = append(edited[:at:at], append([]rune{letter()}, edited[at:]...)...)
			case 1:
				edited = append(edited[:at:at], edited[min(at+1, len(edited)):]...)
			default:
				if at+1 < len(edited) {
					edited[at], edited[at+1] = edited[at+1], edited[at]
				}
			}
		}
		a, b := string(word), string(edited)
		want := wholeDistance(word, edited)
		d, ok := distance(a, b, 3)
		if ok != (want <= 3) || ok && d != want {
			t.Fatalf("%q and %q are %d edits apart, not %d (%t)", a, b, want, d, ok)
		}
		if ok {
			near++
		}
	}
	if near < 5000 {
		t.Errorf("but %d pairs of words were near", near)
	}
}

// wholeDistance returns the restricted Damerau-Levenshtein distance by its definition.
func wholeDistance(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		for j := range rows[i] {
			if i == 0 || j == 0 {
				rows[i][j] = i + j
				continue
			}
			wrong := 1
			if a[i-1] == b[j-1] {
				wrong = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+wrong)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
