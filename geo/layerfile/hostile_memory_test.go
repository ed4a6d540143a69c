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

// TestReadAsChild is the child of TestHostileFilesInLittleMemory. It has forgotten the table of hostile files, whose texts are large.
func TestReadAsChild(t *testing.T) {
	list := os.Getenv(childFiles)
	if list == "" {
		return // it is no test by itself
	}
	hostile = nil
	for path := range strings.SplitSeq(list, "\n") {
		debug.FreeOSMemory()
		if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil { // the peak begins anew
			t.Skip("the peak cannot be reset here")
		}
		before, begun := residentMiB(t, "VmRSS"), time.Now()
		err := readAll(path)
		took := time.Since(begun)
		var e *layerfile.Error
		if !errors.As(err, &e) {
			t.Fatalf("%s is not refused: %v", path, err)
		}
		fmt.Printf("grown %d MiB in %d ms\n", residentMiB(t, "VmHWM")-before, took.Milliseconds())
	}
}

// Every hostile file is refused by a process that grows by no more than so much. How long it takes is logged.
func TestHostileFilesInLittleMemory(t *testing.T) {
	residentMiB(t, "VmHWM")
	var names, paths []string
	for _, tc := range hostile {
		names, paths = append(names, tc.name), append(paths, tc.file(t))
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestReadAsChild$", "-test.count=1", "-test.v")
	cmd.Env = append(os.Environ(), childFiles+"="+strings.Join(paths, "\n"))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if bytes.Contains(out, []byte("--- SKIP")) {
		t.Skipf("%s", out)
	}
	rest := string(out)
	for _, name := range names {
		var grown, ms int
		_, line, found := strings.Cut(rest, "grown ")
		if _, err := fmt.Sscanf(line, "%d MiB in %d ms", &grown, &ms); !found || err != nil {
			t.Fatalf("%s", out)
		}
		rest = line
		t.Logf("%-30s %3d MiB %5d ms", name, grown, ms)
		if grown > maxGrowthMiB {
			t.Errorf("%s: the process grew by %d MiB", name, grown)
		}
	}
}
