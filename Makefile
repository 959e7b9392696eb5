# The commands of Trame. Each calls one script, which says what it does; read it to know more.

.PHONY: help run test check watch bench figures torture e2e tools clean-data

help: ## this list
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

run: ## installs what is missing, builds, loads the demonstration data, serves on port 3000
	@scripts/run

test: ## everything CI runs
	@scripts/test

check: ## the quick part: format, direction of dependencies, forbidden words
	@scripts/test fmt check

watch: ## development server: rebuilds and reloads at each change
	@scripts/watch

bench: ## figures, beside the floor; make bench WITH="step save"
	@scripts/bench $(WITH)

figures: ## what a person waits for in the browser, in figures
	@scripts/figures $(WITH)

torture: ## kills the server while people write, 10 000 times on each database; make torture WITH=500
	@scripts/torture $(WITH)

e2e: ## journeys in a browser; make e2e WITH="autosave --project=phone"
	@scripts/end2end $(WITH)

tools: ## installs what is missing
	@scripts/tools

clean-data: ## forgets the local database, so that the next run starts from the demonstration
	@rm -rf data && echo "clean-data: ./data is gone"
