package catalog

import (
	"strconv"
	"strings"

	"windsock/directives/internal/lazyregexp"
)

// IsNumber reports whether a value is a decimal number, such as "-1" or "1.5e3".
func IsNumber(value string) bool {
	_, err := strconv.ParseFloat(value, 64)
	return err == nil && strings.Trim(value, "+-.0123456789eE") == ""
}

// IsBoolean reports whether a value is True or False, in any case.
func IsBoolean(value string) bool {
	return strings.EqualFold(value, "true") || strings.EqualFold(value, "false")
}

// generated matches a default that Airflow replaces with a generated secret.
var generated = lazyregexp.New(`^\{[A-Z_]*(?:SECRET|KEY)[A-Z_]*\}$`)

// IsGenerated reports whether a default, such as {JWT_SECRET_KEY}, stands for a secret that
// Airflow generates for each deployment.
func IsGenerated(value string) bool { return generated().MatchString(value) }
