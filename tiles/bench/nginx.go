package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// config serves files that are packed already. nginx keeps them open, and writes no log.
const config = `daemon off; worker_processes auto; pid %[1]s/nginx.pid; error_log %[1]s/error.log; %[3]s
events { worker_connections 256; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; open_file_cache max=10000; types { }
  default_type application/vnd.mapbox-vector-tile;
  client_body_temp_path %[1]s/t1; proxy_temp_path %[1]s/t2; fastcgi_temp_path %[1]s/t3; uwsgi_temp_path %[1]s/t4; scgi_temp_path %[1]s/t5;
  server { listen %[2]s; root %[1]s/files; add_header Content-Encoding gzip; }
}
`

// withNginx runs nginx with a file for each tile while something is measured.
func (b *bench) withNginx(ctx context.Context, measure func(url string) error) error {
	dir := filepath.Join(b.dir, "nginx")
	for _, list := range b.lists {
		for i, at := range list.at {
			file := filepath.Join(dir, "files", path(at))
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				return err
			}
			if err := os.WriteFile(file, list.bodies[i], 0o644); err != nil {
				return err
			}
		}
	}
	address, err := freeAddress()
	if err != nil {
		return err
	}
	user := ""
	if os.Geteuid() == 0 {
		user = "user root;" // its workers would be nobody and read nothing
	}
	file := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(file, fmt.Appendf(nil, config, dir, address, user), 0o644); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "nginx", "-p", dir, "-c", file, "-e", filepath.Join(dir, "error.log"))
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	if err := cmd.Start(); err != nil {
		return err
	}
	defer func() {
		_ = cmd.Process.Signal(syscall.SIGTERM) // it may have ended by itself
		_ = cmd.Wait()
	}()
	if err := await(ctx, address); err != nil {
		return fmt.Errorf("nginx: %w\n%s", err, &out)
	}
	return measure("http://" + address)
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// await waits until somebody listens.
func await(ctx context.Context, address string) (err error) {
	for range 100 {
		var c net.Conn
		if c, err = net.Dial("tcp", address); err == nil {
			return c.Close()
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
	return err
}
