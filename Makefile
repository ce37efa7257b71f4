# make run    makes .venv, installs what the app needs, starts it and prints its address
# make test   installs what the tests need as well (a browser too, where it may) and runs them all
# make check  the daily round: ruff, mypy and the fast tests
# make lint   ruff and mypy
# make backup [TO=folder]  a whole copy of the conversation log while the app runs, in backups/
# make restore FROM=file   such a copy becomes the log, where there is none yet
# make lock   pins what the image installs, each file by its hash, in deploy/constraints.txt
# make fuzz [TIMES=20]  properties and damaged files, with so many times the examples of make test
# make conform  ours beside other packages, specifications and known figures; installs bench-peers'
# make bench  measures; nothing in it fails for being slow
# make bench-peers  our image tokens beside those of other packages, which it installs for that

PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2
PYTEST = $(BIN)/python -m pytest
AT_ONCE = -n $(WORKERS) --dist worksteal
BROWSED = tests/e2e
# On a machine that is shared with others a test that fails is tried once more; the end says which.
AGAIN = $(if $(filter true,$(CI)),--reruns 1 -rR)

.PHONY: run test check fuzz conform lint backup restore lock bench bench-peers install install-tests browser samples pictures clean

run: install
	@$(BIN)/streamlit run app.py $(if $(PORT),--server.port $(PORT))

# A browser and the app that it visits keep two cores busy by themselves: those tests go one by one.
test: install-tests browser lint
ifdef ARGS
	@$(PYTEST) $(ARGS)
else
	@failed=0; \
	$(PYTEST) $(AT_ONCE) $(AGAIN) --durations=10 $(BROWSED:%=--ignore=%) || failed=1; \
	$(PYTEST) $(AGAIN) --durations=10 $(BROWSED) || failed=1; \
	exit $$failed
endif

check: lint
	@$(PYTEST) $(AT_ONCE) -m "not slow" $(ARGS)

TIMES ?= 20

fuzz: install-tests
	@FUZZ=$(TIMES) $(PYTEST) $(AT_ONCE) -m "hypothesis or fuzz" -o timeout=3600 --durations=10 tests/unit $(ARGS)

conform: install-tests
	@$(PYTEST) $(AT_ONCE) -m conform tests/unit $(ARGS)
	@$(BIN)/python -m tests.bench.bench_peers

lint: install-tests
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

backup: install
	@$(BIN)/python -m components.backup_command backup $(if $(TO),--to "$(TO)")

restore: install
	@$(BIN)/python -m components.backup_command restore $(if $(FROM),"$(FROM)")

lock: install
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	@UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile requirements.txt --quiet \
	  --generate-hashes --universal --python-version 3.11 -o deploy/constraints.txt

bench: install-tests
	$(BIN)/python -m tests.bench.bench_images
	$(BIN)/python -m tests.bench.bench_store
	$(BIN)/python -m tests.bench.bench_first_visit
	$(BIN)/python -m tests.bench.bench_chat
	$(BIN)/python -m tests.bench.bench_cost
	$(BIN)/python -m tests.bench.bench_faq
	$(BIN)/python -m tests.bench.bench_pixels
	$(BIN)/python -m tests.bench.bench_compare
	$(BIN)/python -m tests.bench.bench_cases
	$(BIN)/python -m tests.bench.bench_preflight
	$(BIN)/python -m tests.bench.bench_case_sets
	$(BIN)/python -m tests.bench.bench_usage_replay
	$(BIN)/python -m tests.bench.bench_stall
	$(BIN)/python -m tests.bench.bench_estimate
	$(BIN)/python -m tests.bench.bench_spending
	$(BIN)/python -m tests.bench.bench_sessions --n 1,10,50,100

bench-peers: install
	@$(BIN)/python -m tests.bench.bench_peers

install: .venv/installed

install-tests: .venv/installed-tests

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Tuwen needs Python 3.11 or later; $(PYTHON) is older. Try: make run PYTHON=python3.12"; exit 1; }
	@echo "Making .venv ..."
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/installed: requirements.txt .venv/made
	@echo "Installing what the app needs (a minute or two, once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/installed-tests: tests/requirements.txt .venv/installed
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@

browser:
	@sh tests/e2e/browser/install.sh

pictures: install-tests browser
	$(BIN)/python -m tests.e2e.browser.pictures

samples: install-tests
	$(BIN)/python -m components.samples.generate

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
