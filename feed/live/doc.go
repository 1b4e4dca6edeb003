// Package live is what every live source shares. An adapter turns what its
// vendor says into observations of names, and hands them to a Board; the Board
// decides what is new, what is late, what belongs to which session, and sends
// updates to the hub.
//
// The rules, which no adapter has to know:
//
//   - What is zero or absent is not said. What was said already is not told again.
//   - The newest observation of a name wins, in whatever order they come. Those
//     that a slow reader has not taken yet are replaced, not queued, so that a
//     burst costs no memory; they are counted.
//   - Nothing is sent before its moment is complete. An adapter says with
//     Board.Complete up to what time, by the vendor's clock, everything has been
//     observed: after each sweep, or every second of a stream that is alive.
//   - The trading day begins at 04:00 in New York on a day with a session, and
//     with it a new epoch, whose reference has the closes of the day before:
//     the official ones, and the last regular price of a name whose official
//     close nobody observed. A vendor's own close of that day replaces the latter
//     when it comes. A single trade that leaps by more than a tenth, and that no
//     other has borne out, is no such price: the one before it is. A name of which
//     that was the only trade has no close, as it had no price on the screen. That
//     a close is provisional is known here alone; the reference does not say so.
package live
