-- The register: one table per noun, one column per field of its row image, in the order of the image.
-- Ids are random; references may be written in any order within an operation.

CREATE TABLE shop (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL,
    logo TEXT NOT NULL,
    zone TEXT NOT NULL,
    paper TEXT NOT NULL,
    fresh_server_days INTEGER NOT NULL,
    fresh_other_days INTEGER NOT NULL,
    covered TEXT NOT NULL,
    adoption_on TEXT,
    sample INTEGER NOT NULL
) STRICT;

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    mail TEXT NOT NULL,
    function TEXT NOT NULL
) STRICT;

CREATE TABLE patch_group (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE asset (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    aliases TEXT NOT NULL,
    kind TEXT NOT NULL,
    function TEXT NOT NULL,
    environment TEXT NOT NULL,
    criticality TEXT NOT NULL,
    os TEXT NOT NULL,
    os_version TEXT NOT NULL,
    technology TEXT NOT NULL,
    products TEXT NOT NULL,
    make TEXT NOT NULL,
    model TEXT NOT NULL,
    serial TEXT NOT NULL,
    ip TEXT NOT NULL,
    site TEXT NOT NULL,
    zone TEXT NOT NULL,
    owner INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    deploy_admin INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    app_support INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    tester INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    manual_only INTEGER NOT NULL,
    remote_only INTEGER NOT NULL,
    restart_procedure TEXT NOT NULL,
    ownership TEXT NOT NULL,
    support_end_on TEXT,
    support_proof TEXT NOT NULL,
    partner INTEGER REFERENCES asset (id) DEFERRABLE INITIALLY DEFERRED,
    standby_of INTEGER REFERENCES asset (id) DEFERRABLE INITIALLY DEFERRED,
    depends_on TEXT NOT NULL,
    away TEXT,
    note TEXT NOT NULL,
    imported TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE asset_fact (
    id INTEGER PRIMARY KEY,
    asset INTEGER NOT NULL REFERENCES asset (id) DEFERRABLE INITIALLY DEFERRED,
    value TEXT NOT NULL,
    since_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    approved_by TEXT NOT NULL
) STRICT;

CREATE TABLE patch_update (
    id INTEGER PRIMARY KEY,
    vendor TEXT NOT NULL,
    title TEXT NOT NULL,
    kbs TEXT NOT NULL,
    guid TEXT NOT NULL,
    classification TEXT NOT NULL,
    severity TEXT NOT NULL,
    products TEXT NOT NULL,
    minimum_version TEXT NOT NULL,
    released_at INTEGER NOT NULL,
    release_basis TEXT NOT NULL,
    declined_at INTEGER,
    declined_reason TEXT NOT NULL,
    withdrawn_at INTEGER,
    superseded INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE supersedence (
    id INTEGER PRIMARY KEY,
    older INTEGER NOT NULL REFERENCES patch_update (id) DEFERRABLE INITIALLY DEFERRED,
    newer INTEGER NOT NULL REFERENCES patch_update (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE rating (
    id INTEGER PRIMARY KEY,
    "update" INTEGER NOT NULL REFERENCES patch_update (id) DEFERRABLE INITIALLY DEFERRED,
    rank TEXT NOT NULL,
    reason TEXT NOT NULL,
    since_at INTEGER NOT NULL
) STRICT;

CREATE TABLE deadline_rule (
    id INTEGER PRIMARY KEY,
    rank TEXT NOT NULL,
    class TEXT,
    exposure TEXT,
    amount INTEGER NOT NULL,
    unit TEXT NOT NULL,
    clock TEXT NOT NULL,
    from_at INTEGER NOT NULL,
    until_at INTEGER,
    source TEXT NOT NULL
) STRICT;

CREATE TABLE waiver (
    id INTEGER PRIMARY KEY,
    asset INTEGER NOT NULL REFERENCES asset (id) DEFERRABLE INITIALLY DEFERRED,
    "update" INTEGER NOT NULL REFERENCES patch_update (id) DEFERRABLE INITIALLY DEFERRED,
    approved_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    voided_at INTEGER,
    reason TEXT NOT NULL,
    approved_by TEXT NOT NULL
) STRICT;

CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    synced_at INTEGER,
    sync_result TEXT NOT NULL
) STRICT;

CREATE TABLE source_asset (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source (id) DEFERRABLE INITIALLY DEFERRED,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    asset INTEGER REFERENCES asset (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE source_update (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source (id) DEFERRABLE INITIALLY DEFERRED,
    key TEXT NOT NULL,
    "update" INTEGER REFERENCES patch_update (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE subscription (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE TABLE profile (
    id INTEGER PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    name TEXT NOT NULL,
    answers TEXT NOT NULL
) STRICT;

-- A voided batch outlives the source that its undone import had created, so the source is no foreign key.
CREATE TABLE batch (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL,
    number INTEGER NOT NULL,
    files TEXT NOT NULL,
    scope TEXT NOT NULL,
    as_of_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    observations INTEGER NOT NULL,
    digest TEXT NOT NULL,
    voided_at INTEGER
) STRICT;

CREATE TABLE attestation (
    id INTEGER PRIMARY KEY,
    asset INTEGER NOT NULL REFERENCES asset (id) DEFERRABLE INITIALLY DEFERRED,
    "update" INTEGER NOT NULL REFERENCES patch_update (id) DEFERRABLE INITIALLY DEFERRED,
    checked_at INTEGER NOT NULL,
    checked_by TEXT NOT NULL,
    how TEXT NOT NULL,
    evidence_name TEXT NOT NULL,
    evidence_sha256 TEXT NOT NULL,
    voided_at INTEGER
) STRICT;
