package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

// watched runs windsock over 30 pages where people watch, if they do, and each look at
// the clock finds that so much time has passed. It returns what they saw.
func watched(t *testing.T, terminal bool, passed time.Duration, args ...string) string {
	t.Helper()
	t.Chdir(t.TempDir())
	files := map[string]string{"windsock.yaml": "config: [config.yml]\n", "config.yml": "core: {options: {parallelism: {type: integer, default: \"32\"}}}\n"}
	for i := range 30 {
		files[fmt.Sprintf("docs/%02d.rst", i)] = "Text.\n"
	}
	files["docs/09.rst"] = "Set ``[core] parallelis``.\n"
	writeFiles(t, files)
	var seen bytes.Buffer
	clock := time.Unix(0, 0)
	e := env{
		stdin: strings.NewReader(""), stdout: &seen, stderr: &seen, getenv: func(string) string { return "" },
		now:      func() time.Time { clock = clock.Add(passed); return clock },
		terminal: func(io.Writer) bool { return terminal },
	}
	e.run(append(args, "--color", "never"))
	return seen.String()
}

// A run that takes longer than a second says how far it is, until it has something
// else to say.
func TestProgress(t *testing.T) {
	got := watched(t, true, 120*time.Millisecond, "check", "docs")
	const first = "\r9 pages…\r10 pages…\r\x1b[Kdocs/09.rst:1:7: error: option [core] parallelis does not exist"
	if !strings.HasPrefix(got, first) || !strings.Contains(got, "\r29 pages…\r30 pages…\r\x1b[K") || strings.Count(got, "\x1b[K") != 2 {
		t.Errorf("got %q", got)
	}
	got = watched(t, true, 120*time.Millisecond, "expand", "docs", "-o", "out")
	if !strings.HasSuffix(got, "\r30 pages…\r\x1b[K30 pages read, 30 written: 1 warning, 1 fixable with \"windsock check --fix\"\n") {
		t.Errorf("got %q", got)
	}
}

// A run that is done before, that nobody watches, or whose output programs read says
// nothing of the kind.
func TestNoProgress(t *testing.T) {
	for _, got := range []string{
		watched(t, true, 10*time.Millisecond, "check", "docs"),
		watched(t, false, time.Minute, "check", "docs"),
		watched(t, true, time.Minute, "check", "docs", "--format", "json"),
		watched(t, true, time.Minute, "check", "docs", "-v"),
	} {
		if strings.ContainsAny(got, "\r\x1b…") {
			t.Errorf("got %q", got)
		}
	}
}

// Large numbers are grouped, to be read at a glance.
func TestGrouped(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1200: "1,200", 100000: "100,000", 1234567: "1,234,567"} {
		if got := grouped(n); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
