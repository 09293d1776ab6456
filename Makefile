# make demo   expands the demo docs and builds their HTML
# make test   runs the tests, in a minute or less
# make build  builds bin/windsock, a static binary
# make bench  runs benchmarks, compared with minimal programs
# make soak   runs tests that take hours: random pages, kills, races, fuzzing, cross builds
#
# "make demo" and "make test" need Sphinx; "make soak" needs pre-commit too. As root on Debian
# or Ubuntu they print what is missing, and install it; INSTALL=no only prints it.

DEMO := build/demo
INSTALL := yes
# A Python that imports Sphinx and docutils.
find_python := for p in $$PYTHON python3 /usr/bin/python3; do $$p -c 'import docutils, sphinx' 2>/dev/null && echo $$p && break; done

.PHONY: build demo test bench soak fuzz python pre-commit

build:
	CGO_ENABLED=0 go build -o bin/windsock ./cmd/windsock

demo: build python
	rm -rf $(DEMO)
	mkdir -p $(DEMO)
	cp -R fixtures/airflow/. $(DEMO)
	cd $(DEMO) && ../../bin/windsock expand docs providers/celery/docs --each-to docs-expanded
	@echo "Expanded pages: $(DEMO)/docs-expanded and $(DEMO)/providers/celery/docs-expanded"
	@python=$$($(find_python)); [ -z "$$python" ] || { \
	  $$python -m sphinx -q -W --keep-going -b html $(DEMO)/docs-expanded $(DEMO)/html && \
	  $$python -m sphinx -q -W --keep-going -b html $(DEMO)/providers/celery/docs-expanded $(DEMO)/html/providers/celery && \
	  echo "HTML: $(DEMO)/html/index.html and $(DEMO)/html/providers/celery/index.html"; \
	}

test: python
	go test ./...

ROUNDS := 15
bench:
	go test ./cmd/windsock -run '^$$' -bench 'Commands|ManyPages|Growth' -benchtime $(ROUNDS)x -timeout 1h
	go test ./grammar ./directives/catalog -run '^$$' -bench .

# Repeat a run with the seed that it printed: make soak WINDSOCK_SEED=7.
soak: python pre-commit
	@seed=$${WINDSOCK_SEED:-$$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}; echo "WINDSOCK_SEED=$$seed"; \
	WINDSOCK_SEED=$$seed WINDSOCK_SOAK=yes go test -tags ci -timeout 3h ./...
	CGO_ENABLED=1 go test -race -timeout 1h ./...
	.ci/builds
	$(MAKE) fuzz COUNT=10m

# COUNT is the length of each fuzz run: 60s is a minute, 1000x are a thousand inputs.
COUNT := 60s
fuzz:
	@go test -list '^Fuzz' ./... \
	| awk '/^Fuzz/ { targets[++n] = $$1 } /^ok/ { while (n > 0) print $$2, targets[n--] }' \
	| while read -r package target; do \
	  echo "$$package $$target $(COUNT)"; \
	  go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(COUNT) -fuzzminimizetime 10x "$$package" || exit 1; \
	done

python:
	$(call need,python3-sphinx,$(find_python),to build HTML and to ask docutils in tests,no HTML is built and no test asks docutils or Sphinx)
pre-commit:
	$(call need,pre-commit,command -v pre-commit,to run the hooks in tests,no test runs the hooks)

# $(call need,PACKAGE,COMMAND,PURPOSE,LOSS) installs a Debian package, unless COMMAND finds what it
# needs and prints it.
define need
@[ -n "$$($(2))" ] || [ "$(INSTALL)" = no ] || [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null || { \
  echo "Installing Debian's $(1) $(3); INSTALL=no prevents this"; \
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1) >/dev/null || echo "$(1) could not be installed"; \
}; \
[ -n "$$($(2))" ] || echo "Without $(1) $(4). On Debian or Ubuntu: apt-get install $(1)"
endef
