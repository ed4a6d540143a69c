package embedded

// DecodeGeometry is the window for the fuzz test, EncodeGeometry its counterpart.
var (
	DecodeGeometry = decodeGeometry
	EncodeGeometry = encodeGeometry
)
