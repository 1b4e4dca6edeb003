-- When a publisher last answered a question that is not to be asked too often.
CREATE TABLE asked (
  what TEXT PRIMARY KEY,
  at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The effective federal funds rate of a business day, in percent as it was printed.
CREATE TABLE effr (
  date    INTEGER PRIMARY KEY,
  percent TEXT NOT NULL
) STRICT;
