//! Notes from a phone: pasted, read line by line, looked at, then written.

use egui::Ui;

use super::part::{Answer, Sending, weak_ui, words_ui};
use crate::app::session::Notice;
use crate::domain::command::{Command, RunCommand};
use crate::domain::run::phone::read;
use crate::domain::run::sheet::Sheet;
use crate::domain::run::summary::clock_text;
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::theme::{Text, Tone, size};
use crate::ui::widget::{Button, Chip, Field, card_ui};
use crate::util::text::counted;

/// What was pasted.
#[derive(Debug, Default)]
pub struct Paste {
    open: bool,
    text: String,
    sending: Sending,
}

impl Paste {
    /// Whether something typed would be lost.
    pub fn is_dirty(&self) -> bool {
        self.open && !self.text.trim().is_empty()
    }

    /// Opens the card.
    pub fn open(&mut self) {
        self.open = true;
    }

    /// Takes an answer; what was pasted stays until it is written.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let answer = self.sending.notice(notice);
        if answer == Answer::Saved {
            *self = Self::default();
        }
        answer != Answer::Foreign
    }

    /// Draws the card while it is open.
    pub fn ui(&mut self, sheet: &Sheet<'_>, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Action> {
        if !self.open {
            return None;
        }
        let mut action = None;
        card_ui(ui, Some("Notes from the phone"), |ui| {
            let help = "One line each, such as: 2214 DC1 back. Each line is stamped as entered later.";
            Field::new(("paste", sheet.run.id.0), "Notes", &mut self.text).lines(5).help(help).ui(ui);
            let readings = read(sheet, ctx.zone, ctx.now_at, &self.text);
            for reading in &readings {
                ui.horizontal(|ui| {
                    ui.add(Chip::new(Tone::Info, reading.draft.kind.text()));
                    words_ui(ui, Text::Number, &clock_text(ctx.zone, reading.draft.at));
                    let book = ctx.book();
                    let about = [
                        reading.draft.asset.and_then(|id| book.assets.get(id.0)).map(|a| a.name.as_str()),
                        reading.draft.group.and_then(|id| book.groups.get(id.0)).map(|g| g.name.as_str()),
                    ];
                    let about: Vec<&str> = about.into_iter().flatten().collect();
                    let about =
                        if about.is_empty() { String::new() } else { format!("  [{}]", about.join(", ")) };
                    words_ui(ui, Text::Body, &format!("{}{about}", reading.draft.text));
                });
                for remark in &reading.remarks {
                    weak_ui(ui, &format!("Line {}: {remark}", reading.line));
                }
            }
            self.sending.general_ui(ui, &[]);
            let new: Vec<_> =
                readings.into_iter().filter(|reading| !reading.known).map(|r| r.draft).collect();
            ui.add_space(size::GAP_SMALL);
            ui.horizontal(|ui| {
                let verb = format!("Write {}", counted(new.len() as u64, "line", "lines"));
                let can = !new.is_empty() && !self.sending.is_waiting();
                if ui.add(Button::secondary(&verb).enabled(can)).clicked() {
                    let command = RunCommand::Log { run: sheet.run.id, entries: new };
                    action = Some(self.sending.send(ctx, Command::Run(command)));
                }
                if ui.add(Button::quiet("Close the notes")).clicked() {
                    self.open = false;
                }
            });
        });
        action
    }
}
