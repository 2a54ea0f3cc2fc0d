# Two commands do all: `make run` serves the app with demo data, `make test` passes the tests. `make help` has the rest.

PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
BIN := .venv/bin
# What the local demonstration runs with; made once, kept out of git.
LOCAL := .local/settings
NEW_SEALING_KEY = $$($(BIN)/python -c 'import base64, secrets; print(base64.b64encode(secrets.token_bytes(32)).decode())')
# Tests need no secrets of anybody's.
TEST_ENV := SECRET_KEY=only-for-tests DEBUG=1 SEALING_KEYS=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=
# One worker per core, each with a database, a server and a browser of its own.
PARALLEL := -n auto --dist worksteal
# What takes long and seldom finds what the rest does not: left out by FAST=1.
QUICK := $(if $(FAST),-m "not walk and not hypothesis")
PIP := pip install --quiet --disable-pip-version-check --require-hashes -r
POSTGRES ?= postgres://postgres@127.0.0.1:5432/postgres

.PHONY: help run test test-postgres test-browser check-rxcuis lint types coverage typical-changes prove mutate audit pins styles scripts \
	bench-core bench-pages bench-worklist bench-lighthouse walk fresh-migrations clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-17s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Beside the server runs the tick: mail, on-call notices, expiry. Killed, it is started again; it ends with
# the server, however that ends. The server starts a new worker for one that was killed.
run: .venv/run $(LOCAL) ## serve the app with invented people on http://localhost:8000 (PORT=, HOST=)
	@grep -q ^SEALING_KEYS= $(LOCAL) || echo "SEALING_KEYS=$(NEW_SEALING_KEY)" >> $(LOCAL)
	@set -a && . ./$(LOCAL) && SITE_URL=$${SITE_URL:-http://localhost:$(PORT)} && set +a && \
	$(BIN)/python manage.py migrate --verbosity 0 && \
	$(BIN)/python manage.py collectstatic --noinput --verbosity 0 && \
	$(BIN)/python manage.py demo && \
	echo && echo "The patient's pages: http://localhost:$(PORT)/" && \
	echo "Staff sign in at:    http://localhost:$(PORT)/admin/" && \
	echo "Stop with Ctrl-C." && echo && \
	{ while kill -0 $$$$ 2>/dev/null; do $(BIN)/python manage.py tick --beside $$$$; sleep 1; done & } && \
	exec $(BIN)/python -m clinic.serve --host $(HOST) --port $(PORT)

test: .venv/dev ## the tests on SQLite, on all cores (FAST=1 leaves out walks and properties)
	@$(TEST_ENV) $(BIN)/python -m pytest -q $(PARALLEL) $(QUICK) $(COVER)

test-postgres: .venv/dev ## the same on PostgreSQL, where threads really race (POSTGRES=; ASKING=1: what asks a database)
	@$(TEST_ENV) DATABASE_URL=$(POSTGRES) $(BIN)/python -m pytest -q $(PARALLEL) $(QUICK) $(if $(ASKING),--asking)

.PHONY: test-deploy sbom
test-deploy: .venv/dev ## those of a clinic's machine: nginx, systemd's reading of the units, the way to production
	@$(TEST_ENV) $(BIN)/python -m pytest -q --deploy tests/deploy

test-browser: .venv/dev ## the tests that drive Debian's Chromium
	@$(TEST_ENV) $(BIN)/python -m pytest -q $(PARALLEL) --browser tests/browser

check-rxcuis: .venv/dev ## ask RxNav over the network for the drug codes that we have from memory
	@$(TEST_ENV) $(BIN)/python -m pytest -q --rxnav tests/intake/test_rxnav.py

lint: .venv/dev ## everything static: ruff, bandit, djlint
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/bandit --quiet --recursive clinic intake treatments manage.py 2>/dev/null
	@$(BIN)/djlint --quiet --check templates && $(BIN)/djlint --quiet --lint templates

types: .venv/dev ## mypy: the pure rooms strictly, the others checked
	@$(TEST_ENV) $(BIN)/mypy

# What decides may have no branch that no test takes.
WHOLLY_COVERED := treatments/workflow/* treatments/triage/frame.py treatments/triage/moves.py treatments/reading/redaction.py \
	intake/questionnaire/dangers.py
coverage: .venv/dev ## the tests on SQLite with every branch counted, processes they start included
	@ls $(WHOLLY_COVERED) >/dev/null
	@$(MAKE) --no-print-directory test COVER="--cov --cov-report="
	@$(BIN)/coverage report --skip-covered --fail-under=98
	@$(BIN)/coverage report --fail-under=100 --include="$$(echo '$(WHOLLY_COVERED)' | tr -s ' \t' ',')"

# Words choose: make prove ONLY="kill races". A tenth of the counts takes an hour at most, FULL=1 a night.
prove: .venv/dev ## every promise of docs/trust.md tried often, on both databases, with its control (FULL=1, SIZE=suite, ONLY=, SEED=)
	@$(TEST_ENV) POSTGRES=$(POSTGRES) $(BIN)/python -m tests.prove $(if $(FULL),--size full,$(if $(SIZE),--size $(SIZE))) $(if $(SEED),--seed $(SEED)) $(ONLY)

typical-changes: .venv/dev ## a new action, treatment and question tried on a copy of the tree
	@$(BIN)/python -m tests.typical_changes $(NAME)

mutate: .venv/dev .local/mutation/ready ## what no test notices in a room (ROOM=treatments/triage; ALL=1: no sample; JOBS=1)
	@$(TEST_ENV) .local/mutation/bin/python -m tests.mutation $(ROOM) $(if $(ALL),--all) $(if $(JOBS),--jobs $(JOBS))

audit: .local/audit/ready ## known faults of what requirements name
	@for list in requirements*.txt bench/requirements.txt; do .local/audit/bin/pip-audit --disable-pip --require-hashes -r $$list || exit 1; done

sbom: .venv/dev .local/sbom/ready ## what the app consists of, as CycloneDX: .local/clinic-intake.cdx.json
	@.local/sbom/bin/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --of JSON \
		--output-file .local/clinic-intake.cdx.json requirements.txt
	@$(BIN)/python -m tests.sbom .local/clinic-intake.cdx.json

pins: .local/pins/bin/uv ## requirements*.txt anew from requirements*.in, for all Pythons, with hashes (UPGRADE=1)
	@for list in $(basename $(wildcard requirements*.in bench/requirements.in)); do \
		.local/pins/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-emit-find-links --custom-compile-command "make pins" \
			$(if $(UPGRADE),--upgrade) $$list.in --output-file $$list.txt || exit 1; done

fresh-migrations: .venv/dev ## the first migration of both sides anew from the models, as long as nobody has data
	@$(TEST_ENV) $(BIN)/python manage.py fresh_migrations && $(BIN)/ruff check --quiet --fix intake/migrations treatments/migrations && \
	$(BIN)/ruff format --quiet intake/migrations treatments/migrations

styles: ## the style sheets from styles/
	@bash styles/build.sh

scripts: ## the script of the drug names, and its list
	@cd scripts && { [ -d node_modules/esbuild ] || npm ci --ignore-scripts --no-audit --no-fund; } && node build.mjs
	@$(TEST_ENV) $(BIN)/python manage.py drug_names

# Not needed to run or test: CPU time beside the session wizard; Lighthouse in Debian's Chromium.
bench-pages: .local/bench/ready ## CPU time of an intake beside the session wizard
	@.local/bench/bin/python bench/pages.py

.local/bench/ready: bench/requirements.txt
	@echo "Installing what is compared with ..." && $(PYTHON) -m venv .local/bench && \
	.local/bench/bin/python -m $(PIP) bench/requirements.txt
	@touch $@

bench-core: .venv/run ## time of one assessment and one readiness; fails above 1 ms, or three assessments
	@$(TEST_ENV) PYTHONPATH=. $(BIN)/python bench/core.py

# A million invented people in a PostgreSQL database of their own, made at the first run.
PEOPLE ?= 1000000
BENCH_DATABASE ?= postgres://postgres@127.0.0.1:5432/clinic_bench
bench-worklist: .venv/run ## time of the lists at a million invented people (PEOPLE=)
	@SECRET_KEY=only-for-measuring SEALING_KEYS=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8= DEMO=1 HTTPS=0 ALLOWED_HOSTS=localhost DATABASE_URL=$(BENCH_DATABASE) PYTHONPATH=. \
		$(BIN)/python bench/worklist.py $(PEOPLE)

walk: .venv/dev ## what an intake takes of four invented people, in Debian's Chromium (WHO=maria)
	@$(TEST_ENV) $(BIN)/python -m bench.walk $(WHO)

bench-lighthouse: .venv/run ## Lighthouse's scores of the patient's pages
	@bash bench/lighthouse.sh

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
		{ echo "Python 3.11, 3.12 or 3.13 is needed; say which one with PYTHON=python3.12."; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/run: .venv/bin/python requirements.txt
	@echo "Installing what the app needs ..." && $(BIN)/python -m $(PIP) requirements.txt
	@touch $@

.venv/dev: .venv/bin/python requirements-dev.txt
	@echo "Installing what the tests need ..." && $(BIN)/python -m $(PIP) requirements-dev.txt
	@touch $@ .venv/run

# Tools that stand apart, so that neither the app nor its tests depend on what they need.
.local/mutation/ready: requirements-mutation.txt
	@$(PYTHON) -m venv .local/mutation && .local/mutation/bin/python -m $(PIP) requirements-mutation.txt
	@touch $@

.local/sbom/ready: requirements-sbom.txt
	@$(PYTHON) -m venv .local/sbom && .local/sbom/bin/python -m $(PIP) requirements-sbom.txt
	@touch $@

.local/pins/bin/uv:
	@$(PYTHON) -m venv .local/pins && .local/pins/bin/python -m pip install --quiet --disable-pip-version-check uv

.local/audit/ready:
	@$(PYTHON) -m venv .local/audit && .local/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	@touch $@

$(LOCAL): | .venv/bin/python
	@mkdir -p .local && umask 077 && { \
	echo "SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))')"; \
	echo "SEALING_KEYS=$(NEW_SEALING_KEY)"; \
	echo "DATABASE_URL=sqlite:///$(CURDIR)/.local/clinic.sqlite3"; \
	echo "ALLOWED_HOSTS=localhost,127.0.0.1,[::1]"; \
	echo "HTTPS=0"; echo "DEMO=1"; } > $@

clean: ## remove all that was set up
	rm -rf .venv .local
