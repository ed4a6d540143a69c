package api

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"muchan/parcels"
)

// kind is the type of a parameter's value.
type kind int

const (
	textParam kind = iota
	integerParam
	bboxParam
	timeParam
	wordParam // one of a list
	numberParam
	flagParam
	dayParam
)

// param is one query parameter a route understands.
type param struct {
	name     string
	kind     kind
	words    []string // wordParam
	min, max int      // integerParam; the length for textParam
	clamp    bool     // a larger integer counts as max
	standard string   // the value when it is left out; "" for none
	doc      words
}

// maxText bounds a text parameter that says nothing else, in characters.
const maxText = 200

// checkQuery reads the query by the parameters a route declares. Whatever is undeclared, repeated or malformed is refused.
func checkQuery(raw string, declared []param) (map[string]string, error) {
	if raw == "" && !slices.ContainsFunc(declared, func(p param) bool { return p.standard != "" }) {
		return nil, nil
	}
	query, err := url.ParseQuery(raw)
	if err != nil {
		return nil, badParameter("", words{"查询字符串无法解析", "the query string cannot be read"})
	}
	values := make(map[string]string, len(declared))
	for i := range declared {
		values[declared[i].name] = declared[i].standard
	}
	for _, name := range sortedKeys(query) {
		i := slices.IndexFunc(declared, func(p param) bool { return p.name == name })
		if i < 0 {
			return nil, unknownParameter(name, declared)
		}
		if len(query[name]) > 1 {
			return nil, badParameter(name, words{"参数重复", "the parameter is repeated"})
		}
		value, err := declared[i].read(query[name][0])
		if err != nil {
			return nil, err
		}
		values[name] = value
	}
	return values, nil
}

// refuseSecrets refuses a secret in the address before anything else is looked at.
func refuseSecrets(raw string) error {
	if raw == "" {
		return nil
	}
	query, _ := url.ParseQuery(raw) // whatever could be read of it
	if !slices.ContainsFunc(secretNames, query.Has) {
		return nil
	}
	return &fault{status: http.StatusBadRequest, code: "secret_in_address", parameter: "token", detail: words{
		"地址中不允许携带令牌：地址会留在日志和浏览记录里，请改用 Authorization: Bearer 请求头",
		"a token must not stand in an address, because addresses are kept in logs and histories: send the header Authorization: Bearer",
	}}
}

// secretNames are parameters by which secrets get into addresses.
var secretNames = []string{"token", "access_token", "api_key", "apikey", "password"}

func sortedKeys(query url.Values) []string {
	names := make([]string, 0, len(query))
	for name := range query {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func unknownParameter(name string, declared []param) error {
	known := make([]string, len(declared))
	for i := range declared {
		known[i] = declared[i].name
	}
	list := strings.Join(known, ", ")
	if list == "" {
		return badParameter(name, words{"此资源不接受查询参数", "this resource takes no parameters"})
	}
	return badParameter(name, words{"未知参数；可用参数：" + list, "unknown parameter; known here: " + list})
}

// read checks one value and returns it in its plain form.
func (p *param) read(value string) (string, error) {
	if !utf8.ValidString(value) || strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return "", badParameter(p.name, words{"含有不可打印的字符", "the value holds characters that cannot be printed"})
	}
	switch p.kind {
	case integerParam:
		return p.readInteger(value)
	case wordParam:
		if !slices.Contains(p.words, value) {
			list := strings.Join(p.words, ", ")
			return "", badParameter(p.name, words{"应为以下之一：" + list, "must be one of " + list})
		}
	case numberParam:
		if _, err := finite(value); err != nil {
			return "", badParameter(p.name, words{"应为数字", "must be a number"})
		}
	case flagParam:
		if value != "true" && value != "false" {
			return "", badParameter(p.name, words{"应为 true 或 false", "must be true or false"})
		}
	case dayParam:
		if _, err := parcels.ParseDate(value); err != nil {
			return "", badParameter(p.name, words{"应为日期 YYYY-MM-DD", "must be a date YYYY-MM-DD"})
		}
	case bboxParam:
		if _, err := parseBBox(value); err != nil {
			return "", err
		}
	case timeParam:
		if _, err := parseDatetime(value); err != nil {
			return "", err
		}
	case textParam:
		if n := utf8.RuneCountInString(value); n > p.longest() || n < p.min {
			return "", badParameter(p.name, words{
				fmt.Sprintf("长度应为 %d 到 %d 个字符", p.min, p.longest()),
				fmt.Sprintf("must have %d to %d characters", p.min, p.longest()),
			})
		}
	}
	return value, nil
}

func (p *param) longest() int {
	if p.max > 0 {
		return p.max
	}
	return maxText
}

func (p *param) readInteger(value string) (string, error) {
	n, err := strconv.Atoi(value)
	tooBig := err == nil && n > p.max || isOverflow(err) && !strings.HasPrefix(value, "-")
	switch {
	case tooBig && p.clamp:
		return strconv.Itoa(p.max), nil
	case err != nil || n < p.min || n > p.max || value[0] == '+':
		return "", badParameter(p.name, words{
			fmt.Sprintf("应为 %d 到 %d 之间的整数", p.min, p.max),
			fmt.Sprintf("must be a whole number from %d to %d", p.min, p.max),
		})
	}
	return strconv.Itoa(n), nil
}
