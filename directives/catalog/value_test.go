package catalog

import "testing"

func TestValues(t *testing.T) {
	for _, c := range []struct {
		value                      string
		number, boolean, generated bool
	}{
		{"32", true, false, false},
		{"-1", true, false, false},
		{"1.5e3", true, false, false},
		{"0x10", false, false, false},
		{"inf", false, false, false},
		{"", false, false, false},
		{"True", false, true, false},
		{"false", false, true, false},
		{"{JWT_SECRET_KEY}", false, false, true},
		{"{FERNET_KEY}", false, false, true},
		{"{AIRFLOW_HOME}", false, false, false},
	} {
		if IsNumber(c.value) != c.number || IsBoolean(c.value) != c.boolean || IsGenerated(c.value) != c.generated {
			t.Errorf("%q: number %v, boolean %v, generated %v", c.value, IsNumber(c.value), IsBoolean(c.value), IsGenerated(c.value))
		}
	}
}
