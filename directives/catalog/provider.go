package catalog

import (
	"path"
	"strings"
)

// packagePrefix begins the package names of Airflow's providers.
const packagePrefix = "apache-airflow-providers-"

// A Provider is a provider of Airflow. It may declare no options.
type Provider struct {
	Name    string // the package's name less "apache-airflow-providers-"
	Package string // the package-name in the data; "" if it has none
	Release string // the package's version, "" if it is not known
	Path    string // the path of the provider.yaml; "" for a frozen file
}

// Folder returns the folder of the provider, with slashes.
func (p *Provider) Folder() string { return path.Dir(slashes(p.Path)) }

// providerSections lists the sections of Airflow's own providers.
var providerSections = []string{
	"aws", "aws_auth_manager", "aws_batch_executor", "aws_ecs_executor", "aws_lambda_executor", "azure_remote_logging", "celery",
	"celery_broker_transport_options", "celery_kubernetes_executor", "celery_result_backend_transport_options", "common.io", "edge",
	"elasticsearch", "elasticsearch_configs", "fab", "hive", "imap", "informatica", "keycloak_auth_manager", "kubernetes_executor",
	"local_kubernetes_executor", "openlineage", "opensearch", "opensearch_configs", "postgres", "providers.jdbc", "smtp_provider",
	"snowflake", "standard", "yandex",
}

// slashes returns a path with slashes, on Windows too.
func slashes(p string) string { return strings.ReplaceAll(p, "\\", "/") }

// providerName returns the name of a provider: that of its package, or else the folders of its
// file below "providers".
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

// canonicalProvider returns the same word for all spellings of a provider: "cncf.kubernetes"
// and "apache-airflow-providers-cncf-kubernetes" become "cncf-kubernetes".
func canonicalProvider(name string) string {
	name = strings.NewReplacer(".", "-", "_", "-", "/", "-").Replace(strings.ToLower(name))
	return strings.TrimPrefix(name, packagePrefix)
}

// Providers returns all providers, in the order of their files' paths.
func (c *Catalog) Providers() []*Provider { return c.providers }

// ProviderByName returns the provider with that name, or nil. The name can be cncf-kubernetes,
// cncf.kubernetes or that of the package.
func (c *Catalog) ProviderByName(name string) *Provider {
	want := canonicalProvider(name)
	for _, p := range c.providers {
		if canonicalProvider(p.Name) == want {
			return p
		}
	}
	return nil
}

// ProviderAt returns the provider whose folder contains a file, the innermost one, or nil. The
// paths of the file and of providers may be relative to the working folder wd, which is
// absolute.
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

// absolute returns the absolute path of a file, relative to the working folder wd.
func absolute(wd, file string) string {
	if file = slashes(file); path.IsAbs(file) {
		return path.Clean(file)
	}
	return path.Join("/", slashes(wd), file)
}
