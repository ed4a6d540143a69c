package postgis

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/big"

	"github.com/jackc/pgx/v5/pgtype"

	"muchan/geo"
	"muchan/parcels"
)

// postgresEpoch is the day PostgreSQL counts dates from.
var postgresEpoch = parcels.MustDate("2000-01-01")

// encode turns the attribute at a field address into what pgx writes; nil is NULL. A missing text of a key is "", because no part of a
// primary key may be NULL.
func encode(field any, key bool) (any, error) {
	if parcels.Missing(field) {
		if _, text := field.(*string); text && key {
			return "", nil
		}
		return nil, nil
	}
	switch f := field.(type) {
	case *string:
		return *f, nil
	case *int:
		return int64(*f), nil
	case *parcels.Opt[float64]:
		return f.Or(0), nil
	case *parcels.Opt[parcels.Wan]:
		return pgtype.Numeric{Int: big.NewInt(int64(f.Or(0))), Exp: -6, Valid: true}, nil
	case *parcels.Opt[bool]:
		return f.Or(false), nil
	case *parcels.Date:
		return pgtype.Date{Time: f.Time(), Valid: true}, nil
	case *[]string:
		return *f, nil
	case *[]parcels.Storey:
		return parcels.FormatStoreys(*f), nil
	case *geo.Shape:
		return geo.EncodeEWKB(*f)
	}
	panic(fmt.Sprintf("postgis: no encoding for a field of type %T", field))
}

// decode reads one column of a binary row into the attribute at a field address. raw is nil for NULL and belongs to the connection, so
// nothing keeps it.
func decode(field any, raw []byte) (err error) {
	if raw == nil {
		return nil
	}
	switch f := field.(type) {
	case *string:
		*f = string(raw)
		return nil
	case *[]string:
		*f = parcels.ParseList(string(raw))
		return nil
	case *[]parcels.Storey:
		*f, err = parcels.ParseStoreys(string(raw))
		return err
	case *geo.Shape:
		*f, err = geo.DecodeEWKB(raw)
		return err
	}
	return decodeFixed(field, raw)
}

// decodeFixed reads the values of a fixed length, in network order.
func decodeFixed(field any, raw []byte) error {
	switch f := field.(type) {
	case *parcels.Opt[bool]:
		if len(raw) == 1 {
			*f = parcels.Some(raw[0] != 0)
			return nil
		}
	case *int:
		if len(raw) == 4 {
			*f = int(int32(binary.BigEndian.Uint32(raw)))
			return nil
		}
	case *parcels.Date:
		if len(raw) == 4 {
			*f = postgresEpoch + parcels.Date(binary.BigEndian.Uint32(raw))
			return nil
		}
	case *parcels.Opt[float64]:
		if len(raw) == 8 {
			*f = parcels.Some(math.Float64frombits(binary.BigEndian.Uint64(raw)))
			return nil
		}
	case *parcels.Opt[parcels.Wan]:
		if len(raw) == 8 {
			*f = parcels.Some(parcels.Wan(binary.BigEndian.Uint64(raw)))
			return nil
		}
	}
	return fmt.Errorf("%d bytes do not fit a %T: the column has another type than the schema says", len(raw), field)
}
