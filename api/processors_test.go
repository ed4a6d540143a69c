package api_test

import (
	"runtime"
	"testing"

	"muchan/api"
)

func TestShareProcessors(t *testing.T) {
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	t.Setenv("GOMAXPROCS", "3") // whoever runs the server knows better
	api.ShareProcessors()
	if n := runtime.GOMAXPROCS(0); n != before {
		t.Errorf("%d threads, %d before", n, before)
	}
	t.Setenv("GOMAXPROCS", "")
	api.ShareProcessors()
	if n := runtime.GOMAXPROCS(0); n != 2*before {
		t.Errorf("%d threads of %d processors", n, before)
	}
}
