//! The independent verifier, where a Python is installed.

use std::path::Path;
use std::process::Command;

use super::sample::{author, create, import, operation, person};
use patchbook::domain::book::Head;
use patchbook::domain::row::RowChange;
use patchbook::util::hash::hex;

/// Runs the verifier; `None` where there is no Python.
fn run(path: &Path) -> Option<(i32, String)> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/verify_patchbook.py");
    let output = Command::new("python3").arg(script).arg(path).output().ok()?;
    let text =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    Some((output.status.code().unwrap_or(-1), text))
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
    must_accept(&path, head);
}
