// Package directives defines windsock's directives and its role: their arguments,
// options and columns, and what they expand to.
//
//   - A [Definition] describes a directive to the checker and to "windsock
//     explain", and expands it. [Definitions] lists them. [Columns] and [Rules]
//     list the columns of tables and the rules of findings in the same way.
//   - The role airflow-default ([Role]) expands to the default of an option in
//     running text.
//   - A [Call] is one use of a directive in a page. [Definition.Expand] returns its
//     [Expansion].
//   - [PairComments] finds the managed regions of a page.
//   - A [Gate] decides from the bytes of a page whether it needs to be parsed.
//
// What an author writes is RST and is copied. What the data says about an option is
// text, except for its description, which is RST by Airflow's convention. An error
// in a directive blocks its page and no other.
//
// Package grammar parses pages, and package catalog loads the configuration data.
// Package expand inserts expansions into pages, and package check compares what
// pages say about options with the data. Package directives opens no files and
// prints nothing.
package directives
