package grammar

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"sync"
)

// A content says how to read the content of a directive.
type content byte

// The ways to read content.
const (
	rst           content = iota // body elements
	rstSections                  // body elements and sections of its own
	literal                      // not RST
	code                         // not RST; the argument names its language
	parsedLiteral                // a literal block with inline markup
	verse                        // a line block without bars
	glossary                     // terms and definitions
	none                         // content is an error
)

// A spec says how to divide the block of a directive.
// https://docutils.sourceforge.io/docs/howto/rst-directives.html
type spec struct {
	required, optional int      // numbers of arguments
	single             bool     // no argument contains blanks, not even the last
	noOptions          bool     // the directive accepts no options
	content            content  //
	title              int      // number of the argument that is running text, from 1; 0 for none
	caption            string   // name of the option that is running text, or ""
	names              []string // the directive types
}

// acceptsArguments reports whether the directive accepts arguments.
func (s *spec) acceptsArguments() bool { return s.required+s.optional > 0 }

// unknownSpec is the spec of directive types that are not in specs.
var unknownSpec = spec{optional: 1}

// wantedSpec is the spec of directive types that the reader looks for.
var wantedSpec = spec{optional: 1, content: literal}

// words splits a list of names.
func words(s string) []string { return strings.Fields(s) }

// specs are the directives of docutils, Sphinx and common extensions.
// https://docutils.sourceforge.io/docs/ref/rst/directives.html
// https://www.sphinx-doc.org/en/master/usage/restructuredtext/directives.html
var specs = []spec{
	// Admonitions, figures, tables and other containers.
	{names: words(`argparse attention caution compound danger error grid-item hint hlist important
		note seealso tab-set tab-set-code tabs tip todo warning`)},
	{noOptions: true, names: words("acks footer header replace")},
	{optional: 1, names: words("container div grid")},
	{optional: 1, title: 1, names: words("card dropdown field-list-table grid-item-card list-table table")},
	{optional: 1, title: 1, caption: "subtitle", names: words("sidebar")},
	{optional: 1, title: 1, noOptions: true, names: words(`canonical-doc canonical-pypa-spec
		canonical-typing-spec rejected superseded withdrawn`)},
	{required: 1, names: words("button-link button-ref card-carousel click figure")},
	{required: 1, noOptions: true, names: words("cssclass rst-class")},
	{required: 1, title: 1, names: words("admonition tab-item topic")},
	{required: 1, optional: 1, title: 2, noOptions: true, names: words(`deprecated version-added
		version-changed version-deprecated version-removed versionadded versionchanged versionremoved`)},
	{noOptions: true, single: true, names: words("epigraph highlights pull-quote")},
	{single: true, content: verse, names: words("line-block")},
	{single: true, content: glossary, names: words("glossary std:glossary")},

	// Text that is not RST.
	{optional: 1, single: true, content: code, caption: "caption", names: words("code-block sourcecode")},
	{optional: 1, single: true, content: code, names: words("code")},
	{single: true, content: parsedLiteral, names: words("parsed-literal")},
	{required: 1, content: literal, names: words("raw")},
	{optional: 1, content: literal, title: 1, names: words("csv-table")},
	{single: true, content: literal, names: words("autosummary toctree")},
	{single: true, noOptions: true, content: literal, names: words("date meta role")},
	{noOptions: true, content: literal, names: words("spelling spelling:word-list")},
	{optional: 1, single: true, content: literal, names: words("graphviz")},
	{required: 1, single: true, content: literal, names: words("digraph graph")},
	{optional: 3, single: true, content: literal, names: words("prompt")},
	{optional: 4, content: literal, names: words("ipython")},
	{optional: 1, content: literal, names: words(`actdiag altair-plot bibliography blockdiag
		bokeh-plot code-cell code-tab command-output ditaa doctest highlightlang ipython3 jinja
		jupyter-execute literal-block math mermaid nbplot nwdiag openapi plantuml plot program-output
		redoc restfulapi restructuredtext-test-directive seqdiag swagger testcleanup testcode
		testoutput testsetup tikz uml`)},

	// Without content.
	{single: true, noOptions: true, content: none, names: words("todolist")},
	{noOptions: true, content: none, names: words("c:namespace-pop cpp:namespace-pop")},
	{single: true, content: none, names: words("sectnum target-notes")},
	{content: none, names: words("article-info section-numbering")},
	{optional: 1, single: true, noOptions: true, content: none, names: words("default-role")},
	{optional: 1, single: true, content: none, names: words("operators-hooks-ref transfers-ref")},
	{optional: 1, title: 1, content: none, names: words("contents")},
	{required: 1, single: true, noOptions: true, content: none, names: words(
		"currentmodule default-domain py:currentmodule")},
	{required: 1, single: true, content: none, names: words("highlight")},
	{required: 1, title: 1, noOptions: true, content: none, names: words(
		"centered codeauthor moduleauthor sectionauthor")},
	{required: 1, noOptions: true, content: none, names: words(`c:namespace c:namespace-push
		cpp:namespace cpp:namespace-push productionlist program std:productionlist std:program
		tabularcolumns title`)},
	{required: 1, title: 1, content: none, names: words("rubric")},
	{required: 1, caption: "caption", content: none, names: words("literalinclude")},
	{required: 1, content: none, names: words(
		"exampleinclude image include index inheritance-diagram unicode")},

	// Descriptions of objects, whose content can have sections.
	{required: 1, noOptions: true, content: rstSections, names: words("ifconfig only")},
	{required: 1, single: true, content: rstSections, names: words("js:module module py:module")},
	{required: 1, content: rstSections, names: words(`attribute autoapiattribute autoapiclass
		autoapidata autoapiexception autoapifunction autoapimethod autoapimodule autoattribute
		autoclass autodata autodecorator autoexception autofunction autointenum automethod automodule
		autonewtypedata autonewvarattribute autoproperty c:alias c:enum c:enumerator c:function
		c:macro c:member c:struct c:type c:union c:var class classmethod cmdoption confval cpp:alias
		cpp:class cpp:concept cpp:enum cpp:enum-class cpp:enum-struct cpp:enumerator cpp:function
		cpp:member cpp:struct cpp:type cpp:union cpp:var data decorator decoratormethod describe
		envvar event exception function js:attribute js:class js:data js:function js:method method
		object option property provider py:attribute py:class py:classmethod py:data py:decorator
		py:decoratormethod py:exception py:function py:method py:property py:staticmethod py:type
		rst:directive rst:directive:option rst:role setting staticmethod std:cmdoption std:confval
		std:envvar std:option type`)},
}

// specByName returns the specs by directive type, in lower case.
var specByName = sync.OnceValue(func() map[string]*spec {
	byName := make(map[string]*spec)
	for i := range specs {
		for _, name := range specs[i].names {
			byName[name] = &specs[i]
		}
	}
	return byName
})

// spec returns the spec of a directive type, in lower case. wanted is set if the reader
// looks for the type.
func (r *Reader) spec(name string) (s *spec, wanted bool) {
	if r.wants(name) {
		return &wantedSpec, true
	}
	if slices.Contains(r.LiteralDirectives, name) {
		return &wantedSpec, false
	}
	return cmp.Or(specByName()[name], &unknownSpec), false
}

// wants reports whether the reader looks for directives of the given type, in any case.
func (r *Reader) wants(name string) bool {
	return isNamed(r.Directives, []byte(name))
}

// isNamed reports whether names contains name, in any case. An entry that ends in "*"
// matches all names with its prefix.
func isNamed(names []string, name []byte) bool {
	for _, n := range names {
		prefix, open := strings.CutSuffix(n, "*")
		if len(name) < len(prefix) || len(name) > len(prefix) && !open {
			continue
		}
		if bytes.EqualFold(name[:len(prefix)], []byte(prefix)) {
			return true
		}
	}
	return false
}
