package api

// history is what is known of every parcel over the years.
type history struct{}
