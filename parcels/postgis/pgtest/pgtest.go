// Package pgtest starts a private PostgreSQL with PostGIS for tests: own data directory, own free loopback port, stopped by its own
// process id. It knows nothing of muchan's tables, so any room's tests may use PostGIS as an oracle.
package pgtest

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Cluster is one running server.
type Cluster struct {
	dir  string
	port int

	settings []string

	cmd  *exec.Cmd
	done chan error
}

var (
	shared    *Cluster
	sharedErr error
	startOnce sync.Once
	sequence  atomic.Int64
)

// Main runs a package's tests and stops the shared cluster afterwards. A package that uses Database calls it from TestMain:
//
//	func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }
func Main(m *testing.M) int {
	code := m.Run()
	if shared != nil {
		shared.Stop()
	}
	return code
}

// Database creates an empty database with PostGIS in the package's shared cluster and returns its URL (superuser). It is dropped
// with the cluster. The test fails, and says what to install, when no PostGIS is there.
func Database(t testing.TB) string {
	t.Helper()
	startOnce.Do(func() { shared, sharedErr = Start() })
	if sharedErr != nil {
		t.Fatal(sharedErr)
	}
	name := fmt.Sprintf("t%d_%d", os.Getpid(), sequence.Add(1))
	if err := shared.create(name); err != nil {
		t.Fatal(err)
	}
	return shared.URL(name)
}

// Start starts a cluster of its own, for tests that kill or restart the server, with settings, as "shared_buffers=1GB", that go
// before the usual ones. The caller stops it.
func Start(settings ...string) (*Cluster, error) {
	bin, err := serverBin()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "muchan-pg-")
	if err != nil {
		return nil, err
	}
	c := &Cluster{dir: dir, settings: settings}
	if err := c.initdb(bin); err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	if c.port, err = freePort(); err != nil {
		return nil, err
	}
	if err := c.Launch(); err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	return c, c.exec("template1", "CREATE EXTENSION postgis")
}

// URL returns the superuser connection URL of a database in the cluster.
func (c *Cluster) URL(database string) string {
	u := url.URL{Scheme: "postgres", User: url.User("postgres"), Host: net.JoinHostPort("127.0.0.1", strconv.Itoa(c.port)), Path: database}
	return u.String()
}

// Create makes an empty database with PostGIS and returns its URL.
func (c *Cluster) Create(name string) (string, error) { return c.URL(name), c.create(name) }

// PID returns the postmaster's process id.
func (c *Cluster) PID() int { return c.cmd.Process.Pid }

// Launch starts the server on the cluster's directory and port and waits until it answers. Start has called it already; call it
// again after Kill.
func (c *Cluster) Launch() error {
	bin, err := serverBin()
	if err != nil {
		return err
	}
	c.cmd = exec.Command(filepath.Join(bin, "postgres"), "-D", filepath.Join(c.dir, "data"),
		"-c", "listen_addresses=127.0.0.1", "-c", "port="+strconv.Itoa(c.port), "-c", "unix_socket_directories="+c.dir,
		"-c", "fsync=off", "-c", "full_page_writes=off", "-c", "shared_buffers=256MB", "-c", "max_connections=60", "-c", "log_min_messages=fatal",
		"-c", "wal_level=minimal", "-c", "max_wal_senders=0", "-c", "max_parallel_workers_per_gather=0")
	for _, setting := range c.settings {
		c.cmd.Args = append(c.cmd.Args, "-c", setting)
	}
	c.cmd.SysProcAttr = asPostgres()
	c.cmd.Dir = c.dir
	c.done = make(chan error, 1)
	started := make(chan error, 1)
	go func() {
		// The kernel ties Pdeathsig to the thread that forked: keep it, so that the server never outlives the tests.
		runtime.LockOSThread()
		err := c.cmd.Start()
		started <- err
		if err == nil {
			c.done <- c.cmd.Wait()
		}
	}()
	if err := <-started; err != nil {
		return fmt.Errorf("start postgres: %w", err)
	}
	return c.await()
}

// Kill ends the server at once, as a crash would, and waits for it.
func (c *Cluster) Kill() {
	c.cmd.Process.Signal(syscall.SIGQUIT)
	<-c.done
}

// Stop ends the server and removes its directory.
func (c *Cluster) Stop() {
	c.Kill()
	os.RemoveAll(c.dir)
}

func (c *Cluster) await() error {
	deadline := time.Now().Add(30 * time.Second)
	for {
		err := c.exec("template1", "SELECT 1")
		if err == nil || time.Now().After(deadline) {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func (c *Cluster) create(name string) error {
	return c.exec("postgres", "CREATE DATABASE "+pgx.Identifier{name}.Sanitize())
}

func (c *Cluster) exec(database, sql string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, c.URL(database))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, sql)
	return err
}

func (c *Cluster) initdb(bin string) error {
	if attr := asPostgres(); attr.Credential != nil {
		if err := os.Chown(c.dir, int(attr.Credential.Uid), int(attr.Credential.Gid)); err != nil {
			return err
		}
	}
	cmd := exec.Command(filepath.Join(bin, "initdb"), "-D", filepath.Join(c.dir, "data"), "-U", "postgres", "-A", "trust",
		"-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	cmd.SysProcAttr = asPostgres()
	cmd.Dir = c.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return nil
}

// asPostgres lets root run the server as the user postgres, which it insists on.
func asPostgres() *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if os.Geteuid() != 0 {
		return attr
	}
	if u, err := user.Lookup("postgres"); err == nil {
		uid, _ := strconv.ParseUint(u.Uid, 10, 32)
		gid, _ := strconv.ParseUint(u.Gid, 10, 32)
		attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	return attr
}

// serverBin finds the newest server that has PostGIS.
func serverBin() (string, error) {
	dirs, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	slices.Sort(dirs)
	slices.Reverse(dirs)
	for _, bin := range dirs {
		version := filepath.Base(filepath.Dir(filepath.Dir(bin)))
		if _, err := os.Stat(filepath.Join("/usr/share/postgresql", version, "extension/postgis.control")); err == nil {
			return filepath.Dir(bin), nil
		}
	}
	return "", fmt.Errorf("no PostgreSQL with PostGIS found: run `make setup` as root on Debian, or install postgresql and postgis")
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
