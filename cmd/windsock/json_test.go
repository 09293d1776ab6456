package main

import (
	"encoding/json"
	"testing"
)

// What JSON holds is read back as it was, and shows as it is written.
func TestEscapeUnseen(t *testing.T) {
	const text = "é日 \x1b\x7f\u0085\u202e\u00ad\U000e0041\U0001f600<&>"
	out := indentedJSON(text, "")
	if want := "\"é日 \\u001b\\u007f\\u0085\\u202e\\u00ad\\udb40\\udc41\U0001f600<&>\"\n"; string(out) != want {
		t.Errorf("got %s, want %s", out, want)
	}
	var got string
	if err := json.Unmarshal(out, &got); err != nil || got != text {
		t.Errorf("read back %q, %v", got, err)
	}
}
