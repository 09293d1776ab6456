package check

import (
	"strings"

	"windsock/directives/catalog"
	"windsock/grammar"
)

// literalBlock checks text that is not RST: code, configuration, a session of a
// terminal.
func (p *page) literalBlock(e *grammar.Element) {
	var ini *snippet
	isHeaderless := !p.namesOnly && mayBeHeaderless[strings.ToLower(e.Name.Value)]
	for i, line := range e.Text {
		if strings.Contains(line.Value, "__") {
			p.codeEnvVars(e, line)
		}
		if strings.Contains(line.Value, "conf") {
			p.codeCommands(e, line)
		}
		if ini == nil && isHeader(line.Value) {
			ini = &snippet{page: p, element: e}
			ini.read(e.Text[i:])
		}
		if strings.Contains(line.Value, "config:") && isConfigKey(line.Value) {
			p.helm(e, i)
		}
		if mayHoldAnchor(line.Value) {
			s := &sentences{page: p, element: e, flow: newFlow(p.source, e.Text[i:i+1])}
			s.anchorsAt(0, len(line.Value))
		}
	}
	if ini != nil {
		ini.check()
	} else if isHeaderless {
		snippet := p.snippet
		p.later = append(p.later, func() { p.headerless(e, snippet) })
	}
}

// defaultBehind checks what a comment behind a setting says of the option's default.
func (p *page) defaultBehind(e *grammar.Element, line grammar.Text, at part, o *catalog.Option) {
	if o != nil && strings.Contains(line.Value, "efault") {
		s := &sentences{page: p, element: e, flow: newFlow(p.source, []grammar.Text{line}), named: []named{{at, o}}}
		s.defaults()
	}
}

// codeMention returns a mention in a line of a literal block.
func (p *page) codeMention(kind Kind, e *grammar.Element, line grammar.Text, at part) mention {
	return mention{kind: kind, text: p.subText(line, at.from, at.to), from: e}
}

// codeEnvVars checks the environment variables in a line of a literal block.
func (p *page) codeEnvVars(e *grammar.Element, line grammar.Text) {
	envVars(line.Value, func(at part) {
		m := p.codeMention(Env, e, line, at)
		v := p.resolveEnv(m.text.Value)
		p.add(m, v, v.Instead)
	})
}

// codeCommands checks the commands and the calls in a line of a literal block.
func (p *page) codeCommands(e *grammar.Element, line grammar.Text) {
	for _, cmd := range commandsIn(line.Value) {
		v, fix := p.resolveCommand(line.Value, cmd)
		p.add(p.codeMention(Command, e, line, cmd.part), v, fix)
	}
}
