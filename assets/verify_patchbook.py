#!/usr/bin/env python3
"""Checks a .patchbook file without Patchbook: python3 verify_patchbook.py FILE [--head ENTRY:HASH]

Written from src/store/FORMAT.md, with Python's standard library. Only reads: follows the chain of hashes, replays the rows and
compares them with the tables both ways, computes the digest of every import. Prints the newest entry and a verdict. With
--head it also says whether the head on a printed page (eight digits of its hash or more) is still in the history. Exit code 0:
everything holds; 1: something does not; 2: the file cannot be read, or what was asked cannot.
"""
import hashlib
import json
import pathlib
import sqlite3
import struct
import sys

TRUTHS = set(("after_the_fact baseline criteria_met cyber_essentials drill hats late manual_only milestone "
              "outage own remote_only sample severe_waivers silent_go superseded triage unconfirmed "
              "void_if_exploited void_if_exposed waivers yearly").split())
JSONS = set(("about aliases answered assets attendance away backup binds changes condition controls cost covered "
             "cves depends_on escalation fields figures files fixes grants groups imported inputs items kbs "
             "looked loss machines marks months origin outputs own_sections parts plan points products reasons recurs "
             "shall_be stated steps supersedes technologies updates value waiver_caps").split())
TABLES = {
    1: ("shop person patch_group asset asset_fact patch_update supersedence rating deadline_rule waiver source "
        "source_asset source_update subscription profile batch attestation").split(),
    2: ("practice departure release_rule release_override closure maintenance_window cycle_template cycle cycle_step "
        "interim_measure role assignment activity duty_conflict member contact meeting action_item "
        "change_template change_record change_line test_result approval notice_sent waiver_request runbook "
        "run run_step run_entry").split(),
    3: ("catalogue threat_fact advisory finding rating_ground tech_domain go_decision known_conflict "
        "prerequisite business_case document document_version rule_set set_rule pending_rule lifecycle "
        "extended_support programme_entry seal close_answer signature posture counting").split(),
}


def sha(data):
    return hashlib.sha256(data).digest()


def fields(*parts):
    return b"".join(struct.pack(">Q", len(part)) + part for part in parts)


def number(value):
    return struct.pack(">q", value)


def after_image(body):
    """The text behind "v", the last member."""
    parsed = json.loads(body)
    image = json.dumps(parsed["v"], ensure_ascii=False, separators=(",", ":"))
    if not body.endswith('"v":' + image + "}"):
        raise ValueError("not written as the format says")
    return parsed["t"], parsed["k"], None if parsed["v"] is None else image


def canonical(row, columns):
    members = []
    for name, value in zip(columns, row):
        if value is None:
            shown = "null"
        elif name in TRUTHS:
            shown = {0: "false", 1: "true"}.get(value, "?")
        elif name in JSONS:
            shown = value
        else:
            shown = json.dumps(value, ensure_ascii=False)
        members.append(f'"{name}":{shown}')
    return "{" + ",".join(members) + "}"


def check_chain(db, problems):
    (file_id,) = db.execute("SELECT file_id FROM file").fetchone()
    head, last = sha(fields(b"patchbook genesis 1", file_id.encode())), 0
    rows, batches, lost, blank, redacted, told, hashes = {}, {}, set(), set(), set(), None, {}
    for seq, op, at, actor, site, kind, body, body_hash, stored in db.execute(
            "SELECT seq, op_id, at, actor, site, kind, body, body_hash, hash FROM event ORDER BY seq"):
        if seq != last + 1:
            problems.append(f"entry {last + 1} is missing or out of turn")
        elif sha(fields(b"patchbook event 1", head, number(seq), number(op), number(at),
                        actor.encode(), site.encode(), kind.encode(), body_hash)) != stored:
            problems.append(f"entry {seq} does not follow from the one before")
        head, last = stored, seq
        hashes[seq] = stored.hex()
        if body is None:
            blank.add(seq)
            continue
        if sha(body.encode()) != body_hash:
            problems.append(f"the text of entry {seq} was changed")
            continue
        try:
            if kind == "row":
                table, key, image = after_image(body)
                rows[table, key] = image
            elif kind == "batch":
                parsed = json.loads(body)
                batches[parsed["batch"]] = parsed["digest"]
            elif kind == "migration":
                told = json.loads(body)["to"]
            elif kind == "redact":
                redacted.update(json.loads(body)["events"])
            elif kind == "lost":
                lost.add(json.loads(body)["batch"])
        except (ValueError, KeyError) as error:
            problems.append(f"the text of entry {seq} cannot be read: {error}")
    if last == 0:
        problems.append("there is no history")
    problems.extend(f"the text of entry {seq} was removed" for seq in sorted(blank - redacted))
    (form,) = db.execute("PRAGMA user_version").fetchone()
    if form not in TABLES:
        raise sqlite3.Error(f"format {form} is newer than this program")
    if told != form:
        problems.append(f"the history does not tell how the file came to format {form}")
    return file_id, form, last, head, rows, batches, lost, hashes


def check_rows(db, form, rows, problems):
    for table in sum((TABLES[since] for since in range(1, form + 1)), []):
        columns = [column[1] for column in db.execute(f"PRAGMA table_info({table})")]
        for row in db.execute(f"SELECT * FROM {table}"):
            image = rows.pop((table, row[0]), None)
            if image is None:
                problems.append(f"{table} {row[0]} is not in the history")
            elif image != canonical(row, columns):
                problems.append(f"{table} {row[0]} is not what the history says")
    problems.extend(f"{table} {key} of the history is gone" for (table, key), image in rows.items() if image)


def check_batches(db, batches, lost, problems):
    nothing = fields(b"patchbook observations 1"), fields(b"patchbook reports 1")
    empty = [sha(start) for start in nothing]
    observed = {batch: [hashlib.sha256(start) for start in nothing] for batch in batches}
    strays = set()
    for batch, asset, update, state, at, installed in db.execute(
            "SELECT * FROM observation ORDER BY batch, source_asset, source_update"):
        tail = bytes(9) if installed is None else b"\1" + number(installed)
        if batch in observed:
            observed[batch][0].update(struct.pack(">qqBq", asset, update, state & 255, at) + tail)
        strays.add(batch)
    for batch, asset, at in db.execute("SELECT * FROM report ORDER BY batch, source_asset, reported_at"):
        if batch in observed:
            observed[batch][1].update(number(asset) + number(at))
        strays.add(batch)
    for batch, hashes in observed.items():
        parts = [part.digest() for part in hashes]
        digest = sha(fields(b"patchbook batch 1", *parts)).hex()
        if digest != batches[batch] and not (batch in lost and parts == empty):
            problems.append(f"the observations of batch {batch} were changed")
    problems.extend(f"there are observations of an unknown batch {batch}" for batch in strays - set(observed))


def printed(text):
    """The entry and the digits of a printed head; nothing where it cannot be read."""
    entry, _, digits = text.replace(",", "").lower().partition(":")
    fits = entry.strip().isdigit() and len(digits.strip()) >= 8
    return (int(entry), digits.strip()) if fits else None


def main(file, wanted=None):
    path, problems = pathlib.Path(file).resolve(), []
    try:
        db = sqlite3.connect(path.as_uri() + "?mode=ro", uri=True)
        file_id, form, last, head, rows, batches, lost, hashes = check_chain(db, problems)
        check_rows(db, form, rows, problems)
        check_batches(db, batches, lost, problems)
    except (sqlite3.Error, TypeError) as error:
        print(f"{path}: cannot be read: {error}")
        return 2
    print(f"file   {file_id}, format {form}\nentry  {last}\nhead   {head.hex()}")
    if wanted:
        if hashes.get(wanted[0], "").startswith(wanted[1]):
            print(f"the printed head of entry {wanted[0]} is in the history: no sign of rewriting since that entry")
        else:
            problems.append(f"the printed head of entry {wanted[0]} is not in the history")
    for problem in problems:
        print(f"WRONG  {problem}")
    print("verdict: " + ("does not hold" if problems else "everything holds"))
    return int(bool(problems))


if __name__ == "__main__":
    asked = printed(sys.argv[3]) if len(sys.argv) == 4 and sys.argv[2] == "--head" else None
    if len(sys.argv) != 2 and asked is None:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(sys.argv[1], asked))
