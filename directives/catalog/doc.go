// Package catalog knows the options that Airflow's configuration data declares.
package catalog
