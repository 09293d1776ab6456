package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

// completionCommand is a function, since a variable that refers to commands would be an
// initialization cycle.
func completionCommand() command {
	return command{
		name:    "completion",
		usage:   "bash | zsh | fish",
		summary: "Print a script that completes commands and flags in your shell.",
		help: `
Load the script when the shell starts, for example in ~/.bashrc or ~/.zshrc:

  source <(windsock completion bash)

In fish: windsock completion fish > ~/.config/fish/completions/windsock.fish
`,
		setup: func(*pflag.FlagSet, *settings) runner { return complete },
	}
}

// completionScripts are the scripts by shell. They call "windsock completion words LINE", which
// lists completions. The bash script also works in version 3.2, the one in macOS.
var completionScripts = map[string]string{
	"bash": `_windsock() { COMPREPLY=($(windsock completion words "${COMP_LINE:0:COMP_POINT}")); }
complete -o default -F _windsock windsock
`,
	"zsh": `#compdef windsock
_windsock() {
  local found=(${(f)"$(windsock completion words "${(j: :)words[1,CURRENT]}")"})
  (( $#found )) && compadd -- $found || _files
}
compdef _windsock windsock
`,
	"fish": `complete -c windsock -a '(windsock completion words (commandline -cp | string collect))'
`,
}

// complete runs "windsock completion".
func complete(s *session, args []string) int {
	if len(args) == 2 && args[0] == "words" {
		for _, word := range completions(args[1]) {
			fmt.Fprintln(s.stdout, word)
		}
		return statusOK
	}
	if len(args) != 1 || completionScripts[args[0]] == "" {
		return s.fail(errors.New("completion takes the name of a shell; write bash, zsh or fish"))
	}
	fmt.Fprint(s.stdout, completionScripts[args[0]])
	return statusOK
}

// completions returns the completions of the last word of a line, which is empty if the line ends
// in a space: commands, flags, or the values of a flag with a few values. If there are none, the
// shell completes file names.
func completions(line string) (found []string) {
	words := strings.Fields(line)
	if strings.HasSuffix(line, " ") {
		words = append(words, "")
	}
	if len(words) < 2 {
		return nil
	}
	previous, last := words[len(words)-2], words[len(words)-1]
	if len(words) == 2 {
		found = append(commandNames(), "--help", "--version")
	} else if c := findCommand(words[1]); c != nil {
		flags, _ := c.flags(new(settings))
		if f := flags.Lookup(strings.TrimPrefix(previous, "--")); f != nil {
			if v, ok := f.Value.(choice); ok {
				found = v.words
			}
		} else if strings.HasPrefix(last, "-") {
			found = []string{"--help"}
			flags.VisitAll(func(f *pflag.Flag) { found = append(found, "--"+f.Name) })
		}
	}
	return slices.DeleteFunc(slices.Clone(found), func(word string) bool { return !strings.HasPrefix(word, last) })
}
