package api

import (
	"net/http"
	"slices"

	"muchan/api/audit"
)

// table lists every route of the service.
func table() []route {
	return slices.Concat(
		healthRoutes, sessionRoutes, tileRoutes, zoneRoutes, staffRoutes,
		parkRoutes, firmRoutes, runRoutes, runFirmRoutes, caseRoutes, classRoutes, ruleRoutes, ruleTextRoutes,
		whatIfRoutes, aggregateRoutes, exitRoutes,
		matchRoutes,
		targetRoutes,
		zoneIndicatorRoutes, landRoutes,
		qualityRoutes, exportRoutes, printRoutes, tableRoutes,
		importRoutes, changeRoutes, accountRoutes,
		potentialRoutes, admissionRoutes, controlRoutes, withinRoutes,
		ogcRoutes(), documentRoutes(), pageRoutes,
	)
}

const get = http.MethodGet

var healthRoutes = []route{
	{
		method: get, pattern: "/livez", who: anyone, cache: neverKept, tag: "health", media: "text/plain",
		doc: words{"进程存活", "the process answers"}, handle: (*call).livez,
	},
	{
		method: get, pattern: "/readyz", who: anyone, cache: neverKept, tag: "health", media: "text/plain",
		doc: words{"可以接收请求", "ready for requests"}, handle: (*call).readyz,
	},
}

var sessionRoutes = []route{
	{
		method: get, pattern: "/api/v1/session", who: anyone, cache: neverKept, tag: "session", answer: sessionDoc{},
		doc: words{"当前登录", "who is signed in"}, handle: (*call).readSession,
	},
	{
		method: http.MethodPost, pattern: "/api/v1/session", who: anyone, cache: neverKept, tag: "session", answer: sessionDoc{},
		body: schema{
			"type": "object", "additionalProperties": false,
			"properties": schema{"token": schema{"type": "string"}, "name": schema{"type": "string"}, "password": schema{"type": "string"}},
		},
		doc: words{"用令牌或用户名和密码登录", "sign in by token, or by name and password"}, handle: (*call).signIn,
	},
	{
		method: http.MethodDelete, pattern: "/api/v1/session", who: anyone, cache: neverKept, tag: "session",
		doc: words{"退出登录", "sign out"}, handle: (*call).signOut,
	},
}

const tilePattern = "/tiles/{layer}/{z}/{x}/{y}.mvt"

var tileRoutes = []route{
	{
		method: get, pattern: "/tiles/{layer}.json", who: anyone, cache: revalidate, image: true, tag: "tiles",
		params: []param{yearParam}, doc: words{"TileJSON 3.0", "TileJSON 3.0"}, handle: (*call).tileJSON,
	},
	{
		method: get, pattern: tilePattern, who: anyone, cache: revalidate, image: true, secret: true, tag: "tiles",
		media: mvt, params: tileParams, doc: words{"矢量瓦片", "vector tile"}, handle: (*call).tile,
	},
}

// zoneRoutes are for everybody, each reader with the fields of his audience.
var zoneRoutes = []route{
	{
		method: get, pattern: "/api/v1/meta", who: anyone, cache: revalidate, image: true, secret: true, tag: "zone", answer: metaDoc{},
		params: []param{yearParam}, doc: words{"服务、年度、图层和图例", "service, years, layers and legends"}, handle: (*call).meta,
	},
	{
		method: get, pattern: "/api/v1/parcels/{code}", who: anyone, cache: revalidate, image: true, secret: true, tag: "zone", answer: parcelDoc{},
		params: []param{yearParam}, doc: words{"一宗地的全部内容", "everything about one parcel"}, handle: (*call).parcel,
	},
}

var staffRoutes = []route{
	{
		method: get, pattern: "/api/v1/summary", who: viewers, cache: revalidate, image: true, secret: true, tag: "zone", answer: summaryDoc{},
		params: []param{yearParam, parkParam}, doc: words{"各园区合计", "totals by park"}, handle: (*call).summary,
	},
	{
		method: get, pattern: "/api/v1/scores", who: viewers, cache: revalidate, image: true, secret: true, tag: "zone", answer: scoresSchema(),
		params: scoreParams, doc: words{"宗地清单", "list of parcels"}, handle: (*call).scores,
	},
	{
		method: get, pattern: "/api/v1/idle", who: viewers, cache: revalidate, image: true, secret: true, tag: "zone", answer: idleList{},
		params: idleParams, doc: words{"疑似闲置土地和厂房", "suspected idle land and plants"}, handle: (*call).idle,
	},
	{
		method: get, pattern: "/api/v1/firms/{uscc}", who: analysts, cache: revalidate, image: true, secret: true, tag: "zone", answer: firmDoc{},
		params: []param{yearParam}, doc: words{"企业、评价和用地", "a firm, its evaluation and its land"}, handle: (*call).firm,
	},
	{
		method: get, pattern: "/api/v1/audit", who: admins, cache: neverKept, secret: true, tag: "admin", answer: []audit.Entry{},
		params: auditParams,
		doc:    words{"审计日志", "the audit record"}, handle: (*call).auditLines,
	},
}

func ogcRoutes() []route {
	row := func(path, media string, answer any, doc words, handle func(*call) error) route {
		return route{
			method: get, pattern: ogcRoot + path, who: anyone, cache: revalidate, image: true, tag: "ogc", media: media, answer: answer,
			params: []param{formatParam}, doc: doc, handle: handle,
		}
	}
	features := func(path string, doc words, handle func(*call) error) route {
		r := row(path, geoJSONType, nil, doc, handle)
		r.secret = true
		return r
	}
	items := features("/collections/{collection}/items", words{"要素", "features"}, (*call).items)
	items.params, items.more = itemParams, (*call).queryables
	item := features("/collections/{collection}/items/{fid}", words{"一个要素", "one feature"}, (*call).item)
	item.params = []param{formatParam, yearParam}
	return []route{
		row("", "", landingDoc{}, words{"入口", "landing page"}, (*call).landing),
		row("/conformance", "", conformanceDoc{}, words{"符合性", "conformance"}, (*call).conformance),
		row("/api", openAPIType, nil, words{"本接口的说明", "this document"}, (*call).ogcDocument),
		row("/collections", "", collectionsDoc{}, words{"图层", "collections"}, (*call).collections),
		row("/collections/{collection}", "", collectionDoc{}, words{"一个图层", "one collection"}, (*call).collection),
		row("/collections/{collection}/queryables", schemaType, nil, words{"可查询字段", "queryables"}, (*call).queryablesDoc),
		row("/collections/{collection}/schema", schemaType, nil, words{"字段", "schema"}, (*call).schemaDoc),
		items, item,
	}
}

func documentRoutes() []route {
	return []route{{
		method: get, pattern: "/api/v1/openapi.json", who: anyone, cache: revalidate, tag: "zone",
		doc: words{"OpenAPI 3.0.3 说明", "OpenAPI 3.0.3"}, handle: (*call).apiDocument,
	}}
}

var pageRoutes = []route{{
	method: get, pattern: archivePath, who: anyone, cache: revalidate, tag: "page", media: "application/vnd.pmtiles",
	doc: words{"底图文件，按字节范围读取", "the basemap's archive, by byte ranges"}, handle: (*call).serveArchive,
}, {
	method: get, pattern: "/{path...}", who: anyone, cache: revalidate, tag: "page", media: "text/html",
	doc: words{"网页", "the page"}, handle: (*call).servePage,
}}
