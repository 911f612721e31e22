//! The rules of the house, read off the source texts: what `src/ARCHITECTURE.md` says, a test enforces.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, extension: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if extension.is_empty() || entry.extension().is_some_and(|e| e == extension) {
                let name = entry.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, String::from_utf8_lossy(&fs::read(&entry).unwrap()).into_owned()));
            }
        }
    }
    found.sort();
    found
}

/// The room of a source file: `src/store/open.rs` is in `store`, `src/main.rs` in `main.rs`.
fn room(name: &str) -> &str {
    name.strip_prefix("src/").unwrap().split('/').next().unwrap()
}

/// The code of a file without its comments.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(i, line)| (i + 1, line.split("//").next().unwrap_or("")))
        .filter(|(_, l)| !l.trim().is_empty())
}

fn broken(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

#[test]
fn each_room_uses_only_the_rooms_below_it() {
    let allowed: &[(&str, &[&str])] = &[
        ("util", &[]),
        ("domain", &["util"]),
        ("store", &["domain", "util"]),
        ("import", &["domain", "util"]),
        ("report", &["domain", "util"]),
        ("draw", &["util"]),
        ("pdf", &["report", "draw", "util"]),
        ("app", &["domain", "store", "import", "report", "pdf", "util"]),
        ("ui", &["app", "domain", "report", "draw", "import", "store", "util"]),
        ("cli", &["app", "domain", "import", "store", "util"]),
    ];
    let mut found = Vec::new();
    for (name, text) in files("src", "rs") {
        let Some((own, may)) = allowed.iter().find(|(module, _)| *module == room(&name)) else { continue };
        for (line, code) in code(&text) {
            for used in code.split("crate::").skip(1) {
                let used: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let is_room = allowed.iter().any(|(module, _)| *module == used);
                if is_room && used != *own && !may.contains(&used.as_str()) {
                    found.push(format!("{name}:{line}: {own} may not use {used}"));
                }
            }
        }
    }
    broken("import rules", &found);
}

#[test]
fn each_foreign_crate_is_named_in_one_room_only() {
    let owners: &[(&str, &[&str])] = &[
        ("rusqlite", &["store"]),
        ("csv_core", &["import"]),
        ("quick_xml", &["import"]),
        ("encoding_rs", &["import"]),
        ("mail_parser", &["import"]),
        ("mail_builder", &["report"]),
        ("pulldown_cmark", &["report"]),
        ("similar", &["domain"]),
        ("flate2", &["import", "pdf"]),
        ("printpdf", &["pdf"]),
        ("lopdf", &["pdf"]),
        ("rustybuzz", &["pdf"]),
        ("subsetter", &["pdf"]),
        ("hypher", &["pdf"]),
        ("unicode_linebreak", &["pdf"]),
        ("csv", &["report"]),
        ("egui", &["ui", "main.rs"]),
        ("eframe", &["ui", "main.rs"]),
        ("egui_extras", &["ui"]),
        ("rfd", &["ui"]),
        ("clap", &["cli"]),
        ("toml", &["app"]),
        ("directories", &["app"]),
        ("sha2", &["util"]),
        ("getrandom", &["util"]),
        ("tempfile", &["util", "store"]),
        ("SystemTime", &["util"]),
    ];
    let mut found = Vec::new();
    for (name, text) in files("src", "rs") {
        for (line, code) in code(&text) {
            for (krate, rooms) in owners {
                let path = format!("{krate}::");
                let names = code.match_indices(&path).any(|(at, _)| {
                    !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':' || c == '"')
                });
                if names && !rooms.contains(&room(&name)) {
                    found.push(format!("{name}:{line}: {krate} belongs into {}", rooms.join(" or ")));
                }
            }
        }
    }
    broken("foreign crates", &found);
}

#[test]
fn the_domain_touches_nothing_outside_itself() {
    let banned =
        ["std::fs", "std::env", "std::thread", "std::net", "std::io", "std::time", "println!", "eprintln!"];
    let mut found = Vec::new();
    for (name, text) in files("src/domain", "rs") {
        for (line, code) in code(&text) {
            for word in banned.iter().filter(|word| code.contains(**word)) {
                found.push(format!("{name}:{line}: {word}"));
            }
        }
    }
    broken("the domain has no I/O and no clock", &found);
}

#[test]
fn statements_to_the_database_stand_in_the_store_only() {
    let mut found = Vec::new();
    for (name, text) in files("src", "rs").iter().filter(|(name, _)| room(name) != "store") {
        for (line, code) in code(text) {
            let asks = ["\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE ", "\"CREATE ", "\"PRAGMA "];
            if asks.iter().any(|word| code.contains(word)) {
                found.push(format!("{name}:{line}"));
            }
        }
    }
    broken("SQL outside the store", &found);
}

#[test]
fn colours_and_sizes_are_written_in_the_theme_only() {
    let digit = |text: &str| text.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let mut found = Vec::new();
    for (name, text) in files("src/ui", "rs").iter().filter(|(name, _)| !name.starts_with("src/ui/theme/")) {
        for (line, code) in code(text) {
            let colour = ["Color32::from_", "hex_color!", "Color32::RED", "Color32::BLACK", "Color32::WHITE"];
            let size = [
                "add_space(",
                "FontId::new(",
                "FontId::proportional(",
                "desired_width(",
                "Stroke::new(",
                "CornerRadius::same(",
            ];
            // A multiple of a token is a token.
            let literal = |rest: &str| digit(rest) && !rest.contains("size::");
            let sized = size.iter().any(|word| code.split(word).skip(1).any(literal));
            if sized || colour.iter().any(|word| code.contains(word)) {
                found.push(format!("{name}:{line}: {}", code.trim()));
            }
        }
    }
    broken("literal colours or sizes outside ui/theme", &found);
}

#[test]
fn no_file_is_too_big_to_live_in_and_each_says_what_it_owns() {
    let mut found = Vec::new();
    for (name, text) in files("src", "rs") {
        let lines = text.lines().count();
        if lines > 500 {
            found.push(format!("{name}: {lines} lines"));
        }
        if !text.starts_with("//!") && !text.starts_with("#![doc") && !text.starts_with("#![cfg_attr") {
            found.push(format!("{name}: does not say what it owns"));
        }
    }
    broken("source files", &found);
}

#[test]
fn every_statement_file_and_every_fixture_is_used() {
    let sources: String = files("src", "rs").into_iter().map(|(_, text)| text).collect();
    let tests: String = files("tests", "rs").into_iter().map(|(_, text)| text).collect();
    let mut found = Vec::new();
    for (name, _) in files("src", "sql") {
        if !sources.contains(Path::new(&name).file_name().unwrap().to_str().unwrap()) {
            found.push(name);
        }
    }
    for (name, _) in files("tests/fixtures", "") {
        let path = PathBuf::from(&name);
        let file = path.file_name().unwrap().to_str().unwrap();
        let folder = path.parent().and_then(Path::file_name).unwrap().to_str().unwrap();
        let whole_folder = folder != "fixtures" && tests.contains(&format!("\"{folder}\""))
            || tests.contains(&format!("{folder}/"));
        if file != "SOURCES.md" && !tests.contains(file) && !whole_folder {
            found.push(name);
        }
    }
    broken("files that nothing uses", &found);
}

#[test]
fn every_test_file_is_part_of_the_one_test_program() {
    let main = fs::read_to_string(root().join("tests/it/main.rs")).unwrap();
    let declared: BTreeSet<String> =
        main.lines().filter_map(|l| l.strip_prefix("mod ")?.strip_suffix(';')).map(str::to_owned).collect();
    for entry in fs::read_dir(root().join("tests/it")).unwrap().map(|e| e.unwrap().path()) {
        if entry.ends_with("snapshots") {
            continue;
        }
        let name = entry.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(name == "main" || declared.contains(&name), "tests/it/{name} is forgotten in main.rs");
    }
}

#[test]
fn there_is_one_egui_and_no_way_into_a_network() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let named = |name: &str| lock.matches(&format!("name = \"{name}\"\n")).count();
    assert_eq!(named("egui"), 1, "two versions of egui are two windows that do not know each other");
    let clients = [
        "reqwest",
        "ureq",
        "hyper",
        "curl",
        "isahc",
        "surf",
        "attohttpc",
        "minreq",
        "rustls",
        "native-tls",
        "openssl",
        "tungstenite",
    ];
    for client in clients {
        assert_eq!(named(client), 0, "{client} could send something away");
    }
}

#[test]
fn every_dependency_has_its_reason_beside_it() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut inside = false;
    let mut found = Vec::new();
    let mut reason_above = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.contains("dependencies");
            reason_above = false;
        } else if line.starts_with('#') {
            reason_above = true;
        } else if inside && line.contains('=') && !line.contains('#') && !reason_above {
            found.push(line.to_owned());
        }
    }
    broken("dependencies without a reason", &found);
}

#[test]
fn nothing_unfinished_is_left_lying_about() {
    let marks = ["todo!(", "unimplemented!(", "FIX\u{4d}E", "allow(dead_code", "#[ign\u{6f}re", "dbg!("];
    let mut found = Vec::new();
    for (name, text) in files("src", "rs").into_iter().chain(files("tests", "rs")) {
        if name.ends_with("tidy.rs") {
            continue;
        }
        for (line, code) in code(&text) {
            if marks.iter().any(|mark| code.contains(mark)) {
                found.push(format!("{name}:{line}: {}", code.trim()));
            }
        }
    }
    broken("unfinished", &found);
}
