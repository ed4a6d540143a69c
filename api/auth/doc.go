// Package auth says who may: accounts and their tokens in one small file, passwords, and sessions of the page.
//
// It knows names, roles and secrets; it knows no parcel, no route and no field. api asks it who a request comes from, cmd manages
// accounts through it. Secrets are stored as hashes only, and every change of the file acts at once, also when another process
// wrote it.
package auth

import "errors"

// Role is what an account may see and do; each includes the ones before it. No account is needed for the public.
type Role string

// The roles, lowest first.
const (
	Viewer  Role = "viewer"  // land bureau
	Analyst Role = "analyst" // zoning staff
	Admin   Role = "admin"   // data keeper
)

// Roles lists the roles, lowest first.
var Roles = []Role{Viewer, Analyst, Admin}

// What can go wrong for whoever signs in or manages accounts. Anything else is a fault of the machine.
var (
	ErrWrong     = errors.New("name, password or token is wrong") // says no more, so that names cannot be probed
	ErrNoName    = errors.New("no such account")
	ErrTaken     = errors.New("an account with this name exists already")
	ErrBadRole   = errors.New("role must be viewer, analyst or admin")
	ErrBadName   = errors.New("a name has 1 to 64 letters, digits, dots, dashes or underscores")
	ErrNoToken   = errors.New("the account has no such token")
	ErrLastAdmin = errors.New("this is the last admin who can sign in")
	ErrShort     = errors.New("a password has 12 to 256 characters")
)
