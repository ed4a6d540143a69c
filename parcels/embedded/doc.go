// Package embedded keeps everything in one GeoPackage file, which QGIS and GDAL open as it is. It knows SQLite and the GeoPackage
// format; what a change means it asks package parcels. Only cmd opens it; everybody else sees parcels.Store.
//
// DESIGN.md says why one file, how direct edits are noticed, and what was rejected.
package embedded
