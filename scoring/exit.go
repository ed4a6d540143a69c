package scoring

// ExitMetrics lists the values an exit test may compare.
var ExitMetrics = []string{"fai_per_mu", "tax_per_mu", "output_per_mu", "value_added_per_mu", "benefit_per_mu", "far", "density", "coefficient"}
