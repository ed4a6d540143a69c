package api

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"muchan/tiles"
	"muchan/tiles/layers"
)

const mvt = "application/vnd.mapbox-vector-tile"

var tileParams = []param{
	yearParam,
	{name: "v", kind: textParam, min: 1, max: 100, doc: words{"数据版本标记，仅用于缓存", "mark of the data's version, for caches only"}},
}

// layer returns a table by its name in the path.
func (c *call) layer(name string) (*layers.Table, error) {
	if t, ok := c.image.Table(c.audience, name); ok {
		return t, nil
	}
	l, ok := layers.ByName(name)
	switch {
	case !ok:
		return nil, notFound("没有这个图层", "there is no such layer")
	case c.who.Name == "" && l.Audience > layers.Public:
		return nil, errSignIn
	}
	return nil, errForbidden
}

// tileJSON describes a layer's tiles, TileJSON 3.0.
func (c *call) tileJSON() error {
	t, err := c.layer(c.path("layer"))
	if err != nil {
		return err
	}
	base, err := c.base()
	if err != nil {
		return err
	}
	source := tiles.Source{
		URL: base + c.tilePath(t.Layer.Name), Version: fmt.Sprintf("1.0.%d", c.image.Snapshot.Version), Attribution: c.notice().Zh,
	}
	if d := c.image.drawings[c.audience][t.Layer.Name]; d.beside != nil {
		source.Beside = []layers.Layer{d.beside.Layer}
	}
	body, err := tiles.TileJSON(t, source)
	if err != nil {
		return fmt.Errorf("TileJSON: %w", err)
	}
	return c.bytes("application/json; charset=utf-8", body)
}

// tile answers with a vector tile, 204 when nothing is in it. Server-Timing says whether it lay ready or was made, to a signed-in reader
// also how long that took; to the public answers are the same whatever it took.
func (c *call) tile() error {
	t, err := c.layer(c.path("layer"))
	if err != nil {
		return err
	}
	at, err := c.tileAddress(t)
	if err != nil {
		return err
	}
	d, as, begun := c.image.drawings[c.audience][t.Layer.Name], preferred(c.r.Header.Get("Accept-Encoding")), time.Now()
	tile, ready := c.s.tiles.lookUp(d, at, as)
	timing := liesReady
	if !ready {
		if tile, err = c.s.tiles.make(c.r.Context(), c.client(), d, at, as); err != nil {
			c.s.metrics.tiles.WithLabelValues("refused").Inc()
			return err
		}
		if timing = []string{"made"}; c.who.Name != "" {
			timing = []string{fmt.Sprintf("made;dur=%.3f", time.Since(begun).Seconds()*1000)}
		}
	}
	if ready {
		c.s.metrics.keptTiles.Inc()
	} else {
		c.s.metrics.tiles.WithLabelValues("made").Inc()
	}
	ofDocuments.takeFrom(c.w.Header()) // errors keep them: a browser shows those
	c.w.Header()["Server-Timing"] = timing
	if v := c.text("v"); v != "" && c.who.Name == "" && v == c.image.tag(c.audience) {
		c.w.Header()["Cache-Control"] = keepsHour
	}
	tile.send(c.w, c.r)
	c.s.tiles.done(tile)
	return nil
}

// client is who waits in one queue for a turn: an account, or everybody behind an address.
func (c *call) client() string {
	if c.who.Name != "" {
		return "account " + c.who.Name
	}
	a := c.address()
	if a.Is6() && !a.Is4In6() {
		network, _ := a.Prefix(64) // one household
		return network.String()
	}
	return a.String()
}

// send answers with the tile, or that there is nothing in it, or that the reader has it; it returns the status.
func (t *keptTile) send(w http.ResponseWriter, r *http.Request) int {
	h, status := w.Header(), http.StatusOK
	switch {
	case len(t.body) == 0:
		status = http.StatusNoContent
	case matches(r.Header["If-None-Match"], t.tag):
		status = http.StatusNotModified
		t.tagged.setIn(h)
	default:
		t.about.setIn(h)
	}
	w.WriteHeader(status)
	if status == http.StatusOK && r.Method != http.MethodHead {
		_, _ = writeInOnePiece(w, r, t.body) // whom the reader has left has no use for an error
	}
	return status
}

// tileAddress tells a tile that does not exist from one that is not served at this zoom.
func (c *call) tileAddress(t *layers.Table) (tiles.Address, error) {
	z, x, y := c.path("z"), c.path("x"), c.path("y")
	if zoom, err := strconv.ParseUint(z, 10, 64); err == nil || errors.Is(err, strconv.ErrRange) && !strings.HasPrefix(z, "-") {
		if zoom > tiles.MaxZoom || int(zoom) < t.Layer.MinZoom {
			return tiles.Address{}, &fault{status: http.StatusNotFound, code: "zoom", detail: words{
				fmt.Sprintf("此图层的缩放级别为 %d 到 %d", t.Layer.MinZoom, tiles.MaxZoom),
				fmt.Sprintf("this layer has zoom levels %d to %d", t.Layer.MinZoom, tiles.MaxZoom),
			}}
		}
	}
	at, err := tiles.ParseAddress(z, x, y)
	if err != nil {
		return at, &fault{status: http.StatusBadRequest, code: "tile_address", cause: err, detail: words{
			"瓦片地址不正确：应为缩放级别、列、行，列和行为 0 到 2^缩放级别-1 的整数",
			"the tile address is wrong: zoom, column and row as whole numbers, columns and rows from 0 to 2^zoom-1",
		}}
	}
	return at, nil
}
