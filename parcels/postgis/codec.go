package postgis

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/jackc/pgx/v5/pgtype"

	"muchan/geo"
	"muchan/parcels"
)

// postgresEpoch is the day PostgreSQL counts dates from.
var postgresEpoch = parcels.MustDate("2000-01-01")

// appendField appends the attribute at a field address as COPY takes it: its length and its bytes, -1 for NULL. A missing text of a key is
// "", because no part of a primary key may be NULL.
func appendField(dst []byte, field any, key bool) []byte {
	if parcels.Missing(field) {
		if _, text := field.(*string); text && key {
			return binary.BigEndian.AppendUint32(dst, 0)
		}
		return appendNull(dst)
	}
	switch f := field.(type) {
	case *string:
		return appendText(dst, *f)
	case *int:
		return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(dst, 4), uint32(*f))
	case *parcels.Opt[float64]:
		return appendInt8(dst, int64(math.Float64bits(f.Or(0))))
	case *parcels.Opt[parcels.Wan]:
		return appendMoney(dst, f.Or(0))
	case *parcels.Opt[bool]:
		if f.Or(false) {
			return append(dst, 0, 0, 0, 1, 1)
		}
		return append(dst, 0, 0, 0, 1, 0)
	case *parcels.Date:
		return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(dst, 4), uint32(*f-postgresEpoch))
	case *[]string:
		return appendList(dst, *f)
	case *[]parcels.Storey:
		return appendText(dst, parcels.FormatStoreys(*f))
	case *geo.Shape:
		return appendShape(dst, *f)
	}
	panic(fmt.Sprintf("postgis: no encoding for a field of type %T", field))
}

func appendNull(dst []byte) []byte { return append(dst, 0xff, 0xff, 0xff, 0xff) }

func appendText(dst []byte, s string) []byte {
	return append(binary.BigEndian.AppendUint32(dst, uint32(len(s))), s...)
}

func appendInt8(dst []byte, v int64) []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(dst, 8), uint64(v))
}

// sized appends what a function appends, its length before it.
func sized(dst []byte, appended func([]byte) []byte) []byte {
	at := len(dst)
	dst = appended(append(dst, 0, 0, 0, 0))
	binary.BigEndian.PutUint32(dst[at:], uint32(len(dst)-at-4))
	return dst
}

func appendShape(dst []byte, s geo.Shape) []byte {
	return sized(dst, func(dst []byte) []byte { return geo.AppendEWKB(dst, s) })
}

// appendList appends a text[] of one dimension that begins at 1.
func appendList(dst []byte, items []string) []byte {
	const dimensions, nulls, first = 1, 0, 1
	return sized(dst, func(dst []byte) []byte {
		for _, n := range [...]uint32{dimensions, nulls, pgtype.TextOID, uint32(len(items)), first} {
			dst = binary.BigEndian.AppendUint32(dst, n)
		}
		for _, item := range items {
			dst = appendText(dst, item)
		}
		return dst
	})
}

// appendMoney appends a numeric with six decimals: its digits to the base of 10 000, three before the point and two behind it.
func appendMoney(dst []byte, w parcels.Wan) []byte {
	const base, decimals, negative = 10_000, 6, 0x4000
	sign, fen := uint16(0), uint64(w)
	if w < 0 {
		sign, fen = negative, -fen
	}
	whole, rest := fen/parcels.FenPerWan, fen%parcels.FenPerWan*100 // two digits to the base are eight decimals
	digits := [...]uint16{uint16(whole / (base * base)), uint16(whole / base % base), uint16(whole % base), uint16(rest / base), uint16(rest % base)}
	return sized(dst, func(dst []byte) []byte {
		for _, n := range [...]uint16{uint16(len(digits)), 2, sign, decimals} { // 2 is the weight of the first digit
			dst = binary.BigEndian.AppendUint16(dst, n)
		}
		for _, d := range digits {
			dst = binary.BigEndian.AppendUint16(dst, d)
		}
		return dst
	})
}

// fenPerDigit are what a digit of a numeric counts, by its weight plus 2: the last stands for hundredths of a fen.
var fenPerDigit = [...]int64{0, 100, parcels.FenPerWan, 1e4 * parcels.FenPerWan, 1e8 * parcels.FenPerWan}

// decodeMoney reads a numeric as appendMoney writes it. It takes the server three times as long to make a whole number of one as to send it.
func decodeMoney(raw []byte) (parcels.Wan, error) {
	const negative, head = 0x4000, 8
	word := func(i int) int { return int(int16(binary.BigEndian.Uint16(raw[2*i:]))) }
	if len(raw) < head || len(raw) != head+2*word(0) || word(2) != 0 && word(2) != negative {
		return 0, fmt.Errorf("% x is no amount of money", raw)
	}
	fen := int64(0)
	for i := range word(0) {
		switch digit, place := word(head/2+i), word(1)-i+2; {
		case digit == 0:
		case digit < 0 || digit > 9999 || place < 0 || place >= len(fenPerDigit) || place == 0 && digit%100 != 0:
			return 0, fmt.Errorf("% x is an amount beyond six decimals or 10^12 万元", raw)
		case place == 0:
			fen += int64(digit / 100)
		default:
			fen += int64(digit) * fenPerDigit[place]
		}
	}
	if word(2) == negative {
		fen = -fen
	}
	return parcels.Wan(fen), nil
}

// decode reads one column of a binary row that is no text into the attribute at a field address, shapes into the room. raw is nil for NULL and belongs to the
// connection, so nothing keeps it.
func decode(field any, raw []byte, shapes *geo.ShapeRoom) (err error) {
	if raw == nil {
		return nil
	}
	switch f := field.(type) {
	case *[]string:
		*f = parcels.ParseList(string(raw))
		return nil
	case *[]parcels.Storey:
		*f, err = parcels.ParseStoreys(string(raw))
		return err
	case *geo.Shape:
		*f, err = shapes.DecodeEWKB(raw)
		return err
	case *parcels.Opt[parcels.Wan]:
		w, err := decodeMoney(raw)
		*f = parcels.Some(w)
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
	}
	return fmt.Errorf("%d bytes do not fit a %T: the column has another type than the schema says", len(raw), field)
}
