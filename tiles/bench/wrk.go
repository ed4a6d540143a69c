package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// script asks for tiles at random, as map users together do, and prints what came of it.
const script = `
local paths = {%s}
local requests = {}
function setup(thread) thread:set("seed", math.random(1000000)) end
function init(args)
  math.randomseed(seed)
  for i, path in ipairs(paths) do requests[i] = wrk.format("GET", path) end
end
function request() return requests[math.random(#requests)] end
function done(summary, latency)
  local e = summary.errors
  io.write(string.format("RESULT %%d %%d %%d %%d %%d\n", summary.requests, summary.duration, latency:percentile(99),
    summary.bytes, e.connect + e.read + e.write + e.status + e.timeout))
end
`

// contender is a server that is measured, and how it is asked.
type contender struct {
	name, url string
	gzip      bool
	token     string // of who asks; "" for the public
}

// headers are those of each request.
func (c contender) headers() map[string]string {
	h := map[string]string{}
	if c.gzip {
		h["Accept-Encoding"] = "gzip"
	}
	if c.token != "" {
		h["Authorization"] = "Bearer " + c.token
	}
	return h
}

// turn is one of those who are measured in turns: it measures a zoom level once.
type turn struct {
	name    string
	measure func(ctx context.Context, zoom int) (measurement, error)
}

// takeTurns measures everybody at every zoom level, rounds times, and notes the results. They take turns, so that what else the machine
// does meets them alike.
func (b *bench) takeTurns(ctx context.Context, turns ...turn) error {
	for _, zoom := range zooms {
		for round := range b.rounds {
			for _, t := range turns {
				profiled, err := b.profile(fmt.Sprintf("%s z%d round %d", t.name, zoom, round+1))
				if err != nil {
					return err
				}
				m, err := t.measure(ctx, zoom)
				profiled()
				if err != nil {
					return fmt.Errorf("%s, zoom %d: %w", t.name, zoom, err)
				}
				b.note(t.name, zoom, m)
			}
		}
	}
	return nil
}

// wrk has wrk ask a server for the tiles of a zoom level.
func (b *bench) wrk(c contender) turn {
	return turn{c.name, func(ctx context.Context, zoom int) (m measurement, err error) {
		file, err := b.writeScript(zoom)
		if err != nil {
			return m, err
		}
		return wrk(ctx, c, file, b.each)
	}}
}

// writeScript writes wrk's script for the tiles of a zoom level.
func (b *bench) writeScript(zoom int) (file string, err error) {
	file = filepath.Join(b.dir, fmt.Sprintf("z%d.lua", zoom))
	var paths []string
	for _, at := range b.lists[zoom].at {
		paths = append(paths, fmt.Sprintf("%q", path(at)))
	}
	return file, os.WriteFile(file, fmt.Appendf(nil, script, strings.Join(paths, ",")), 0o644)
}

func wrk(ctx context.Context, c contender, file string, each time.Duration) (m measurement, err error) {
	args := []string{"-t", fmt.Sprint(threads), "-c", fmt.Sprint(connections), "-d", fmt.Sprintf("%.0fs", max(1, each.Seconds())), "--timeout", "60s", "-s", file}
	for name, value := range c.headers() {
		args = append(args, "-H", name+": "+value)
	}
	cmd := exec.CommandContext(ctx, "wrk", append(args, c.url)...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		return m, fmt.Errorf("wrk: %w\n%s", err, &errs)
	}
	_, result, _ := strings.Cut(string(out), "RESULT ")
	var requests, microseconds, p99, size, failed int64
	if _, err := fmt.Sscan(result, &requests, &microseconds, &p99, &size, &failed); err != nil {
		return m, fmt.Errorf("wrk said %q: %w", out, err)
	}
	if failed > 0 || requests == 0 {
		return m, fmt.Errorf("%d of %d requests failed", failed, requests)
	}
	return measurement{
		perSecond: float64(requests) / (float64(microseconds) / 1e6), p99: time.Duration(p99) * time.Microsecond, bytes: float64(size) / float64(requests),
	}, nil
}
