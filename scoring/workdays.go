package scoring

import "muchan/parcels"

// workDays are the days of a year on which a firm was at work: with and without occupying anything. It is at work from its
// registration or, when that is later, from the start of its production, until it closes. A firm whose dates leave no such day is
// taken to have been at work only where it was.
type workDays struct{ covered, away int32 }

// countDaysOf counts the days of one firm; one without a stake has none. It takes the room of spans and returns it.
func (l *ledger) countDaysOf(snap *parcels.Snapshot, f int, spans []span) []span {
	spans = spans[:0]
	for _, h := range l.of(f) {
		spans = append(spans, l.stakes[h.stake].span)
	}
	if len(spans) > 0 {
		l.daysOf[f] = l.daysAtWork(&snap.Firms[f], spans)
	}
	return spans
}

// daysAtWork counts a firm's days; spans are those of its stakes.
func (l *ledger) daysAtWork(firm *parcels.Firm, spans []span) workDays {
	work := l.year.cut(max(firm.RegisteredOn, firm.ProducedOn), firm.ClosedOn)
	covered := coveredDays(work, spans)
	if covered == 0 {
		return workDays{covered: 1}
	}
	return workDays{int32(covered), int32(work.days() - covered)}
}
