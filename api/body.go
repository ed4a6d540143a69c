package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"reflect"
	"strings"
)

// readBody reads a JSON object, the whole body and nothing but it. Unknown members are refused. What is wrong is named by its member
// or position; values are not echoed, because a body may hold a password.
func (c *call) readBody(v any) error {
	if t, _, err := mime.ParseMediaType(c.r.Header.Get("Content-Type")); err != nil || t != "application/json" {
		return &fault{status: http.StatusUnsupportedMediaType, code: "unsupported_media_type", detail: words{
			"请求内容应为 application/json", "the body must be application/json",
		}}
	}
	d := json.NewDecoder(c.r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return badBody(err)
	}
	end := d.InputOffset()
	var tooLarge *http.MaxBytesError
	switch _, err := d.Token(); {
	case errors.Is(err, io.EOF):
		return nil
	case errors.As(err, &tooLarge):
		return err
	}
	return invalidBody("", words{
		fmt.Sprintf("JSON 对象在第 %d 字节结束，其后还有内容", end), fmt.Sprintf("the JSON object ends at byte %d and more follows", end),
	})
}

// badBody says what the decoder met.
func badBody(err error) error {
	var (
		tooLarge *http.MaxBytesError
		kind     *json.UnmarshalTypeError
		syntax   *json.SyntaxError
	)
	switch {
	case errors.As(err, &tooLarge):
		return err
	case errors.As(err, &kind) && kind.Field != "":
		return badMember(printable(kind.Field), wanted(kind))
	case errors.As(err, &syntax):
		return invalidBody("", words{
			fmt.Sprintf("第 %d 字节处不是合法的 JSON", syntax.Offset), fmt.Sprintf("this is no JSON at byte %d", syntax.Offset),
		})
	case errors.Is(err, io.EOF):
		return invalidBody("", words{"请求内容为空", "the body is empty"})
	case errors.Is(err, io.ErrUnexpectedEOF):
		return invalidBody("", words{"JSON 不完整，在结尾处中断", "the JSON breaks off at its end"})
	}
	// The decoder has no type for this one.
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		name = printable(strings.Trim(name, `"`))
		return badMember(name, words{"没有这个字段", "there is no such member"})
	}
	return invalidBody("", words{"请求内容不是所需的 JSON 对象", "the body is not the JSON object that is needed"})
}

// wanted says what a member should hold.
func wanted(e *json.UnmarshalTypeError) words {
	if strings.HasPrefix(e.Value, "number ") {
		return words{"数值超出范围", "the number is out of range"}
	}
	switch e.Type.Kind() {
	case reflect.Bool:
		return words{"应为 true 或 false", "must be true or false"}
	case reflect.String:
		return words{"应为文本", "must be a string"}
	case reflect.Slice:
		return words{"应为数组", "must be an array"}
	case reflect.Struct, reflect.Map:
		return words{"应为对象", "must be an object"}
	}
	return words{"应为数字", "must be a number"}
}

func badMember(name string, detail words) error {
	return invalidBody(name, words{"字段 " + name + "：" + detail.zh, "member " + name + ": " + detail.en})
}

func invalidBody(member string, detail words) error {
	return &fault{status: http.StatusBadRequest, code: "invalid_body", parameter: member, detail: detail}
}
