package main

import (
	"testing"

	"windsock/cmd/windsock/internal/project"
	"windsock/directives/catalog"
)

// TestDependsOn shows that expansions depend on the version of windsock, the data and the
// project file, and on nothing else.
func TestDependsOn(t *testing.T) {
	digest := func(version, data, source string) string {
		s := &session{
			env: env{version: version}, catalog: &catalog.Catalog{},
			data: map[string][]byte{"config.yml": []byte(data)}, project: &project.Project{Source: []byte(source)},
		}
		return s.dependsOn()
	}
	first := digest("v1", "data", "source")
	if again := digest("v1", "data", "source"); again != first {
		t.Errorf("the digest is %s, then %s", first, again)
	}
	for _, other := range []string{digest("v2", "data", "source"), digest("v1", "other", "source"), digest("v1", "data", "other")} {
		if other == first {
			t.Errorf("the digest is %s although something differs", other)
		}
	}
}
