package embedded

// DecodeGeometry is the window for the fuzz test.
var DecodeGeometry = decodeGeometry
