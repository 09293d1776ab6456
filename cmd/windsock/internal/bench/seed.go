package main

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// hookFile is where the seed has its hook, in a checkout of Airflow.
const hookFile = "scripts/ci/prek/check_security_doc_constants.py"

// installSeed puts the hook that windsock replaces into a checkout, as the patch
// adds it, and beside it what it imports: the path of the checkout and, where no
// Python has it, a console that prints.
func installSeed(patch, folder string) error {
	hook, err := addedFile(patch, hookFile)
	if err != nil {
		return err
	}
	beside := filepath.Join(folder, filepath.Dir(hookFile))
	for name, text := range map[string]string{
		"check_security_doc_constants.py": hook,
		"common_prek_utils.py":            "from pathlib import Path\nAIRFLOW_ROOT_PATH = Path(__file__).resolve().parents[3]\n",
	} {
		if err := writeFile(filepath.Join(beside, name), text); err != nil {
			return err
		}
	}
	if findPython("rich.console, yaml") != "" {
		return nil
	}
	const console = "class Console:\n    def __init__(self, **_): pass\n    def print(self, *args): print(*args)\n"
	return errors.Join(writeFile(filepath.Join(beside, "rich/__init__.py"), ""), writeFile(filepath.Join(beside, "rich/console.py"), console))
}

// seedPython returns the Python to run the hook with, "" if none imports yaml.
func seedPython() string {
	if python := findPython("rich.console, yaml"); python != "" {
		return python
	}
	return findPython("yaml")
}

// findPython returns a Python that imports the modules, "" if there is none.
func findPython(modules string) string {
	for _, python := range []string{os.Getenv("PYTHON"), "python3", "/usr/bin/python3"} {
		if python != "" && exec.Command(python, "-c", "import "+modules).Run() == nil {
			return python
		}
	}
	return ""
}

// writeFile writes a file, and makes its folder.
func writeFile(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o644)
}

// addedFile returns the file that a patch adds under a name.
func addedFile(patch, name string) (string, error) {
	f, err := os.Open(patch)
	if err != nil {
		return "", err
	}
	defer f.Close()
	var text strings.Builder
	within := false
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		line := lines.Text()
		switch {
		case strings.HasPrefix(line, "diff --git "):
			within = strings.HasSuffix(line, " b/"+name)
		case within && strings.HasPrefix(line, "+") && !strings.HasPrefix(line, "+++ "):
			text.WriteString(line[1:] + "\n")
		}
	}
	if text.Len() == 0 {
		return "", errors.Join(lines.Err(), errors.New(patch+" does not add "+name))
	}
	return text.String(), lines.Err()
}
