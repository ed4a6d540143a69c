package geo

import "fmt"

const esriCGCS = `GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],` +
	`PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`

const esriWGS = `GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],` +
	`UNIT["Degree",0.0174532925199433]]`

// ESRI returns the system as the well-known text that a .prj holds.
func (c CRS) ESRI() string {
	switch p := c.projection.(type) {
	case gaussKrueger:
		name := fmt.Sprintf("CGCS2000_3_Degree_GK_CM_%gE", p.centralMeridian)
		if p.falseEasting > 1e6 {
			name = fmt.Sprintf("CGCS2000_3_Degree_GK_Zone_%d", int(p.falseEasting/1e6))
		}
		return fmt.Sprintf(`PROJCS["%s",%s,PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",%.1f],PARAMETER["False_Northing",0.0],`+
			`PARAMETER["Central_Meridian",%.1f],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`,
			name, esriCGCS, p.falseEasting, p.centralMeridian)
	case webMercator:
		return `PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",` + esriWGS + `,PROJECTION["Mercator_Auxiliary_Sphere"],` +
			`PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",0.0],` +
			`PARAMETER["Standard_Parallel_1",0.0],PARAMETER["Auxiliary_Sphere_Type",0.0],UNIT["Meter",1.0]]`
	}
	if c.EPSG == 4490 {
		return esriCGCS
	}
	return esriWGS
}
