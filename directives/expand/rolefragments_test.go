package expand_test

import (
	"math/rand/v2"
	"strings"
)

// roleFragments are lines that stand on the border between two elements, or would with other
// text: R is a role, W one that is wrapped.
var roleFragments = []string{
	"", "", "", "", "a", "text ::", "term", "  definition R", "   R", "  R", "    R", "R", "R R", "RR", "R,", "x R", "R x",
	"::", "---", "==", "====", "=== ===", "\"\"\"", "...", "..", "::R:", ":R: x", "::R: x", ":R", "R:", "R::", "R ::", "R : x", "a : R",
	"- R", "* R", "-R", "--R", "-- R", "—R", "0. a", "1. R", "R. b", "R) b", "(R) b", "(R", "#. R", "a. R", "i. R", "-v R", "--opt R  x", "/R x", "+R",
	"| R", "|R", ">>> R", ">R", "..R", ".. R", ".. [1] R", ".. |a| replace:: R", ".. note:: R", ".. note::", ".. rubric:: R", ".. topic:: R",
	".. list-table:: R", "   :caption: R", "   :R: x", "   ::R: x", ".. parsed-literal::", ".. container:: a",
	".. csv-table:: R\n   :header: R, \"a R\"\n\n   \"R, a\", R\n   \"Like ::\n\n     R\", R. a", ".. list-table::\n\n   * - R\n     - a\n   * - W a\n       R\n     - ::",
	"\"R\"", "'R'", "<R>", "[R]", "[R]_", "R_", "R\\ _", "\\R", "R\\", "R \\", "http://R", "R://x", "R/x", "a@R", "R@b", "*R*", "**R**", "``R``", "_`R`",
	"`a`R", "`a`:R", ":b:`a`R", ":b:`a`:R", "R:b:`a`", "R`a`", "|a|R", "R``b``", "R-R", "R:R", "R\tx", "\tR", "x\tR",
	"W", "a W", "W a", "W ::", "W::", "W.", "W. a", "(W)", ":W: a", "- W", "-- W", "  W", "   W", "W R", "R W", ".. topic:: W",
}

// fragmentPages returns n pages of fragments in random order.
func fragmentPages(random *rand.Rand, n int) []string {
	pages := make([]string, n)
	for i := range pages {
		var b strings.Builder
		for range 1 + random.IntN(9) {
			b.WriteString(roleFragment(random))
			b.WriteString([]string{"\n", "\n", "\n\n"}[random.IntN(3)])
		}
		pages[i] = b.String()
	}
	return pages
}

// roleFragment returns a fragment with its roles, sometimes indented, or with something behind it.
func roleFragment(random *rand.Rand) string {
	fragment := roleFragments[random.IntN(len(roleFragments))]
	if random.IntN(4) == 0 {
		fragment = strings.Repeat(" ", random.IntN(5)) + fragment
	}
	if random.IntN(3) == 0 {
		fragment += []string{" ", ".", " a", "-", "\\", " R", ":", "::", " ::"}[random.IntN(9)]
	}
	margin := strings.Repeat(" ", len(fragment)-len(strings.TrimLeft(fragment, " -*")))
	var b strings.Builder
	for _, r := range fragment {
		switch r {
		case 'R':
			b.WriteString(randomRole(random))
		case 'W':
			b.WriteString(strings.Replace(randomRole(random), " ", "\n"+margin, 1))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
