package check_test

import (
	"bytes"
	"testing"

	"windsock/directives/catalog"
	"windsock/directives/check"
	"windsock/directives/finding"
)

// TestBaseline shows that a baseline knows its findings when lines move, as many
// of them as there were, and no others.
func TestBaseline(t *testing.T) {
	c := &check.Checker{Catalog: load(t, caseData(t), &catalog.Annotations{})}
	same := func(path string) string { return path }
	before, _ := checkPage(c, []byte("``[core] nope`` and ``[core] nope``\n\n``[core]\nneither``\n"))
	written, err := check.NewBaseline(before, same).Write()
	if err != nil {
		t.Fatal(err)
	}
	b, err := check.ReadBaseline(written)
	if err != nil {
		t.Fatal(err)
	}
	after, _ := checkPage(c, []byte("Moved.\n\n``[core] neither``, ``[core] nope``,\n``[core] nope``, ``[core] nope``, ``[core] other``\n"))
	filter := b.Filter(same)
	var left []finding.Located
	for _, f := range after {
		if !filter.Knows(f) {
			left = append(left, f)
		}
	}
	if len(left) != 2 || left[0].Text != "[core] nope" || left[1].Text != "[core] other" {
		t.Errorf("not in the baseline are\n%s", describe(left))
	}
}

// TestBadBaseline shows what is no baseline.
func TestBadBaseline(t *testing.T) {
	for _, data := range []string{"", "[]", `{"version": 2, "findings": []}`, `{"version": 1, "finding": []}`} {
		if b, err := check.ReadBaseline([]byte(data)); err == nil {
			t.Errorf("%q is read as %+v", data, b)
		}
	}
	if _, err := check.ReadBaseline(bytes.TrimSpace([]byte(`{"version": 1, "findings": null}`))); err != nil {
		t.Error(err)
	}
}
