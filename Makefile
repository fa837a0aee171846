# policy-kg: `make graph` builds the graph, `make test` checks everything. Both need Python 3.11 or later, and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: graph test lint types check browser model interop interop-light golden clean

graph: $(STAMP)  ## build seeds/ into output/
	$(BIN)/kg build seeds/documents --output output
	@echo
	@echo "The graph is built. Open output/explorer.html in a browser, or ask it something:"
	@echo "  $(BIN)/kg query threats-to-funding"
	@echo "  $(BIN)/kg explain \"Jeff Sessions\""

test: $(DEV_STAMP) browser interop-light lint types check  ## everything that must hold

lint: $(DEV_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@tests/lint-page.sh

types: $(DEV_STAMP)
	$(BIN)/mypy

check: $(DEV_STAMP)
	$(BIN)/pytest tests/serve/test_limits.py  # alone: it asks how soon a loaded server answers
	$(BIN)/pytest -n 2 --dist loadfile --ignore tests/serve/test_limits.py

browser:  ## Debian's Chromium for the tests of the page; without apt or root they are skipped and say so
	@tests/install-browser.sh

model: $(DEV_STAMP)  ## train the language model again (hours; see training/README.md)
	training/run.sh

interop: $(DEV_STAMP)  ## other triple stores for the interoperability tests (see docs/interop.md)
	@tests/interop/install.sh

interop-light:  ## the small ones of them, from npm; without npm their tests are skipped and say so
	@tests/interop/install.sh --light

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "policy-kg needs Python 3.11 or later; set PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --constraint constraints.txt --editable .
	touch $@

$(DEV_STAMP): $(STAMP)
	$(PIP) --constraint constraints.txt --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache

golden: $(DEV_STAMP)  ## write the golden file of the seeds build again, after looking at what changed
	$(BIN)/kg build seeds/documents --output build/golden
	mkdir -p tests/golden && cp build/golden/graph.ttl tests/golden/seeds.ttl
