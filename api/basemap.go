package api

import (
	"errors"
	"net/url"
	"slices"
	"strings"
)

// Basemap is a raster map of somebody else's that lies under the zone's own layers. It is the only reason for which a browser asks
// another host than this one, and the content security policy then allows exactly the hosts of its templates.
type Basemap struct {
	Tiles       []string // https templates with {z}, {x} and {y}; equal maps on several hosts
	Names       []string // the same for place names, drawn above; may be empty
	Attribution string   // what its owner wants said
	MaxZoom     int      // the deepest level that it has
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

// check refuses templates that are none, and fills in the depth.
func (b *Basemap) check() error {
	if b == nil {
		return nil
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
}

func (b *Basemap) doc() *basemapDoc {
	if b == nil {
		return nil
	}
	return &basemapDoc{b.Tiles, append([]string{}, b.Names...), b.Attribution, b.MaxZoom}
}
