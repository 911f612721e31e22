//! The independent verifier, where a Python is installed.

use std::path::Path;
use std::process::Command;

use super::sample::{author, create, import, operation, person};
use patchbook::domain::book::Head;
use patchbook::domain::row::{RowChange, Table};
use patchbook::store::table::{Column, Kind, columns};
use patchbook::util::hash::hex;

/// Runs the verifier; `None` where there is no Python.
fn run(path: &Path) -> Option<(i32, String)> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/verify_patchbook.py");
    let output = Command::new("python3").arg(script).arg(path).output().ok()?;
    let text =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    Some((output.status.code().unwrap_or(-1), text))
}

/// The verifier with a printed head: its exit code and what it says.
fn run_with_head(path: &Path, head: &str) -> Option<(i32, String)> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/verify_patchbook.py");
    let output = Command::new("python3").arg(script).arg(path).args(["--head", head]).output().ok()?;
    Some((output.status.code().unwrap_or(-1), String::from_utf8_lossy(&output.stdout).into_owned()))
}

/// The verifier must accept a file and come to the same head.
pub fn must_accept(path: &Path, head: Head) {
    if let Some((code, text)) = run(path) {
        assert_eq!(code, 0, "{text}");
        assert!(text.contains(&hex(&head.hash)), "{text}");
        assert!(text.contains(&format!("entry  {}", head.seq)), "{text}");
        assert!(text.contains("everything holds"), "{text}");
    }
}

/// The verifier must not accept a file.
pub fn must_refuse(path: &Path, what: &str) {
    if let Some((code, text)) = run(path) {
        assert_eq!(code, 1, "{what}: {text}");
        assert!(text.contains("WRONG"), "{what}: {text}");
    }
}

/// The words in quotes after a name in the script, up to the line that closes them.
fn words_of<'s>(script: &'s str, name: &str) -> Vec<&'s str> {
    let from = script.find(name).expect("the list") + name.len();
    let list = &script[from..];
    let list = &list[..list.find(".split()").expect("its end")];
    list.split('"').skip(1).step_by(2).flat_map(str::split_whitespace).collect()
}

#[test]
fn the_other_program_knows_every_table_and_how_each_column_is_written() {
    let script = include_str!("../../../assets/verify_patchbook.py");
    let names: Vec<&str> = Table::ALL.into_iter().map(Table::name).collect();
    let known = ["    1: ", "    2: ", "    3: "].map(|name| words_of(script, name)).concat();
    assert_eq!(known, names);
    let (truths, texts) = (words_of(script, "TRUTHS = "), words_of(script, "JSONS = "));
    for table in Table::ALL {
        for Column { name, kind } in columns(table) {
            let is = (truths.contains(name), texts.contains(name));
            assert_eq!(is, (*kind == Kind::Bool, *kind == Kind::Json), "{} of {}", name, table.name());
        }
    }
}

#[test]
fn the_description_of_the_format_names_every_column_that_is_not_written_as_it_is() {
    let text = include_str!("../../../src/store/FORMAT.md");
    for table in Table::ALL {
        for Column { name, kind } in columns(table) {
            let plain = matches!(kind, Kind::Int | Kind::Text);
            assert!(plain || text.contains(&format!("`{name}`")), "{name} of {}", table.name());
        }
    }
}

#[test]
fn another_program_comes_to_the_same_head_and_verdict() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a shop.patchbook");
    let mut store = create(&path);
    let done = store.commit(import(1, 10_000, 5, 4), store.head()).expect("an import");
    store.undo(done.op_id, &author(100)).expect("an undo");
    store.commit(import(2, 20_000, 5, 4), store.head()).expect("an import");
    let ada = person(5, "Ada \u{1} \"Ünï\"\\ \u{7f}\n𝄞");
    store.commit(operation("Add Ada", 200, vec![RowChange::create(&ada)]), store.head()).expect("a commit");
    store.redact(&person(5, "person 5"), "asked for", &author(300)).expect("a redaction");
    let head = store.head();
    drop(store);
    let grouped = patchbook::util::text::count(head.seq.unsigned_abs());
    for (told, code) in [(hex(&head.hash), 0), ("00000000".to_owned(), 1), ("00".to_owned(), 2)] {
        let Some((found, text)) = run_with_head(&path, &format!("{grouped}:{told}")) else { continue };
        assert_eq!(found, code, "{text}");
    }
    must_accept(&path, head);
}
