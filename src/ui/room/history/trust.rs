//! Can the register be trusted: verify now, and look for a head that stands on paper. The results are said in words.

use egui::{Key, Label, Ui};

use crate::app::session::Request;
use crate::store::history::HeadCheck;
use crate::store::verify::VerifyReport;
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::banner::Banner;
use crate::ui::widget::{Button, Field, card_ui};
use crate::util::hash::hex;
use crate::util::text::{count, counted};

/// How many problems are listed before the rest is counted.
const LISTED: usize = 20;

/// What was asked and answered.
#[derive(Debug, Default)]
pub struct Trust {
    verified: Option<Box<VerifyReport>>,
    entry: String,
    hash: String,
    issue: Option<&'static str>,
    checked: Option<HeadCheck>,
}

impl Trust {
    /// Takes the result of a verification.
    pub fn verified(&mut self, report: Box<VerifyReport>) {
        self.verified = Some(report);
    }

    /// Takes the result of looking for a printed head.
    pub fn checked(&mut self, check: HeadCheck) {
        self.checked = Some(check);
    }

    fn check(&mut self) -> Option<Request> {
        self.checked = None;
        let entry: String = self.entry.chars().filter(char::is_ascii_digit).collect();
        let Ok(seq) = entry.parse() else {
            self.issue = Some("Type the number of the entry, as it stands on the page");
            return None;
        };
        self.issue = None;
        Some(Request::CheckHead { seq, groups: self.hash.clone() })
    }
}

/// Draws the card.
pub fn trust_ui(trust: &mut Trust, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    card_ui(ui, Some("Can it be trusted?"), |ui| {
        let tokens = theme::tokens(ui);
        ui.spacing_mut().item_spacing.y = size::CELL_PAD;
        let head = ctx.book().head;
        let words = format!(
            "Every entry holds the hash of the one before, so rewriting shows. It does not prove who did it, nor what was \
             never entered. Newest entry: {}, {}",
            count(head.seq.unsigned_abs()),
            grouped(&hex(&head.hash))
        );
        ui.add(Label::new(Text::Body.rich(words).color(tokens.weak)).wrap().selectable(true));
        if let Some(report) = &trust.verified {
            verified_ui(report, ui);
        }
        ui.horizontal_top(|ui| {
            let entry = Field::new("head", "Entry on the page", &mut trust.entry).number().width(size::SEGMENT_BAR * 5.0);
            let entry = entry.issue(trust.issue).ui(ui);
            let hash = Field::new("head", "Its hash", &mut trust.hash).hint("3f2a 91c0 …").width(size::SEARCH);
            let hash = hash.help("The first eight digits are enough").ui(ui);
            let entered =
                (entry.lost_focus() || hash.lost_focus()) && ui.input(|input| input.key_pressed(Key::Enter));
            ui.vertical(|ui| {
                ui.add_space(size::STEP);
                if ui.add(Button::secondary("Check a printed head")).clicked() || entered {
                    actions.extend(trust.check().map(Action::Send));
                }
            });
        });
        if let Some(check) = trust.checked {
            let (tone, title, words) = said(check);
            Banner::new(tone, title).words(words).ui(ui);
        }
    });
    actions
}

fn verified_ui(report: &VerifyReport, ui: &mut Ui) {
    let read = format!(
        "{}, {} and {} with {} were read. Clock steps back: {}.",
        counted(report.events, "entry", "entries"),
        counted(report.rows, "row", "rows"),
        counted(report.batches, "import", "imports"),
        counted(report.observations, "observation", "observations"),
        count(report.clock_steps_back)
    );
    if report.is_sound() {
        let words = format!("{read} History, rows and observations hold together.");
        Banner::new(Tone::Good, "The register holds together").words(&words).ui(ui);
        return;
    }
    let mut details: Vec<String> = report.problems.iter().take(LISTED).map(ToString::to_string).collect();
    let rest = report.problems.len().saturating_sub(LISTED) as u64 + report.more_problems;
    if rest > 0 {
        details.push(format!("and {} more", count(rest)));
    }
    let words = format!(
        "{read} Keep the file as it is. Compare it with a backup, or rebuild it into a new file with patchbook-cli rebuild."
    );
    let details = details.join("\n");
    Banner::new(Tone::Bad, "The register does not hold together").words(&words).details(&details).ui(ui);
}

fn said(check: HeadCheck) -> (Tone, &'static str, &'static str) {
    match check {
        HeadCheck::Found => (
            Tone::Good,
            "The printed head is in the history",
            "There is no sign of rewriting since that entry.",
        ),
        HeadCheck::Differs => (
            Tone::Bad,
            "The printed head differs",
            "The history before that entry is not what it was when the page was printed.",
        ),
        HeadCheck::Missing => {
            (Tone::Bad, "There is no such entry", "The file is older than the page, or it was cut.")
        }
        HeadCheck::NotAHash => (
            Tone::Warn,
            "This hash cannot be read",
            "Type at least eight of its digits: 0 to 9 and a to f.",
        ),
    }
}

/// A hash in groups of four, so that people can compare it.
fn grouped(hash: &str) -> String {
    let digits: Vec<char> = hash.chars().collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
