// Package expand expands the directives and roles of a page and renews its managed regions.
//
// [Expander.Expand] returns the expanded page and the findings in it. It opens no file and
// prints nothing. A directive, role or region that cannot be expanded blocks its page.
//
//   - A directive such as
//
//     .. airflow-config-default:: [core] parallelism
//
//     becomes the paragraph "32" in an output tree. In place it becomes a managed region, in
//     which comments around the paragraph contain the directive and a digest of the lines
//     between them, without their margin:
//
//     .. windsock: airflow-config-default:: [core] parallelism
//
//     32
//
//     .. windsock: end e29c9c180c62
//
//   - A role becomes the default of an option in running text. If the default would change
//     how docutils reads the text around it, the role is a finding.
//
//   - [Expander.Reasons] explains how the text of a region differs from its expansion.
//
// Package directives defines the directives and the role. This package finds them in a page,
// calls their definitions, and edits the page.
package expand
