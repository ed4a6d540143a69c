package embedded

import (
	"fmt"
	"math"

	"muchan/geo"
	"muchan/parcels"
)

// toSQL returns the value of a field as the file keeps it. Missing is NULL, but for a whole number, which is never missing.
func toSQL(field any) any {
	if parcels.Missing(field) {
		return nil
	}
	switch f := field.(type) {
	case *string:
		return *f
	case *int:
		return int64(*f)
	case *parcels.Opt[float64]:
		return f.Or(0)
	case *parcels.Opt[parcels.Wan]:
		return f.Or(0).Float()
	case *parcels.Opt[bool]:
		return f.Or(false)
	case *parcels.Date:
		return f.String()
	case *[]string:
		return parcels.FormatList(*f)
	case *[]parcels.Storey:
		return parcels.FormatStoreys(*f)
	case *geo.Shape:
		return geo.EncodeGPB(*f, srsID)
	}
	panic(fmt.Sprintf("embedded: no column type for a field of type %T", field))
}

// fromSQL sets a field to a value read from the file. NULL leaves it as it is, missing.
func fromSQL(field, value any) (err error) {
	if value == nil {
		return nil
	}
	switch f := field.(type) {
	case *string:
		*f, err = asText(value)
	case *int:
		*f, err = asInt(value)
	case *parcels.Opt[float64]:
		*f, err = asReal(value)
	case *parcels.Opt[parcels.Wan]:
		*f, err = asMoney(value)
	case *parcels.Opt[bool]:
		*f, err = asFlag(value)
	case *parcels.Date:
		var s string
		if s, err = asText(value); err == nil {
			*f, err = parcels.ParseDate(s)
		}
	case *[]string:
		var s string
		s, err = asText(value)
		*f = parcels.ParseList(s)
	case *[]parcels.Storey:
		var s string
		if s, err = asText(value); err == nil {
			*f, err = parcels.ParseStoreys(s)
		}
	case *geo.Shape:
		b, ok := value.([]byte)
		if !ok {
			return fmt.Errorf("%v is not a geometry", value)
		}
		*f, err = decodeGeometry(b)
	default:
		panic(fmt.Sprintf("embedded: no column type for a field of type %T", field))
	}
	return err
}

func asText(value any) (string, error) {
	if s, ok := value.(string); ok {
		return s, nil
	}
	return "", fmt.Errorf("%v is not a text", value)
}

func asInt(value any) (int, error) {
	if n, ok := value.(int64); ok {
		return int(n), nil
	}
	return 0, fmt.Errorf("%v is not a whole number", value)
}

func asReal(value any) (parcels.Opt[float64], error) {
	switch v := value.(type) {
	case float64:
		if !math.IsInf(v, 0) {
			return parcels.Some(v), nil
		}
	case int64:
		return parcels.Some(float64(v)), nil
	}
	return parcels.Opt[float64]{}, fmt.Errorf("%v is not a number", value)
}

func asMoney(value any) (parcels.Opt[parcels.Wan], error) {
	v, err := asReal(value)
	if err != nil {
		return parcels.Opt[parcels.Wan]{}, err
	}
	w, err := parcels.WanOf(v.Or(0))
	if err != nil {
		return parcels.Opt[parcels.Wan]{}, err
	}
	return parcels.Some(w), nil
}

func asFlag(value any) (parcels.Opt[bool], error) {
	switch v := value.(type) {
	case bool:
		return parcels.Some(v), nil
	case int64:
		if v == 0 || v == 1 {
			return parcels.Some(v == 1), nil
		}
	}
	return parcels.Opt[bool]{}, fmt.Errorf("%v is neither 0 nor 1", value)
}
