package scoring

// Named reports whether the word table names an identifier of a kind in both languages.
func Named(kind, id string) bool {
	w, ok := words[kind][id]
	return ok && w.Zh != "" && w.En != ""
}

// StockMetrics are what the benefit of stock land may mean.
var StockMetrics = stockMetrics
