// Package directives knows what windsock's directives mean.
//
// A page is read by package grammar; this package turns what was found into edits
// of package render and into diagnostics. It opens no file and prints nothing.
//
//   - A [Definition] says of one directive what it takes, for the checker and for
//     "windsock explain", and what it becomes. The definitions are plain values;
//     [Definitions] lists them. The columns of their tables ([Columns]) and the
//     rules that findings break ([Rules]) are such lists too.
//
//   - The role airflow-default ([Role]) becomes the value of an option within running
//     text. What stands around it keeps its meaning: the line of a title grows, and
//     a role whose value would change more than that is a finding.
//
//   - An [Expander] expands the directives and roles of a page and renews its managed
//     regions: stretches between comments that say what they are made from. A
//     directive like
//
//     .. airflow-config-default:: [core] parallelism
//
//     becomes, in an output tree, the paragraph "32"; in place, that paragraph as
//     a managed region:
//
//     .. windsock: airflow-config-default:: [core] parallelism
//
//     32
//
//     .. windsock: end e29c9c180c62
//
//     where the digest is of the lines between, less their margin.
//
//   - [Expander.Reasons] says why an expansion is not what stands in its place, in
//     terms of the option that moved.
//
// What an author writes is RST and passed on; what the data says of an option is
// text, but for its description. Whatever makes an expansion impossible blocks its
// page, and the page only.
//
// Package catalog, below, holds the configuration data; package check judges what
// pages say of options.
package directives
