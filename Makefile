# The two commands a newcomer needs are `go run ./cmd/muchan demo` and `make test`.

GOFUMPT     := go run mvdan.cc/gofumpt@v0.12.0
STATICCHECK := go run honnef.co/go/tools/cmd/staticcheck@v0.8.2

# Every family of staticcheck is on (SA bugs, S simplifications, ST style, QF quick fixes, U unused code) but for:
#   ST1003           initialisms of the field (FAIPerMu, USCC) are the bureau's words, not Go's
#   ST1020 to 1022   a comment may open with the word that reads best
#   QF1008           the longer selector of an embedded field is sometimes the clearer one
CHECKS := all,-ST1003,-ST1020,-ST1021,-ST1022,-QF1008

.PHONY: demo test setup lint unit race page e2e browser fuzz fuzz-keep kills bench bench-go bench-tiles build dist

demo: ## sample data of both parks, scored and served
	go run ./cmd/muchan demo

# setup waits for the network, lint for the processor; race, e2e and page keep about one processor busy each; the browser wants both.
test: ## everything CI runs
	$(MAKE) --jobs=2 --output-sync=target setup lint
	$(MAKE) unit
	$(MAKE) --jobs=2 --output-sync=target race e2e page
	$(MAKE) browser

setup: ## install what the tests need (Debian, root) or say what is missing
	.ci/setup

lint: ## formatting, vet, staticcheck; unused and missing modules
	@test -z "$$($(GOFUMPT) -l cmd geo parcels scoring tiles seeds api web/*.go)" || { $(GOFUMPT) -d cmd geo parcels scoring tiles seeds api web/*.go; exit 1; }
	go vet ./...
	$(STATICCHECK) -checks $(CHECKS) ./...
	go mod tidy -diff

# Lint has vetted every package, tests too.
GOTEST := go test -vet=off

unit: ## all Go tests, against a private PostGIS and GDAL
	$(GOTEST) -timeout 15m $$(go list ./... | grep -v /cmd/)

# SQLite is C in the words of Go, and takes four minutes to compile for the detector: what it does inside is left to its authors. What
# is skipped has one goroutine, and has run in unit.
RACE := $(GOTEST) -race -gcflags=modernc.org/sqlite/lib=-race=false -timeout 10m
ALONE := TestEveryAlterationIsFound|TestFeaturesAreWrittenWithoutGarbage

race: ## where goroutines meet, under the race detector: the server, and the stores' tests of writers, readers and watchers
	$(RACE) -skip '$(ALONE)' ./api/...
	$(RACE) -run 'SameBytes|RunAfter|OrderOfRows' ./scoring
	$(RACE) -run 'TestStore/(concurrent|readers|direct|watch|closed|snapshot)|Watch|Concurrent' ./parcels/embedded ./parcels/postgis

page: ## the page: types, lint, unit tests, and that the committed build is the source's
	cd web && npm run typecheck && npm run lint && npm test && npm run check

e2e: ## the whole program: demo, GDAL and SQL as its users
	$(GOTEST) -timeout 15m -skip TestThePageInABrowser ./cmd/...

browser: ## the page of a running demo in a headless Chromium
	$(GOTEST) -timeout 15m -run TestThePageInABrowser ./cmd/muchan

# Minimising each interesting input for a minute, as go test does unasked, would leave little of the time for new ones.
FUZZTIME ?= 20s
fuzz: ## every fuzz target for FUZZTIME; a release wants FUZZTIME=500000x
	@for pkg in $$(go list ./...); do \
	  for target in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
	    echo "$$pkg $$target"; go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 200x $$pkg || exit 1; \
	  done; \
	done

fuzz-keep: ## keep what fuzzing found beside the tests that read it (geo/kept)
	@cache=$$(go env GOCACHE)/fuzz/$$(go list -m); \
	for kept in $$(find . -path '*/testdata/kept/*.tar.gz'); do \
	  target=$$(basename $$kept .tar.gz); found=$$cache/$$(dirname $$(dirname $$(dirname $$kept)))/$$target; \
	  if [ -d $$found ]; then mkdir -p $$found.all && tar -xzf $$kept -C $$found.all && cp $$found/* $$found.all && tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C $$found.all -c . | gzip -9n > $$kept; rm -r $$found.all; fi; \
	done

KILLS ?= 200
kills: ## kill -9 imports, undos and recorded acts KILLS times on each store, and at every step of each; half an hour, not for CI
	MUCHAN_KILLS=$(KILLS) go test -v -timeout 2h -run TestStore/kill ./parcels/embedded ./parcels/postgis

bench: ## all that is measured up to 10^6 parcels, one after the other; wants PostGIS, wrk and nginx, 24 GB and hours of a quiet machine, not for CI
	$(MAKE) bench-go
	$(MAKE) bench-tiles
	$(MAKE) bench-tiles PARTS=start,edit STORES=postgis MEMORY=17GiB

bench-go: ## the benchmarks beside the tests; minutes
	go test -run '^$$' -bench . -benchmem -timeout 60m ./...

PARCELS ?= 1000000
ROUNDS ?= 3
EACH ?= 5s
PARTS ?= made,kept,postgis
SMALLER ?= 3
STORES ?= gpkg,postgis
MEMORY ?= 14GiB
bench-tiles: ## our tiles against PostGIS, nginx and a bare server; needs PostGIS, wrk and nginx; some 20 minutes
	GOMEMLIMIT=$(MEMORY) go run ./tiles/bench -parcels $(PARCELS) -smaller $(SMALLER) -rounds $(ROUNDS) -each $(EACH) -parts $(PARTS) -stores $(STORES)

build: ## one static binary
	CGO_ENABLED=0 go build -trimpath -o muchan ./cmd/muchan

dist: ## build the page into web/dist
	cd web && npm run build
