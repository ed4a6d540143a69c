package aggregate

// Careless are the tables without complementary suppression.
func Careless(years []Year, opt Options) []Table { return tables(years, opt, true) }
