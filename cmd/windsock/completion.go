package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

// completionCommand is a function since it needs the list of all commands.
func completionCommand() command {
	return command{
		name:    "completion",
		usage:   "bash | zsh | fish",
		summary: "Print a script that completes commands and flags in your shell.",
		help: `
Load it when the shell starts, for example in ~/.bashrc or ~/.zshrc:

  source <(windsock completion bash)

In fish: windsock completion fish > ~/.config/fish/completions/windsock.fish
`,
		flags: func(*pflag.FlagSet, *settings) {},
		run:   complete,
	}
}

// complete runs "windsock completion".
func complete(s *session, args []string) int {
	scripts := map[string]func() string{"bash": bashCompletion, "zsh": zshCompletion, "fish": fishCompletion}
	if len(args) != 1 || scripts[args[0]] == nil {
		return s.fail(errors.New("completion takes the name of a shell; write bash, zsh or fish"))
	}
	fmt.Fprint(s.stdout, scripts[args[0]]())
	return statusOK
}

// flagWords returns the flags of a command as they are typed.
func (c command) flagWords() (words []string) {
	c.flagSet(new(settings)).VisitAll(func(f *pflag.Flag) {
		words = append(words, "--"+f.Name)
	})
	return append(words, "--help")
}

// commandWords returns what may follow "windsock".
func commandWords() []string { return append(commandNames(), "--help", "--version") }

// flagChoices returns the flags that take one of a few values, with those of all commands.
func flagChoices() map[string][]string {
	choices := make(map[string][]string)
	for _, c := range commands() {
		c.flagSet(new(settings)).VisitAll(func(f *pflag.Flag) {
			if v, ok := f.Value.(choice); ok {
				choices["--"+f.Name] = append(choices["--"+f.Name], v.of...)
			}
		})
	}
	for name, values := range choices {
		slices.Sort(values)
		choices[name] = slices.Compact(values)
	}
	return choices
}

// bashCompletion returns the script for bash.
func bashCompletion() string {
	return "_windsock() {\n  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} words=\n" +
		shellCases("$COMP_CWORD", "1", "${COMP_WORDS[1]}") +
		"  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n}\ncomplete -o default -F _windsock windsock\n"
}

// zshCompletion returns the script for zsh.
func zshCompletion() string {
	return "#compdef windsock\n_windsock() {\n  local cur=$words[CURRENT] prev=$words[CURRENT-1] line=($words) words=\n" +
		shellCases("$CURRENT", "2", "$line[2]") +
		"  [[ -n $words ]] && compadd -- ${=words} || _files\n}\ncompdef _windsock windsock\n"
}

// shellCases returns the lines that set words in bash and zsh: to the commands at the first
// argument, to the values behind a flag that has few, and to flags behind a hyphen.
func shellCases(at, first, name string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "  if [[ %s == %s ]]; then words=%q\n", at, first, strings.Join(commandWords(), " "))
	choices := flagChoices()
	for _, flag := range slices.Sorted(maps.Keys(choices)) {
		fmt.Fprintf(&b, "  elif [[ $prev == %s ]]; then words=%q\n", flag, strings.Join(choices[flag], " "))
	}
	fmt.Fprintf(&b, "  elif [[ $cur == -* ]]; then\n    case %s in\n", name)
	for _, c := range commands() {
		fmt.Fprintf(&b, "      %s) words=%q ;;\n", c.name, strings.Join(c.flagWords(), " "))
	}
	return b.String() + "    esac\n  fi\n"
}

// fishCompletion returns the script for fish.
func fishCompletion() string {
	var b strings.Builder
	for _, c := range commands() {
		fmt.Fprintf(&b, "complete -c windsock -n __fish_use_subcommand -f -a %s -d %s\n", c.name, fishQuoted(c.summary))
		c.flagSet(new(settings)).VisitAll(func(f *pflag.Flag) {
			_, usage := pflag.UnquoteUsage(f)
			fmt.Fprintf(&b, "complete -c windsock -n '__fish_seen_subcommand_from %s' -l %s -d %s", c.name, f.Name, fishQuoted(usage))
			if f.Shorthand != "" {
				b.WriteString(" -s " + f.Shorthand)
			}
			if v, ok := f.Value.(choice); ok {
				fmt.Fprintf(&b, " -x -a %s", fishQuoted(strings.Join(v.of, " ")))
			} else if f.NoOptDefVal == "" {
				b.WriteString(" -r")
			}
			b.WriteString("\n")
		})
	}
	return b.String()
}

// fishQuoted returns text as one word of fish.
func fishQuoted(text string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(text) + "'"
}
