package auth

import (
	"crypto/rand"
	"sync"
	"time"
)

// A session ends after idleFor without a request and after longest in any case.
const (
	idleFor     = 30 * time.Minute
	longest     = 12 * time.Hour
	maxSessions = 10_000
)

// Sessions are the signed-in browsers. They live in memory: a restart signs everybody out.
type Sessions struct {
	accounts *Accounts
	now      func() time.Time

	mu   sync.Mutex
	byID map[string]*session
}

type session struct {
	who      Identity
	password string // the hash at sign-in
	begun    time.Time
	used     time.Time
}

// NewSessions returns no sessions yet. now nil means time.Now.
func NewSessions(accounts *Accounts, now func() time.Time) *Sessions {
	if now == nil {
		now = time.Now
	}
	return &Sessions{accounts: accounts, now: now, byID: map[string]*session{}}
}

// Start begins a session for an identity that was just proved and returns its identifier: 260 random bits, for the cookie.
func (s *Sessions) Start(who Identity) (id string, expires time.Time, err error) {
	acc, ok, err := s.accounts.find(who.Name)
	if err != nil {
		return "", time.Time{}, err
	}
	if !ok {
		return "", time.Time{}, ErrWrong
	}
	id = rand.Text() + rand.Text()
	now := s.now()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.makeRoom(now)
	s.byID[id] = &session{who: who, password: acc.Password, begun: now, used: now}
	return id, now.Add(longest), nil
}

// makeRoom drops what ended, and the longest unused when there are too many.
func (s *Sessions) makeRoom(now time.Time) {
	if len(s.byID) < maxSessions {
		return
	}
	oldest, when := "", now
	for id, one := range s.byID {
		if one.ended(now) {
			delete(s.byID, id)
		} else if !one.used.After(when) {
			oldest, when = id, one.used
		}
	}
	if len(s.byID) >= maxSessions {
		delete(s.byID, oldest)
	}
}

func (one *session) ended(now time.Time) bool {
	idle, age := now.Sub(one.used), now.Sub(one.begun)
	return idle < 0 || idle >= idleFor || age >= longest // a clock that jumps back must not lengthen a session
}

// Who returns whose session an identifier names. It fails with ErrWrong when it ended, was signed out, or its account was
// disabled, given another role or another password, or its token was revoked.
func (s *Sessions) Who(id string) (Identity, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	one, ok := s.byID[id]
	if !ok {
		return Identity{}, ErrWrong
	}
	now := s.now()
	live, err := s.stillGood(one, now)
	if err != nil {
		return Identity{}, err
	}
	if !live {
		delete(s.byID, id)
		return Identity{}, ErrWrong
	}
	one.used = now
	who := one.who
	who.Expires = one.begun.Add(longest)
	return who, nil
}

func (s *Sessions) stillGood(one *session, now time.Time) (bool, error) {
	if one.ended(now) {
		return false, nil
	}
	acc, ok, err := s.accounts.find(one.who.Name)
	if err != nil || !ok || acc.Disabled || acc.Role != one.who.Role {
		return false, err
	}
	if one.who.TokenID == "" {
		return acc.Password == one.password, nil
	}
	for _, t := range acc.Tokens {
		if t.ID == one.who.TokenID {
			return t.live(now), nil
		}
	}
	return false, nil
}

// End signs out; an unknown identifier is fine.
func (s *Sessions) End(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.byID, id)
}
