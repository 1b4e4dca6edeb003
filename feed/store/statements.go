package store

// How rows are written: a row that says what the store says already changes
// nothing, and what a row leaves out stays as it was.
const (
	putClose = `INSERT INTO closes (date, instrument, open, high, low, close, volume) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET
  open = iif(excluded.open > 0, excluded.open, open), high = iif(excluded.high > 0, excluded.high, high),
  low = iif(excluded.low > 0, excluded.low, low), close = excluded.close,
  volume = iif(excluded.volume > 0, excluded.volume, volume)
WHERE close <> excluded.close OR excluded.open NOT IN (0, open) OR excluded.high NOT IN (0, high)
  OR excluded.low NOT IN (0, low) OR excluded.volume NOT IN (0, volume)`

	putLevel = `INSERT INTO levels (list, date, open, high, low, close) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET
  open = iif(excluded.open > 0, excluded.open, open), high = iif(excluded.high > 0, excluded.high, high),
  low = iif(excluded.low > 0, excluded.low, low), close = excluded.close
WHERE close <> excluded.close OR excluded.open NOT IN (0, open) OR excluded.high NOT IN (0, high) OR excluded.low NOT IN (0, low)`

	putMember = `INSERT INTO list_members (list, as_of, instrument, quantity) VALUES (?, ?, ?, ?)
ON CONFLICT DO UPDATE SET quantity = excluded.quantity WHERE quantity <> excluded.quantity`

	describe = `UPDATE instruments SET
  name = iif(?1 <> '', ?1, name), sector = iif(?2 <> '', ?2, sector), company = nullif(?3, id)
WHERE id = ?4 AND (?1 NOT IN ('', name) OR ?2 NOT IN ('', sector) OR company IS NOT nullif(?3, id))`

	putShares = `INSERT INTO shares (instrument, known_at, shares) VALUES (?, ?, ?)
ON CONFLICT DO UPDATE SET shares = excluded.shares WHERE shares <> excluded.shares`

	putFacts = `INSERT INTO facts (instrument, known_at, debt, preferred, minority, cash) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET
  debt = coalesce(excluded.debt, debt), preferred = coalesce(excluded.preferred, preferred),
  minority = coalesce(excluded.minority, minority), cash = coalesce(excluded.cash, cash)
WHERE (debt, preferred, minority, cash) IS NOT (coalesce(excluded.debt, debt), coalesce(excluded.preferred, preferred),
  coalesce(excluded.minority, minority), coalesce(excluded.cash, cash))`

	putAction = `INSERT INTO actions (instrument, ex_date, kind, new, old, amount, new_symbol, inferred) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET
  new = excluded.new, old = excluded.old, amount = excluded.amount, new_symbol = excluded.new_symbol, inferred = excluded.inferred
WHERE inferred >= excluded.inferred AND (new, old, amount, new_symbol, inferred)
  IS NOT (excluded.new, excluded.old, excluded.amount, excluded.new_symbol, excluded.inferred)`

	putEvent = `INSERT INTO events (at, title, country, importance, consensus, previous, revised, actual, known_at, listed, source)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET
  importance = max(importance, excluded.importance), consensus = iif(excluded.consensus <> '', excluded.consensus, consensus),
  previous = iif(excluded.previous <> '', excluded.previous, previous), revised = iif(excluded.revised <> '', excluded.revised, revised),
  actual = iif(excluded.actual <> '', excluded.actual, actual), known_at = coalesce(excluded.known_at, known_at),
  listed = min(coalesce(listed, excluded.listed), coalesce(excluded.listed, listed)), source = excluded.source
WHERE importance < excluded.importance OR excluded.consensus NOT IN ('', consensus) OR excluded.previous NOT IN ('', previous)
  OR excluded.revised NOT IN ('', revised) OR excluded.actual NOT IN ('', actual)`

	putRate = `INSERT INTO rates (known_at, year, source, cuts_priced) VALUES (?, ?, ?, ?)
ON CONFLICT DO UPDATE SET cuts_priced = excluded.cuts_priced WHERE cuts_priced <> excluded.cuts_priced`

	putEFFR = `INSERT INTO effr (date, percent) VALUES (?, ?)
ON CONFLICT DO UPDATE SET percent = excluded.percent WHERE percent <> excluded.percent`
)
