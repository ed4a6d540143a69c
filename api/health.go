package api

import "net/http"

// livez says that the process answers.
func (c *call) livez() error { return c.plain("ok") }

// readyz says that there is an image and that no stop was asked for.
func (c *call) readyz() error {
	if _, err := c.s.live.current(); err != nil {
		return err
	}
	if c.s.stopping.Load() {
		f := *errNotReady
		f.code, f.detail = "stopping", words{"服务正在停止", "the service is stopping"}
		return &f
	}
	return c.plain("ok")
}

func (c *call) plain(text string) error {
	c.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	c.w.WriteHeader(http.StatusOK)
	if c.r.Method != http.MethodHead {
		_, _ = c.w.Write([]byte(text + "\n"))
	}
	return nil
}
