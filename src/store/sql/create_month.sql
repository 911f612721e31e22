-- Format 2, the month: its tables follow.

CREATE TABLE placeholder (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;
