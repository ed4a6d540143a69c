# The two commands a newcomer needs are `go run ./cmd/muchan demo` and `make test`.

GOFUMPT     := go run mvdan.cc/gofumpt@v0.12.0
STATICCHECK := go run honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: demo test setup lint unit race page e2e fuzz bench build dist

demo: ## sample data of both parks, scored and served
	go run ./cmd/muchan demo

test: setup lint unit race page e2e ## everything CI runs

setup: ## install what the tests need (Debian, root) or say what is missing
	.ci/setup

lint: ## formatting, vet, staticcheck; which checks are on and why: staticcheck.conf
	@test -z "$$($(GOFUMPT) -l cmd geo parcels scoring tiles seeds api web/*.go)" || { $(GOFUMPT) -d cmd geo parcels scoring tiles seeds api web/*.go; exit 1; }
	go vet ./...
	$(STATICCHECK) ./...
	go mod tidy -diff

unit: ## all Go tests, against a private PostGIS and GDAL
	go test -timeout 15m $$(go list ./... | grep -v /cmd/)

race: ## where goroutines meet, under the race detector: the server, and the stores' tests of writers, readers and watchers
	go test -race -timeout 10m ./api/... ./scoring
	go test -race -timeout 10m -run 'TestStore/(concurrent|readers|direct|watch|closed|snapshot)|Watch|Concurrent' ./parcels/embedded ./parcels/postgis

page: ## the page: types, unit tests, and that the committed build is the source's
	cd web && npm run typecheck && npm test && npm run check

e2e: ## the whole program: demo, GDAL and a browser as its users
	go test -timeout 15m ./cmd/...

FUZZTIME ?= 20s
fuzz: ## every fuzz target for FUZZTIME
	@for pkg in $$(go list ./...); do \
	  for target in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
	    echo "$$pkg $$target"; go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) $$pkg || exit 1; \
	  done; \
	done

bench: ## benchmarks up to 10^6 parcels; minutes, not for CI
	go test -run '^$$' -bench . -benchmem -timeout 60m ./...

build: ## one static binary
	CGO_ENABLED=0 go build -trimpath -o muchan ./cmd/muchan

dist: ## build the page into web/dist
	cd web && npm run build
