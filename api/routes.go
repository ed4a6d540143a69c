package api

import "net/http"

// table lists every route of the service.
func table() []route {
	return []route{
		{
			method: http.MethodGet, pattern: "/livez", who: anyone, cache: neverKept, tag: "health",
			doc: words{"进程存活", "the process answers"}, handle: (*call).livez,
		},
		{
			method: http.MethodGet, pattern: "/readyz", who: anyone, cache: neverKept, tag: "health",
			doc: words{"可以接收请求", "ready for requests"}, handle: (*call).readyz,
		},
		{
			method: http.MethodGet, pattern: "/api/v1/session", who: anyone, cache: neverKept, tag: "session",
			doc: words{"当前登录", "who is signed in"}, handle: (*call).readSession,
		},
		{
			method: http.MethodPost, pattern: "/api/v1/session", who: anyone, cache: neverKept, tag: "session",
			doc: words{"登录", "sign in"}, handle: (*call).signIn,
		},
		{
			method: http.MethodDelete, pattern: "/api/v1/session", who: anyone, cache: neverKept, tag: "session",
			doc: words{"退出登录", "sign out"}, handle: (*call).signOut,
		},
		{
			method: http.MethodGet, pattern: "/api/v1/meta", who: anyone, cache: revalidate, image: true, secret: true, tag: "zone",
			params: []param{yearParam}, doc: words{"服务、年度、图层和图例", "service, years, layers and legends"}, handle: (*call).meta,
		},
		{
			method: http.MethodGet, pattern: "/api/v1/runs", who: anyone, cache: revalidate, image: true, tag: "zone",
			params: []param{yearParam}, doc: words{"已公布的评价", "published runs"}, handle: (*call).runs,
		},
		{
			method: http.MethodGet, pattern: "/{path...}", who: anyone, cache: revalidate, tag: "page",
			doc: words{"网页", "the page"}, handle: (*call).servePage,
		},
	}
}
