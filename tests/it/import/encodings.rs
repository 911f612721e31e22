//! The bytes PowerShell, the console and editors write.

use patchbook::import::encoding::{CodePage, TextEncoding, guess};
use patchbook::import::{Answers, Input, Outcome};

use super::read_with;

const TEXT: &str =
    "Computer,KB,State,Title\r\nlap-büro-07,5036892,Installed,Größe\r\nws-2,5036892,Failed,x\r\n";

fn utf16(text: &str, little: bool) -> Vec<u8> {
    text.encode_utf16()
        .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
        .collect()
}

/// One byte a character, as Windows-1252 writes these letters.
fn ansi(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1 text")).collect()
}

fn check(bytes: &[u8], expected: &str) {
    let set = read_with(&[Input::from_bytes("a.csv", bytes)], &Answers::default());
    assert_eq!(set.files[0].outcome, Outcome::Imported, "{expected}");
    assert_eq!(set.files[0].recognised.encoding.map(|e| e.to_string()).as_deref(), Some(expected));
    assert_eq!((set.states.len(), set.computers[0].short_name.as_str()), (2, "lap-büro-07"), "{expected}");
    assert_eq!(set.updates[0].title, "Größe", "{expected}");
}

#[test]
fn the_same_table_is_read_from_every_encoding() {
    check(TEXT.as_bytes(), "UTF-8");
    check(&[b"\xef\xbb\xbf", TEXT.as_bytes()].concat(), "UTF-8 with BOM");
    check(&[b"\xff\xfe", &utf16(TEXT, true)[..]].concat(), "UTF-16 LE");
    check(&[b"\xfe\xff", &utf16(TEXT, false)[..]].concat(), "UTF-16 BE");
    check(&utf16(TEXT, true), "UTF-16 LE");
    check(&utf16(TEXT, false), "UTF-16 BE");
    check(&ansi(TEXT), "Windows-1252");
}

#[test]
fn utf8_lines_appended_to_an_ansi_file_are_read_line_by_line() {
    let mut bytes = ansi("Computer,KB,State\r\nlap-büro-07,5036892,Installed\r\n");
    bytes.extend_from_slice("lap-küche-1,5036892,Failed\r\n".as_bytes());
    let set = read_with(&[Input::from_bytes("a.csv", bytes)], &Answers::default());
    assert_eq!(set.files[0].recognised.encoding, Some(TextEncoding::Mixed(CodePage::Windows1252)));
    let names: Vec<&str> = set.computers.iter().map(|pc| pc.short_name.as_str()).collect();
    assert_eq!(names, ["lap-büro-07", "lap-küche-1"]);
}

#[test]
fn a_letter_outside_utf8_far_down_a_file_is_still_read() {
    let mut bytes = b"Computer,KB,State\r\n".to_vec();
    while bytes.len() < 400_000 {
        bytes.extend_from_slice(b"ws-1,5036892,Installed\r\n");
    }
    bytes.extend_from_slice(b"lap-b\xfcro-07,5036892,Failed\r\n");
    let set = read_with(&[Input::from_bytes("a.csv", bytes)], &Answers::default());
    assert_eq!(set.computers[1].short_name, "lap-büro-07");
}

#[test]
fn console_pages_are_guessed_by_letters_inside_words() {
    let french = b"Nom de l'h\x93te,Mod\x8ale\r\nd\x82part,t\x88te\r\n";
    assert_eq!(guess(french, None), TextEncoding::Page(CodePage::Oem850));
    assert_eq!(guess(b"l\x92h\xf4te,mod\xe8le\r\n", None), TextEncoding::Page(CodePage::Windows1252));
    let russian = "Компьютер обновление состояние";
    let (ansi, _, _) = encoding_rs::WINDOWS_1251.encode(russian);
    assert_eq!(guess(&ansi, None), TextEncoding::Page(CodePage::Windows1251));
    let oem = b"\x8a\xae\xac\xaf\xec\xee\xe2\xa5\xe0 \xae\xa1\xad\xae\xa2\xab\xa5\xad\xa8\xa5";
    assert_eq!(guess(oem, None), TextEncoding::Page(CodePage::Oem866));
    let (japanese, _, _) = encoding_rs::SHIFT_JIS.encode("状態,インストールされていません\r\n");
    assert_eq!(guess(&japanese, None), TextEncoding::Page(CodePage::Windows932));
}

#[test]
fn an_answered_page_wins_over_the_guess() {
    let bytes = b"Computer,KB,State\r\nlap-b\x81ro-07,5036892,Installed\r\n".to_vec();
    let mut answers = Answers::default();
    answers.for_all.code_page = Some(CodePage::Oem437);
    let set = read_with(&[Input::from_bytes("a.csv", bytes.clone())], &answers);
    assert_eq!(set.computers[0].short_name, "lap-büro-07");
    let mut answers = Answers::default();
    answers.profile_mut(&set.files[0].fingerprint).code_page = Some(CodePage::Oem850);
    let set = read_with(&[Input::from_bytes("a.csv", bytes)], &answers);
    assert_eq!(set.files[0].recognised.encoding, Some(TextEncoding::Page(CodePage::Oem850)));
    assert_eq!(set.computers[0].short_name, "lap-büro-07");
}

#[test]
fn the_console_pages_have_their_own_letters() {
    assert_eq!(CodePage::Oem850.decode(b"h\x93te Compilaci\xa2n \xb5"), "hôte Compilación Á");
    assert_eq!(CodePage::Oem437.decode(b"h\x93te \xe1 \xff"), "hôte ß \u{a0}");
    assert_eq!(CodePage::Oem866.decode(b"\x8a\xae"), "Ко");
}

#[test]
fn a_vertical_bar_inside_a_japanese_letter_divides_nothing() {
    // The second byte of ポ in code page 932 is the vertical bar.
    let (bytes, _, _) =
        encoding_rs::SHIFT_JIS.encode("Computer|KB|State|Title\r\nws-1|5036892|失敗|ポートの更新\r\n");
    let set = read_with(&[Input::from_bytes("a.csv", bytes.into_owned())], &Answers::default());
    assert_eq!(set.updates[0].title, "ポートの更新");
    assert_eq!(set.states.len(), 1);
}
