.PHONY: help setup build wasm demo test bench bench-edge eval docs fmt lint clean
.DEFAULT_GOAL := help

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## bring what the build and the tests need
	@scripts/setup.sh

build: ## the command line, the wasm module and the page
	@scripts/build.sh

wasm: ## the wasm module alone, with its size
	@scripts/setup.sh wasm tools node
	@scripts/build-wasm.sh
	@scripts/check-size.sh

demo: build ## a sample catalog, ranked here and in a page at ADDRESS
	@scripts/demo.sh

test: setup ## every check, as CI runs them
	@scripts/test.sh

bench: build ## how long a ranking takes
	@scripts/bench.sh

bench-edge: build ## requests a second of the edge worker
	@scripts/bench.sh edge

eval: ## quality on public data: make eval EVAL=FOLDER
	@scripts/eval.sh $(if $(EVAL),"$(EVAL)")

docs: ## the API's pages, target/api
	@scripts/setup.sh node
	@npm --prefix pkg --silent run docs

fmt: ## format the Rust
	cargo fmt --all

lint: ## clippy, rustdoc and shellcheck
	@scripts/setup.sh lint
	@scripts/lint.sh

clean: ## remove what was built; what setup installed stays
	rm -rf target pkg/dist www/dist
