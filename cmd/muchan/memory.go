package main

import (
	"log/slog"
	"math"
	"os"
	"runtime/debug"

	"github.com/KimMachineGun/automemlimit/memlimit"
)

// memoryShare is what a server may take of the memory that there is. The rest is for what the limit does not count (files kept by the system,
// buffers of the kernel) and for PostgreSQL, where it stands beside.
const memoryShare = 0.8

// limitMemory has a server collect garbage sooner rather than grow beyond its share of the machine: an edit of a large zone makes gigabytes anew,
// and without a limit the heap may double before they are collected. What GOMEMLIMIT says goes before; where nothing tells how much memory there
// is, the limit stays as it was. It logs and returns the limit, in bytes.
func limitMemory(log *slog.Logger, memory ...memlimit.Provider) int64 {
	if os.Getenv("GOMEMLIMIT") == "" {
		if there, err := least(memory); err == nil {
			debug.SetMemoryLimit(int64(memoryShare * float64(there)))
		} else {
			log.Warn("the memory there is cannot be told, so its use is not limited; GOMEMLIMIT limits it", "error", err)
		}
	}
	limit := debug.SetMemoryLimit(-1)
	if limit < math.MaxInt64 {
		log.Info("memory is limited", "limit_mb", limit>>20)
	}
	return limit
}

// least is the smallest of several bounds in bytes: a control group may be allowed more than its machine has. It fails when none is known.
func least(memory []memlimit.Provider) (bytes uint64, err error) {
	bytes = math.MaxUint64
	for _, bound := range memory {
		b, e := bound()
		if e != nil {
			err = e
			continue
		}
		bytes = min(bytes, b)
	}
	if bytes < math.MaxUint64 {
		return bytes, nil
	}
	return 0, err
}
