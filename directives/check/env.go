package check

import (
	"slices"
	"strings"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
)

// envVars checks the environment variables of options in a part of the text, and reports whether
// there are any. It skips placeholders, which stand for any variable.
func (s *sentences) envVars(in part) (found bool) {
	text := s.flow.text[:in.to]
	for from := in.from; ; {
		at := indexEnv(text, from)
		if at < 0 {
			return found
		}
		from = formEnd(text, at, grammar.Variable, grammar.EnvPrefix)
		if !isPlaceholderEnv(text, at, from) {
			found = true
			v := s.resolveEnv(text[at:from])
			s.add(Env, part{at, from}, v, v.Instead)
		}
	}
}

// indexEnv returns the offset, from from on, of a word that begins with grammar.EnvPrefix, in any
// case; -1 if there is none.
func indexEnv(text string, from int) int {
	for {
		n := strings.Index(text[from:], "__")
		if n < 0 {
			return -1
		}
		at := from + n - len("AIRFLOW")
		from += n + 1
		if at >= 0 && strings.EqualFold(text[at:at+len(grammar.EnvPrefix)], grammar.EnvPrefix) && (at == 0 || !isWordByte(text[at-1])) {
			return at
		}
	}
}

// isPlaceholderEnv reports whether the variable text[at:end] is a placeholder.
func isPlaceholderEnv(text string, at, end int) bool {
	name := text[at+len(grammar.EnvPrefix) : end]
	rest := text[end:]
	if at > 0 && text[at-1] == '*' {
		rest = strings.TrimLeft(rest, "*") // the end of emphasis
	}
	if name == "" || strings.HasSuffix(name, "_") || continuesPlaceholder(rest) {
		return true
	}
	section, option, _ := strings.Cut(name, grammar.Separator)
	return isPlaceholder(section) || isPlaceholder(option)
}

// continuesPlaceholder reports whether the text after a word makes it a placeholder, as "<KEY>",
// "{KEY}", "*", "…" and "..." do.
func continuesPlaceholder(rest string) bool {
	return slices.ContainsFunc([]string{"<", "{", "*", "[", "…", "...", "$", "%"}, func(mark string) bool { return strings.HasPrefix(rest, mark) })
}

// placeholder matches a word that stands for any section or option, or for one of the reader's own,
// such as "my_section".
var placeholder = lazyregexp.New(`(?i)^(?:(?:section|option|param|parameter|setting|variable|config|key)(?:_name|_key)?|name|y|x{1,3}|foo|bar)$` +
	`|(?:^|_)(?:my|your|some)_|\.\.\.`)

// isPlaceholder reports whether a word is a placeholder for a section or an option.
func isPlaceholder(word string) bool { return placeholder().MatchString(word) }

// resolveEnv resolves an environment variable in the context of the page.
func (p *page) resolveEnv(env string) catalog.Resolution {
	v := p.Catalog.ResolveEnv(env)
	p.chooseSuggestion(&v, v.About)
	return v
}

// envTrigger is the trigger for environment variables of options.
var envTrigger = directives.Trigger{Text: strings.ToLower(grammar.EnvPrefix), AnyCase: true}
