package main

import (
	"errors"

	"muchan/parcels"
)

// asRefused finds the list of problems in an error.
func asRefused(err error) (*parcels.RefusedError, bool) {
	var refused *parcels.RefusedError
	return refused, errors.As(err, &refused)
}
