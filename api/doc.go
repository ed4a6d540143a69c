// Package api serves the zone over HTTP: the page, vector tiles, OGC API Features and JSON.
//
// One table, routes.go, lists every route with the lowest audience that may call it, how its answer may be cached, its
// parameters and its handler; the mux, the access policy, the OpenAPI documents and the tests are made from that table. Reads are
// answered from one Image, swapped whole, and never call a store. No handler takes fields away: a reader's audience picks tables
// that were built without them.
//
// It may import every room but the two stores and seeds; cmd hands it a store, rules, accounts and the page.
package api
