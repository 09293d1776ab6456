package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"windsock/fixtures"
)

// BenchmarkGrowth measures how long windsock takes, and how much memory, for ever more of
// something. What it reports is of each: where it stays the same, growth is linear.
func BenchmarkGrowth(b *testing.B) {
	build(b)
	grow(b, "pages", 1, []int{1, 4, 16, 64}, func(b *testing.B, folder string, n int) []string {
		for i := range n {
			to := filepath.Join(folder, "docs", fmt.Sprint(i))
			must(b, os.CopyFS(to, os.DirFS(fixtures.Shared(b, "corpus", "airflow"))))
		}
		return append(sections(b, folder, 500), "docs")
	})
	for name, text := range map[string]string{
		"text":       "Airflow runs tasks on workers, which report what has become of them to the scheduler.\n\n",
		"references": "Set ``[section_0] option_1`` or ``AIRFLOW__SECTION_0__OPTION_2``, and restart.\n\n",
		"directives": ".. airflow-config-default:: [section_0] option_1\n\n.. note::\n   :class: wide\n\n   A note.\n\n",
		"tables":     "+------------------------+---------+\n| Option                 | Default |\n+========================+=========+\n| ``section_0.option_1`` | ``1``   |\n+------------------------+---------+\n\n",
	} {
		grow(b, "page_of_"+name, 1, []int{1, 4, 16}, func(b *testing.B, folder string, n int) []string {
			writeTo(b, filepath.Join(folder, "page.rst"), text, n<<20/len(text))
			return append(sections(b, folder, 500), "page.rst")
		})
	}
	grow(b, "options", 100, []int{500, 5000, 50000}, func(b *testing.B, folder string, n int) []string {
		writeTo(b, filepath.Join(folder, "page.rst"), "Set ``[section_0] optoin_1`` and ``[section_0] option_2``.\n\n", 100)
		return append(sections(b, folder, n), "page.rst")
	})
	for _, format := range formatNames() {
		grow(b, "findings_as_"+format, 100, []int{1000, 10000, 100000}, func(b *testing.B, folder string, n int) []string {
			for i := range n / 100 {
				writeTo(b, filepath.Join(folder, "docs", fmt.Sprintf("%d.rst", i)), "Set ``[section_0] optoin_1``.\n\n", 100)
			}
			return append(sections(b, folder, 500), "--format", format, "docs")
		})
	}
}

// grow checks ever more of something, which arrange makes in a folder: it returns the
// arguments of windsock check. What is reported is of so many of them.
func grow(b *testing.B, name string, unit int, sizes []int, arrange func(b *testing.B, folder string, n int) []string) {
	for _, n := range sizes {
		b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
			folder := b.TempDir()
			check := program(folder, append([]string{"windsock", "check", "--quiet"}, arrange(b, folder, n)...)...)
			var times []float64
			var most int64
			for b.Loop() {
				took, peak := check.run(b)
				times, most = append(times, took.Seconds()*1e3), max(most, peak)
			}
			b.ReportMetric(0, "ns/op") // which the time of the commands is not
			b.ReportMetric(median(times)*float64(unit)/float64(n), fmt.Sprintf("ms/%d", unit))
			b.ReportMetric(float64(most)/(1<<20), "MB")
		})
	}
}

// sections writes files of data with so many options, fifty to a section, and returns the
// flags that name them.
func sections(b *testing.B, folder string, options int) []string {
	var config, providers strings.Builder
	for s := range options / 50 {
		to := &providers
		if s == 0 {
			to = &config
		}
		fmt.Fprintf(to, "section_%d:\n  description: ~\n  options:\n", s)
		for o := range 50 {
			fmt.Fprintf(to, "    option_%d: {type: integer, default: \"%d\", version_added: ~, example: ~, description: ~}\n", s*50+o, o)
		}
		if to == &providers && (s%100 == 0 || s == options/50-1) { // some megabytes are too much for one file
			indented := strings.ReplaceAll(strings.TrimSuffix(providers.String(), "\n"), "\n", "\n  ")
			writeTo(b, filepath.Join(folder, "data", fmt.Sprintf("%d.yaml", s)), fmt.Sprintf("package-name: apache-airflow-providers-%d\nconfig:\n  %s\n", s, indented), 1)
			providers.Reset()
		}
	}
	writeTo(b, filepath.Join(folder, "config.yml"), config.String(), 1)
	return []string{"--config", filepath.Join(folder, "config.yml"), "--providers", filepath.Join(folder, "data", "*.yaml")}
}

// writeTo writes a file that holds text so many times, and the folder that it is in. It does
// so piece by piece: the memory of the benchmark counts as that of the programs it starts.
func writeTo(b *testing.B, path, text string, count int) {
	b.Helper()
	must := func(err error) {
		must(b, err)
	}
	must(os.MkdirAll(filepath.Dir(path), 0o777))
	f, err := os.Create(path)
	must(err)
	w := bufio.NewWriter(f)
	for range count {
		w.WriteString(text)
	}
	must(w.Flush())
	must(f.Close())
}
