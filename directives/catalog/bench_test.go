package catalog

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkLoad loads Airflow's own data.
func BenchmarkLoad(b *testing.B) {
	files := corpus(b)
	Embedded()
	b.ReportAllocs()
	for b.Loop() {
		Load(files, Embedded())
	}
}

// BenchmarkSuggest looks for what a misspelt name means among many options.
func BenchmarkSuggest(b *testing.B) {
	for _, size := range []struct{ options, perSection int }{{500, 10}, {50_000, 50}, {50_000, 50_000}} {
		var text strings.Builder
		for i := range size.options {
			if i%size.perSection == 0 {
				fmt.Fprintf(&text, "section_%s:\n  options:\n", spelledOut(i/size.perSection))
			}
			fmt.Fprintf(&text, "    %s_timeout: {}\n", spelledOut(i))
		}
		c, _ := Load([]File{{Path: "config.yml", Data: []byte(text.String())}}, nil)
		r := c.Options()[size.options/2].Reference
		r.Name = strings.Replace(r.Name, "timeout", "tmieout", 1)
		c.Suggest(r) // which makes the index
		b.Run(fmt.Sprintf("%d options, %d a section", size.options, size.perSection), func(b *testing.B) {
			for b.Loop() {
				c.Suggest(r)
			}
		})
	}
}

// spelledOut writes a number as words.
func spelledOut(n int) string {
	digits := strings.NewReplacer("0", "zero_", "1", "one_", "2", "two_", "3", "three_", "4", "four_", "5", "five_", "6", "six_", "7", "seven_", "8", "eight_", "9", "nine_")
	return strings.TrimSuffix(digits.Replace(fmt.Sprint(n)), "_")
}
