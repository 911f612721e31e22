//! The files of an import: what each was recognised as, what was read, what was left out and why.

use egui::{Label, Ui};

use super::State;
use crate::import::encoding::{CodePage, TextEncoding};
use crate::import::{FileReport, Outcome, ReadSet};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::{Button, Chip, Dropdown, card_ui};
use crate::util::text::{count, counted};

/// How many remarks of a file are shown at most.
const REMARKS: usize = 100;

/// The code pages that can be chosen, and their names.
const PAGES: [(CodePage, &str); 7] = [
    (CodePage::Windows1252, "Western Europe (Windows-1252)"),
    (CodePage::Windows1251, "Cyrillic (Windows-1251)"),
    (CodePage::Windows932, "Japanese (Shift JIS)"),
    (CodePage::Windows936, "Simplified Chinese (GBK)"),
    (CodePage::Oem850, "Western Europe, console (850)"),
    (CodePage::Oem437, "United States, console (437)"),
    (CodePage::Oem866, "Cyrillic, console (866)"),
];

/// Draws every file.
pub fn files_ui(state: &mut State, _ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let Some(read) = state.read.clone() else { return Vec::new() };
    let mut page = None;
    for (at, file) in read.files.iter().enumerate() {
        card_ui(ui, None, |ui| {
            head_ui(file, ui);
            if let Some(chosen) = page_ui(file, at, ui) {
                page = Some(chosen);
            }
            remarks_ui(state, &read, at, ui);
        });
        ui.add_space(size::GAP);
    }
    match page {
        Some((fingerprint, page)) => {
            state.answers.profile_mut(&fingerprint).code_page = Some(page);
            vec![state.read_again()]
        }
        None => Vec::new(),
    }
}

fn head_ui(file: &FileReport, ui: &mut Ui) {
    let tokens = theme::tokens(ui);
    let (tone, word) = match &file.outcome {
        Outcome::Imported => (Tone::Good, "Read"),
        Outcome::Waiting => (Tone::Warn, "Waits for an answer"),
        Outcome::NotImported { .. } => (Tone::Neutral, "Not imported"),
        Outcome::Unreadable { .. } => (Tone::Bad, "Unreadable"),
    };
    ui.horizontal(|ui| {
        ui.add(Label::new(Text::Section.rich(&file.name)).selectable(true));
        ui.add(Chip::new(tone, word));
    });
    let kind = match &file.outcome {
        Outcome::NotImported { name, .. } => name.as_str(),
        _ => file.recognised.kind.name(),
    };
    let mut parts = vec![format!("Recognised as {kind} ({})", file.recognised.why)];
    if file.rows > 0 {
        parts.push(counted(file.rows, "row", "rows"));
    }
    if file.skipped > 0 {
        parts.push(format!("{} left out", count(file.skipped)));
    }
    if let Some(encoding) = file.recognised.encoding {
        parts.push(encoding_name(encoding));
    }
    if let Some(first) = file.sha256.get(..8) {
        parts.push(format!("SHA-256 {first}"));
    }
    ui.add(Label::new(Text::Small.rich(parts.join("; ")).color(tokens.weak)).wrap());
    if let Outcome::NotImported { sentence, .. } | Outcome::Unreadable { sentence } = &file.outcome {
        ui.add(Label::new(Text::Body.rich(sentence)).wrap());
    }
}

fn encoding_name(encoding: TextEncoding) -> String {
    match encoding {
        TextEncoding::Ascii => "plain ASCII".to_owned(),
        TextEncoding::Utf8 { .. } => "UTF-8".to_owned(),
        TextEncoding::Utf16Le | TextEncoding::Utf16Be => "UTF-16".to_owned(),
        TextEncoding::Page(page) => page_name(page).to_owned(),
        TextEncoding::Mixed(page) => format!("{}, mixed with UTF-8", page_name(page)),
    }
}

fn page_name(page: CodePage) -> &'static str {
    PAGES.iter().find(|(known, _)| *known == page).map_or("another code page", |(_, name)| name)
}

/// The code page can be put right where the bytes do not tell; answers the header it is for.
fn page_ui(file: &FileReport, at: usize, ui: &mut Ui) -> Option<(String, CodePage)> {
    let (TextEncoding::Page(now) | TextEncoding::Mixed(now)) = file.recognised.encoding? else { return None };
    if file.fingerprint.is_empty() {
        return None;
    }
    let names: Vec<&str> = PAGES.iter().map(|(_, name)| *name).collect();
    let mut chosen = PAGES.iter().position(|(page, _)| *page == now);
    let help = "Wrong letters in names? Read it with another code page; it is remembered for such files.";
    let dropdown =
        Dropdown::new(("code page", at), "Code page", &names, &mut chosen).width(size::SIDE_PANEL).help(help);
    let changed = dropdown.ui(ui).changed();
    changed.then(|| chosen.map(|at| (file.fingerprint.clone(), PAGES[at].0))).flatten()
}

/// Rows left out and other remarks, with their lines.
fn remarks_ui(state: &mut State, read: &ReadSet, at: usize, ui: &mut Ui) {
    let file = &read.files[at];
    if file.issues == 0 {
        return;
    }
    let open = state.view.opened.contains(&at);
    let said = counted(file.issues, "remark about its rows", "remarks about its rows");
    let name = if open { format!("Hide {said}") } else { format!("Show {said}") };
    if ui.add(Button::quiet(&name)).clicked() {
        if open {
            state.view.opened.remove(&at);
        } else {
            state.view.opened.insert(at);
        }
    }
    if !open {
        return;
    }
    let tokens = theme::tokens(ui);
    let remarks: Vec<_> = read.issues.kept().iter().filter(|issue| usize::from(issue.file) == at).collect();
    for remark in remarks.iter().take(REMARKS) {
        let place = match (&remark.column, remark.line) {
            (_, 0) => "Whole file".to_owned(),
            (Some(column), line) => format!("Line {line}, {column}"),
            (None, line) => format!("Line {line}"),
        };
        ui.add(Label::new(Text::Body.rich(format!("{place}: {}", remark.text)).color(tokens.text)).wrap());
    }
    if file.issues > remarks.len().min(REMARKS) as u64 {
        let more = file.issues - remarks.len().min(REMARKS) as u64;
        ui.label(Text::Small.rich(format!("and {} more", count(more))).color(tokens.weak));
    }
}
