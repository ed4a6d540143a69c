// Package potential says how much more could stand on the land a zone has: 拔高 (floor area up to the floor-area ratio that is allowed)
// and 种密 (footprint up to the building coefficient that must be reached). It reads finished scores and changes nothing. It knows no
// clock, store or network; api and cmd may import it.
//
// # What counts
//
// Land of the uses that the control indicators speak of, supplied and not taken back. Roads, dwellings and land not yet supplied are
// left out. Where no control set applies all land is left out, because nothing says which uses count. The sets are those of the parcel's
// own place: one may be for some zones of a park only. What stands is stock; land that is supplied and not built yet is unbuilt, and land suspected of being idle is idle: both
// have sums of their own, because nothing has to be raised there but the contract to be kept. Where something needed is not on file the
// parcel is missing, with a reason, and in no sum.
//
// # Floor area
//
// gain = limit × land − floor area as the ratio counts it, not below 0. Storeys above 8 m count twice in what stands; new storeys are
// taken to be no higher than that, so a square metre of gain is a square metre of floor. PlainGainM2 leaves the doubling out, for
// comparison. The limit is the greater of the contract's maximum and the ratio that 泉政办规〔2025〕13号 lets the parcel's band rise to,
// capped by the control set's maximum where it has one. Within the contract nothing but a building permit is needed (ContractGainM2);
// beyond it the procedure of that document is. Open means that the document names only where the range begins.
//
// No control plan is on file as numbers, so its limits are not in here; every result is an upper bound before planning.
//
// # Footprint
//
// gain = target × land − ground built on (buildings, structures, open yards). The target is the least building coefficient of the
// control set in force: what must be reached, not what may be. No upper limit of density is on file.
//
// # Worth
//
// At the park's own median. The reference is its industrial parcels in use whose land, floor area and figure are known and complete. By
// land: gain ÷ median floor area per mu × median money per mu, as if the new floor were land used as densely as the park's usual. By
// floor: gain × median money per m² of floor. The two differ where dense parcels earn less per square metre, so both are shown and
// neither is a forecast.
package potential
