-- What imports said: changes of state, and who reported. Kept apart from the log, covered by the digest of the batch.
-- No foreign keys: the observations of a voided batch stay when the identities that its import created are gone.

CREATE TABLE observation (
    batch INTEGER NOT NULL,
    source_asset INTEGER NOT NULL,
    source_update INTEGER NOT NULL,
    state INTEGER NOT NULL,
    reported_at INTEGER NOT NULL,
    installed_at INTEGER,
    PRIMARY KEY (batch, source_asset, source_update)
) STRICT, WITHOUT ROWID;

CREATE TABLE report (
    batch INTEGER NOT NULL,
    source_asset INTEGER NOT NULL,
    reported_at INTEGER NOT NULL,
    PRIMARY KEY (batch, source_asset, reported_at)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER observation_keeps_rows BEFORE DELETE ON observation
BEGIN
    SELECT RAISE(ABORT, 'observations are append-only');
END;

CREATE TRIGGER observation_keeps_values BEFORE UPDATE ON observation
BEGIN
    SELECT RAISE(ABORT, 'observations are append-only');
END;

CREATE TRIGGER report_keeps_rows BEFORE DELETE ON report
BEGIN
    SELECT RAISE(ABORT, 'reports are append-only');
END;

CREATE TRIGGER report_keeps_values BEFORE UPDATE ON report
BEGIN
    SELECT RAISE(ABORT, 'reports are append-only');
END;
