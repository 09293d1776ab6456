package check_test

import (
	"fmt"
	"strings"
	"testing"

	"windsock/directives/catalog"
	"windsock/directives/check"
	"windsock/fixtures"
)

// TestLinear checks pages that hold one thing again and again: what is allocated must grow
// as the page does, and not be many times the page.
func TestLinear(t *testing.T) {
	c := &check.Checker{Catalog: load(t, caseData(t), &catalog.Annotations{})}
	for _, piece := range []string{
		"[core] ", "``[core]`` ", "``[core] paralelism`` ", "``", "`", "``core`` section ", "``core`` ", "AIRFLOW__", "``AIRFLOW__CORE__X`` ",
		"AIRFLOW__CORE__PARALELISM ", "conf.get(", "airflow config get-value ", ":ref:`config:core` ", "#config:", "<config:",
		"``[core] parallelism`` defaults to ``1`` ", "(", "[", "]", "=", "* - ``[core] parallelism``\n", "[core]\nx = 1\n\n",
		"::\n\n   [core]\n   x = 1\n\n", ".. windsock: ignore[unknown-option] x\n\n``[core] x``\n\n", "- ", "in Airflow 2 ``[core] x`` ", "x\n=\n\n",
		"[core]\tb ", "a\tAIRFLOW__CORE__PARALLELISM ", "a\t``[core] parallelism`` ", "``\tAIRFLOW__CORE__PARALLELISM\t", "::\n\n   AIRFLOW__CORE__X\t",
		"[a][b]", "[core]\u2028", "  [core] é\n", "  \v[core]\n", "  \u00a0[core]\n", "\x1f[core]\n",
		"[core] a ", "[core] parallelism ", "[core] a. ", "[core]\n", "[core] parallelism\n", "AIRFLOW__CORE__PARALLELISM ", "``core`` ``a`` ",
		"``[core] parallelism`` ", "``core``\n",
	} {
		used := fixtures.Linear(t, piece, 1<<13, func(size int) { checkPage(c, []byte(strings.Repeat(piece, size/len(piece)))) })
		if used > 400 {
			t.Errorf("%q: checking a page takes %d times its size in memory", piece, used)
		}
	}
	for _, table := range []struct{ head, row, foot string }{
		{".. csv-table::\n   :header: Option, Default\n\n", "   a,b\n", ""},
		{".. list-table::\n   :header-rows: 1\n\n   * - Option\n     - Default\n", "   * - a\n     - b\n", ""},
		{"= =======\na Default\n= =======\n", "a b\n", "= =======\n"},
		{".. csv-table::\n\n   ", "``[core] sql_alchemy_conn``,", "\n"}, // a row, which may say of each that it is of the past
	} {
		used := fixtures.Linear(t, table.head, 1<<13, func(size int) {
			checkPage(c, []byte(table.head+strings.Repeat(table.row, size/len(table.row))+table.foot))
		})
		if used > 600 {
			t.Errorf("%q: checking a table takes %d times its size in memory", table.head, used)
		}
	}
}

// TestManyNotes checks a section of many notes, each about another option of the past, and
// as many findings, each of which any note may be about; and a page of many comments that
// silence, each about another option and all before the same body element.
func TestManyNotes(t *testing.T) {
	c := &check.Checker{Catalog: load(t, caseData(t), &catalog.Annotations{})}
	fixtures.Linear(t, "notes", 500, func(n int) {
		var notes, mentions strings.Builder
		for i := range n {
			fmt.Fprintf(&notes, ".. note:: ``[core] y%d`` was removed\n\n", i)
			fmt.Fprintf(&mentions, "``[core] x%d``\n", i)
		}
		if found, _ := checkPage(c, []byte("Title\n=====\n\n"+notes.String()+mentions.String())); len(found) != n {
			t.Errorf("%d findings, want %d", len(found), n)
		}
	})
	fixtures.Linear(t, "comments", 500, func(n int) {
		var comments, mentions strings.Builder
		for i := range n {
			fmt.Fprintf(&comments, ".. windsock: ignore[unknown-option] ``[core] x%d`` not yet\n", i)
			fmt.Fprintf(&mentions, "``[core] x%d``\n", i)
		}
		found, report := checkPage(c, []byte(comments.String()+"\n"+mentions.String()))
		if len(report.References) != n || len(found) != 0 {
			t.Errorf("%d references and %d findings, want %d and none", len(report.References), len(found), n)
		}
	})
}
