package check

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"windsock/fixtures"
)

// The gaps as expressions, which is how they are best read.
const (
	things  = `config|configs|configuration|configurations|option|options|setting|settings|key|keys|param|params|parameter|parameters|property|properties|field|fields|value|values|variable|variables|flag|flags|entry|entries|attribute|attributes`
	tinies  = `the|a|an|your|its|this|that|airflow|airflow's|airflow\.cfg|file|is|are|be|both|true|false|set|to|of|defined|located|found|specified|configured|enabled|available`
	places  = `in|under|within|from|inside|into|at|on|of|section|sections`
	arounds = `section|sections|the|a|an|there|you|can|should|must|use|with|called|named|has|have|by|setting|configure|change|set`
)

// TestGaps holds the gaps against expressions for them.
func TestGaps(t *testing.T) {
	random := rand.New(rand.NewPCG(fixtures.Random(t), 0))
	words := strings.Split(strings.Join([]string{things, tinies, places, arounds, "and", "or", "and/or", "AND", "Airflow.CFG", "Airflow's", "cfg", "s", "ofé", "–"}, "|"), "|")
	words = append(words, "and", "or", "in", "section", ",", " ", " ", ":", "airflow.cfg", "/")
	for _, gap := range []struct {
		name string
		fits func(string) bool
		want *regexp.Regexp
	}{
		{"bindsBehind", bindsBehind, regexp.MustCompile(`^(?i)(?:\W*\b(?:` + things + `|` + tinies + `)\b)*\W*\b(?:` + places + `)\b(?:\W*\b(?:` + things + `|` + tinies + `|` + places + `)\b)*\W*$`)},
		{"bindsBefore", bindsBefore, regexp.MustCompile(`^(?i)(?:\W*\b(?:` + arounds + `|` + things + `)\b)*[ ,:]*$`)},
		{"joins", joins, regexp.MustCompile(`^(?i)[ ,]*(?:\b(?:and|or|and/or)\b)?[ ,]*(?:\b(?:the|a|an|` + things + `)\b)?[ ]*$`)},
	} {
		fitting := 0
		for range 20_000 {
			var text strings.Builder
			for range random.IntN(5) {
				text.WriteString(strings.ReplaceAll(words[random.IntN(len(words))], `\`, ""))
				text.WriteString([]string{" ", " ", "", ", ", "\n", "."}[random.IntN(6)])
			}
			want := gap.want.MatchString(text.String())
			if gap.fits(text.String()) != want {
				t.Errorf("%s(%q) is %v", gap.name, text.String(), !want)
			}
			if want {
				fitting++
			}
		}
		if fitting < 1000 {
			t.Errorf("%s: but %d fit", gap.name, fitting)
		}
	}
}
