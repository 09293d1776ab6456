package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"windsock/directives"
	"windsock/directives/finding"
	"windsock/fixtures"
)

// ruleShown matches the severity and the rule of a finding.
var ruleShown = regexp.MustCompile(`(?m): (error|warning): .* \[([a-z-]+)\]$`)

// TestExamples runs the examples that "explain" shows of every rule: the wrong one
// breaks the rule and no other, the right one breaks none.
func TestExamples(t *testing.T) {
	for _, r := range directives.Rules() {
		t.Run(r.Name, func(t *testing.T) {
			out := tryExample(t, r, r.Wrong)
			shown := ruleShown.FindAllStringSubmatch(out, -1)
			if len(shown) != 1 || shown[0][1] != r.Severity.String() || shown[0][2] != r.Name {
				t.Errorf("the wrong example gives\n%s", out)
			}
			if out := tryExample(t, r, r.Right); ruleShown.MatchString(out) {
				t.Errorf("the right example gives\n%s", out)
			}
		})
	}
}

// tryExample runs windsock on an example, in a folder of its own with the demo's
// data, and returns what it prints.
func tryExample(t *testing.T, r directives.Rule, example string) string {
	t.Helper()
	t.Chdir(t.TempDir())
	must(t, os.CopyFS("data", os.DirFS(filepath.Join(fixtures.Root(), "airflow"))))
	files := map[string]string{
		"docs/index.rst": "Title\n=====\n", "shared.rst": "Shared.\n",
		"windsock.yaml": "config: [data/config.yml]\nproviders: [\"data/providers/**/provider.yaml\"]\n",
	}
	switch r.ExampleFile {
	case "":
		files["docs/page.rst"] = example
	case "config.yml":
		files["data/config.yml"] = example
		files["docs/page.rst"] = ".. airflow-config-default:: [core] *\n   :columns: option, description\n"
	case "windsock.yaml":
		files["windsock.yaml"] += "complete: true\n" + example
		if r.Name == finding.UnmappedSensitive {
			files["data/config.yml"] = "core: {options: {new_secret: {type: string, sensitive: true}}}\n"
		}
		files["docs/page.rst"] = ".. airflow-sensitive-vars:: core\n"
	case "files":
		return tryFiles(t, files, strings.Fields(example))
	}
	writeFiles(t, files)
	switch r.Name {
	case finding.Unexpanded:
		return printed("verify", "-w", "docs")
	case finding.Stale:
		return printed("verify", "docs")
	case finding.OutsideSource:
		return printed("expand", "docs", "-o", "out/deep/docs")
	}
	return printed("check", "docs")
}

// tryFiles makes the files of an output tree be what the names say, and verifies it.
func tryFiles(t *testing.T, files map[string]string, names []string) string {
	t.Helper()
	for _, name := range names {
		files["docs/"+filepath.Base(name)] = "Title\n=====\n"
	}
	writeFiles(t, files)
	printed("expand", "docs", "-o", "docs-expanded")
	for name := range files {
		expanded := strings.Replace(name, "docs/", "docs-expanded/", 1)
		for _, file := range []string{name, expanded} {
			if strings.HasPrefix(file, "docs") && !strings.Contains("\n"+strings.Join(names, "\n")+"\n", "\n"+file+"\n") {
				os.Remove(file)
			}
		}
	}
	return printed("verify", "docs", "-o", "docs-expanded")
}

// writeFiles writes files below the working folder.
func writeFiles(t *testing.T, files map[string]string) {
	t.Helper()
	for name, text := range files {
		must(t, os.MkdirAll(filepath.Dir(name), 0o777))
		must(t, os.WriteFile(name, []byte(text), 0o666))
	}
}

// printed runs a command and returns all that it prints.
func printed(args ...string) string { return printedOf("", args...) }

// printedOf returns what windsock prints when it is run with arguments and an input.
func printedOf(input string, args ...string) string {
	var out bytes.Buffer
	e := env{stdin: strings.NewReader(input), stdout: &out, stderr: &out, getenv: func(string) string { return "" }}
	e.run(args)
	return out.String()
}
