//! Every known file is answered by name: read, or one sentence that helps.

use std::fmt::Write as _;
use std::io::Write as _;

use patchbook::import::{Answers, Input, Outcome};

use super::{inputs, read_with};

const FOLDERS: [&str; 9] =
    ["wsus", "golden", "systeminfo", "wmic_qfe", "kev", "epss", "msrc", "scanners", "foreign"];

fn outcome_of(name: &str, bytes: &[u8]) -> Outcome {
    read_with(&[Input::from_bytes(name, bytes)], &Answers::default()).files[0].outcome.clone()
}

fn name_of(name: &str, bytes: &[u8]) -> String {
    match outcome_of(name, bytes) {
        Outcome::NotImported { name, sentence } => {
            assert!(sentence.len() > 40 && sentence.ends_with('.'), "{name}: {sentence}");
            name
        }
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn every_file_is_answered_by_name() {
    let mut table = String::new();
    for folder in FOLDERS {
        for input in inputs(&[folder]) {
            let set = read_with(std::slice::from_ref(&input), &Answers::default());
            let file = &set.files[0];
            let answer = match &file.outcome {
                Outcome::Imported => {
                    let (pcs, updates, states) = (set.computers.len(), set.updates.len(), set.states.len());
                    format!("{pcs} computers, {updates} updates, {states} states")
                }
                Outcome::Waiting => "waits".to_owned(),
                Outcome::NotImported { sentence, .. } => sentence.clone(),
                Outcome::Unreadable { sentence } => panic!("{}: {sentence}", input.name),
            };
            let asked: Vec<&str> = set.questions.iter().map(|q| q.kind.name()).collect();
            let encoding = file.recognised.encoding.map_or_else(|| "binary".to_owned(), |e| e.to_string());
            let _ = writeln!(
                table,
                "{folder}/{}\n  {}, by {}",
                input.name,
                file.recognised.kind.name(),
                file.recognised.why
            );
            let _ = writeln!(table, "  {encoding}; {answer}; skipped {}; asks {asked:?}", file.skipped);
        }
    }
    insta::with_settings!({ snapshot_path => "../../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("import_every_file", table);
    });
}

#[test]
fn only_the_formats_of_the_readers_are_imported() {
    let mut read = Vec::new();
    for folder in FOLDERS {
        for input in inputs(&[folder]) {
            let set = read_with(std::slice::from_ref(&input), &Answers::default());
            if matches!(set.files[0].outcome, Outcome::Imported | Outcome::Waiting) {
                read.push(input.name.split('_').next().unwrap_or_default().to_owned());
            } else {
                assert_eq!(
                    (set.computers.len(), set.updates.len(), set.states.len()),
                    (0, 0, 0),
                    "{}",
                    input.name
                );
            }
        }
    }
    let golden = ["computers.csv", "manifest.json", "states.csv", "supersedence.csv", "updates.csv"];
    let wsus = ["01", "02", "03", "06", "07", "12", "17", "22"];
    assert_eq!(read, wsus.into_iter().chain(golden).collect::<Vec<_>>());
}

#[test]
fn binary_formats_are_named_by_their_first_bytes() {
    let mut patchbook = b"SQLite format 3\0".to_vec();
    patchbook.resize(100, 0);
    let sqlite = patchbook.clone();
    patchbook[68..72].copy_from_slice(&0x5042_4B31_u32.to_be_bytes());
    let mut program = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0".to_vec();
    program.resize(400, 0);
    let cases: [(&str, &[u8], &str); 14] = [
        ("a.patchbook", &patchbook, "Patchbook file"),
        ("a.db", &sqlite, "SQLite database"),
        ("a.exe", &program, "program"),
        ("a", b"\x7fELF\x02\x01\x01\0", "program"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "old Excel workbook"),
        ("a.xlsx", b"PK\x03\x04\x14\0\0\0\0\0xl/workbook.xml", "Excel workbook"),
        ("a.docx", b"PK\x03\x04\x14\0\0\0\0\0word/document.xml", "text document"),
        ("a.zip", b"PK\x03\x04\x14\0\0\0\0\0states.csv", "archive"),
        ("a.cab", b"MSCF\0\0\0\0", "cabinet file"),
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3", "PDF document"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture"),
        ("a.evtx", b"ElfFile\0\0\0", "Windows event log"),
        ("a.csv", b"", "empty file"),
        ("a.csv", b"\xff\xfe\r\0\n\0", "empty file"),
    ];
    for (name, bytes, expected) in cases {
        assert_eq!(name_of(name, bytes), expected, "{name}");
    }
}

#[test]
fn a_gzip_is_named_by_what_is_inside() {
    let pack = |text: &str| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(text.as_bytes()).expect("in memory");
        packer.finish().expect("in memory")
    };
    let export =
        "<?xml version=\"1.0\"?><ExportPackage ServerID=\"x\" FormatVersion=\"1.0\"><Files/></ExportPackage>";
    assert_eq!(name_of("export.xml.gz", &pack(export)), "wsusutil export");
    assert_eq!(
        name_of("states.csv.gz", &pack("Computer,KB,State\nws-1,5036892,Installed\n")),
        "compressed file"
    );
}

#[test]
fn text_formats_are_named_by_their_content() {
    let wide = "PolicyId,DeviceName,UPN,DeviceId\r\n1,ws-1,a@b,2\r\n";
    let progress = "56db6148-65be-4294-8ad4-a0db86f66fe6\t2201\t14\t.\r\n0f4a3f0c-5b0a-4a4e-9d0e-7b6a1d2c3e4f\t4402\t9\t.\r\n";
    let cases: [(&str, &str); 10] = [
        ("<html><body>403</body></html>", "web page"),
        ("<ExportPackage FormatVersion=\"1.0\"/>", "wsusutil export"),
        ("{\"format\":\"NVD_CVE\",\"version\":\"2.0\"}", "NVD vulnerability list"),
        ("[{\"a\":1}]", "JSON file"),
        ("#< CLIXML\r\n<Objs Version=\"1.1.0.1\"/>", "captured PowerShell messages"),
        ("Dear colleague\r\nplease find the list attached\r\n", "plain text"),
        ("#model_version:v2026.06.15,score_date:2026-09-29T12:00:22Z\ncve,epss,percentile\n", "EPSS scores"),
        (
            "\"DatePosted\",\"CVE\",\"BulletinKB\",\"Title\",\"AffectedProduct\",\"Supersedes\"\n",
            "WES-NG definitions",
        ),
        (wide, "Intune report"),
        (progress, "progress of an unfinished Patchbook export"),
    ];
    for (text, expected) in cases {
        assert_eq!(name_of("x", text.as_bytes()), expected, "{text}");
    }
}

#[test]
fn the_hash_is_that_of_the_raw_bytes() {
    let set = read_with(&[Input::from_bytes("a.csv", "abc")], &Answers::default());
    assert_eq!(set.files[0].sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!(set.files[0].bytes, 3);
}
