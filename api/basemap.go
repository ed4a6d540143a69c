package api

import (
	"errors"
	"net/url"
	"slices"
	"strings"

	"muchan/tiles/pmtiles"
)

// Basemap is a map of somebody else's that lies under the zone's own layers: pictures of other hosts, or an archive that lies here.
// Templates are the only reason for which a browser asks another host than this one, and the content security policy then allows
// exactly theirs.
type Basemap struct {
	Archive     string   // path of a PMTiles file of pictures or vector tiles, which stands instead of templates; "" for none
	Tiles       []string // https templates with {z}, {x} and {y}; equal maps on several hosts
	Names       []string // the same for place names, drawn above; may be empty
	Attribution string   // what its owner wants said
	MaxZoom     int      // the deepest level that it has

	info pmtiles.Info // of the archive
}

const deepestBasemap = 18

// Tianditu is the national map service (天地图) as a basemap, in Web Mercator, with its place names. The key is the operator's own.
func Tianditu(key string) *Basemap {
	var b Basemap
	for _, layer := range []struct {
		name  string
		tiles *[]string
	}{{"vec", &b.Tiles}, {"cva", &b.Names}} {
		for host := range 8 {
			*layer.tiles = append(*layer.tiles, "https://t"+string(rune('0'+host))+".tianditu.gov.cn/"+layer.name+"_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER="+
				layer.name+"&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk="+url.QueryEscape(key))
		}
	}
	b.Attribution, b.MaxZoom = "天地图", deepestBasemap
	return &b
}

// check refuses templates that are none and an archive that cannot be shown, and fills in the depth.
func (b *Basemap) check() error {
	if b == nil {
		return nil
	}
	if b.Archive != "" {
		return b.readArchive()
	}
	if len(b.Tiles) == 0 {
		return errors.New("api: a basemap needs a template of its tiles")
	}
	for _, t := range slices.Concat(b.Tiles, b.Names) {
		if _, err := origin(t); err != nil {
			return err
		}
	}
	if b.MaxZoom == 0 {
		b.MaxZoom = deepestBasemap
	}
	return nil
}

// origins are the hosts that the policy has to allow, each once.
func (b *Basemap) origins() []string {
	if b == nil {
		return nil
	}
	var all []string
	for _, t := range slices.Concat(b.Tiles, b.Names) {
		if o, err := origin(t); err == nil && !slices.Contains(all, o) {
			all = append(all, o)
		}
	}
	return all
}

// origin is the scheme and host of a template.
func origin(template string) (string, error) {
	u, err := url.Parse(template)
	placed := strings.Contains(template, "{z}") && strings.Contains(template, "{x}") && strings.Contains(template, "{y}")
	// The host goes into a header as it stands, so it may hold nothing that ends a source there.
	if err != nil || !placed || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || strings.ContainsAny(u.Host, " ;,'\"*{}") {
		return "", errors.New("api: a basemap is written as https://host/{z}/{x}/{y}.png")
	}
	return u.Scheme + "://" + u.Host, nil
}

// basemapDoc is what the page needs of it. It is public: the browser of every reader asks for the tiles.
type basemapDoc struct {
	Tiles       []string `json:"tiles"`
	Names       []string `json:"names"`
	Attribution string   `json:"attribution"`
	MaxZoom     int      `json:"max_zoom"`
	// Of an archive; "" and nil otherwise.
	Archive string   `json:"archive,omitempty"`
	MinZoom int      `json:"min_zoom,omitempty"`
	Layers  []string `json:"layers,omitempty"` // of vector tiles; pictures have none
}

func (b *Basemap) doc() *basemapDoc {
	if b == nil {
		return nil
	}
	doc := &basemapDoc{Tiles: append([]string{}, b.Tiles...), Names: append([]string{}, b.Names...), Attribution: b.Attribution, MaxZoom: b.MaxZoom}
	if b.Archive != "" {
		doc.Archive, doc.MinZoom, doc.Layers = archivePath, b.info.MinZoom, b.info.Layers
	}
	return doc
}
