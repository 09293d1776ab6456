package finding

// The names of the rules, as used in messages, in the project file and in comments
// that silence findings.
const (
	BadDirective      = "bad-directive"
	BadRegion         = "bad-region"
	BadData           = "bad-data"
	NearMiss          = "near-miss"
	UnknownOption     = "unknown-option"
	UnknownSection    = "unknown-section"
	UnknownEnvVar     = "unknown-env-var"
	NotSensitive      = "not-sensitive"
	UnknownLabel      = "unknown-label"
	RenamedOption     = "renamed-option"
	RemovedOption     = "removed-option"
	DeprecatedOption  = "deprecated-option"
	WrongDefault      = "wrong-default"
	UnusedIgnore      = "unused-ignore"
	Unexpanded        = "unexpanded"
	Stale             = "stale"
	Edited            = "edited"
	Missing           = "missing"
	Orphan            = "orphan"
	UnmappedSensitive = "unmapped-sensitive"
	StaleAnnotation   = "stale-annotation"
	UnsafeDescription = "unsafe-description"
	OutsideSource     = "outside-source"
)
