# make demo  expands the demo docs and builds their HTML
# make test  runs all tests
# make fuzz  runs each fuzz target COUNT times
# make build makes bin/windsock, which is one static file
# make bench measures windsock beside programs that only read the pages

DEMO := build/demo
# A Python that imports Sphinx and docutils; Debian's package brings it.
find_python := for p in $$PYTHON python3 /usr/bin/python3; do $$p -c 'import docutils, sphinx' 2>/dev/null && echo $$p && break; done

.PHONY: build bench demo test fuzz python pre-commit

build:
	CGO_ENABLED=0 go build -o bin/windsock ./cmd/windsock

demo: build python
	rm -rf $(DEMO)
	mkdir -p $(DEMO)
	cp -R fixtures/airflow/. $(DEMO)
	cd $(DEMO) && ../../bin/windsock expand docs providers/celery/docs --each-to docs-expanded
	@echo "Expanded pages: $(DEMO)/docs-expanded"
	@python=$$($(find_python)); [ -z "$$python" ] || { \
	  $$python -m sphinx -q -W --keep-going -b html $(DEMO)/docs-expanded $(DEMO)/html && \
	  $$python -m sphinx -q -W --keep-going -b html $(DEMO)/providers/celery/docs-expanded $(DEMO)/html/providers/celery && \
	  echo "HTML: open $(DEMO)/html/index.html"; \
	}

test: python pre-commit
	go test -timeout 30m ./...

# How often each target runs; COUNT=60s is for a minute. By default Go spends that
# minute on making each new input smaller, ten runs do.
COUNT := 1000000
fuzz:
	@go test -list '^Fuzz' ./... \
	| awk '/^Fuzz/ { targets[++n] = $$1 } /^ok/ { while (n > 0) print $$2, targets[n--] }' \
	| while read -r package target; do \
	  case "$(COUNT)" in *[!0-9]*) count=$(COUNT);; *) count=$(COUNT)x;; esac; \
	  echo "$$package $$target $$count"; \
	  go test -run '^$$' -fuzz "^$$target\$$" -fuzztime "$$count" -fuzzminimizetime 10x "$$package" || exit 1; \
	done

# Sphinx and pre-commit are what the demo and some tests need beside Go. Where their
# packages may be installed, they are; elsewhere it is said what is left out.
python:
	$(call need,python3-sphinx,$(find_python),no HTML is built and no test asks docutils or Sphinx)
pre-commit:
	$(call need,pre-commit,command -v pre-commit,no test runs the hooks)

# $(call need,PACKAGE,COMMAND,LOSS) installs a package of Debian's if the command, which
# looks for what is in it, prints nothing.
define need
@if [ -z "$$($(2))" ] && command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
  echo "Installing $(1)"; \
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1) >/dev/null || echo "$(1) could not be installed"; \
fi; \
[ -n "$$($(2))" ] || echo "Without $(1) $(3). On Debian or Ubuntu: apt-get install $(1)"
endef
