package export

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"muchan/parcels"
	"muchan/tiles/layers"
)

// Style colours a layer by the values of one text field. The zero Field draws every feature in the first case's colours.
type Style struct {
	Field string
	Cases []Case // the one with value "" also takes features without a value and those of no other case
}

// Case is one value with its looks.
type Case struct {
	Value, Label string
	Color        string // #RRGGBB of the outline, and of the area unless Hollow
	Hollow       bool
	Hatched      bool // hatched besides, for those who do not see the colour
}

// StyleOf is the style of a published layer, by the best field its audience has.
func StyleOf(l layers.Layer) Style {
	switch l.Name {
	case layers.Parks:
		return Style{Cases: []Case{{Label: l.Title, Color: "#404040", Hollow: true}}}
	case layers.Zones:
		return Style{"kind", cases("zones.kind", zoneKinds, zoneColors)}
	case layers.Buildings:
		return Style{"use", cases("buildings.use", parcels.BuildingUses, buildingColors)}
	}
	return classStyle(l)
}

// classStyle colours parcels by class: the live one where the audience has it, else the published one.
func classStyle(l layers.Layer) Style {
	s := Style{Field: "published_class"}
	for _, f := range l.Fields {
		if f.Name == "class" {
			s.Field = "class"
		}
	}
	for _, look := range layers.Classes {
		s.Cases = append(s.Cases, Case{Value: string(look.Class), Label: look.Title, Color: look.Color, Hatched: look.Class == "D"})
	}
	return s
}

var zoneKinds = []string{
	parcels.ZoneFunctional, parcels.ZoneRenewal, parcels.ZoneBlockLine, parcels.ZoneRedLine, parcels.ZoneControlUnit, parcels.ZonePlannedUse,
	parcels.ZoneWater, parcels.ZoneRoad,
}

// The colours of zones and uses follow planning maps: water blue, roads grey, ecology green, industry brown.
var (
	zoneColors = map[string]string{
		parcels.ZoneFunctional: "#8073AC", parcels.ZoneRenewal: "#E08214", parcels.ZoneBlockLine: "#8C510A", parcels.ZoneRedLine: "#1B7837",
		parcels.ZoneControlUnit: "#525252", parcels.ZonePlannedUse: "#BF812D", parcels.ZoneWater: "#3288BD", parcels.ZoneRoad: "#969696",
	}
	buildingColors = map[string]string{
		"plant": "#B35806", "warehouse": "#FDB863", "office": "#542788", "dormitory": "#FEE0B6", "research": "#2166AC", "service": "#5AAE61",
		"other": "#BABABA",
	}
)

func cases(column string, values []string, colors map[string]string) []Case {
	var list []Case
	for _, v := range values {
		list = append(list, Case{Value: v, Label: parcels.EnumTitles[column][v], Color: colors[v]})
	}
	return append(list, Case{Label: "未登记", Color: "#D9D9D9"})
}

// QML is the style for QGIS.
func (s Style) QML() string {
	var categories, symbols strings.Builder
	for i, c := range s.Cases {
		fmt.Fprintf(&categories, `<category render="true" symbol="%d" value="%s" label="%s" type="string"/>`, i, escaped(c.Value), escaped(c.Label))
		fmt.Fprintf(&symbols, `<symbol name="%d" type="fill" alpha="1" clip_to_extent="1">%s</symbol>`, i, c.qmlLayers())
	}
	renderer := fmt.Sprintf(`<renderer-v2 type="categorizedSymbol" attr="%s" symbollevels="0"><categories>%s</categories><symbols>%s</symbols></renderer-v2>`,
		escaped(s.Field), categories.String(), symbols.String())
	if s.Field == "" {
		renderer = `<renderer-v2 type="singleSymbol" symbollevels="0"><symbols>` + symbols.String() + `</symbols></renderer-v2>`
	}
	return `<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'><qgis version="3.22" styleCategories="Symbology">` + renderer + `</qgis>`
}

func (c Case) qmlLayers() string {
	fill, style := rgb(c.Color)+",150", "solid"
	if c.Hollow {
		style = "no"
	}
	layer := fmt.Sprintf(`<layer class="SimpleFill" enabled="1" locked="0" pass="0"><prop k="color" v="%s"/><prop k="outline_color" v="%s,255"/>`+
		`<prop k="outline_style" v="solid"/><prop k="outline_width" v="0.4"/><prop k="style" v="%s"/></layer>`, fill, rgb(c.Color), style)
	if c.Hatched {
		layer += `<layer class="SimpleFill" enabled="1" locked="0" pass="0"><prop k="color" v="0,0,0,160"/><prop k="outline_style" v="no"/><prop k="style" v="b_diagonal"/></layer>`
	}
	return layer
}

// SLD is the same style by OGC's Styled Layer Descriptor 1.0, without the hatch, which it has no word for.
func (s Style) SLD(layer string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><StyledLayerDescriptor version="1.0.0" xmlns="http://www.opengis.net/sld" ` +
		`xmlns:ogc="http://www.opengis.net/ogc"><NamedLayer><Name>` + escaped(layer) + `</Name><UserStyle><FeatureTypeStyle>`)
	for _, c := range s.Cases {
		b.WriteString("<Rule><Title>" + escaped(c.Label) + "</Title>" + s.filter(c) + "<PolygonSymbolizer>")
		if !c.Hollow {
			fmt.Fprintf(&b, `<Fill><CssParameter name="fill">%s</CssParameter><CssParameter name="fill-opacity">0.6</CssParameter></Fill>`, c.Color)
		}
		fmt.Fprintf(&b, `<Stroke><CssParameter name="stroke">%s</CssParameter><CssParameter name="stroke-width">1</CssParameter></Stroke>`, c.Color)
		b.WriteString("</PolygonSymbolizer></Rule>")
	}
	b.WriteString(`</FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>`)
	return b.String()
}

func (s Style) filter(c Case) string {
	switch {
	case s.Field == "":
		return ""
	case c.Value == "":
		return "<ElseFilter/>"
	}
	return fmt.Sprintf(`<ogc:Filter><ogc:PropertyIsEqualTo><ogc:PropertyName>%s</ogc:PropertyName><ogc:Literal>%s</ogc:Literal></ogc:PropertyIsEqualTo></ogc:Filter>`,
		escaped(s.Field), escaped(c.Value))
}

// rgb turns #RRGGBB into the decimal triple QGIS wants.
func rgb(color string) string {
	n, _ := strconv.ParseUint(strings.TrimPrefix(color, "#"), 16, 32) // our own tables
	return fmt.Sprintf("%d,%d,%d", n>>16&255, n>>8&255, n&255)
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // into memory
	return b.String()
}
