//go:build !race

// Under the detector of races these tests would take minutes and measure other memory,
// since it has pools forget what they hold; none of them has more than one goroutine.

package check_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/check"
)

// TestLongPages checks pages of a megabyte that hold one thing again and again. A
// check that takes more than linear time on one of them does not end.
func TestLongPages(t *testing.T) {
	c := &check.Checker{Catalog: load(t, caseData(t), &catalog.Annotations{})}
	for _, piece := range []string{
		"[core] ", "``[core]`` ", "``[core] paralelism`` ", "``", "`", "``core`` section ", "``core`` ", "AIRFLOW__", "``AIRFLOW__CORE__X`` ",
		"AIRFLOW__CORE__PARALELISM ", "conf.get(", "airflow config get-value ", ":ref:`config:core` ", "#config:", "<config:",
		"``[core] parallelism`` defaults to ``1`` ", "(", "[", "]", "=", "* - ``[core] parallelism``\n", "[core]\nx = 1\n\n",
		"::\n\n   [core]\n   x = 1\n\n", ".. windsock: ignore[unknown-option] x\n\n``[core] x``\n\n", "- ", "in Airflow 2 ``[core] x`` ", "x\n=\n\n",
		"[core]\tb ", "a\tAIRFLOW__CORE__PARALLELISM ", "a\t``[core] parallelism`` ", "``\tAIRFLOW__CORE__PARALLELISM\t", "::\n\n   AIRFLOW__CORE__X\t",
		"[a][b]", "[core]\u2028", "  [core] é\n", "  \v[core]\n", "  \u00a0[core]\n", "\x1f[core]\n",
	} {
		page := []byte(strings.Repeat(piece, (1<<20)/len(piece)))
		doc := c.Reader().Read(page)
		directives.NewGate(c.Triggers()...).Passes(page)
		c.Page(doc)
	}
}

// TestMemory checks pages of one paragraph that is full of words that may be half of a
// pair, or of references: what is known of them must not be many times the page.
func TestMemory(t *testing.T) {
	c := &check.Checker{Catalog: load(t, caseData(t), &catalog.Annotations{})}
	for _, piece := range []string{
		"[core] ", "[core] a ", "[core] parallelism ", "[core] a. ", "[core]\n", "[core] parallelism\n", "AIRFLOW__CORE__PARALLELISM ",
		"``core`` ``a`` ", "``core`` section ", "``[core] parallelism`` ", ":ref:`config:core` ", "``core``\n",
	} {
		if used := memoryOf(c, strings.Repeat(piece, (1<<20)/len(piece))); used > 24 {
			t.Errorf("%q: checking a page takes %d times its size in memory", piece, used)
		}
	}
}

// TestTableMemory checks pages that are one table, with a column of defaults.
func TestTableMemory(t *testing.T) {
	c := &check.Checker{Catalog: load(t, caseData(t), &catalog.Annotations{})}
	for _, table := range []struct {
		head, row, foot string
		most            uint64
	}{
		{".. csv-table::\n   :header: Option, Default\n\n", "   a,b\n", "", 128},
		{".. list-table::\n   :header-rows: 1\n\n   * - Option\n     - Default\n", "   * - a\n     - b\n", "", 36},
		{"= =======\na Default\n= =======\n", "a b\n", "= =======\n", 180},
	} {
		page := table.head + strings.Repeat(table.row, (1<<20)/len(table.row)) + table.foot
		if used := memoryOf(c, page); used > table.most {
			t.Errorf("%q: checking a table takes %d times its size in memory", table.head, used)
		}
	}
}

// TestLongRow checks a csv-table with a row of many references, each of which the row may
// say to be of the past.
func TestLongRow(t *testing.T) {
	c := &check.Checker{Catalog: load(t, caseData(t), catalog.Embedded())}
	page := ".. csv-table::\n\n   " + strings.Repeat("``[core] sql_alchemy_conn``,", 10_000) + "\n"
	if used := memoryOf(c, page); used > 1000 {
		t.Errorf("checking a row takes %d times its size in memory", used)
	}
}

// memoryOf returns how much memory checking a page takes, in sizes of the page.
func memoryOf(c *check.Checker, page string) uint64 {
	doc := c.Reader().Read([]byte(page))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	c.Count(doc)
	runtime.ReadMemStats(&after)
	return (after.TotalAlloc - before.TotalAlloc) / uint64(len(page))
}

// TestManyNotes checks a section of many notes, each about another option of the past,
// and as many findings, each of which any note may be about.
func TestManyNotes(t *testing.T) {
	const n = 60_000
	var notes, mentions strings.Builder
	for i := range n {
		fmt.Fprintf(&notes, ".. note:: ``[core] y%d`` was removed\n\n", i)
		fmt.Fprintf(&mentions, "``[core] x%d``\n", i)
	}
	c := &check.Checker{Catalog: load(t, caseData(t), &catalog.Annotations{})}
	page := "Title\n=====\n\n" + notes.String() + mentions.String()
	if report := c.Page(c.Reader().Read([]byte(page))); len(report.Diagnostics) != n {
		t.Errorf("%d findings, want %d", len(report.Diagnostics), n)
	}
}

// TestManyComments checks a page of many comments that silence, each about another
// option and all before the same body element, with a finding for each.
func TestManyComments(t *testing.T) {
	const n = 60_000
	var comments, mentions strings.Builder
	for i := range n {
		fmt.Fprintf(&comments, ".. windsock: ignore[unknown-option] ``[core] x%d`` not yet\n", i)
		fmt.Fprintf(&mentions, "``[core] x%d``\n", i)
	}
	c := &check.Checker{Catalog: load(t, caseData(t), &catalog.Annotations{})}
	report := c.Page(c.Reader().Read([]byte(comments.String() + "\n" + mentions.String())))
	if len(report.References) != n || len(report.Diagnostics) != 0 {
		t.Errorf("%d references and %d findings, want %d and none", len(report.References), len(report.Diagnostics), n)
	}
}
