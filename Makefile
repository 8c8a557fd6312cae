# Two commands do everything on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 8501

.PHONY: run test setup check bench looks proof audit lock clean

run: $(VENV)/run.done          ## start the app on http://localhost:8501
	$(BIN)/assessment serve --port $(PORT)

test: $(VENV)/test.done check  ## run every check and every test, the journeys in a real browser included
	bash tests/install-programs.sh
	$(BIN)/python -m pytest -n 3 --dist loadgroup

check: $(VENV)/test.done       ## style, types, floors, questionnaires, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/assessment validate
	$(BIN)/python -m pytest -q tests/test_translations.py

bench: $(VENV)/test.done       ## measure, as ratios against a peer in the same run; writes docs/benchmarks.md
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	PYTHONPATH=. $(BIN)/python bench/everything.py

looks: $(VENV)/test.done       ## take a picture of every page: each language, three widths, light and dark; writes looks/
	bash tests/install-programs.sh
	PYTHONPATH=. $(BIN)/python docs/looks.py

setup: $(VENV)/run.done        ## only the environment

$(VENV)/run.done: requirements/run.txt requirements/build.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt -r requirements/build.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/test.done: $(VENV)/run.done requirements/test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	touch $@

proof: $(VENV)/run.done        ## add the exact solver, which proves how good a plan is
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/proof.txt

audit: $(VENV)/test.done       ## ask public lists of known weaknesses about every locked package (needs the network)
	$(BIN)/python -m venv $(VENV)/audit
	$(VENV)/audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/audit.txt
	for lock in requirements/*.txt; do $(VENV)/audit/bin/pip-audit --strict --disable-pip --require-hashes -r $$lock || exit 1; done

lock:                          ## renew the locked dependencies (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements/run.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --extra proof -c requirements/run.txt pyproject.toml -o requirements/proof.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --extra postgresql --extra proof --extra metrics --extra sign-on -c requirements/run.txt -c requirements/proof.txt pyproject.toml -o requirements/server.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --group build -c requirements/run.txt -o requirements/build.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --group test -c requirements/run.txt -o requirements/test.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --group bench -c requirements/run.txt -c requirements/test.txt -o requirements/bench.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --group audit -o requirements/audit.txt

clean:
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
