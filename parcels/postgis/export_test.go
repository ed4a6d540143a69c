package postgis

// DecodeMoney reads a numeric in binary.
var DecodeMoney = decodeMoney
