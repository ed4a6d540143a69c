package api

import (
	"fmt"
	"net/http"
	"os"
	"strconv"

	"muchan/tiles/pmtiles"
)

// archivePath is where the basemap's archive is fetched, part by part, when there is one.
const archivePath = "/basemap.pmtiles"

// readArchive takes what a basemap's archive says of itself.
func (b *Basemap) readArchive() error {
	f, err := os.Open(b.Archive)
	if err != nil {
		return fmt.Errorf("api: the basemap: %w", err)
	}
	defer f.Close()
	if b.info, err = pmtiles.ReadInfo(f); err != nil {
		return fmt.Errorf("api: the basemap %s: %w", b.Archive, err)
	}
	b.MaxZoom = b.info.MaxZoom
	return nil
}

// serveArchive hands out the parts of the basemap's archive that are asked for. A file that was exchanged has another tag, by which
// browsers see that what they know of the old one is void.
func (c *call) serveArchive() error {
	if c.s.Basemap == nil || c.s.Basemap.Archive == "" {
		return notFound("没有配置底图文件", "no archive is the basemap")
	}
	f, err := os.Open(c.s.Basemap.Archive)
	if err != nil {
		return err
	}
	defer f.Close()
	about, err := f.Stat()
	if err != nil {
		return err
	}
	h := c.w.Header()
	h.Set("Content-Type", "application/vnd.pmtiles")
	h.Set("ETag", `"`+strconv.FormatInt(about.Size(), 36)+"-"+strconv.FormatInt(about.ModTime().UnixNano(), 36)+`"`)
	http.ServeContent(c.w, c.r, "", about.ModTime(), f)
	return nil
}
