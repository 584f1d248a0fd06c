# Every target sets up what it needs; nothing but Python 3.11 or newer has to be there.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: run test lint types bench pictures signals clean

run: $(READY)            ## sample company, its warehouse, and the app in the browser
	$(BIN)/sevenviews demo sample --serve

test: $(READY)           ## every test, on all cores; one line for each group that had to be skipped
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

bench: $(READY)          ## prints sizes, seconds and memory; BENCH="--full" for 100,000 accounts
	$(BIN)/python -m tests.bench $(BENCH)

pictures: $(READY)       ## the pictures of the README, made from the sample company
	$(BIN)/python -m tests.pictures

signals: $(READY)        ## how often arrows are wrong and how soon they are right, as metrics/SIGNALS.md has it
	$(BIN)/python -m metrics.xmr_simulation

clean:
	rm -rf $(VENV) sample build dist *.egg-info

$(READY): pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Seven Views needs Python 3.11 or newer; set PYTHON=python3.11 or the like.')"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	touch $@
