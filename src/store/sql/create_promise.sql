-- The promise (format 3): threat data, go/no-go, rule sets, support ends, documents, programme, months. One table per noun, one
-- column per field of its row image, in the order of the image.

CREATE TABLE catalogue (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    version TEXT NOT NULL,
    model TEXT NOT NULL,
    published_at INTEGER,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    entries INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    looked TEXT NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;

CREATE TABLE threat_fact (
    id INTEGER PRIMARY KEY,
    cve TEXT NOT NULL,
    catalogue INTEGER NOT NULL REFERENCES catalogue (id) DEFERRABLE INITIALLY DEFERRED,
    value TEXT NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;

CREATE TABLE advisory (
    id INTEGER PRIMARY KEY,
    kb TEXT NOT NULL,
    catalogue INTEGER NOT NULL REFERENCES catalogue (id) DEFERRABLE INITIALLY DEFERRED,
    title TEXT NOT NULL,
    released_on TEXT,
    cves TEXT NOT NULL,
    severity TEXT NOT NULL,
    products TEXT NOT NULL,
    fixes TEXT NOT NULL,
    supersedes TEXT NOT NULL,
    restart TEXT NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;

CREATE TABLE finding (
    id INTEGER PRIMARY KEY,
    catalogue INTEGER NOT NULL REFERENCES catalogue (id) DEFERRABLE INITIALLY DEFERRED,
    asset INTEGER NOT NULL REFERENCES asset (id) DEFERRABLE INITIALLY DEFERRED,
    "update" INTEGER REFERENCES patch_update (id) DEFERRABLE INITIALLY DEFERRED,
    kb TEXT NOT NULL,
    cves TEXT NOT NULL,
    plugin TEXT NOT NULL,
    name TEXT NOT NULL,
    severity TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    gone_at INTEGER,
    recorded_at INTEGER NOT NULL
) STRICT;

CREATE TABLE rating_ground (
    id INTEGER PRIMARY KEY REFERENCES rating (id) DEFERRABLE INITIALLY DEFERRED,
    suggested TEXT NOT NULL,
    reasons TEXT NOT NULL,
    bundle TEXT NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;

CREATE TABLE tech_domain (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    technologies TEXT NOT NULL,
    decider INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    deputy INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    section TEXT NOT NULL,
    silent_go INTEGER NOT NULL,
    silent_since_at INTEGER,
    object_weekday TEXT NOT NULL,
    object_time TEXT NOT NULL,
    position INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE TABLE go_decision (
    id INTEGER PRIMARY KEY,
    domain INTEGER NOT NULL REFERENCES tech_domain (id) DEFERRABLE INITIALLY DEFERRED,
    updates TEXT NOT NULL,
    decision TEXT NOT NULL,
    reason TEXT NOT NULL,
    risk TEXT NOT NULL,
    cost_cents INTEGER,
    cost_minutes INTEGER,
    outage INTEGER NOT NULL,
    outage_when TEXT NOT NULL,
    wait_until_on TEXT,
    decided_by TEXT NOT NULL,
    function TEXT NOT NULL,
    medium TEXT NOT NULL,
    decided_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    evidence_name TEXT NOT NULL,
    evidence_sha256 TEXT NOT NULL,
    voided_at INTEGER
) STRICT;

CREATE TABLE known_conflict (
    id INTEGER PRIMARY KEY,
    product TEXT NOT NULL,
    "update" INTEGER REFERENCES patch_update (id) DEFERRABLE INITIALLY DEFERRED,
    asset INTEGER REFERENCES asset (id) DEFERRABLE INITIALLY DEFERRED,
    what TEXT NOT NULL,
    remedy TEXT NOT NULL,
    solved_by TEXT NOT NULL,
    seen_on TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE TABLE prerequisite (
    id INTEGER PRIMARY KEY,
    "update" INTEGER NOT NULL REFERENCES patch_update (id) DEFERRABLE INITIALLY DEFERRED,
    needs INTEGER REFERENCES patch_update (id) DEFERRABLE INITIALLY DEFERRED,
    what TEXT NOT NULL,
    kind TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE TABLE business_case (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    currency TEXT NOT NULL,
    cost TEXT NOT NULL,
    loss TEXT,
    ask TEXT NOT NULL,
    other_side TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    judged TEXT NOT NULL,
    judged_by TEXT NOT NULL,
    judged_function TEXT NOT NULL,
    judged_medium TEXT,
    judged_at INTEGER,
    recorded_by TEXT NOT NULL,
    comment TEXT NOT NULL,
    evidence_name TEXT NOT NULL,
    evidence_sha256 TEXT NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    "key" TEXT NOT NULL,
    title TEXT NOT NULL,
    owner INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    classification TEXT NOT NULL,
    review_months INTEGER NOT NULL,
    own_sections TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE TABLE document_version (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    template INTEGER NOT NULL,
    text TEXT NOT NULL,
    stated TEXT NOT NULL,
    about TEXT NOT NULL,
    note TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    submitted_at INTEGER,
    ratified_by TEXT NOT NULL,
    ratified_function TEXT NOT NULL,
    ratified_medium TEXT,
    ratified_at INTEGER,
    recorded_at INTEGER,
    recorded_by TEXT NOT NULL,
    evidence_name TEXT NOT NULL,
    evidence_sha256 TEXT NOT NULL,
    effective_on TEXT,
    next_review_on TEXT,
    superseded_at INTEGER
) STRICT;

CREATE TABLE rule_set (
    id INTEGER PRIMARY KEY,
    "key" TEXT NOT NULL,
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    note TEXT NOT NULL,
    from_on TEXT,
    until_on TEXT,
    binds TEXT NOT NULL,
    waivers INTEGER NOT NULL,
    unconfirmed INTEGER NOT NULL,
    adopted_at INTEGER,
    ended_at INTEGER
) STRICT;

CREATE TABLE set_rule (
    id INTEGER PRIMARY KEY,
    "set" INTEGER NOT NULL REFERENCES rule_set (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    condition TEXT NOT NULL,
    stage TEXT NOT NULL,
    count INTEGER NOT NULL,
    unit TEXT NOT NULL,
    clock TEXT NOT NULL,
    triage INTEGER NOT NULL,
    unconfirmed INTEGER NOT NULL
) STRICT;

CREATE TABLE pending_rule (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    replaces INTEGER REFERENCES deadline_rule (id) DEFERRABLE INITIALLY DEFERRED,
    shall_be TEXT,
    "set" INTEGER REFERENCES rule_set (id) DEFERRABLE INITIALLY DEFERRED,
    reason TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at INTEGER NOT NULL,
    "case" INTEGER REFERENCES business_case (id) DEFERRABLE INITIALLY DEFERRED,
    settled TEXT NOT NULL,
    settled_at INTEGER,
    version INTEGER REFERENCES document_version (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE lifecycle (
    id INTEGER PRIMARY KEY,
    product TEXT NOT NULL,
    edition TEXT NOT NULL,
    security_end_on TEXT,
    extended_end_on TEXT,
    source TEXT NOT NULL,
    as_of_on TEXT,
    own INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE TABLE extended_support (
    id INTEGER PRIMARY KEY,
    asset INTEGER NOT NULL REFERENCES asset (id) DEFERRABLE INITIALLY DEFERRED,
    product TEXT NOT NULL,
    until_on TEXT NOT NULL,
    reference TEXT NOT NULL,
    evidence_name TEXT NOT NULL,
    evidence_sha256 TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    voided_at INTEGER
) STRICT;

CREATE TABLE programme_entry (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    position INTEGER NOT NULL,
    fields TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE TABLE seal (
    id INTEGER PRIMARY KEY,
    month TEXT NOT NULL,
    number INTEGER NOT NULL,
    as_of_at INTEGER NOT NULL,
    sealed_at INTEGER NOT NULL,
    sealed_by TEXT NOT NULL,
    definitions TEXT NOT NULL,
    program TEXT NOT NULL,
    inputs TEXT NOT NULL,
    outputs TEXT NOT NULL,
    answered TEXT NOT NULL,
    judgement TEXT NOT NULL,
    restates INTEGER REFERENCES seal (id) DEFERRABLE INITIALLY DEFERRED,
    reason TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    sha256 TEXT NOT NULL
) STRICT;

CREATE TABLE close_answer (
    id INTEGER PRIMARY KEY,
    month TEXT NOT NULL,
    item TEXT NOT NULL,
    answer TEXT NOT NULL,
    found TEXT NOT NULL,
    answered_by TEXT NOT NULL,
    answered_at INTEGER NOT NULL
) STRICT;

CREATE TABLE signature (
    id INTEGER PRIMARY KEY,
    seal INTEGER NOT NULL REFERENCES seal (id) DEFERRABLE INITIALLY DEFERRED,
    meaning TEXT NOT NULL,
    name TEXT NOT NULL,
    function TEXT NOT NULL,
    medium TEXT NOT NULL,
    signed_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    evidence_name TEXT NOT NULL,
    evidence_sha256 TEXT NOT NULL,
    voided_at INTEGER
) STRICT;

CREATE TABLE posture (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    taken_at INTEGER NOT NULL,
    taken_by TEXT NOT NULL,
    baseline INTEGER NOT NULL,
    threat TEXT NOT NULL,
    protection TEXT NOT NULL,
    environment TEXT NOT NULL,
    defence TEXT NOT NULL,
    definitions TEXT NOT NULL,
    figures TEXT NOT NULL,
    machines TEXT NOT NULL,
    seal INTEGER REFERENCES seal (id) DEFERRABLE INITIALLY DEFERRED,
    sha256 TEXT NOT NULL
) STRICT;

CREATE TABLE counting (
    id INTEGER PRIMARY KEY,
    covered TEXT NOT NULL,
    fresh_server_days INTEGER NOT NULL,
    fresh_other_days INTEGER NOT NULL,
    adoption_on TEXT,
    zone TEXT NOT NULL,
    since_at INTEGER NOT NULL,
    reason TEXT NOT NULL
) STRICT;
