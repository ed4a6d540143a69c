package auth

import (
	"fmt"
	"slices"
)

// Edit is what is to be changed of an account; nil leaves a part as it is.
type Edit struct {
	Role     *Role
	Disabled *bool
	Password *string // "" removes it
}

// Change edits an account, all parts or none, and returns it without its secrets. It fails with ErrLastAdmin when no admin would be left
// who could sign in.
func (a *Accounts) Change(name string, e Edit) (Account, error) {
	hash := ""
	if e.Password != nil {
		var err error
		if hash, err = passwordHash(*e.Password); err != nil {
			return Account{}, err
		}
	}
	var changed Account
	err := a.change(func(f *file) error {
		acc := f.account(name)
		switch {
		case acc == nil:
			return fmt.Errorf("%w: %s", ErrNoName, name)
		case e.Role != nil && !validRole(*e.Role):
			return ErrBadRole
		}
		had := f.keepers(a)
		if e.Role != nil {
			acc.Role = *e.Role
		}
		if e.Disabled != nil {
			acc.Disabled = *e.Disabled
		}
		if e.Password != nil {
			acc.Password = hash
		}
		if had > 0 && f.keepers(a) == 0 {
			return ErrLastAdmin
		}
		changed = acc.open()
		return nil
	})
	return changed, err
}

// RevokeSpareToken is RevokeToken for whoever has no hand on the machine: it fails with ErrLastAdmin when no admin would be left who could
// sign in.
func (a *Accounts) RevokeSpareToken(name, id string) error {
	return a.change(func(f *file) error {
		had := f.keepers(a)
		if err := f.revoke(name, id); err != nil {
			return err
		}
		if had > 0 && f.keepers(a) == 0 {
			return ErrLastAdmin
		}
		return nil
	})
}

func (f *file) revoke(name, id string) error {
	acc := f.account(name)
	if acc == nil {
		return fmt.Errorf("%w: %s", ErrNoName, name)
	}
	i := slices.IndexFunc(acc.Tokens, func(t Token) bool { return t.ID == id })
	if i < 0 {
		return fmt.Errorf("%w: %s of account %s", ErrNoToken, id, name)
	}
	acc.Tokens[i].Disabled = true
	return nil
}

// keepers counts the admins who can sign in.
func (f *file) keepers(a *Accounts) int {
	n := 0
	for i := range f.Accounts {
		acc := &f.Accounts[i]
		way := acc.Password != "" || slices.ContainsFunc(acc.Tokens, func(t Token) bool { return t.live(a.now()) })
		if acc.Role == Admin && !acc.Disabled && way {
			n++
		}
	}
	return n
}

// open is a copy of an account that may be shown: without hashes.
func (acc Account) open() Account {
	acc.HasPassword, acc.Password = acc.Password != "", ""
	acc.Tokens = slices.Clone(acc.Tokens)
	for i := range acc.Tokens {
		acc.Tokens[i].Hash = ""
	}
	return acc
}
