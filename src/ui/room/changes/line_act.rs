//! One thing done to several lines of a change record: assets come on, lines go, results are recorded, rings and windows set.

use egui::{Align, Context, Id, Layout, Ui};

use super::section::weak_ui;
use super::sheet::field::when_ui;
use super::sheet::{Typed, draft, flaws_ui, list};
use crate::app::session::Notice;
use crate::domain::asset::AssetId;
use crate::domain::change::line::{ChangeLineId, LineResult, Proof};
use crate::domain::change::{ChangeId, ChangeRecord, lines};
use crate::domain::command::{ChangeCommand, Command, Edit, LineFound};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::theme::size;
use crate::ui::widget::{Button, Dropdown, Field, TickBox, modal};
use crate::util::text::counted;

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Assets come on.
    Add,
    /// Lines go.
    Remove,
    /// What came of them.
    Result,
    /// Ring, window, seen back.
    Edit,
}

/// The dialog.
#[derive(Clone, Debug)]
pub struct Act {
    change: ChangeId,
    wish: Wish,
    lines: Vec<ChangeLineId>,
    assets: Vec<i64>,
    because: String,
    result: Option<usize>,
    proof: Option<usize>,
    by: String,
    ring: String,
    from: Typed,
    until: Typed,
    seen: bool,
    flaws: Vec<String>,
    /// The tickets whose answers are awaited.
    waiting: Vec<u64>,
}

impl Act {
    /// A dialog about lines of a record.
    pub fn new(ctx: &Ctx<'_>, record: &ChangeRecord, wish: Wish, lines: Vec<ChangeLineId>) -> Self {
        Self {
            change: record.id,
            wish,
            lines,
            assets: Vec::new(),
            because: String::new(),
            result: Some(0),
            proof: Some(1),
            by: ctx.preferences.actor.clone(),
            ring: String::new(),
            from: Typed::when(ctx.zone, None),
            until: Typed::when(ctx.zone, None),
            seen: false,
            flaws: Vec::new(),
            waiting: Vec::new(),
        }
    }

    /// Takes an answer: whether it needs no other showing, and whether the dialog is done.
    pub fn notice(&mut self, notice: &Notice) -> (bool, bool) {
        let (Notice::Changed { ticket, .. } | Notice::Unchanged { ticket } | Notice::Failed { ticket, .. }) =
            notice
        else {
            return (false, false);
        };
        let Some(at) = self.waiting.iter().position(|mine| Some(*mine) == *ticket) else {
            return (false, false);
        };
        self.waiting.remove(at);
        if let Notice::Failed { error, .. } = notice {
            let issues = error.issues.iter().map(|issue| issue.text.clone());
            self.flaws = issues.chain([error.summary.clone()]).collect();
            self.flaws.dedup();
            return (true, false);
        }
        (matches!(notice, Notice::Unchanged { .. }), self.waiting.is_empty() && self.flaws.is_empty())
    }

    fn send(&mut self, ctx: &Ctx<'_>, command: ChangeCommand) -> Action {
        let ticket = ctx.tickets.take();
        self.waiting.push(ticket);
        Action::Run { ticket, command: Box::new(Command::Change(command)) }
    }

    fn run(&mut self, ctx: &Ctx<'_>) -> Vec<Action> {
        self.flaws.clear();
        let change = self.change;
        match self.wish {
            Wish::Add if self.assets.is_empty() => {
                self.flaws.push("Choose at least one asset.".to_owned());
                Vec::new()
            }
            Wish::Add => {
                let add = self.assets.iter().map(|id| AssetId(*id)).collect();
                vec![self.send(ctx, ChangeCommand::Lines { change, add, remove: Vec::new() })]
            }
            Wish::Remove => {
                let remove = self.lines.iter().map(|line| (*line, self.because.clone())).collect();
                vec![self.send(ctx, ChangeCommand::Lines { change, add: Vec::new(), remove })]
            }
            Wish::Result => {
                let result = self.result.and_then(|at| LineResult::ALL.get(at)).copied();
                let proof = self.proof.and_then(|at| Proof::ALL.get(at)).copied();
                let (Some(result), Some(proof)) = (result, proof) else {
                    self.flaws.push("Choose what came of them, and how it is known.".to_owned());
                    return Vec::new();
                };
                let by = self.by.clone();
                let found = |line: &ChangeLineId| LineFound { line: *line, result, proof, by: by.clone() };
                let found = self.lines.iter().map(found).collect();
                vec![self.send(ctx, ChangeCommand::Verify { change, found })]
            }
            Wish::Edit => self.edits(ctx),
        }
    }

    /// What was filled is set on every line; what was left empty stays.
    fn edits(&mut self, ctx: &Ctx<'_>) -> Vec<Action> {
        let ring = match self.ring.trim() {
            "" => None,
            text => {
                if let Ok(ring) = text.parse::<i64>() {
                    Some(ring)
                } else {
                    self.flaws.push("Write the ring as a whole number; 1 goes first.".to_owned());
                    None
                }
            }
        };
        let mut instant = |typed: &Typed| match typed {
            Typed::When { day, time } if !day.trim().is_empty() || !time.trim().is_empty() => {
                match draft::instant(day, time, ctx.zone, ctx.today) {
                    Ok(at) => Some(at),
                    Err(flaw) => {
                        self.flaws.push(flaw);
                        None
                    }
                }
            }
            _ => None,
        };
        let (from, until) = (instant(&self.from), instant(&self.until));
        if ring.is_none() && from.is_none() && until.is_none() && !self.seen && self.flaws.is_empty() {
            self.flaws.push("Fill in what is to be set.".to_owned());
        }
        if !self.flaws.is_empty() {
            return Vec::new();
        }
        let mut actions = Vec::new();
        for id in self.lines.clone() {
            let Some(base) = ctx.book().change_lines.get(id.0).cloned() else { continue };
            let mut row = base.clone();
            row.ring = ring.unwrap_or(row.ring);
            row.window_from_at = from.or(row.window_from_at);
            row.window_until_at = until.or(row.window_until_at);
            if self.seen {
                row.monitored_by.clone_from(&self.by);
                row.monitored_at = Some(ctx.now_at);
            }
            let edit = Edit { base: Some(base), row };
            actions.push(self.send(ctx, ChangeCommand::Line(Box::new(edit))));
        }
        actions
    }

    /// Draws the dialog; `true` when it is to be left.
    pub fn dialog_ui(&mut self, ctx: &Ctx<'_>, egui: &Context, record: &ChangeRecord) -> (Vec<Action>, bool) {
        let (mut actions, mut leave) = (Vec::new(), false);
        let count = counted(self.lines.len() as u64, "asset", "assets");
        let (title, verb) = match self.wish {
            Wish::Add => (format!("Add assets to {}", record.number), "Add assets"),
            Wish::Remove => (format!("Take {count} off {}", record.number), "Take off"),
            Wish::Result => (format!("What came of {count}"), "Record the result"),
            Wish::Edit => (format!("Change {count}"), "Apply to all"),
        };
        leave |= modal::dialog_ui(egui, Id::unique("act on lines"), &title, |ui| {
            ui.spacing_mut().item_spacing.y = size::CELL_PAD;
            if !self.flaws.is_empty() {
                flaws_ui(ui, &self.flaws);
            }
            self.fields_ui(ctx, ui, record);
            let row = egui::vec2(ui.available_width(), size::CONTROL);
            ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
                let danger = self.wish == Wish::Remove;
                let button = if danger { Button::danger(verb) } else { Button::primary(verb) };
                if ui.add(button.enabled(self.waiting.is_empty())).clicked() {
                    actions.extend(self.run(ctx));
                }
                leave |= ui.add(Button::secondary("Cancel")).clicked();
            });
        });
        (actions, leave)
    }

    fn fields_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, record: &ChangeRecord) {
        let id = (self.change.0, "lines");
        match self.wish {
            Wish::Add => self.assets_ui(ctx, ui, record),
            Wish::Remove => {
                weak_ui(ui, "A line that was taken off stays in the record with its reason.");
                Field::new(id, "Reason", &mut self.because).required().ui(ui);
            }
            Wish::Result => {
                let results: Vec<&str> = LineResult::ALL.iter().map(|result| result.text()).collect();
                Dropdown::new(id, "Result", &results, &mut self.result).required().ui(ui);
                let proofs: Vec<&str> = Proof::ALL.iter().map(|proof| proof.text()).collect();
                Dropdown::new(id, "How it is known", &proofs, &mut self.proof)
                    .required()
                    .help("What a tool showed comes in by an import; by hand is counted apart")
                    .ui(ui);
                Field::new(id, "Found by", &mut self.by).required().ui(ui);
            }
            Wish::Edit => {
                weak_ui(
                    ui,
                    "What is left empty stays as it is. Each asset is a step of its own in the history.",
                );
                Field::new(id, "Ring", &mut self.ring).number().help("1 goes first").ui(ui);
                if let Typed::When { day, time } = &mut self.from {
                    when_ui(ctx, ui, &id, "Own window begins", (day, time), false, None);
                }
                if let Typed::When { day, time } = &mut self.until {
                    when_ui(ctx, ui, &id, "Own window ends", (day, time), false, None);
                }
                ui.add(TickBox::new(&mut self.seen, "Seen back after the restart, by me, now"));
            }
        }
    }

    fn assets_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, record: &ChangeRecord) {
        let known: Vec<AssetId> = lines(ctx.book(), record.id).into_iter().map(|line| line.asset).collect();
        if let Some(group) = record.group.and_then(|id| ctx.book().groups.get(id.0)) {
            let of_group = ctx.book().assets.iter().zip(ctx.standings).filter(|(asset, standing)| {
                standing.counts() && standing.group == Some(group.id) && !known.contains(&asset.id)
            });
            let ids: Vec<i64> = of_group.map(|(asset, _)| asset.id.0).collect();
            let name = format!("All {} of {}", counted(ids.len() as u64, "asset", "assets"), group.name);
            if !ids.is_empty() && ui.add(Button::secondary(&name)).clicked() {
                self.assets.extend(ids);
                self.assets.sort_unstable();
                self.assets.dedup();
            }
        }
        list::ids_ui(
            ctx,
            ui,
            &(self.change.0, "assets of a record"),
            "Assets",
            list::Wanted::Assets,
            &mut self.assets,
            true,
            None,
        );
    }
}
