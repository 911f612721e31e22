-- The month (format 2): calendar, cycles, roles, committee, change records, waivers, runs. One table per noun, one column
-- per field of its row image, in the order of the image.

CREATE TABLE practice (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    hats INTEGER NOT NULL,
    quiet_days INTEGER NOT NULL,
    review_days INTEGER NOT NULL,
    quorum INTEGER NOT NULL,
    desktops_per_night INTEGER NOT NULL,
    severe_waivers INTEGER NOT NULL,
    cyber_essentials INTEGER NOT NULL,
    waiver_caps TEXT NOT NULL
) STRICT;

CREATE TABLE departure (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    last_on TEXT NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE TABLE release_rule (
    id INTEGER PRIMARY KEY,
    vendor TEXT NOT NULL,
    title TEXT NOT NULL,
    nth INTEGER NOT NULL,
    weekday TEXT NOT NULL,
    months TEXT NOT NULL,
    time TEXT NOT NULL,
    zone TEXT NOT NULL,
    from_on TEXT,
    until_on TEXT,
    source TEXT NOT NULL,
    unconfirmed INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE TABLE release_override (
    id INTEGER PRIMARY KEY,
    rule INTEGER NOT NULL REFERENCES release_rule (id) DEFERRABLE INITIALLY DEFERRED,
    month TEXT NOT NULL,
    at INTEGER,
    reason TEXT NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE TABLE closure (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    from_on TEXT NOT NULL,
    until_on TEXT NOT NULL,
    yearly INTEGER NOT NULL,
    effect TEXT NOT NULL,
    groups TEXT NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE TABLE maintenance_window (
    id INTEGER PRIMARY KEY,
    "group" INTEGER NOT NULL REFERENCES patch_group (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    recurs TEXT NOT NULL,
    "start" TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    zone TEXT NOT NULL,
    agreed_by INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    agreed_on TEXT,
    agreed_until_on TEXT,
    evidence_name TEXT NOT NULL,
    evidence_sha256 TEXT NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE TABLE cycle_template (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    release INTEGER REFERENCES release_rule (id) DEFERRABLE INITIALLY DEFERRED,
    steps TEXT NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE TABLE cycle (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    month TEXT NOT NULL,
    template INTEGER REFERENCES cycle_template (id) DEFERRABLE INITIALLY DEFERRED,
    anchor_at INTEGER NOT NULL,
    cutoff_at INTEGER,
    drill INTEGER NOT NULL,
    updates TEXT NOT NULL,
    points TEXT NOT NULL,
    reason TEXT NOT NULL,
    declared_by TEXT NOT NULL,
    approve_by_at INTEGER,
    created_at INTEGER NOT NULL,
    closed_at INTEGER,
    closed_by TEXT NOT NULL,
    cancelled_because TEXT NOT NULL
) STRICT;

CREATE TABLE cycle_step (
    id INTEGER PRIMARY KEY,
    cycle INTEGER NOT NULL REFERENCES cycle (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    "key" TEXT,
    phase TEXT NOT NULL,
    title TEXT NOT NULL,
    role INTEGER REFERENCES role (id) DEFERRABLE INITIALLY DEFERRED,
    person INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    deputy INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    document TEXT NOT NULL,
    milestone INTEGER NOT NULL,
    planned_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    shifted_because TEXT NOT NULL,
    done_at INTEGER,
    done_by TEXT NOT NULL,
    recorded_at INTEGER,
    skipped_because TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE interim_measure (
    id INTEGER PRIMARY KEY,
    cycle INTEGER NOT NULL REFERENCES cycle (id) DEFERRABLE INITIALLY DEFERRED,
    what TEXT NOT NULL,
    undo TEXT NOT NULL,
    owner INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    in_force_at INTEGER NOT NULL,
    review_at INTEGER,
    removed_at INTEGER,
    removed_because TEXT NOT NULL
) STRICT;

CREATE TABLE role (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    responsibility TEXT NOT NULL,
    job_title TEXT NOT NULL,
    hat TEXT NOT NULL,
    position INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE TABLE assignment (
    id INTEGER PRIMARY KEY,
    role INTEGER NOT NULL REFERENCES role (id) DEFERRABLE INITIALLY DEFERRED,
    person INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    part TEXT NOT NULL,
    from_on TEXT NOT NULL,
    until_on TEXT,
    reason TEXT NOT NULL
) STRICT;

CREATE TABLE activity (
    id INTEGER PRIMARY KEY,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    duty TEXT,
    marks TEXT NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE TABLE duty_conflict (
    id INTEGER PRIMARY KEY,
    rule TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    change INTEGER REFERENCES change_record (id) DEFERRABLE INITIALLY DEFERRED,
    accepted_by TEXT NOT NULL,
    accepted_at INTEGER NOT NULL,
    instead TEXT NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE TABLE member (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    "list" TEXT NOT NULL,
    represents TEXT NOT NULL,
    nominee_of INTEGER REFERENCES patch_group (id) DEFERRABLE INITIALLY DEFERRED,
    from_on TEXT NOT NULL,
    until_on TEXT
) STRICT;

CREATE TABLE contact (
    id INTEGER PRIMARY KEY,
    "group" INTEGER REFERENCES patch_group (id) DEFERRABLE INITIALLY DEFERRED,
    bridge TEXT NOT NULL,
    emergency TEXT NOT NULL,
    escalation TEXT NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE TABLE meeting (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    number INTEGER NOT NULL,
    cycle INTEGER REFERENCES cycle (id) DEFERRABLE INITIALLY DEFERRED,
    title TEXT NOT NULL,
    planned_at INTEGER NOT NULL,
    held_at INTEGER,
    ended_at INTEGER,
    place TEXT NOT NULL,
    chair INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    taker INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    attendance TEXT NOT NULL,
    quorum INTEGER NOT NULL,
    items TEXT NOT NULL,
    good TEXT NOT NULL,
    improve TEXT NOT NULL,
    solutions TEXT NOT NULL,
    thanks TEXT NOT NULL,
    accepted_by TEXT NOT NULL,
    accepted_at INTEGER,
    cancelled_because TEXT NOT NULL
) STRICT;

CREATE TABLE action_item (
    id INTEGER PRIMARY KEY,
    what TEXT NOT NULL,
    owner INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    due_on TEXT,
    origin TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    done_at INTEGER,
    done_by TEXT NOT NULL,
    result TEXT NOT NULL,
    dropped_because TEXT NOT NULL
) STRICT;

CREATE TABLE change_template (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    window_minutes INTEGER NOT NULL,
    ratified_by INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    ratified_function TEXT NOT NULL,
    ratified_at INTEGER,
    evidence_name TEXT NOT NULL,
    evidence_sha256 TEXT NOT NULL,
    expires_on TEXT,
    revoked_at INTEGER,
    revoked_because TEXT NOT NULL
) STRICT;

CREATE TABLE change_record (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    cycle INTEGER REFERENCES cycle (id) DEFERRABLE INITIALLY DEFERRED,
    "group" INTEGER REFERENCES patch_group (id) DEFERRABLE INITIALLY DEFERRED,
    template INTEGER REFERENCES change_template (id) DEFERRABLE INITIALLY DEFERRED,
    updates TEXT NOT NULL,
    rank TEXT,
    reason TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    window_from_at INTEGER,
    window_until_at INTEGER,
    requester INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    coordinator INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    implementer INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    tester INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    monitor INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    backup TEXT,
    untested_because TEXT NOT NULL,
    go_ahead_because TEXT NOT NULL,
    approve_by_at INTEGER,
    after_the_fact INTEGER NOT NULL,
    started_at INTEGER,
    start_recorded_at INTEGER,
    ended_at INTEGER,
    ended_as TEXT,
    downtime_minutes INTEGER,
    outcome TEXT NOT NULL,
    issues TEXT NOT NULL,
    monitor_until_at INTEGER,
    review TEXT NOT NULL,
    criteria_met INTEGER,
    created_at INTEGER NOT NULL,
    closed_at INTEGER,
    closed_by TEXT NOT NULL,
    cancelled_because TEXT NOT NULL
) STRICT;

CREATE TABLE change_line (
    id INTEGER PRIMARY KEY,
    change INTEGER NOT NULL REFERENCES change_record (id) DEFERRABLE INITIALLY DEFERRED,
    asset INTEGER NOT NULL REFERENCES asset (id) DEFERRABLE INITIALLY DEFERRED,
    ring INTEGER NOT NULL,
    window_from_at INTEGER,
    window_until_at INTEGER,
    backup TEXT,
    note TEXT NOT NULL,
    result TEXT,
    result_at INTEGER,
    result_by TEXT NOT NULL,
    proof TEXT,
    monitored_by TEXT NOT NULL,
    monitored_at INTEGER,
    removed_because TEXT NOT NULL
) STRICT;

CREATE TABLE test_result (
    id INTEGER PRIMARY KEY,
    change INTEGER NOT NULL REFERENCES change_record (id) DEFERRABLE INITIALLY DEFERRED,
    line INTEGER REFERENCES change_line (id) DEFERRABLE INITIALLY DEFERRED,
    stage TEXT NOT NULL,
    "case" TEXT NOT NULL,
    expected TEXT NOT NULL,
    found TEXT NOT NULL,
    verdict TEXT NOT NULL,
    tested_by INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    tested_at INTEGER NOT NULL,
    evidence_name TEXT NOT NULL,
    evidence_sha256 TEXT NOT NULL,
    voided_because TEXT NOT NULL
) STRICT;

CREATE TABLE approval (
    id INTEGER PRIMARY KEY,
    subject TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    decision TEXT NOT NULL,
    person INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    function TEXT NOT NULL,
    medium TEXT NOT NULL,
    decided_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    comment TEXT NOT NULL,
    evidence_name TEXT NOT NULL,
    evidence_sha256 TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    decided_text TEXT NOT NULL,
    own INTEGER NOT NULL,
    voided_at INTEGER,
    voided_because TEXT NOT NULL
) STRICT;

CREATE TABLE notice_sent (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    recipients TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    sent_at INTEGER,
    sent_by TEXT NOT NULL
) STRICT;

CREATE TABLE waiver_request (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL,
    cycle INTEGER REFERENCES cycle (id) DEFERRABLE INITIALLY DEFERRED,
    updates TEXT NOT NULL,
    assets TEXT NOT NULL,
    reason_class TEXT NOT NULL,
    reason TEXT NOT NULL,
    recommendation TEXT NOT NULL,
    residual TEXT NOT NULL,
    controls TEXT NOT NULL,
    exit_plan TEXT NOT NULL,
    exit_on TEXT,
    requested_by INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    requested_at INTEGER,
    until_on TEXT,
    review_on TEXT,
    void_if_exploited INTEGER NOT NULL,
    void_if_exposed INTEGER NOT NULL,
    renews INTEGER REFERENCES waiver_request (id) DEFERRABLE INITIALLY DEFERRED,
    reviewed_at INTEGER,
    grants TEXT NOT NULL,
    granted_at INTEGER,
    rejected_because TEXT NOT NULL,
    revoked_at INTEGER,
    revoked_because TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE runbook (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    steps TEXT NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    cycle INTEGER REFERENCES cycle (id) DEFERRABLE INITIALLY DEFERRED,
    changes TEXT NOT NULL,
    runbook INTEGER REFERENCES runbook (id) DEFERRABLE INITIALLY DEFERRED,
    title TEXT NOT NULL,
    drill INTEGER NOT NULL,
    lead INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    bridge TEXT NOT NULL,
    planned_at INTEGER NOT NULL,
    begun_at INTEGER,
    ended_at INTEGER,
    summary TEXT NOT NULL,
    accepted_by TEXT NOT NULL,
    accepted_at INTEGER,
    cancelled_because TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE run_step (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    planned_at INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    task TEXT NOT NULL,
    parts TEXT NOT NULL,
    team TEXT NOT NULL,
    person INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    "group" INTEGER REFERENCES patch_group (id) DEFERRABLE INITIALLY DEFERRED,
    begun_at INTEGER,
    ended_at INTEGER,
    skipped_because TEXT NOT NULL
) STRICT;

CREATE TABLE run_entry (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (id) DEFERRABLE INITIALLY DEFERRED,
    at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    author TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    step INTEGER REFERENCES run_step (id) DEFERRABLE INITIALLY DEFERRED,
    "group" INTEGER REFERENCES patch_group (id) DEFERRABLE INITIALLY DEFERRED,
    asset INTEGER REFERENCES asset (id) DEFERRABLE INITIALLY DEFERRED,
    receiver TEXT NOT NULL,
    late INTEGER NOT NULL,
    corrects INTEGER REFERENCES run_entry (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
