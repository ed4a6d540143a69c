package api

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"muchan/api/auth"
	"muchan/parcels"
)

// Problem is the body of every error: RFC 9457, and the exception of OGC API Features 1.0 in code and description.
type Problem struct {
	Type        string      `json:"type"`
	Title       string      `json:"title"`
	Status      int         `json:"status"`
	Detail      string      `json:"detail"`
	Instance    string      `json:"instance"`
	Code        string      `json:"code"`
	Description string      `json:"description"`
	Reason      string      `json:"reason,omitempty"` // what a check said, in its own words, which are English
	Errors      []Misplaced `json:"errors,omitempty"`
	Next        *Next       `json:"next,omitempty"`
}

// Next says how a matter stands whose act was refused, and which act could follow.
type Next struct {
	State   string   `json:"state"`
	Seq     int      `json:"seq"` // of the act that could follow
	Allowed []string `json:"allowed"`
}

// Misplaced says which parameter is wrong, or which line of a text.
type Misplaced struct {
	Parameter string `json:"parameter"`
	Line      int    `json:"line,omitempty"` // of the parameter's text, from 1
	Detail    string `json:"detail"`
}

// misplaced is a Misplaced before its language is chosen.
type misplaced struct {
	parameter string
	line      int
	detail    words
}

// fault is an answer that is not what was asked for.
type fault struct {
	status    int
	code      string
	detail    words
	parameter string        // the one that is wrong; "" for none
	wrong     []misplaced   // where several places are
	reason    string        // what a check said, in its own words, which are English
	wait      time.Duration // Retry-After
	allow     string
	next      *Next
	cause     error // for the log
}

// Error is for the log; the reader gets the Problem.
func (f *fault) Error() string {
	if f.cause != nil {
		return f.code + ": " + f.cause.Error()
	}
	return f.code + ": " + f.detail.en
}

// Unwrap returns the cause.
func (f *fault) Unwrap() error { return f.cause }

func badParameter(name string, detail words) error {
	if name != "" {
		detail = words{"参数 " + printable(name) + "：" + detail.zh, "parameter " + printable(name) + ": " + detail.en}
	}
	return &fault{status: http.StatusBadRequest, code: "invalid_parameter", detail: detail, parameter: printable(name)}
}

// printable cuts what a stranger wrote before it is echoed.
func printable(s string) string {
	const longest = 40
	r := []rune(s)
	if len(r) > longest {
		r = append(r[:longest:longest], '…')
	}
	for i, c := range r {
		if !strconv.IsPrint(c) {
			r[i] = '�'
		}
	}
	return string(r)
}

func notFound(zh, en string) error {
	return &fault{status: http.StatusNotFound, code: "not_found", detail: words{zh, en}}
}

var (
	errSignIn = &fault{status: http.StatusUnauthorized, code: "sign_in", detail: words{"请先登录", "please sign in"}}
	errWrong  = &fault{status: http.StatusUnauthorized, code: "wrong_credentials", detail: words{
		"用户名、密码或令牌不正确，或已失效", "name, password or token is wrong or no longer valid",
	}}
	errForbidden = &fault{status: http.StatusForbidden, code: "forbidden", detail: words{
		"当前账号无权查看此内容", "this account may not see this",
	}}
	errCrossSite = &fault{status: http.StatusForbidden, code: "cross_site", detail: words{
		"拒绝来自其他网站的请求", "requests from other sites are refused",
	}}
	errNotReady = &fault{status: http.StatusServiceUnavailable, code: "not_ready", wait: 2 * time.Second, detail: words{
		"数据正在载入，请稍候再试", "the data are being loaded; try again in a moment",
	}}
	errNoRecord = &fault{status: http.StatusServiceUnavailable, code: "not_recorded", wait: 30 * time.Second, detail: words{
		"审计日志暂时无法写入，因此不能提供涉密数据", "the audit record cannot be written, so confidential data are not given",
	}}
)

// kinds maps the error kinds of other rooms to answers. What is not listed is a fault of ours.
var kinds = []struct {
	err    error
	status int
	code   string
	detail words
}{
	{parcels.ErrNotFound, http.StatusNotFound, "not_found", words{"没有找到", "not found"}},
	{parcels.ErrExists, http.StatusConflict, "exists", words{"已经存在", "exists already"}},
	{parcels.ErrConflict, http.StatusConflict, "conflict", words{"与他人的办理冲突，请重新载入", "somebody else was faster; read it again"}},
	{parcels.ErrRefused, http.StatusUnprocessableEntity, "refused", words{"数据不符合规则，已拒绝", "the data break a rule and were refused"}},
	{parcels.ErrFilling, http.StatusServiceUnavailable, "unavailable", words{"正在导入数据或调整表结构，请等它结束后再试", "an import is filling the table, or its structure is being changed; try again when it has ended"}},
	{parcels.ErrUnavailable, http.StatusServiceUnavailable, "unavailable", words{"数据库暂时无法访问，请稍候再试", "the database cannot be reached; try again in a moment"}},
	{parcels.ErrNewer, http.StatusServiceUnavailable, "newer", words{"数据由更新版本的程序写入，请升级", "the data were written by a newer version; upgrade the program"}},
	{auth.ErrWrong, http.StatusUnauthorized, "wrong_credentials", errWrong.detail},
	{context.Canceled, 499, "canceled", words{"请求已取消", "the request was cancelled"}},
	{context.DeadlineExceeded, http.StatusServiceUnavailable, "timeout", words{"处理超时，请稍候再试", "this took too long; try again in a moment"}},
}

// asFault gives every error its answer.
func asFault(err error) *fault {
	var f *fault
	if errors.As(err, &f) {
		return f
	}
	if refused := (*parcels.RefusedError)(nil); errors.As(err, &refused) {
		return &fault{status: http.StatusUnprocessableEntity, code: "refused", reason: refused.Error(), cause: err, detail: words{
			"数据不符合规则，已拒绝：" + refused.Zh(), "the data break a rule and were refused: " + refused.Error(),
		}}
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return &fault{status: http.StatusRequestEntityTooLarge, code: "too_large", detail: words{"请求内容过大", "the request is too large"}, cause: err}
	}
	if act := (*parcels.ActError)(nil); errors.As(err, &act) {
		return actFault(act)
	}
	for _, k := range kinds {
		if errors.Is(err, k.err) {
			return &fault{status: k.status, code: k.code, detail: k.detail, cause: err}
		}
	}
	return &fault{status: http.StatusInternalServerError, code: "internal", cause: err, detail: words{
		"服务出现内部错误，已记录；请把请求编号告诉管理员", "something went wrong here and was logged; tell the administrator the request number",
	}}
}

// actFault says why an act was refused and how its matter stands.
func actFault(e *parcels.ActError) *fault {
	f := &fault{
		status: http.StatusUnprocessableEntity, code: "refused", cause: e, detail: words{e.Reason, e.ReasonEn},
		next: &Next{State: e.State, Seq: e.Seq, Allowed: e.Allowed},
	}
	if errors.Is(e, parcels.ErrConflict) {
		f.status, f.code = http.StatusConflict, "conflict"
	}
	return f
}

var titles = map[int]words{
	http.StatusBadRequest:            {"请求有误", "Bad request"},
	http.StatusUnauthorized:          {"需要登录", "Sign-in needed"},
	http.StatusForbidden:             {"没有权限", "Not allowed"},
	http.StatusNotFound:              {"没有找到", "Not found"},
	http.StatusMethodNotAllowed:      {"方法不允许", "Method not allowed"},
	http.StatusNotAcceptable:         {"没有这种格式", "No such format"},
	http.StatusConflict:              {"冲突", "Conflict"},
	http.StatusRequestEntityTooLarge: {"内容过大", "Too large"},
	http.StatusRequestURITooLong:     {"地址过长", "Address too long"},
	http.StatusUnsupportedMediaType:  {"不支持的格式", "Unsupported format"},
	http.StatusUnprocessableEntity:   {"已拒绝", "Refused"},
	http.StatusTooManyRequests:       {"尝试过多", "Too many attempts"},
	http.StatusInternalServerError:   {"内部错误", "Internal error"},
	http.StatusServiceUnavailable:    {"暂时不可用", "Not available now"},
}

// fail answers with a problem document.
func (c *call) fail(err error) {
	f := asFault(err)
	if f.status >= http.StatusInternalServerError {
		c.s.log.LogAttrs(c.r.Context(), slog.LevelError, "request failed", slog.String("request", c.id()),
			slog.String("route", c.template()), slog.Int("status", f.status), slog.Any("error", err))
	}
	p := Problem{
		Type: "about:blank", Title: titles[f.status].in(c.lang()), Status: f.status, Detail: f.detail.in(c.lang()),
		Instance: printablePath(c.r.URL.Path), Code: f.code,
	}
	if f.status >= http.StatusInternalServerError {
		p.Instance = "urn:muchan:request:" + c.id()
	}
	p.Description, p.Reason, p.Next = p.Detail, f.reason, f.next
	if f.parameter != "" {
		p.Errors = []Misplaced{{Parameter: f.parameter, Detail: p.Detail}}
	}
	for _, m := range f.wrong {
		p.Errors = append(p.Errors, Misplaced{m.parameter, m.line, m.detail.in(c.lang())})
	}
	body, _ := json.Marshal(p) // plain texts always marshal
	c.failHeaders(f)
	c.w.WriteHeader(f.status)
	if c.r.Method != http.MethodHead {
		_, _ = c.w.Write(append(body, '\n'))
	}
}

func (c *call) failHeaders(f *fault) {
	h := c.w.Header()
	for _, name := range []string{"ETag", "Content-Encoding", "Content-Length", "Last-Modified"} {
		h.Del(name)
	}
	h.Set("Content-Type", "application/problem+json; charset=utf-8")
	h.Set("Content-Language", c.lang())
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept-Language")
	if f.wait > 0 {
		h.Set("Retry-After", strconv.Itoa(max(1, int(f.wait.Round(time.Second)/time.Second))))
	}
	if f.allow != "" {
		h.Set("Allow", f.allow)
	}
	if f.status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", `Bearer realm="muchan"`)
	}
}
