package parcels

import (
	"context"
	"errors"
)

// ErrEntangled says that rows in different parts of a change bear on each other, so that it has to be applied whole.
var ErrEntangled = errors.New("rows in different parts of the change bear on each other")

// Loading is a change that is written while its rows still come, a part at a time, so that a long file needs little memory. It does what
// Apply would do with all rows at once, in one transaction. From Store.Load to Finish or Abandon it keeps other writers out. One
// goroutine at a time may use it.
type Loading interface {
	// Add decides about a part and writes it, or goes on writing it after it has returned; its error may be that of an earlier part. Once
	// it is written it keeps nothing of the rows but those that name parents. Rows have passed their Validate, which a store need not
	// repeat; those that break a rule among rows fail Finish, which names them all.
	// Where a row bears on one of another part it fails with ErrEntangled: abandon it, and apply the change whole.
	Add(ctx context.Context, part *Rows) error

	// Finish commits the change, and fails as Apply does, or with ErrEntangled; nothing is written then. The loading has ended.
	Finish(ctx context.Context) (Receipt, error)

	// Abandon ends the loading and takes back what was written. After Finish it does nothing.
	Abandon()
}
