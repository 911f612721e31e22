//! One line into the log: a key opens it, Enter writes it at once.

use egui::{Event, Key, KeyboardShortcut, Modifiers, Ui};

use super::part::{Answer, Sending};
use crate::app::session::Notice;
use crate::domain::command::{Command, EntryDraft, RunCommand};
use crate::domain::run::RunStepId;
use crate::domain::run::entry::{EntryKind, RunEntryId};
use crate::domain::run::phone;
use crate::domain::run::sheet::Sheet;
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::theme::size;
use crate::ui::widget::{Button, Field};

/// The kinds that have a key, with it.
pub const KEYS: [(Key, EntryKind); 7] = [
    (Key::B, EntryKind::Begin),
    (Key::E, EntryKind::End),
    (Key::I, EntryKind::Issue),
    (Key::D, EntryKind::Decision),
    (Key::N, EntryKind::Note),
    (Key::H, EntryKind::HandOver),
    (Key::R, EntryKind::BackOut),
];

const FIELDS: [&str; 2] = ["text", "receiver"];

/// The line being typed.
#[derive(Debug, Default)]
pub struct Line {
    kind: Option<EntryKind>,
    text: String,
    receiver: String,
    step: Option<RunStepId>,
    corrects: Option<RunEntryId>,
    wants_keyboard: bool,
    /// Which line of this session it is, so that text undo stays inside it.
    number: u64,
    sending: Sending,
}

impl Line {
    /// Whether something typed would be lost.
    pub fn is_dirty(&self) -> bool {
        self.kind.is_some() && !self.text.trim().is_empty()
    }

    /// Takes an answer.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let answer = self.sending.notice(notice);
        if answer == Answer::Saved {
            self.close();
        }
        answer != Answer::Foreign
    }

    fn close(&mut self) {
        *self = Self { number: self.number + 1, ..Self::default() };
    }

    /// Opens a line of a kind; begin and end are about the step that comes next, or runs.
    pub fn open(&mut self, kind: EntryKind, sheet: &Sheet<'_>) {
        self.close();
        self.kind = Some(kind);
        self.wants_keyboard = true;
        self.step = match kind {
            EntryKind::Begin => sheet.next().map(|step| step.id),
            EntryKind::End => sheet.running().first().map(|step| step.id),
            _ => None,
        };
        if kind == EntryKind::HandOver
            && let Some(next) = sheet.next()
        {
            self.receiver = sheet.who(next);
        }
    }

    /// Opens a line that puts another one right.
    pub fn correct(&mut self, sheet: &Sheet<'_>, entry: RunEntryId, ctx: &Ctx<'_>) {
        let Some(old) = sheet.entry(entry) else { return };
        self.close();
        self.kind = Some(old.kind);
        self.text = format!("{} {}", crate::domain::run::summary::clock_text(ctx.zone, old.at), old.text);
        self.receiver.clone_from(&old.receiver);
        self.step = old.step;
        self.corrects = Some(entry);
        self.wants_keyboard = true;
    }

    /// Draws the row of kinds, and the line where one is open.
    pub fn ui(&mut self, sheet: &Sheet<'_>, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Action> {
        self.keys(sheet, ui);
        ui.horizontal_wrapped(|ui| {
            for (key, kind) in KEYS {
                let button = Button::secondary(kind.text()).shortcut(key.name());
                if ui.add(button.selected(self.kind == Some(kind))).clicked() {
                    self.open(kind, sheet);
                }
            }
        });
        let kind = self.kind?;
        let mut label = kind.text().to_owned();
        if let Some(step) = self.step.and_then(|id| sheet.step(id)) {
            label = format!("{label}: {}", step.task);
        }
        if self.corrects.is_some() {
            label = format!("Correction, {}", label.to_lowercase());
        }
        let record = ("entry", sheet.run.id.0, self.number);
        let issues = FIELDS.map(|field| self.sending.issue(field));
        let help =
            "Enter writes it at once. Begin with a time such as 22:14 for something that happened earlier.";
        let field = Field::new(record, &label, &mut self.text).issue(issues[0].as_deref()).help(help);
        let id = field.id();
        let shown = field.ui(ui);
        if self.wants_keyboard {
            ui.memory_mut(|memory| memory.request_focus(id));
            self.wants_keyboard = false;
        }
        let mut write = shown.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if kind == EntryKind::HandOver {
            let receiver = Field::new(record, "Taken over by", &mut self.receiver).required();
            let shown = receiver.issue(issues[1].as_deref()).ui(ui);
            write |= shown.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        }
        self.sending.general_ui(ui, &FIELDS);
        ui.add_space(size::GAP_SMALL);
        let mut leave = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        ui.horizontal(|ui| {
            write |= ui.add(Button::secondary("Write it").shortcut("Enter")).clicked();
            leave |= ui.add(Button::quiet("Cancel").shortcut("Esc")).clicked();
        });
        if leave {
            self.close();
            return None;
        }
        if !write || self.sending.is_waiting() {
            return None;
        }
        let draft = self.draft(sheet, kind, ctx);
        let command = RunCommand::Log { run: sheet.run.id, entries: vec![draft] };
        Some(self.sending.send(ctx, Command::Run(command)))
    }

    /// The letters work only while nothing is being typed and nothing lies over the page.
    fn keys(&mut self, sheet: &Sheet<'_>, ui: &Ui) {
        if ui.ctx().text_edit_focused() || self.kind.is_some() || egui::Popup::is_any_open(ui.ctx()) {
            return;
        }
        let pressed = KEYS.iter().find(|(key, _)| {
            let plain = KeyboardShortcut::new(Modifiers::NONE, *key);
            ui.input_mut(|input| !input.modifiers.any() && input.consume_shortcut(&plain))
        });
        if let Some((_, kind)) = pressed {
            // The letter that opened the line is not its first letter.
            ui.input_mut(|input| input.events.retain(|event| !matches!(event, Event::Text(_))));
            self.open(*kind, sheet);
        }
    }

    /// The line as it is sent: a time at its beginning is when it happened, else it happened now.
    fn draft(&self, sheet: &Sheet<'_>, kind: EntryKind, ctx: &Ctx<'_>) -> EntryDraft {
        let task = self.step.and_then(|id| sheet.step(id)).map(|step| step.task.clone()).unwrap_or_default();
        let typed = phone::read(sheet, ctx.zone, ctx.now_at, &self.text).into_iter().next();
        let timed = typed.as_ref().is_some_and(|reading| phone::has_time(&reading.typed));
        let group = self.step.and_then(|id| sheet.step(id)).and_then(|step| step.group);
        let (at, late, text, asset, found) = match typed {
            Some(reading) if timed => {
                let late = reading.draft.at < ctx.now_at - 300;
                (
                    reading.draft.at,
                    late,
                    phone::without_time(&self.text).to_owned(),
                    reading.draft.asset,
                    reading.draft.group,
                )
            }
            Some(reading) => (ctx.now_at, false, self.text.clone(), reading.draft.asset, reading.draft.group),
            None => (ctx.now_at, false, String::new(), None, None),
        };
        let text = if text.trim().is_empty() { task } else { text };
        EntryDraft {
            at,
            kind,
            text,
            step: self.step,
            group: group.or(found),
            asset,
            receiver: if kind == EntryKind::HandOver { self.receiver.clone() } else { String::new() },
            late,
            corrects: self.corrects,
        }
    }
}
