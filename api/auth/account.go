package auth

import (
	"slices"
	"time"
	"unicode"
)

// Account is one person or program.
type Account struct {
	Name     string    `json:"name"`
	Role     Role      `json:"role"`
	Disabled bool      `json:"disabled,omitempty"`
	Password string    `json:"password,omitempty"` // argon2id hash, "" when only tokens are used
	Tokens   []Token   `json:"tokens,omitempty"`
	Created  time.Time `json:"created"`

	HasPassword bool `json:"-"` // in copies that leave the hash out
}

// Token is a secret for programs and for signing in, without the secret.
type Token struct {
	ID       string    `json:"id"`
	Hash     string    `json:"hash"` // SHA-256 of the secret, lower-case hex
	Note     string    `json:"note,omitempty"`
	Created  time.Time `json:"created"`
	Expires  time.Time `json:"expires,omitzero"` // zero: never
	Disabled bool      `json:"disabled,omitempty"`
}

func (t Token) live(now time.Time) bool {
	return !t.Disabled && (t.Expires.IsZero() || now.Before(t.Expires))
}

// Identity is who a request comes from.
type Identity struct {
	Name    string
	Role    Role
	TokenID string    // the token that was shown or signed in with, "" for a password
	Expires time.Time // when the session or token ends; zero: it does not
}

// file is the accounts file.
type file struct {
	Version  int       `json:"version"`
	Accounts []Account `json:"accounts"`
}

func (f *file) account(name string) *Account {
	for i := range f.Accounts {
		if f.Accounts[i].Name == name {
			return &f.Accounts[i]
		}
	}
	return nil
}

func validRole(r Role) bool { return slices.Contains(Roles, r) }

func validName(s string) bool {
	n := 0
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != '-' && r != '_' {
			return false
		}
		n++
	}
	return n >= 1 && n <= 64
}
