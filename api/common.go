package api

var (
	yearParam = param{name: "year", kind: integerParam, min: 1900, max: 2200, doc: words{"数据年度，缺省为最新", "year of the figures; the latest by default"}}
	parkParam = param{name: "park", kind: textParam, min: 1, max: 16, doc: words{"园区代码", "park code"}}
)
