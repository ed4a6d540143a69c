package scoring

// PublishedFirmClasses reads the class of every firm, by credit code, from the results of a published run.
func PublishedFirmClasses(results []byte) (map[string]Class, error) {
	said, err := ReadVerdicts(results)
	if err != nil {
		return nil, err
	}
	classes := make(map[string]Class, len(said.Firms))
	for uscc, f := range said.Firms {
		classes[uscc] = f.Class
	}
	return classes, nil
}
