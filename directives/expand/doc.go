// Package expand expands the directives and roles of a page and renews its managed regions.
//
// It opens no file and prints nothing: [Expander.Expand] turns the reading of a page into
// edits and findings. Whatever makes an expansion impossible blocks its page, and the page only.
//
//   - A directive like
//
//     .. airflow-config-default:: [core] parallelism
//
//     becomes, in an output tree, the paragraph "32"; in place, that paragraph as
//     a managed region, a stretch between comments that say what it is made from:
//
//     .. windsock: airflow-config-default:: [core] parallelism
//
//     32
//
//     .. windsock: end e29c9c180c62
//
//     where the digest is of the lines between, less their margin.
//
//   - A role becomes the value of an option within running text. A role whose value would
//     change what the text around it means is a finding.
//
//   - [Expander.Reasons] says how the text in the place of an expansion differs from it.
//
// What the directives and the role mean is said by package directives, which this package
// calls for each of them.
package expand
