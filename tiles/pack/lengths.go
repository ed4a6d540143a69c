package pack

// codeLengths are those of the codes for features and for values. Written by go test -run TestCodes -update.
var codeLengths = [2]lengths{
	{
		literals:  "geffgggggfhhhhhgiifiihhhhhgijjjiiihiiijjijijjjjjijiijjjjjjjjjjkjiikkkkkkkkkkkkkkklllklllllklllkikikiihjjjikkijiijliiijkkkkkllllihjijijijijijijijijjjjjjjjjijijijjjijijijjjjjjjjjiiijjijjjjijjjjjjjjjjjjjjjjjijjjjjjjjjijjjijjjjjijjjijijjjjjijjjjjjjjjjjjjjjjjjjmjfghhjikkmmmkmmmmmmmmmmmmmmmm",
		distances: "mmmmlmggjhecedeeefeffffgghhjjm",
		lengths:   "aahhgffedbdfeaaaaaa",
	},
	{
		literals:  "fhiiiiiihhhiiijijjhiijjjihhjjjijjjgjjjjjijjjjgjkfggfhhhhhhjjjjjhejjjjjjijjjjjjjjjjjkjkkkjjkkjkkikijiiigjjikkijiiijiiiijkjjjkkkkjijjjjijjjjjjjjjijjkjjjjkjgijjkjjjjjjjjjjjjjjjjikjjjjjjjjijjjjkjjjjjjkkkjkkkkgikkkkkkkkkjkkkkkkkkkjjkjiijjjkjjkkkjkkkjjjkjkkkkkkkmegghgkihilklgmimmmmmmmmmmmmmm",
		distances: "mmlmlmcdigdeffefeffgfgggghhiij",
		lengths:   "aahhggeedbdgeaaaaaa",
	},
}
