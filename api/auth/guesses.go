package auth

import (
	"net/netip"
	"sync"
	"time"
)

// How many wrong sign-ins are checked within guessWindow: from one address, for one account from everywhere, and for an account
// from an address it has signed in from before, which a stranger's guesses cannot use up.
const (
	guessWindow     = 15 * time.Minute
	guessesAddress  = 20
	guessesAccount  = 50
	guessesFamiliar = 10
	maxGuessKeys    = 20_000
)

// Guesses counts wrong sign-ins and says when to stop checking. The zero value is not usable; see NewGuesses.
type Guesses struct {
	now func() time.Time

	mu       sync.Mutex
	wrong    map[string]*count
	familiar map[string]time.Time // account|address of sign-ins that worked
}

type count struct {
	n     int
	since time.Time
}

// NewGuesses starts counting. now nil means time.Now.
func NewGuesses(now func() time.Time) *Guesses {
	if now == nil {
		now = time.Now
	}
	return &Guesses{now: now, wrong: map[string]*count{}, familiar: map[string]time.Time{}}
}

// Take reserves one check for a name, "" for a token, from an address before it is made; it counts as wrong until Right is called.
// It returns how long to wait when no check may be made.
func (g *Guesses) Take(name string, from netip.Addr) (wait time.Duration, ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now, limits := g.now(), g.limits(name, network(from))
	for key, limit := range limits {
		if c := g.wrong[key]; c != nil && now.Sub(c.since) < guessWindow && c.n >= limit {
			return c.since.Add(guessWindow).Sub(now), false
		}
	}
	for key := range limits {
		g.count(key, now)
	}
	return 0, true
}

// limits are the counters a sign-in counts in: where it has worked before its own alone, which strangers cannot use up.
func (g *Guesses) limits(name, address string) map[string]int {
	if _, known := g.familiar[name+"|"+address]; known {
		return map[string]int{"familiar|" + name + "|" + address: guessesFamiliar}
	}
	limits := map[string]int{"address|" + address: guessesAddress}
	if name != "" {
		limits["account|"+name] = guessesAccount
	}
	return limits
}

func (g *Guesses) count(key string, now time.Time) {
	c := g.wrong[key]
	if c == nil || now.Sub(c.since) >= guessWindow {
		g.forget(now)
		c = &count{since: now}
		g.wrong[key] = c
	}
	c.n++
}

// forget bounds memory: what is over goes first, then everything, which only gives guessers a fresh start.
func (g *Guesses) forget(now time.Time) {
	if len(g.wrong) < maxGuessKeys {
		return
	}
	for key, c := range g.wrong {
		if now.Sub(c.since) >= guessWindow {
			delete(g.wrong, key)
		}
	}
	if len(g.wrong) >= maxGuessKeys {
		clear(g.wrong)
	}
}

// Right takes back the guess that turned out right and remembers the address. It gives back no more than Take counted:
// whoever has an account could otherwise pay for guesses at others with sign-ins to his own.
func (g *Guesses) Right(name string, from netip.Addr) {
	g.mu.Lock()
	defer g.mu.Unlock()
	address := network(from)
	for key := range g.limits(name, address) {
		if c := g.wrong[key]; c != nil && c.n > 0 {
			c.n--
		}
	}
	if len(g.familiar) >= maxGuessKeys {
		clear(g.familiar)
	}
	g.familiar[name+"|"+address] = g.now()
}

// network is the address, or the /64 an IPv6 customer has to himself.
func network(a netip.Addr) string {
	a = a.Unmap()
	if a.Is6() {
		if p, err := a.Prefix(64); err == nil {
			return p.String()
		}
	}
	return a.String()
}
