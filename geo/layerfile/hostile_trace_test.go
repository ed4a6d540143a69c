package layerfile_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// What a traced process says of files and of the network: `12 openat(AT_FDCWD<\x2f>, "\x61", O_RDONLY|O_CLOEXEC) = 3`.
var (
	tracedFile    = regexp.MustCompile(`^\d+ +(\w+)\((?:\w+<([^>]*)>, )?"((?:[^"\\]|\\.)*)"(.*)$`)
	tracedNetwork = regexp.MustCompile(`^\d+ +(socket|connect|bind|sendto)\(`)
	writes        = regexp.MustCompile(`O_WRONLY|O_RDWR|O_CREAT|O_TRUNC`)
)

// readUnderTrace reads every file in a process whose calls are listed: it writes in its staging folder alone, opens nothing but the files
// and what the runtime needs of the system, and speaks to nobody.
func readUnderTrace(t *testing.T, paths []string) {
	log := filepath.Join(t.TempDir(), "log")
	strace := []string{"strace", "-f", "-qq", "-y", "-xx", "-s", "4096", "-o", log, "-e", "trace=%file,%network"}
	if out, err := exec.Command(strace[0], append(strace[1:], "true")...).CombinedOutput(); err != nil {
		t.Skipf("processes cannot be traced here: %v %s", err, out)
	}
	staging := t.TempDir()
	readInChild(t, paths, staging, strace...)
	body, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	opened := 0
	for line := range strings.Lines(string(body)) {
		if tracedNetwork.MatchString(line) {
			t.Errorf("speaks: %s", line)
		}
		m := tracedFile.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil {
			continue
		}
		path := unhex(t, m[3])
		if !filepath.IsAbs(path) {
			path = filepath.Join(unhex(t, m[2]), path)
		}
		call := tracedCall{m[1], path, looks[m[1]] && !writes.MatchString(m[4])}
		if slices.Contains(paths, path) {
			opened++
		}
		if !strings.HasPrefix(path+"/", staging+"/") && !call.allowed(paths) {
			t.Errorf("touches %s: %s", path, line)
		}
	}
	if opened < len(paths) {
		t.Errorf("%d calls name a file to read, want %d: the trace was not understood", opened, len(paths))
	}
}

// unhex reads a text as the trace writes it.
func unhex(t *testing.T, text string) string {
	t.Helper()
	plain, err := strconv.Unquote(`"` + text + `"`)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return plain
}

// looks are calls that change nothing, opened for reading.
var looks = map[string]bool{
	"open": true, "openat": true, "stat": true, "lstat": true, "newfstatat": true, "statx": true, "readlink": true, "readlinkat": true,
	"access": true, "faccessat": true, "faccessat2": true, "getcwd": true,
}

// tracedCall is a call about a file outside the staging folder.
type tracedCall struct {
	name, path string
	looking    bool
}

// allowed are looks at the files themselves with what stands beside them, at the folders above, by which SQLite finds a file's true name, at
// what any program reads of its machine, and what the test itself does: it starts the process and resets its peak of memory.
func (c tracedCall) allowed(paths []string) bool {
	if c.name == "execve" || c.path == "/proc/self/clear_refs" {
		return true
	}
	for _, system := range []string{"/proc/", "/sys/", "/etc/localtime", "/usr/share/zoneinfo/", "/dev/null", "/dev/urandom", "/lib/", "/usr/lib/", "/etc/ld.so."} {
		if strings.HasPrefix(c.path, system) {
			return c.looking
		}
	}
	own := func(path string) bool {
		return filepath.Dir(path) == filepath.Dir(c.path) || strings.HasPrefix(path, strings.TrimSuffix(c.path, "/")+"/")
	}
	return c.looking && (c.path == os.Args[0] || slices.ContainsFunc(paths, own))
}
