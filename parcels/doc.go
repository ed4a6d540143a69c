// Package parcels holds the words of the zone: park, zone, parcel, building, firm, occupancy, figures, event and target, and how
// they change and are read. It knows no file format, no database and no rule; stores implement its Store, scoring reads its
// Snapshot.
//
// Three conventions hold for every entity. Missing is not zero: an optional number is an Opt, an empty text or a zero Date is
// missing. Money is Wan (万元), held exactly. Each entity has one Table that lists its columns once; SQL, CSV, XLSX, GeoJSON and
// the forms on the page are made from that list.
package parcels
