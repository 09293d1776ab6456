// Package directives knows what windsock's directives mean.
//
// A page is read by package grammar. Package expand puts what the directives become into
// the page; this package opens no file and prints nothing.
//
//   - A [Definition] describes the argument and the options of one directive, for the checker and for
//     "windsock explain", and what it becomes. The definitions are plain values;
//     [Definitions] lists them. The columns of their tables ([Columns]) and the
//     rules that findings break ([Rules]) are such lists too.
//
//   - The role airflow-default ([Role]) becomes the value of an option within running
//     text.
//
//   - A [Call] is one use of a directive: its inputs, and where findings go.
//     [Definition.Expand] turns it into an [Expansion].
//
// What an author writes is RST and passed on; what the data says of an option is
// text, but for its description. Whatever makes an expansion impossible blocks its
// page, and the page only.
//
// Package catalog, below, holds the configuration data; package check compares
// with it what pages say of options.
package directives
