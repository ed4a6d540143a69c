package main

import (
	"bytes"
	"errors"
	"log/slog"
	"math"
	"os"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/KimMachineGun/automemlimit/memlimit"
)

func TestAServerKeepsToItsShareOfTheMemoryThereIs(t *testing.T) {
	unknown := func() (uint64, error) { return 0, errors.New("no such file") }
	none := func() (uint64, error) { return 0, memlimit.ErrNoLimit }
	for name, c := range map[string]struct {
		environment string
		memory      []memlimit.Provider
		want        int64
		logged      string
	}{
		"a control group with less than the machine": {"", []memlimit.Provider{memlimit.Limit(10 << 30), memlimit.Limit(20 << 30)}, 8 << 30, `"limit_mb":8192`},
		"one allowed more than the machine has":      {"", []memlimit.Provider{memlimit.Limit(40 << 30), memlimit.Limit(20 << 30)}, 16 << 30, `"limit_mb":16384`},
		"one without a limit":                        {"", []memlimit.Provider{none, memlimit.Limit(20 << 30)}, 16 << 30, `"limit_mb":16384`},
		"no control groups":                          {"", []memlimit.Provider{unknown, memlimit.Limit(20 << 30)}, 16 << 30, `"limit_mb":16384`},
		"nothing is known":                           {"", []memlimit.Provider{unknown, unknown}, math.MaxInt64, "no such file"},
		"an empty environment":                       {"-", []memlimit.Provider{memlimit.Limit(10 << 30)}, 8 << 30, `"limit_mb":8192`},
		"what the environment says":                  {"5GiB", []memlimit.Provider{memlimit.Limit(10 << 30)}, math.MaxInt64, ""},
	} {
		t.Run(name, func(t *testing.T) {
			defer debug.SetMemoryLimit(debug.SetMemoryLimit(math.MaxInt64))
			t.Setenv("GOMEMLIMIT", strings.TrimPrefix(c.environment, "-"))
			if c.environment == "" {
				os.Unsetenv("GOMEMLIMIT") // which Setenv puts back
			}
			var log bytes.Buffer
			if got := limitMemory(slog.New(slog.NewJSONHandler(&log, nil)), c.memory...); got-c.want > 1 || c.want-got > 1 {
				t.Errorf("%d bytes, want %d", got, c.want)
			}
			if !strings.Contains(log.String(), c.logged) || c.logged == "" && log.Len() > 0 {
				t.Errorf("logged %q, want %s", log.String(), c.logged)
			}
		})
	}
}
