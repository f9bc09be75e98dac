# The two commands of the README, and the steps they share.
PYTHON ?= python3
DEMO := .venvs/demo
TEST := .venvs/test
STORE := .venvs/demo-store

.PHONY: demo test slow lint docs clean

demo: $(DEMO)/ready
	rm -rf $(STORE)
	$(DEMO)/bin/kg build seeds --store $(STORE)
	@echo; echo "== Who signed what, where and when, and who says so"
	$(DEMO)/bin/kg query who-signed-what --store $(STORE)
	@echo; echo "== What replaces what"
	$(DEMO)/bin/kg query replacements --store $(STORE)
	@echo; echo "== Who accuses whom, of what, and who denies it"
	$(DEMO)/bin/kg query accusations --store $(STORE)
	@echo; echo "== Why does the graph say so? Every source of one assertion"
	$(DEMO)/bin/kg why "North Korea" suppliedArmsTo Russia --store $(STORE)
	@echo; echo "The graph is in $(STORE). Go on with"
	@echo "  $(DEMO)/bin/kg why 'Vladimir Putin' --store $(STORE)"
	@echo "  $(DEMO)/bin/kg serve --store $(STORE)      then open http://127.0.0.1:8000/"
	@echo "  $(DEMO)/bin/kg build YOUR-ARTICLES --store my-store"

test: $(TEST)/ready
	$(TEST)/bin/python -m pytest -m "not slow"

slow: $(TEST)/ready
	$(TEST)/bin/python -m pytest -m slow

lint: $(TEST)/ready
	$(TEST)/bin/ruff check .
	$(TEST)/bin/ruff format --check .
	$(TEST)/bin/mypy

docs: $(TEST)/ready
	$(TEST)/bin/python -m tools.ontology_reference

clean:
	rm -rf .venvs dist build

$(DEMO)/ready: pyproject.toml
	$(PYTHON) -m venv $(DEMO)
	$(DEMO)/bin/python -m pip install --quiet --disable-pip-version-check .
	touch $@

$(TEST)/ready: pyproject.toml
	$(PYTHON) -m venv $(TEST)
	$(TEST)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@
