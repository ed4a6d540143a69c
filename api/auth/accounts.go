package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// TokenPrefix starts every token, so that secret scanners and people recognise one.
const TokenPrefix = "muchan_"

// Accounts is the accounts file. All methods may be called at the same time and by several processes.
type Accounts struct {
	path string
	now  func() time.Time

	mu    sync.Mutex
	stamp stamp
	file  file
	token map[string]tokenAt // by hash
}

type tokenAt struct{ account, token int }

// Open reads the accounts file at path; a file that does not exist has no accounts and is created by the first change. now nil
// means time.Now.
func Open(path string, now func() time.Time) (*Accounts, error) {
	if now == nil {
		now = time.Now
	}
	a := &Accounts{path: path, now: now}
	a.mu.Lock()
	defer a.mu.Unlock()
	return a, a.refresh()
}

// Add creates an account without password and token.
func (a *Accounts) Add(name string, role Role) error {
	return a.change(func(f *file) error {
		switch {
		case !validName(name):
			return ErrBadName
		case !validRole(role):
			return ErrBadRole
		case f.account(name) != nil:
			return ErrTaken
		}
		f.Accounts = append(f.Accounts, Account{Name: name, Role: role, Created: a.now().UTC()})
		return nil
	})
}

// SetRole changes an account's role; its sessions end.
func (a *Accounts) SetRole(name string, role Role) error {
	if !validRole(role) {
		return ErrBadRole
	}
	return a.edit(name, func(acc *Account) error { acc.Role = role; return nil })
}

// Disable shuts an account out, or lets it in again. Its sessions end and its tokens are refused while it is disabled.
func (a *Accounts) Disable(name string, disabled bool) error {
	return a.edit(name, func(acc *Account) error { acc.Disabled = disabled; return nil })
}

// SetPassword sets an account's password; "" removes it. Sessions signed in with the old one end.
func (a *Accounts) SetPassword(name, password string) error {
	hash, err := passwordHash(password)
	if err != nil {
		return err
	}
	return a.edit(name, func(acc *Account) error { acc.Password = hash; return nil })
}

// passwordHash is what is kept of a password, "" for none.
func passwordHash(password string) (string, error) {
	if password == "" {
		return "", nil
	}
	if n := len([]rune(password)); n < 12 || n > 256 {
		return "", ErrShort
	}
	return hashPassword(password), nil
}

// NewToken makes a token for an account and returns its identifier and the secret, which is shown only now. A zero expires means
// that the token does not expire.
func (a *Accounts) NewToken(name, note string, expires time.Time) (id, secret string, err error) {
	secret = TokenPrefix + rand.Text() + rand.Text() // 2 × 130 bits
	id = strings.ToLower(rand.Text()[:8])
	err = a.edit(name, func(acc *Account) error {
		acc.Tokens = append(acc.Tokens, Token{ID: id, Hash: hashToken(secret), Note: note, Created: a.now().UTC(), Expires: expires})
		return nil
	})
	return id, secret, err
}

// RevokeToken disables one token of an account; sessions signed in with it end.
func (a *Accounts) RevokeToken(name, id string) error {
	return a.change(func(f *file) error { return f.revoke(name, id) })
}

// List returns the accounts by name. Hashes are left out.
func (a *Accounts) List() ([]Account, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.refresh(); err != nil {
		return nil, err
	}
	list := make([]Account, len(a.file.Accounts))
	for i, acc := range a.file.Accounts {
		list[i] = acc.open()
	}
	slices.SortFunc(list, func(x, y Account) int { return strings.Compare(x.Name, y.Name) })
	return list, nil
}

// ByToken says whose token a secret is. It fails with ErrWrong when it is nobody's, expired or disabled.
func (a *Accounts) ByToken(secret string) (Identity, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.refresh(); err != nil {
		return Identity{}, err
	}
	hash := hashToken(secret)
	at, ok := a.token[hash]
	if !ok {
		return Identity{}, ErrWrong
	}
	acc := &a.file.Accounts[at.account]
	t := acc.Tokens[at.token]
	if subtle.ConstantTimeCompare([]byte(t.Hash), []byte(hash)) != 1 || acc.Disabled || !t.live(a.now()) {
		return Identity{}, ErrWrong
	}
	return Identity{Name: acc.Name, Role: acc.Role, TokenID: t.ID, Expires: t.Expires}, nil
}

// ByPassword says who signs in with a name and a password. It takes the same time whether the name exists or not.
func (a *Accounts) ByPassword(name, password string) (Identity, error) {
	acc, _, err := a.find(name)
	if err != nil {
		return Identity{}, err
	}
	if !checkPassword(acc.Password, password) || acc.Disabled {
		return Identity{}, ErrWrong
	}
	return Identity{Name: acc.Name, Role: acc.Role}, nil
}

// find returns a copy of an account, the zero Account when there is none.
func (a *Accounts) find(name string) (Account, bool, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.refresh(); err != nil {
		return Account{}, false, err
	}
	if acc := a.file.account(name); acc != nil {
		return *acc, true, nil
	}
	return Account{}, false, nil
}

func (a *Accounts) edit(name string, change func(*Account) error) error {
	return a.change(func(f *file) error {
		acc := f.account(name)
		if acc == nil {
			return fmt.Errorf("%w: %s", ErrNoName, name)
		}
		return change(acc)
	})
}

func hashToken(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
