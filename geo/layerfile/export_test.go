package layerfile

// Disarm and Rearm are tested by themselves.
var (
	Disarm = disarm
	Rearm  = rearm
)
