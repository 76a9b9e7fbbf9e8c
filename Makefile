# The commands of this project. Each does all its own set-up on a machine with Python 3.11, make and (for the tests) apt.

PYTHON ?= python3
PORT ?= 8501
export PORT

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: run test prove bench format clean

run: .venv/.for-run
	$(BIN)/python -m streamlit run app.py --server.port $(PORT)

# format, lint, types, tests, browser tests; three at a time, as those in a browser often wait
test: .venv/.for-test .venv/.chromium
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 3 --dist loadscope --no-loadscope-reorder

# the long proofs: the same properties on many more random models
prove: .venv/.for-prove
	$(BIN)/python -m pytest -n 2 -m prove

bench: .venv/.for-bench
	$(BIN)/python -m tests.benchmarks

format: .venv/.for-test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/.made:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Ladder needs Python 3.11 or newer.")'
	@# Debian ships Python without venv: install it where that is allowed, or say what is missing
	$(PYTHON) -m venv .venv || { apt-get update -qq && apt-get install -y -qq python3-venv && $(PYTHON) -m venv .venv; }
	touch $@

.venv/.for-run: .venv/.made requirements.txt
	$(PIP) -r requirements.txt
	touch $@

.venv/.for-test: .venv/.for-run tests/requirements.txt
	$(PIP) -r tests/requirements.txt
	touch $@

.venv/.for-prove: .venv/.for-test causal/labs/programs/requirements.txt
	$(PIP) -r causal/labs/programs/requirements.txt
	touch $@

.venv/.for-bench: .venv/.for-run tests/benchmarks/requirements.txt
	$(PIP) -r tests/benchmarks/requirements.txt
	touch $@

.venv/.chromium: .venv/.made
	command -v chromium || command -v chromium-browser || command -v google-chrome || \
	  { apt-get update -qq && apt-get install -y -qq chromium; }
	touch $@
