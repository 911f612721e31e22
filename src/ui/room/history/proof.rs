//! What can be proved: the newest entry and its hash, the verification of the whole file, a head printed on paper.

use egui::{Label, Ui};

use super::{Ask, State};
use crate::app::session::Request;
use crate::store::history::HeadCheck;
use crate::store::verify::VerifyReport;
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::{Banner, Button, Field, card_ui};
use crate::util::hash::hex;
use crate::util::text::{count, counted};

/// How many digits of a hash are shown at first: as many as paper has.
const DIGITS: usize = 16;

/// How many problems are listed before the rest folds away.
const LISTED: usize = 8;

/// A printed head as typed, and what became of looking for it.
#[derive(Debug, Default)]
pub struct Check {
    open: bool,
    entry: String,
    digits: String,
    issue: Option<&'static str>,
    /// The number looked for, and the answer once it is there.
    asked: Option<i64>,
    /// The answer.
    pub found: Option<HeadCheck>,
}

/// Draws the newest entry and what can be checked against it.
pub fn head_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    let tokens = theme::tokens(ui);
    let head = ctx.book().head;
    let all = hex(&head.hash);
    card_ui(ui, None, |ui| {
        ui.horizontal(|ui| {
            ui.label(Text::Medium.rich("Newest entry"));
            ui.label(Text::Number.rich(count(head.seq.unsigned_abs())));
            ui.add_space(size::GAP);
            ui.label(Text::Body.rich("Hash").color(tokens.weak));
            let digits = if state.full { all.len() } else { DIGITS };
            let words = groups(&all[..digits.min(all.len())]);
            let text = if state.full { Text::Small } else { Text::Number };
            ui.add(Label::new(text.rich(words)).selectable(true).truncate());
            if ui.add(Button::icon_only(icon::COPY, "Copy the hash")).clicked() {
                actions.push(Action::Copy(all.clone()));
            }
            let (word, name) = if state.full {
                (icon::EYE_OFF, "Show the first 16 digits")
            } else {
                (icon::EYE, "Show all 64 digits")
            };
            if ui.add(Button::icon_only(word, name)).clicked() {
                state.full = !state.full;
            }
        });
        ui.horizontal(|ui| {
            let verify = Button::secondary("Verify now").icon(icon::SHIELD_CHECK);
            if ui.add(verify.enabled(!state.waits_for(Ask::Verify))).clicked() {
                state.report = None;
                actions.push(state.ask(Ask::Verify, Request::Verify));
            }
            let check = Button::quiet("Check a printed entry…").selected(state.check.open);
            if ui.add(check).clicked() {
                state.check.open = !state.check.open;
            }
            if state.waits_for(Ask::Verify) {
                ui.label(Text::Body.rich("Reading the whole file…").color(tokens.weak));
            }
        });
        if state.check.open {
            ui.add_space(size::GAP_SMALL);
            actions.extend(check_ui(state, ui));
        }
    });
    verified_ui(state, ctx, ui);
    actions
}

/// Digits in groups of four, as on paper.
fn groups(digits: &str) -> String {
    let mut words = String::with_capacity(digits.len() * 5 / 4);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at.is_multiple_of(4) {
            words.push(' ');
        }
        words.push(digit);
    }
    words
}

fn check_ui(state: &mut State, ui: &mut Ui) -> Option<Action> {
    let mut wanted = false;
    ui.horizontal_top(|ui| {
        let check = &mut state.check;
        let issue = check.issue.filter(|_| check.found.is_none());
        let entry = Field::new("head", "Entry on paper", &mut check.entry).number().width(size::NUMBER_FIELD);
        wanted |= entered(&entry.hint("1 234").issue(issue).ui(ui), ui);
        let wrong = (check.found == Some(HeadCheck::NotAHash))
            .then_some("Write at least 8 digits of the hash, 0 to 9 and a to f");
        let digits = Field::new("head", "Its hash", &mut check.digits).number().width(size::SEARCH);
        wanted |= entered(&digits.hint("3fa9 01c2 77e0 b45d").issue(wrong).ui(ui), ui);
        ui.vertical(|ui| {
            // As far down as the inputs beside it, below their labels.
            ui.add_space(size::STEP);
            let button = ui.add(Button::secondary("Check"));
            wanted |= button.clicked();
        });
    });
    found_ui(&state.check, ui);
    if wanted { state.look_for_head() } else { None }
}

fn entered(response: &egui::Response, ui: &Ui) -> bool {
    response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))
}

impl State {
    fn look_for_head(&mut self) -> Option<Action> {
        let digits: String = self.check.entry.chars().filter(char::is_ascii_digit).collect();
        self.check.found = None;
        let Ok(seq) = digits.parse::<i64>() else {
            self.check.issue = Some("Write the number of the entry");
            return None;
        };
        self.check.issue = None;
        self.check.asked = Some(seq);
        let groups = self.check.digits.clone();
        Some(self.ask(Ask::Head, Request::CheckHead { seq, groups }))
    }
}

fn found_ui(check: &Check, ui: &mut Ui) {
    let (Some(seq), Some(found)) = (check.asked, check.found) else { return };
    let entry = count(seq.unsigned_abs());
    let (tone, title, words) = match found {
        HeadCheck::Found => (
            Tone::Good,
            format!("Found: entry {entry} has this hash"),
            "The paper and this file agree up to that entry. Verify now proves that every entry before it is as it was.",
        ),
        HeadCheck::Differs => (
            Tone::Bad,
            format!("Differs: entry {entry} has another hash"),
            "The history up to it is not the one that was printed: it was rewritten, or the paper is of another file.",
        ),
        HeadCheck::Missing => (
            Tone::Warn,
            format!("Missing: there is no entry {entry}"),
            "The file is older than the paper, or entries were cut off. Look for a newer copy.",
        ),
        HeadCheck::NotAHash => return,
    };
    Banner::new(tone, &title).words(words).ui(ui);
}

fn verified_ui(state: &State, ctx: &Ctx<'_>, ui: &mut Ui) {
    match &state.report {
        Some(Ok(report)) if report.is_sound() => {
            let (title, words) = sound_words(report, ctx);
            Banner::new(Tone::Good, &title).words(&words).ui(ui);
        }
        Some(Ok(report)) => problems_ui(report, ui),
        Some(Err(error)) => {
            let words = [error.summary.clone(), error.hints.join(" ")].join(". ");
            Banner::new(Tone::Warn, "The file could not be verified").words(&words).ui(ui);
        }
        None => {}
    }
}

fn sound_words(report: &VerifyReport, ctx: &Ctx<'_>) -> (String, String) {
    let title = format!(
        "No sign of rewriting: {}, {} and {} hold together",
        counted(report.events, "entry", "entries"),
        counted(report.rows, "row", "rows"),
        counted(report.observations, "observation", "observations"),
    );
    let mut words = vec![format!("Verified up to entry {}.", count(report.head.seq.unsigned_abs()))];
    if report.head.seq < ctx.book().head.seq {
        words.push("Newer entries were recorded since.".to_owned());
    }
    if report.clock_steps_back > 0 {
        let times = counted(report.clock_steps_back, "time", "times");
        words.push(format!("The machine's clock went back {times} between two entries."));
    }
    if report.blanked > 0 {
        let blanked = counted(report.blanked, "entry was", "entries were");
        words.push(format!("The text of {blanked} removed, each with an entry that says why."));
    }
    if !report.lost_batches.is_empty() {
        let lost = counted(report.lost_batches.len() as u64, "import was", "imports were");
        words.push(format!("The observations of {lost} lost to an earlier damage."));
    }
    (title, words.join(" "))
}

fn problems_ui(report: &VerifyReport, ui: &mut Ui) {
    let all = report.problems.len() as u64 + report.more_problems;
    let title = format!("The history does not hold together: {}", counted(all, "problem", "problems"));
    let mut lines: Vec<String> =
        report.problems.iter().map(|problem| capital(&problem.to_string())).collect();
    if report.more_problems > 0 {
        lines.push(format!("and {} more", count(report.more_problems)));
    }
    let hint = "Keep this file as it is, and compare it with a backup or a copy.";
    let first = lines.iter().take(LISTED).map(String::as_str);
    let words = std::iter::once(hint).chain(first).collect::<Vec<_>>().join("\n");
    let details = lines.iter().skip(LISTED).map(String::as_str).collect::<Vec<_>>().join("\n");
    Banner::new(Tone::Bad, &title).words(&words).details(&details).ui(ui);
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
