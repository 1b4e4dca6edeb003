-- Dates count days, moments are milliseconds, both since 1 January 1970.
-- Prices are in millionths, money in whole dollars.
CREATE TABLE instruments (
  id      INTEGER PRIMARY KEY,
  key     TEXT NOT NULL UNIQUE,
  name    TEXT NOT NULL DEFAULT '',
  sector  TEXT NOT NULL DEFAULT '',
  company INTEGER REFERENCES instruments (id) -- the company's primary line; NULL: this one
) STRICT;

-- Who a symbol was, from its first day on and before its end; NULL: open.
CREATE TABLE symbols (
  instrument INTEGER NOT NULL REFERENCES instruments (id) ON DELETE CASCADE,
  symbol     TEXT NOT NULL,
  first      INTEGER NOT NULL DEFAULT 0,
  ended      INTEGER,
  PRIMARY KEY (symbol, first)
) STRICT, WITHOUT ROWID;

CREATE TABLE lists (
  list      TEXT NOT NULL, -- RUT, RMICRO, SPX
  as_of     INTEGER NOT NULL,
  PRIMARY KEY (list, as_of)
) STRICT, WITHOUT ROWID;

CREATE TABLE list_members (
  list       TEXT NOT NULL,
  as_of      INTEGER NOT NULL,
  instrument INTEGER NOT NULL REFERENCES instruments (id),
  quantity   INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (list, as_of, instrument),
  FOREIGN KEY (list, as_of) REFERENCES lists (list, as_of) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE closes (
  date       INTEGER NOT NULL,
  instrument INTEGER NOT NULL REFERENCES instruments (id),
  open       INTEGER NOT NULL DEFAULT 0,
  high       INTEGER NOT NULL DEFAULT 0,
  low        INTEGER NOT NULL DEFAULT 0,
  close      INTEGER NOT NULL,
  volume     INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (date, instrument)
) STRICT, WITHOUT ROWID;

CREATE TABLE levels (
  list  TEXT NOT NULL,
  date  INTEGER NOT NULL,
  open  INTEGER NOT NULL DEFAULT 0,
  high  INTEGER NOT NULL DEFAULT 0,
  low   INTEGER NOT NULL DEFAULT 0,
  close INTEGER NOT NULL,
  PRIMARY KEY (list, date)
) STRICT, WITHOUT ROWID;

CREATE TABLE shares (
  instrument INTEGER NOT NULL REFERENCES instruments (id),
  known_at   INTEGER NOT NULL,
  shares     INTEGER NOT NULL,
  PRIMARY KEY (instrument, known_at)
) STRICT, WITHOUT ROWID;

-- NULL is not known, which is not zero.
CREATE TABLE facts (
  instrument INTEGER NOT NULL REFERENCES instruments (id),
  known_at   INTEGER NOT NULL,
  debt       INTEGER,
  preferred  INTEGER,
  minority   INTEGER,
  cash       INTEGER,
  PRIMARY KEY (instrument, known_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE actions (
  instrument INTEGER NOT NULL REFERENCES instruments (id),
  ex_date    INTEGER NOT NULL,
  kind       INTEGER NOT NULL,
  new        INTEGER NOT NULL DEFAULT 0,
  old        INTEGER NOT NULL DEFAULT 0,
  amount     INTEGER NOT NULL DEFAULT 0,
  new_symbol TEXT NOT NULL DEFAULT '',
  inferred   INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (instrument, ex_date, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
  at         INTEGER NOT NULL,
  title      TEXT NOT NULL,
  country    TEXT NOT NULL,
  importance INTEGER NOT NULL,
  consensus  TEXT NOT NULL,
  previous   TEXT NOT NULL,
  revised    TEXT NOT NULL,
  actual     TEXT NOT NULL,
  known_at   INTEGER, -- NULL: never told
  listed     INTEGER, -- NULL: always known
  source     TEXT NOT NULL,
  PRIMARY KEY (at, title, country)
) STRICT, WITHOUT ROWID;

CREATE TABLE rates (
  known_at    INTEGER NOT NULL,
  year        INTEGER NOT NULL,
  source      TEXT NOT NULL,
  cuts_priced TEXT NOT NULL,
  PRIMARY KEY (known_at, year, source)
) STRICT, WITHOUT ROWID;
