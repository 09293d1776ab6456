package catalog

import (
	"path"
	"strings"
)

// packagePrefix begins the package names of Airflow's providers.
const packagePrefix = "apache-airflow-providers-"

// A Provider is one provider.yaml: a provider has a name and a folder even
// where it declares no options.
type Provider struct {
	Name    string // the package's name less "apache-airflow-providers-"
	Package string // the package-name as in the data; "" where it has none
	Release string // the package's version, "" if it is not known
	Path    string // the provider.yaml, as the caller named it; "" if it was read from a frozen file
}

// Folder returns the folder that holds the provider, with slashes.
func (p *Provider) Folder() string { return path.Dir(slashes(p.Path)) }

// providerSections are the sections that Airflow's own providers declare.
var providerSections = []string{
	"aws", "aws_auth_manager", "aws_batch_executor", "aws_ecs_executor", "aws_lambda_executor", "azure_remote_logging", "celery",
	"celery_broker_transport_options", "celery_kubernetes_executor", "celery_result_backend_transport_options", "common.io", "edge",
	"elasticsearch", "elasticsearch_configs", "fab", "hive", "imap", "informatica", "keycloak_auth_manager", "kubernetes_executor",
	"local_kubernetes_executor", "openlineage", "opensearch", "opensearch_configs", "postgres", "providers.jdbc", "smtp_provider",
	"snowflake", "standard", "yandex",
}

// slashes returns a path with slashes, on Windows too.
func slashes(p string) string { return strings.ReplaceAll(p, "\\", "/") }

// providerName returns a provider's name from its package's, or, where the data
// says none, from the folders below "providers" that hold its file.
func providerName(pkg, file string) string {
	if pkg != "" {
		return strings.TrimPrefix(pkg, packagePrefix)
	}
	folder := path.Dir(slashes(file))
	if _, below, ok := strings.Cut("/"+folder, "/providers/"); ok {
		return strings.ReplaceAll(below, "/", "-")
	}
	return path.Base(folder)
}

// canonicalProvider returns the spelling in which all names of one provider
// agree: "cncf.kubernetes" and "apache-airflow-providers-cncf-kubernetes" are
// "cncf-kubernetes".
func canonicalProvider(name string) string {
	name = strings.NewReplacer(".", "-", "_", "-", "/", "-").Replace(strings.ToLower(name))
	return strings.TrimPrefix(name, packagePrefix)
}

// Providers returns the providers in the order of their files' paths, those
// without options too.
func (c *Catalog) Providers() []*Provider { return c.providers }

// ProviderByName returns the provider of that name, in any of the accepted
// spellings, or nil: cncf-kubernetes, cncf.kubernetes or the name of the package.
func (c *Catalog) ProviderByName(name string) *Provider {
	want := canonicalProvider(name)
	for _, p := range c.providers {
		if canonicalProvider(p.Name) == want {
			return p
		}
	}
	return nil
}

// ProviderAt returns the provider in whose folder the file lies, the innermost
// one, or nil. Relative paths, also those of the provider files, lead from the
// working folder wd, which is absolute.
func (c *Catalog) ProviderAt(wd, file string) *Provider {
	var found *Provider
	inmost := 0
	file = absolute(wd, file)
	for _, p := range c.providers {
		if p.Path == "" {
			continue
		}
		folder := strings.TrimSuffix(absolute(wd, p.Folder()), "/") + "/"
		if strings.HasPrefix(file, folder) && len(folder) > inmost {
			found, inmost = p, len(folder)
		}
	}
	return found
}

// absolute returns a path as it leads from the working folder wd.
func absolute(wd, file string) string {
	if file = slashes(file); path.IsAbs(file) {
		return path.Clean(file)
	}
	return path.Join("/", slashes(wd), file)
}
