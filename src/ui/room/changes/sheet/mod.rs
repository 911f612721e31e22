//! A form over one row: what was read, what was typed, what became of saving it. The fields are drawn by [`field`].
//!
//! Invariant: a draft is given up only by the person: a failed save, a stale screen and a change meanwhile keep it.

pub mod draft;
pub mod field;
pub mod list;

use std::collections::BTreeSet;

use egui::{Frame, Label, Margin, Ui};

use crate::app::session::Notice;
use crate::domain::command::{Command, Edit};
use crate::domain::row::Row;
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::Button;

pub use draft::{Draft, Typed};
pub use field::{Kind, Spec};

/// What a notice was for a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Not for this form.
    Foreign,
    /// The draft is in the register.
    Saved,
    /// It is not; the form says why.
    Failed,
}

/// A form over one row.
#[derive(Clone, Debug)]
pub struct Sheet<R> {
    base: Option<R>,
    read: Draft,
    /// What it shows now.
    pub draft: Draft,
    sent: Option<(u64, Draft)>,
    /// Where, and what is wrong.
    flaws: Vec<(String, String)>,
    failure: Option<String>,
    /// Tells drafts of new rows apart, so that text undo never crosses from one to the next.
    number: u64,
    /// The fields that are drawn, by path and name, and so say themselves what is wrong with them.
    drawn: BTreeSet<String>,
    /// Where the register differs from what was read, while something is typed.
    meanwhile: Vec<String>,
}

impl<R: Row + PartialEq> Sheet<R> {
    /// The form of a row of the register.
    pub fn open(row: &R) -> Self {
        Self::over(Some(row.clone()), Draft::of(row), 0)
    }

    /// The form of a new row that starts like `seed`.
    pub fn new(ctx: &Ctx<'_>, seed: &R) -> Self {
        Self::over(None, Draft::of(seed), ctx.tickets.take())
    }

    fn over(base: Option<R>, read: Draft, number: u64) -> Self {
        Self {
            base,
            draft: read.clone(),
            read,
            sent: None,
            flaws: Vec::new(),
            failure: None,
            number,
            drawn: BTreeSet::new(),
            meanwhile: Vec::new(),
        }
    }

    /// The row as it was read; nothing for a new one.
    pub fn base(&self) -> Option<&R> {
        self.base.as_ref()
    }

    /// The identity of the record, for the ids of its fields.
    pub fn record(&self) -> (i64, u64) {
        (self.base.as_ref().map_or(0, Row::id), self.number)
    }

    /// Whether anything would be lost by leaving.
    pub fn is_dirty(&self) -> bool {
        self.draft != self.read
    }

    /// Whether nothing was typed anywhere but at this path.
    pub fn only_differs_at(&self, path: &str) -> bool {
        self.draft.differs(&self.read).iter().all(|known| known == path)
    }

    /// Whether the answer to a save is awaited.
    pub fn is_saving(&self) -> bool {
        self.sent.is_some()
    }

    /// Back to what was read.
    pub fn revert(&mut self) {
        self.draft = self.read.clone();
        self.flaws.clear();
        self.failure = None;
    }

    /// Follows the register: a form nobody typed into shows what is there now, any other keeps what was typed and says what
    /// changed meanwhile.
    pub fn follow(&mut self, now: &R) {
        let Some(base) = &self.base else { return };
        self.meanwhile.clear();
        if base == now || self.sent.is_some() {
            return;
        }
        if !self.is_dirty() {
            *self = Self::over(Some(now.clone()), Draft::of(now), self.number);
            return;
        }
        self.meanwhile = Draft::of(now).differs(&Draft::of(base));
    }

    /// Keeps what was typed and takes over everything else that changed meanwhile; saving then works.
    pub fn rebase(&mut self, now: &R) {
        let theirs = Draft::of(now);
        self.draft.rebase(&self.read, &theirs);
        self.read = theirs;
        self.base = Some(now.clone());
        self.meanwhile.clear();
        self.flaws.clear();
        self.failure = None;
    }

    /// The draft as an edit, or nothing with the flaws shown.
    pub fn edit(&mut self, ctx: &Ctx<'_>) -> Option<Edit<R>> {
        self.flaws.clear();
        self.failure = None;
        if self.sent.is_some() {
            return None;
        }
        match self.draft.row(ctx.zone, ctx.today) {
            Ok(row) => Some(Edit { base: self.base.clone(), row }),
            Err(flaws) => {
                self.flaws = flaws;
                None
            }
        }
    }

    /// Sends the draft as one command.
    pub fn send(&mut self, ctx: &Ctx<'_>, command: impl FnOnce(Box<Edit<R>>) -> Command) -> Option<Action> {
        let edit = self.edit(ctx)?;
        let ticket = ctx.tickets.take();
        self.sent = Some((ticket, self.draft.clone()));
        Some(Action::Run { ticket, command: Box::new(command(Box::new(edit))) })
    }

    /// Takes an answer. A saved form follows the register at its next frame.
    pub fn notice(&mut self, notice: &Notice) -> Answer {
        let (Notice::Changed { ticket, .. } | Notice::Unchanged { ticket } | Notice::Failed { ticket, .. }) =
            notice
        else {
            return Answer::Foreign;
        };
        let Some((_, sent)) = self.sent.take_if(|(mine, _)| *ticket == Some(*mine)) else {
            return Answer::Foreign;
        };
        if let Notice::Failed { error, .. } = notice {
            self.flaws = error.issues.iter().map(|i| (i.field.to_owned(), i.text.clone())).collect();
            self.failure = error.issues.is_empty().then(|| error.summary.clone());
            return Answer::Failed;
        }
        if self.draft == sent {
            self.read = sent;
        }
        Answer::Saved
    }

    /// What is wrong at a path, which the rules call `name`.
    fn flaw(&self, path: &str, name: &str) -> Option<&str> {
        let fits = |named: &str| named == path || named == name;
        self.flaws.iter().find(|(named, _)| fits(named)).map(|(_, text)| text.as_str())
    }

    /// Everything that is wrong and has no field in sight to say it.
    pub fn general(&self) -> Vec<String> {
        let unplaced = self.flaws.iter().filter(|(named, _)| !self.drawn.contains(named));
        unplaced.map(|(_, text)| text.clone()).chain(self.failure.clone()).collect()
    }

    /// What stands above the fields: what changed meanwhile, and what is wrong with the whole. `label` names a path.
    pub fn words_ui(&mut self, ui: &mut Ui, now: Option<&R>, label: &dyn Fn(&str) -> String) {
        if let (Some(now), false) = (now, self.meanwhile.is_empty()) {
            let (mut keep, mut take) = (false, false);
            let parts: Vec<String> = self.meanwhile.iter().map(|path| label(path)).collect();
            band_ui(ui, Tone::Warn, |ui| {
                let words = "This was changed meanwhile. What you typed is kept.";
                ui.add(Label::new(Text::Medium.rich(words)).wrap());
                ui.add(Label::new(Text::Small.rich(format!("Changed: {}", parts.join(", ")))).wrap());
                ui.horizontal(|ui| {
                    keep = ui.add(Button::secondary("Keep what I typed")).clicked();
                    take = ui.add(Button::quiet("Discard mine")).clicked();
                });
            });
            if keep {
                self.rebase(now);
            }
            if take {
                *self = Self::over(Some(now.clone()), Draft::of(now), self.number);
            }
            return;
        }
        let general = self.general();
        if !general.is_empty() {
            flaws_ui(ui, &general);
        }
    }
}

/// What could not be done, in words.
pub fn flaws_ui(ui: &mut Ui, flaws: &[String]) {
    let response = band_ui(ui, Tone::Bad, |ui| {
        for flaw in flaws {
            ui.add(Label::new(Text::Body.rich(flaw)).wrap().selectable(true));
        }
    });
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_role(egui::accesskit::Role::Alert));
}

/// A strip in the tint of a tone.
pub fn band_ui(ui: &mut Ui, tone: Tone, content: impl FnOnce(&mut Ui)) -> egui::Response {
    let tokens = theme::tokens(ui);
    Frame::new()
        .fill(tokens.tint(tone))
        .corner_radius(size::RADIUS)
        .inner_margin(Margin::same(size::CELL_PAD as i8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
            content(ui);
        })
        .response
}
