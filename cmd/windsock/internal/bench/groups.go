package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// starts measures what it costs to start.
func (b *bench) starts() error {
	rows := []*row{
		{name: "an empty Go program", args: []string{b.program("empty")}},
		{name: "windsock -h", args: b.windsock("-h"), bounds: []bound{{to: "an empty Go program", most: 3}}},
	}
	if err := runAll(rows, 4*b.rounds); err != nil {
		return err
	}
	printTable(os.Stdout, "start", rows)
	return nil
}

// pages measures all that windsock does with Airflow's pages as they are.
func (b *bench) pages() error {
	t, err := checkout(b.corpus, filepath.Join(b.work, "airflow"), nothing)
	if err != nil {
		return err
	}
	out, again := filepath.Join(b.work, "airflow-out"), filepath.Join(b.work, "airflow-again")
	if err := exec.Command(b.program("windsock"), "expand", t.folder, "-o", out).Run(); err != nil {
		return fmt.Errorf("cannot expand the pages: %w", err)
	}
	rows := []*row{
		{name: "(a) read, search four strings", args: []string{b.program("read"), t.folder}},
		{name: "(c) windsock check", args: b.windsock("check", "."), bounds: []bound{
			{to: "(a)", most: 1.15}, {to: "(d)", faster: 15}, {to: "(e)", faster: 500, per: "byte"},
		}},
		{name: "windsock verify", args: b.windsock("verify", "."), bounds: []bound{{to: "(a)", most: 1.3}}},
		{name: "windsock expand -o, nothing to do", args: b.windsock("expand", ".", "-o", out), bounds: []bound{{to: "(a)", most: 2}}},
		{name: "windsock expand -w, nothing to do", args: b.windsock("expand", ".", "-w"), bounds: []bound{{to: "(a)"}}},
		{name: "(f) read, write", args: []string{b.program("write"), t.folder, again}, before: asider(again)},
	}
	rows = append(rows, b.others(t)...)
	for _, r := range rows {
		r.folder = t.folder
		if r.pages == 0 {
			r.pages, r.bytes = t.pages, t.bytes
		}
	}
	if err := runAll(rows, b.rounds); err != nil {
		return err
	}
	printTable(os.Stdout, size(t), rows)
	return nil
}

// size names a tree by what is in it.
func size(t *tree) string { return fmt.Sprintf("%d pages, %.1f MB", t.pages, float64(t.bytes)/1e6) }

// others returns the rows of programs that are not Go's, as far as they are here.
func (b *bench) others(t *tree) (rows []*row) {
	if _, err := exec.LookPath("rg"); err == nil {
		rows = append(rows, &row{name: "(b) rg -c", args: []string{
			"rg", "-c", "--no-ignore", "-g", "*.rst", "-e", "airflow-sensitive-vars", "-e", "airflow-config-default", "-e", "AIRFLOW__", "-e", "``\\[", ".",
		}, bounds: []bound{{to: "(a)"}}})
	} else {
		fmt.Println("(b) is left out: there is no rg")
	}
	if python := seedPython(); python == "" {
		fmt.Println("(d) is left out: no Python imports yaml")
	} else if err := installSeed(b.patch, t.folder); err != nil {
		fmt.Println("(d) is left out:", err)
	} else {
		rows = append(rows, &row{name: "(d) the seed's hook, two pages", args: []string{python, hookFile}, bounds: []bound{{to: "(a)"}}})
	}
	if python := findPython("docutils"); python == "" {
		fmt.Println("(e) is left out: no Python imports docutils")
	} else if r, err := docutils(python, t); err != nil {
		fmt.Println("(e) is left out:", err)
	} else {
		rows = append(rows, r)
	}
	return rows
}

// readWithDocutils reads the pages that it is given.
const readWithDocutils = `
import sys, docutils.core
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as f:
        docutils.core.publish_doctree(f.read(), settings_overrides={"report_level": 5, "halt_level": 6, "file_insertion_enabled": False})
`

// docutils returns the row of docutils reading a hundred pages of the tree.
func docutils(python string, t *tree) (*row, error) {
	const count = 100
	r := &row{name: fmt.Sprintf("(e) docutils, %d pages", count), args: []string{python, "-c", readWithDocutils}, rounds: 2, pages: count, bounds: []bound{{to: "(a)", per: "byte"}}}
	n := 0
	return r, files(t.folder, func(rel string) error {
		if !isPage(rel) {
			return nil
		}
		if n++; n%(t.pages/count) != 0 || len(r.args) == count+3 {
			return nil
		}
		info, err := os.Stat(filepath.Join(t.folder, rel))
		if err != nil {
			return err
		}
		r.args, r.bytes = append(r.args, rel), r.bytes+info.Size()
		return nil
	})
}

// directives measures the expansion of pages each of which ends in a directive.
func (b *bench) directives() error {
	options, err := b.options()
	if err != nil {
		return err
	}
	one := func(page int) string {
		return "\n\n.. airflow-config-default:: " + options[page%len(options)] + "\n"
	}
	t, err := checkout(b.corpus, filepath.Join(b.work, "one"), one)
	if err != nil {
		return err
	}
	inPlace, err := checkout(t.folder, filepath.Join(b.work, "one-in-place"), nothing)
	if err != nil {
		return err
	}
	first, changed, again := filepath.Join(b.work, "one-first"), filepath.Join(b.work, "one-changed"), filepath.Join(b.work, "one-again")
	rows := []*row{
		{name: "(a) read, search four strings", args: []string{b.program("read"), t.folder}},
		{name: "(f) read, write", args: []string{b.program("write"), t.folder, again}, before: asider(again)},
		{name: "windsock expand -o, first time", args: b.windsock("expand", ".", "-o", first), before: asider(first), bounds: []bound{{to: "(f)", most: 1.2}}},
		{name: "windsock expand -o, one default changed", args: b.windsock("expand", ".", "-o", changed),
			before: changer(filepath.Join(t.folder, configFile), `default: "32"`, `default: "33"`), bounds: []bound{{to: "(a)"}}},
		{name: "windsock expand -w, first time", folder: inPlace.folder, args: b.windsock("expand", ".", "-w"),
			before: restorer(inPlace.folder, t.folder), bounds: []bound{{to: "(f)"}}},
		{name: "windsock check", args: b.windsock("check", "."), bounds: []bound{{to: "(a)"}}},
	}
	for _, r := range rows {
		if r.folder == "" {
			r.folder = t.folder
		}
	}
	if err := runAll(rows, b.rounds); err != nil {
		return err
	}
	printTable(os.Stdout, size(t)+", a directive in each", rows)
	return nil
}

// optionAtStart finds the option that a line of "windsock list" is about.
var optionAtStart = regexp.MustCompile(`(?m)^\[[^\]]+\] \S+`)

// options returns Airflow's options, as authors write them.
func (b *bench) options() ([]string, error) {
	cmd := exec.Command(b.program("windsock"), "list")
	cmd.Dir = b.corpus
	listed, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("cannot list the options: %w", err)
	}
	return strings.Split(string(bytes.Join(optionAtStart.FindAll(listed, -1), []byte("\n"))), "\n"), nil
}

// sizes measures a tree of as many pages as Airflow's, and a large one: what holds
// for a page of the one must hold for a page of the other.
func (b *bench) sizes() error {
	if b.large == 0 {
		return nil
	}
	small, err := multiply(b.corpus, filepath.Join(b.work, "small"), 1500)
	if err != nil {
		return err
	}
	large, err := multiply(b.corpus, filepath.Join(b.work, "large"), b.large)
	if err != nil {
		return err
	}
	rows := b.sized(small, nil)
	rows = append(rows, b.sized(large, rows)...)
	if err := runAll(rows, min(b.rounds, 5)); err != nil {
		return err
	}
	printTable(os.Stdout, size(large), rows)
	return nil
}

// sized returns the rows of one of the two trees; against are those of the other,
// if this is the larger one.
func (b *bench) sized(t *tree, against []*row) []*row {
	of := fmt.Sprintf(", %d pages", t.pages)
	read := "(a) read" + of
	rows := []*row{
		{name: read, args: []string{b.program("read"), "docs"}},
		{name: "check" + of, args: b.windsock("check", "docs"), bounds: []bound{{to: read, most: 1.2}}},
		{name: "verify" + of, args: b.windsock("verify", "docs"), bounds: []bound{{to: read, most: 1.3}}},
		{name: "expand -o" + of, args: b.windsock("expand", "docs", "-o", t.folder+"-out"), bounds: []bound{{to: read, most: 2}}},
		{name: "expand -w" + of, args: b.windsock("expand", "docs", "-w"), bounds: []bound{{to: read}}},
	}
	for i, r := range rows {
		r.folder, r.pages, r.bytes = t.folder, t.pages, t.bytes
		if i > 0 && against == nil {
			r.bounds[0].most = 0 // of so few pages other bounds hold
		} else if i > 0 {
			r.bounds = append(r.bounds, bound{to: against[i].name, most: 1.1, per: "page"}, bound{memory: 32 << 20})
		}
	}
	return rows
}
