package layerfile_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"muchan/geo/layerfile"
)

// childFiles lists the files that a child process reads, one a line; see TestHostileFilesInLittleMemory.
const childFiles = "MUCHAN_READ_FILES"

// maxGrowthMiB is what reading a hostile file may add to a process.
const maxGrowthMiB = 64

// residentMiB reads a figure of this process's memory: VmRSS now, VmHWM at its peak.
func residentMiB(t testing.TB, figure string) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("memory is measured on Linux alone")
	}
	_, rest, _ := bytes.Cut(status, []byte(figure+":"))
	kilobytes, err := strconv.Atoi(strings.Fields(string(rest))[0])
	if err != nil {
		t.Fatal(err)
	}
	return kilobytes / 1024
}

// maxSeconds is how long reading one may take, in seconds of processor time, which a busy machine does not add to.
const maxSeconds = 1

// TestReadAsChild is the child of the tests below. It has forgotten the tables of hostile files, whose texts are large.
func TestReadAsChild(t *testing.T) {
	list := os.Getenv(childFiles)
	if list == "" {
		return // it is no test by itself
	}
	hostileTables, hostileLayers, hostileArchives = nil, nil, nil
	for path := range strings.SplitSeq(list, "\n") {
		debug.FreeOSMemory()
		if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil { // the peak begins anew
			t.Skip("the peak cannot be reset here")
		}
		before, used := residentMiB(t, "VmRSS"), processorTime(t)
		err := readAll(path)
		used = processorTime(t) - used
		var e *layerfile.Error
		if err != nil && !errors.As(err, &e) {
			t.Fatalf("%s is not refused in our words: %v", path, err)
		}
		fmt.Printf("grown %d MiB in %d ms\n", residentMiB(t, "VmHWM")-before, used.Milliseconds())
	}
}

// processorTime is what this process has used.
func processorTime(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// readInChild has a process of its own read files, behind a command that runs it if there is one, and returns what it says.
func readInChild(t *testing.T, paths []string, staging string, before ...string) string {
	t.Helper()
	args := append(before, os.Args[0], "-test.run=^TestReadAsChild$", "-test.count=1", "-test.v")
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Env = append(os.Environ(), childFiles+"="+strings.Join(paths, "\n"), "TMPDIR="+staging)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if bytes.Contains(out, []byte("--- SKIP")) {
		t.Skipf("%s", out)
	}
	return string(out)
}

// readInLittleMemory has a process be done with each file in a second of its time, growing by no more than so much.
func readInLittleMemory(t *testing.T, files []hostileFile, paths []string) {
	residentMiB(t, "VmHWM")
	rest := readInChild(t, paths, t.TempDir())
	for _, tc := range files {
		var grown, ms int
		_, line, found := strings.Cut(rest, "grown ")
		if _, err := fmt.Sscanf(line, "%d MiB in %d ms", &grown, &ms); !found || err != nil {
			t.Fatalf("%s: %s", tc.name, rest)
		}
		rest = line
		t.Logf("%-40s %3d MiB %5d ms", tc.name, grown, ms)
		if grown > maxGrowthMiB {
			t.Errorf("%s: the process grew by %d MiB", tc.name, grown)
		}
		if ms > maxSeconds*1000 {
			t.Errorf("%s: %d ms", tc.name, ms)
		}
	}
}
