-- The history: every change as an event, chained by hashes, never changed and never deleted.

CREATE TABLE file (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    file_id TEXT NOT NULL
) STRICT;

CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    op_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    site TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT,
    body_hash BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;

CREATE INDEX event_operation ON event (op_id) WHERE kind = 'operation';

CREATE TRIGGER event_keeps_rows BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'the history is append-only');
END;

-- A body may be blanked, and nothing else changed, once a redact event names it.
CREATE TRIGGER event_keeps_texts BEFORE UPDATE ON event
WHEN NEW.body IS NOT NULL
    OR NEW.seq IS NOT OLD.seq
    OR NEW.op_id IS NOT OLD.op_id
    OR NEW.at IS NOT OLD.at
    OR NEW.actor IS NOT OLD.actor
    OR NEW.site IS NOT OLD.site
    OR NEW.kind IS NOT OLD.kind
    OR NEW.body_hash IS NOT OLD.body_hash
    OR NEW.hash IS NOT OLD.hash
    OR NOT EXISTS (
        SELECT 1 FROM event AS redact, json_each(redact.body, '$.events') AS named
        WHERE redact.kind = 'redact' AND named.value = OLD.seq
    )
BEGIN
    SELECT RAISE(ABORT, 'the history is append-only');
END;
