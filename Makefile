# make demo  expands the demo docs and builds their HTML
# make test  runs all tests
# make build makes bin/windsock

DEMO := build/demo
# A Python that imports Sphinx and docutils; Debian's package brings it.
find_python := for p in $$PYTHON python3 /usr/bin/python3; do $$p -c 'import docutils, sphinx' 2>/dev/null && echo $$p && break; done

.PHONY: build demo test python

build:
	go build -o bin/windsock ./cmd/windsock

demo: build python
	rm -rf $(DEMO)
	mkdir -p $(DEMO)
	cp -R fixtures/airflow/. $(DEMO)
	cd $(DEMO) && ../../bin/windsock expand docs providers/celery/docs --each-to docs-expanded
	@python=$$($(find_python)); \
	if [ -n "$$python" ]; then \
	  $$python -m sphinx -q -W --keep-going -b html $(DEMO)/docs-expanded $(DEMO)/html && \
	  $$python -m sphinx -q -W --keep-going -b html $(DEMO)/providers/celery/docs-expanded $(DEMO)/html/providers/celery && \
	  echo "Expanded pages: $(DEMO)/docs-expanded" && echo "HTML: open $(DEMO)/html/index.html"; \
	else \
	  echo "Expanded pages: $(DEMO)/docs-expanded"; \
	  echo "No HTML: no Python here imports sphinx. On Debian or Ubuntu: apt-get install python3-sphinx"; \
	fi

test: python
	go test ./...

# Sphinx is what the demo and some tests need beside Go. Where the package may be
# installed, it is; elsewhere they say what they left out.
python:
	@python=$$($(find_python)); \
	if [ -z "$$python" ] && command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  echo "Installing python3-sphinx"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-sphinx >/dev/null || echo "python3-sphinx could not be installed"; \
	fi
