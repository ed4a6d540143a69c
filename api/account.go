package api

import (
	"cmp"
	"errors"
	"net/http"
	"time"

	"muchan/api/auth"
)

var accountRoutes = []route{
	{
		method: get, pattern: "/api/v1/accounts", who: admins, cache: neverKept, secret: true, tag: "admin", answer: []accountDoc{},
		doc: words{"账号、角色、令牌（不含密文）及最近使用", "accounts, roles, tokens without their secrets, last use"}, handle: (*call).accounts,
	},
	{
		method: http.MethodPost, pattern: "/api/v1/accounts", who: admins, cache: neverKept, secret: true, tag: "admin", answer: newTokenDoc{},
		body: schema{
			"type": "object", "additionalProperties": false, "required": []string{"name", "role"},
			"properties": schema{"name": schema{"type": "string", "maxLength": 64}, "role": roleSchema, "note": noteSchema, "days": daysSchema},
		},
		doc: words{"新建账号，返回首个令牌，只显示这一次", "add an account; its first token is shown only in this answer"}, handle: (*call).addAccount,
	},
	{
		method: http.MethodPost, pattern: "/api/v1/accounts/{name}", who: admins, cache: neverKept, secret: true, tag: "admin", answer: accountDoc{},
		body: schema{
			"type": "object", "additionalProperties": false,
			"properties": schema{
				"role": roleSchema, "disabled": schema{"type": "boolean"},
				"password": schema{"type": "string", "maxLength": 256, "description": "12 to 256 characters; an empty one removes it"},
			},
		},
		doc: words{
			"修改角色、停用或启用、设置密码；最后一个可用的管理员不能停用或降级", "change role, disable or enable, set the password; the last admin who can sign in stays one",
		},
		handle: (*call).editAccount,
	},
	{
		method: http.MethodPost, pattern: "/api/v1/accounts/{name}/tokens", who: admins, cache: neverKept, secret: true, tag: "admin", answer: newTokenDoc{},
		body: schema{"type": "object", "additionalProperties": false, "properties": schema{"note": noteSchema, "days": daysSchema}},
		doc:  words{"新令牌，只显示这一次", "a new token, shown only in this answer"}, handle: (*call).addToken,
	},
	{
		method: http.MethodDelete, pattern: "/api/v1/accounts/{name}/tokens/{token}", who: admins, cache: neverKept, tag: "admin",
		doc: words{"作废一个令牌", "revoke a token"}, handle: (*call).revokeToken,
	},
}

var (
	roleSchema = schema{"type": "string", "enum": []string{string(auth.Viewer), string(auth.Analyst), string(auth.Admin)}}
	noteSchema = schema{"type": "string", "maxLength": maxText}
	daysSchema = schema{"type": "integer", "minimum": 0, "maximum": longestDays, "description": "until it expires; 0: it does not"}
)

// longestDays bounds the life of a token that has an end.
const longestDays = 3650

// accountDoc is an account without any secret.
type accountDoc struct {
	Name     string     `json:"name"`
	Role     string     `json:"role"`
	Disabled bool       `json:"disabled"`
	Password bool       `json:"password"` // it can sign in by one
	Created  time.Time  `json:"created"`
	LastUse  *time.Time `json:"last_use"` // last line of the audit record; null when there is none
	Tokens   []tokenDoc `json:"tokens"`
}

type tokenDoc struct {
	ID       string     `json:"id"`
	Note     string     `json:"note"`
	Created  time.Time  `json:"created"`
	Expires  *time.Time `json:"expires"` // null: never
	Disabled bool       `json:"disabled"`
}

// newTokenDoc is the only answer that holds a secret.
type newTokenDoc struct {
	Account string     `json:"account"`
	ID      string     `json:"id"`
	Token   string     `json:"token"`
	Expires *time.Time `json:"expires"`
}

func accountDocOf(a auth.Account, lastUse map[string]time.Time) accountDoc {
	doc := accountDoc{Name: a.Name, Role: string(a.Role), Disabled: a.Disabled, Password: a.HasPassword, Created: a.Created, Tokens: []tokenDoc{}}
	if at, ok := lastUse[a.Name]; ok {
		doc.LastUse = &at
	}
	for _, t := range a.Tokens {
		doc.Tokens = append(doc.Tokens, tokenDoc{t.ID, t.Note, t.Created, end(t.Expires), t.Disabled})
	}
	return doc
}

// end is when something expires, nil for never.
func end(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func (c *call) accounts() error {
	list, err := c.s.accounts.List()
	if err != nil {
		return err
	}
	lastUse, err := c.s.audit.LastUse()
	if err != nil {
		return err
	}
	docs := make([]accountDoc, 0, len(list))
	for _, a := range list {
		docs = append(docs, accountDocOf(a, lastUse))
	}
	return c.json(docs)
}

// tokenWish is what a new token shall be.
type tokenWish struct {
	Note string `json:"note"`
	Days int    `json:"days"`
}

func (w tokenWish) check() error {
	switch {
	case len([]rune(w.Note)) > maxText:
		return badMember("note", words{"过长", "it is too long"})
	case w.Days < 0 || w.Days > longestDays:
		return badMember("days", words{"应为 0 到 3650 之间的整数", "must be a whole number from 0 to 3650"})
	}
	return nil
}

func (c *call) addAccount() error {
	var b struct {
		tokenWish
		Name string `json:"name"`
		Role string `json:"role"`
	}
	if err := c.readBody(&b); err != nil {
		return err
	}
	if err := b.check(); err != nil {
		return err
	}
	if err := c.record("user_add", printable(b.Name)+" "+printable(b.Role)); err != nil {
		return err
	}
	if err := c.s.accounts.Add(b.Name, auth.Role(b.Role)); err != nil {
		return accountFault(err)
	}
	return c.giveToken(b.Name, b.tokenWish)
}

func (c *call) addToken() error {
	var b tokenWish
	if err := c.readBody(&b); err != nil {
		return err
	}
	if err := b.check(); err != nil {
		return err
	}
	if err := c.record("user_token", printable(c.path("name"))); err != nil {
		return err
	}
	return c.giveToken(c.path("name"), b)
}

// giveToken makes a token and answers with its secret, this once.
func (c *call) giveToken(name string, w tokenWish) error {
	var expires time.Time
	if w.Days > 0 {
		expires = c.s.Now().UTC().AddDate(0, 0, w.Days)
	}
	id, secret, err := c.s.accounts.NewToken(name, w.Note, expires)
	if err != nil {
		return accountFault(err)
	}
	return c.json(newTokenDoc{name, id, secret, end(expires)})
}

// editAccount changes what is named, all of it or nothing, and answers with the account as it is then.
func (c *call) editAccount() error {
	var b struct {
		Role     *string `json:"role"`
		Disabled *bool   `json:"disabled"`
		Password *string `json:"password"`
	}
	if err := c.readBody(&b); err != nil {
		return err
	}
	name := c.path("name")
	var edit auth.Edit
	acts := ""
	if b.Role != nil {
		role := auth.Role(*b.Role)
		edit.Role, acts = &role, acts+" role="+printable(*b.Role)
	}
	if b.Disabled != nil {
		edit.Disabled, acts = b.Disabled, acts+map[bool]string{true: " disable", false: " enable"}[*b.Disabled]
	}
	if b.Password != nil {
		edit.Password, acts = b.Password, acts+" password"
	}
	if acts == "" {
		return invalidBody("", words{"没有要修改的内容", "there is nothing to change"})
	}
	if err := c.record("user_edit", printable(name)+acts); err != nil {
		return err
	}
	account, err := c.s.accounts.Change(name, edit)
	if err != nil {
		return accountFault(err)
	}
	lastUse, err := c.s.audit.LastUse()
	if err != nil {
		return err
	}
	return c.json(accountDocOf(account, lastUse))
}

func (c *call) revokeToken() error {
	if err := c.record("user_revoke", printable(c.path("name"))+" "+printable(c.path("token"))); err != nil {
		return err
	}
	if err := c.s.accounts.RevokeSpareToken(c.path("name"), c.path("token")); err != nil {
		return accountFault(err)
	}
	c.w.WriteHeader(http.StatusNoContent)
	return nil
}

// accountFaults are what a data keeper can do about an error of auth.
var accountFaults = []struct {
	err    error
	status int
	code   string
	member string
	detail words
}{
	{auth.ErrNoName, http.StatusNotFound, "not_found", "", words{"没有这个账号", "there is no such account"}},
	{auth.ErrNoToken, http.StatusNotFound, "not_found", "", words{"没有这个令牌", "there is no such token"}},
	{auth.ErrTaken, http.StatusConflict, "taken", "name", words{"已有同名账号", "an account with this name exists already"}},
	{auth.ErrBadRole, http.StatusBadRequest, "invalid_body", "role", words{"角色应为 viewer、analyst 或 admin", "the role must be viewer, analyst or admin"}},
	{auth.ErrBadName, http.StatusBadRequest, "invalid_body", "name", words{
		"账号名为 1 到 64 个字母、汉字、数字、点、横线或下划线", "a name has 1 to 64 letters, digits, dots, dashes or underscores",
	}},
	{auth.ErrShort, http.StatusBadRequest, "invalid_body", "password", words{"密码应为 12 到 256 个字符", "a password has 12 to 256 characters"}},
	{auth.ErrLastAdmin, http.StatusUnprocessableEntity, "last_admin", "", words{
		"这是最后一个可用的管理员账号，不能停用或改为其他角色", "this is the last admin who can sign in: it can neither be disabled nor given another role",
	}},
}

func accountFault(err error) error {
	for _, f := range accountFaults {
		if errors.Is(err, f.err) {
			return &fault{status: f.status, code: cmp.Or(f.code, "refused"), parameter: f.member, detail: f.detail}
		}
	}
	return err
}
