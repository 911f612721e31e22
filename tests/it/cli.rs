//! The console as its user runs it: a real process, its output, its exit code, and the file afterwards.

mod deadline;
mod document;
mod month;
mod night;
mod paper;
mod people;
mod threat;
mod told;
mod waiver;

use std::path::Path;

use crate::desk::{Desk, fixtures, golden};

fn write(path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> std::io::Result<()> {
    patchbook::util::file::write_whole(path.as_ref(), bytes.as_ref())
}

#[test]
fn the_commands_of_the_readme_work_in_an_empty_folder() {
    let desk = Desk::new();
    let (code, out, _) = desk.run(&["import", "shop.patchbook", &golden(), "--dry-run"]);
    assert!(code == 0 && out.contains("Nothing was changed"), "{out}");
    let (code, out, _) = desk.run(&["import", "shop.patchbook", &golden()]);
    assert!(code == 0 && out.contains("4 new computers"), "{out}");
    let (code, out, _) = desk.run(&["assets", "shop.patchbook"]);
    assert!(code == 0 && out.contains("WS-ACC-014") && out.contains("4 of 4 assets"), "{out}");
    let (code, out, _) = desk.run(&["compliance", "shop.patchbook", "--by", "group"]);
    assert!(code == 0 && out.contains("M1") && out.contains("Workstations"), "{out}");
    let (code, _, _) = desk.run(&["report", "shop.patchbook", "report.pdf"]);
    assert!(code == 0 && std::fs::read(desk.path("report.pdf")).unwrap().starts_with(b"%PDF-1."));
    let (code, out, _) = desk.run(&["export", "shop.patchbook", "sheets"]);
    assert!(code == 0 && desk.path("sheets/open-pairs.csv").exists(), "{out}");
    let (code, out, _) = desk.run(&["backup", "shop.patchbook", "copies"]);
    assert!(code == 0 && out.contains("Verified copy"), "{out}");
    let (code, out, _) = desk.run(&["history", "shop.patchbook"]);
    assert!(code == 0 && out.contains("Ann Tester") && out.contains("Import 15 rows"), "{out}");
    let (code, out, _) = desk.run(&["verify", "shop.patchbook"]);
    assert!(code == 0 && out.contains("hold together"), "{out}");
}

#[test]
fn a_dry_run_and_a_second_import_of_the_same_files_change_no_byte() {
    let desk = Desk::new();
    let before = desk.bytes();
    desk.run(&["import", "shop.patchbook", &golden(), "--dry-run"]);
    assert!(desk.bytes() == before, "the dry run wrote");
    desk.run(&["import", "shop.patchbook", &golden()]);
    let imported = desk.bytes();
    let value = desk.json(&["import", "shop.patchbook", &golden()]);
    assert_eq!(value["nothing_new"], true);
    assert!(desk.bytes() == imported, "the second import wrote");
}

#[test]
fn undo_and_redo_walk_through_the_history_by_name() {
    let desk = Desk::new();
    desk.run(&["import", "shop.patchbook", &golden()]);
    let count = |desk: &Desk| desk.json(&["assets", "shop.patchbook"]).as_array().unwrap().len();
    assert_eq!(count(&desk), 4);
    assert!(desk.run(&["undo", "shop.patchbook"]).1.contains("Import 15 rows"));
    assert_eq!(count(&desk), 0);
    assert_eq!(desk.run(&["undo", "shop.patchbook", "--redo"]).0, 0);
    assert_eq!(count(&desk), 4);
    let (code, _, error) = desk.run(&["undo", "shop.patchbook", "--redo"]);
    assert!(code == 2 && error.contains("nothing to redo"), "{error}");
    assert_eq!(desk.run(&["verify", "shop.patchbook"]).0, 0);
}

#[test]
fn a_missing_answer_is_exit_code_three_and_names_its_flag() {
    let desk = Desk::new();
    let file = fixtures().join("wsus/07_PoshWSUS_UpdatePerClient_select.csv");
    let file = file.to_str().unwrap();
    let before = desk.bytes();
    let (code, _, error) = desk.run(&["import", "shop.patchbook", file]);
    assert!(code == 3 && error.contains("--scope"), "{code}: {error}");
    assert!(desk.bytes() == before);
    let (code, out, _) = desk.run(&["import", "shop.patchbook", file, "--scope", "all"]);
    assert!(code == 0 && out.contains("2 new computers"), "{out}");
    let value = desk.json(&["import", "shop.patchbook", file, "--scope", "some-nonsense"]);
    assert!(value["error"].as_str().unwrap().contains("no scope"));
}

#[test]
fn every_file_there_is_gets_one_clear_answer_and_what_is_refused_changes_nothing() {
    let desk = Desk::new();
    let mut folders = vec![fixtures()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
            if entry.is_dir() { folders.push(entry) } else { files.push(entry) }
        }
    }
    files.sort();
    assert!(files.len() > 50, "the fixtures are there");
    for file in files {
        let before = desk.bytes();
        let (code, out, error) = desk.run(&["import", "shop.patchbook", file.to_str().unwrap(), "--dry-run"]);
        assert!(desk.bytes() == before, "{} changed the register", file.display());
        assert!(!error.contains("panicked"), "{}: {error}", file.display());
        match code {
            0 => assert!(out.contains("In all: "), "{}: {out}", file.display()),
            2 | 3 => {
                let sentence = error.lines().next().unwrap_or_default();
                assert!(
                    sentence.starts_with("Error: ") && sentence.len() > 40,
                    "{}: {error}",
                    file.display()
                );
            }
            other => panic!("{}: exit {other}: {error}", file.display()),
        }
    }
}

#[test]
fn files_that_are_no_register_are_named_and_stay_byte_for_byte() {
    let desk = Desk::new();
    let made = desk.bytes();
    let mut newer = made.clone();
    newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
    let mut foreign = made.clone();
    foreign[68..72].copy_from_slice(&7_u32.to_be_bytes());
    let cases: [(&str, Vec<u8>); 5] = [
        ("newer", newer),
        ("foreign", foreign),
        ("cut", made[..made.len() / 2].to_vec()),
        ("text", b"not a database at all".to_vec()),
        ("empty", Vec::new()),
    ];
    for (name, bytes) in cases {
        let file = format!("{name}.patchbook");
        write(desk.path(&file), &bytes).unwrap();
        for args in [
            vec!["compliance", &file],
            vec!["import", &file, &golden()],
            vec!["verify", &file],
            vec!["undo", &file],
        ] {
            let (code, _, error) = desk.run(&args);
            assert!(code != 0 && error.starts_with("Error: "), "{name} {args:?}: {code} {error}");
            assert!(std::fs::read(desk.path(&file)).unwrap() == bytes, "{name} was changed by {args:?}");
        }
    }
}

#[test]
fn a_printed_head_is_found_again_and_a_wrong_one_is_not() {
    let desk = Desk::new();
    desk.run(&["import", "shop.patchbook", &golden()]);
    let value = desk.json(&["verify", "shop.patchbook"]);
    let (entry, head) = (value["head_entry"].as_i64().unwrap(), value["head"].as_str().unwrap().to_owned());
    desk.run(&["undo", "shop.patchbook"]);
    let given = format!("{entry}:{}", &head[..16]);
    assert!(desk.run(&["verify", "shop.patchbook", "--head", &given]).1.contains("no sign of rewriting"));
    let (code, out, _) = desk.run(&["verify", "shop.patchbook", "--head", &format!("{entry}:00000000")]);
    assert!(code == 7 && out.contains("differs"), "{out}");
}

#[test]
fn nothing_is_ever_overwritten_unasked() {
    let desk = Desk::new();
    let before = desk.bytes();
    assert_eq!(desk.run(&["new", "shop.patchbook", "--name", "Other"]).0, 2);
    assert!(desk.bytes() == before);
    write(desk.path("report.pdf"), b"mine").unwrap();
    assert_eq!(desk.run(&["report", "shop.patchbook", "report.pdf"]).0, 2);
    assert_eq!(std::fs::read(desk.path("report.pdf")).unwrap(), b"mine");
    std::fs::create_dir(desk.path("sheets")).unwrap();
    assert_eq!(desk.run(&["export", "shop.patchbook", "sheets"]).0, 2);
}

#[test]
fn papers_are_printed_by_name_and_what_cannot_be_printed_says_what_to_do() {
    let desk = Desk::new();
    for paper in ["report", "calendar", "roles", "waivers", "actions"] {
        let file = format!("{paper}.pdf");
        let (code, out, err) = desk.run(&["print", "shop.patchbook", paper, &file]);
        assert!(code == 0 && out.contains("SHA-256"), "{paper}: {out} {err}");
        assert!(std::fs::read(desk.path(&file)).unwrap().starts_with(b"%PDF-1."), "{paper}");
    }
    let (code, _, err) = desk.run(&["print", "shop.patchbook", "calendar", "far.pdf", "--of", "1999-01"]);
    assert!(code != 0 && err.contains("Choose one with --of"), "{err}");
    assert!(!desk.path("far.pdf").exists());
    let (code, _, err) = desk.run(&["print", "shop.patchbook", "minutes", "minutes.pdf"]);
    assert!(code != 0 && err.contains("there is nothing to print yet"), "{err}");
    let (code, _, err) = desk.run(&["print", "shop.patchbook", "poster", "poster.pdf"]);
    assert!(code != 0 && err.contains("change-line"), "{err}");
    let (code, out, _) = desk.run(&["verify", "shop.patchbook"]);
    assert!(code == 0 && out.contains("hold together"), "{out}");
}
