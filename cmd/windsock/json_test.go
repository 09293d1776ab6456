package main

import (
	"encoding/json"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
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

// docs/formats.md explains the fields of all JSON, and no others, and all names are written
// alike.
func TestFieldsAreExplained(t *testing.T) {
	page := referencePage(t, "formats")
	for heading, value := range map[string]any{
		"Findings": jsonOutcome{Findings: []jsonFinding{{Declared: new(jsonPlace)}}},
		"Options":  listing{Options: []listedOption{{}}},
		"Pages":    inspection{},
		"Places":   use{},
	} {
		_, section, _ := strings.Cut(page, "\n## "+heading+"\n")
		section, _, _ = strings.Cut(section, "\n## ")
		_, table, _ := strings.Cut(section, "| --- | --- |\n")
		explained := map[string]bool{}
		for _, row := range strings.Split(strings.TrimSpace(table), "\n") {
			for _, name := range regexp.MustCompile("`([a-z_]+)`").FindAllStringSubmatch(strings.Split(row, " | ")[0], -1) {
				explained[name[1]] = true
			}
		}
		fields := map[string]bool{}
		jsonFields(reflect.TypeOf(value), fields)
		if !maps.Equal(fields, explained) {
			t.Errorf("%s: docs/formats.md explains %v, the JSON has %v", heading, slices.Sorted(maps.Keys(explained)), slices.Sorted(maps.Keys(fields)))
		}
	}
}

// jsonFields collects the names of the fields of a type's JSON.
func jsonFields(t reflect.Type, into map[string]bool) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		jsonFields(t.Elem(), into)
	case reflect.Struct:
		for f := range t.Fields() {
			if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
				into[name] = true
				jsonFields(f.Type, into)
			}
		}
	}
}
