package embedded

import (
	"database/sql/driver"
	"os"

	"modernc.org/sqlite"
)

// DecodeGeometry is the window for the fuzz test.
var DecodeGeometry = decodeGeometry

// StopFunction is a function of SQL, in tests alone, that leaves StopMark beside the file of storetest's child process and waits for ever.
const (
	StopFunction = "stop_here"
	StopMark     = ".stopped"
)

func init() {
	gpkgDriver().MustRegisterScalarFunction(StopFunction, 0, func(*sqlite.FunctionContext, []driver.Value) (driver.Value, error) {
		if err := os.WriteFile(os.Getenv("MUCHAN_STORETEST_ADDRESS")+StopMark, nil, 0o600); err != nil {
			return nil, err
		}
		select {}
	})
}

// Wrap is how this package names what SQLite says.
var Wrap = wrap
