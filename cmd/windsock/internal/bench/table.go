package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// A bound says how a row shall stand to another one.
type bound struct {
	to     string  // the name of the other row
	most   float64 // times the other's time at most; or
	faster float64 // times faster than the other at least
	per    string  // "page" or "byte": whose times are compared; "" for the whole run
	memory int64   // instead of all this: the peak of memory in bytes, at most
}

// judge says in a few words how far the row r keeps the bound.
func (b bound) judge(r *row, rows []*row) string {
	if b.memory > 0 {
		peak := median(column(r.runs, run.memory))
		return fmt.Sprintf("%.0f of %d MB%s", megabytes(peak), b.memory>>20, verdict(peak <= b.memory))
	}
	other := find(rows, b.to)
	if other == nil {
		return ""
	}
	ratio, cpu := b.ratio(r, other, run.time), b.ratio(r, other, run.work)
	switch {
	case b.faster > 0:
		return fmt.Sprintf("%.0f × (cpu %.0f ×) faster than %s%s, bound %g%s", 1/ratio, 1/cpu, key(b.to), b.by(), b.faster, verdict(1/ratio >= b.faster))
	case b.most > 0:
		return fmt.Sprintf("%.2f × (cpu %.2f ×) %s%s, bound %g%s", ratio, cpu, key(b.to), b.by(), b.most, verdict(ratio <= b.most))
	}
	return fmt.Sprintf("%.2f × (cpu %.2f ×) %s%s", ratio, cpu, key(b.to), b.by())
}

// by says what times are of.
func (b bound) by() string {
	if b.per == "" {
		return ""
	}
	return " a " + b.per
}

// ratio returns the median of how many times the other row's this row's runs took,
// run by run, of the time that of returns.
func (b bound) ratio(r, other *row, of func(run) time.Duration) float64 {
	scale := 1.0
	switch b.per {
	case "page":
		scale = float64(other.pages) / float64(r.pages)
	case "byte":
		scale = float64(other.bytes) / float64(r.bytes)
	}
	var ratios []float64
	for i := range min(len(r.runs), len(other.runs)) {
		ratios = append(ratios, scale*float64(of(r.runs[i]))/float64(of(other.runs[i])))
	}
	return median(ratios)
}

// verdict marks a bound that is missed.
func verdict(kept bool) string {
	if kept {
		return ""
	}
	return " MISSED"
}

// key returns the letter that a row's name begins with, in parentheses, or else
// the name.
func key(name string) string {
	if letter, _, ok := strings.Cut(name, ")"); ok && strings.HasPrefix(name, "(") {
		return letter + ")"
	}
	return name
}

// find returns the row of that name, or nil.
func find(rows []*row, name string) *row {
	for _, r := range rows {
		if r.name == name || key(r.name) == name {
			return r
		}
	}
	return nil
}

// printTable writes the rows as a table of Markdown.
func printTable(w io.Writer, title string, rows []*row) {
	fmt.Fprintf(w, "\n| %s | wall | cpu | peak | against |\n| --- | ---: | ---: | ---: | --- |\n", title)
	for _, r := range rows {
		wall := median(column(r.runs, run.time))
		cpu := median(column(r.runs, run.work))
		peak := median(column(r.runs, run.memory))
		var against []string
		for _, b := range r.bounds {
			if said := b.judge(r, rows); said != "" {
				against = append(against, said)
			}
		}
		fmt.Fprintf(w, "| %s | %s | %s | %.0f MB | %s |\n", r.name, short(wall), short(cpu), megabytes(peak), strings.Join(against, "; "))
	}
}

// short writes a time with three digits or so.
func short(d time.Duration) string {
	switch {
	case d >= 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d >= time.Second:
		return fmt.Sprintf("%.2f s", d.Seconds())
	}
	return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
}

// megabytes returns a size in megabytes of 2^20 bytes.
func megabytes(size int64) float64 { return float64(size) / (1 << 20) }
