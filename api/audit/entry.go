package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// Entry is one line of the record.
type Entry struct {
	Seq     int64     `json:"seq"` // from 1, without gaps
	At      time.Time `json:"at"`
	Who     string    `json:"who"` // account name, or "system"
	Role    string    `json:"role,omitempty"`
	Act     string    `json:"act"`               // read, export, sign_in, sign_in_refused, sign_out, or an admin act
	Route   string    `json:"route,omitempty"`   // route template
	Target  string    `json:"target,omitempty"`  // what was asked for
	Address string    `json:"address,omitempty"` // of the client
	Request string    `json:"request,omitempty"` // request id, as in the log
	Prev    string    `json:"prev"`              // hash of the line before, "" for the first
	Hash    string    `json:"hash"`              // of this line with an empty hash
}

// seal fills in the hash.
func (e *Entry) seal() error {
	h, err := e.digest()
	e.Hash = h
	return err
}

func (e Entry) digest() (string, error) {
	e.Hash = ""
	b, err := json.Marshal(e)
	if err != nil {
		return "", fmt.Errorf("audit entry: %w", err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}

// follows checks that e is the line after prev; the zero Entry stands before the first.
func (e Entry) follows(prev Entry) error {
	h, err := e.digest()
	switch {
	case err != nil:
		return err
	case e.Seq != prev.Seq+1:
		return fmt.Errorf("number %d follows %d", e.Seq, prev.Seq)
	case e.Prev != prev.Hash:
		return fmt.Errorf("number %d does not continue the line before it", e.Seq)
	case e.Hash != h:
		return fmt.Errorf("number %d was changed after it was written", e.Seq)
	}
	return nil
}
