//! The computers of a plan: what would happen to each, ticked if it is taken, and the panel that says why.

use egui::{Label, Ui, vec2};

use super::State;
use super::candidate;
use super::plan::{asks, hint_ui};
use crate::import::plan::{Choices, ComputerPlan, FieldDiff, Verdict};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::table::{Cell, Column};
use crate::ui::widget::{FilterChip, Table, number, side_panel_ui};
use crate::util::text::counted;

/// A verdict without its details, in the order of what asks most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A person must choose.
    Choice,
    /// A new asset.
    New,
    /// A known asset with new values.
    Changed,
    /// Left out.
    LeftOut,
    /// Known only by its key.
    Unnamed,
    /// Nothing new.
    Unchanged,
}

impl Kind {
    const ALL: [Self; 6] =
        [Self::Choice, Self::New, Self::Changed, Self::LeftOut, Self::Unnamed, Self::Unchanged];

    /// The kind of a verdict.
    pub fn of(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Create => Self::New,
            Verdict::Change(_) => Self::Changed,
            Verdict::Unchanged => Self::Unchanged,
            Verdict::Placeholder => Self::Unnamed,
            Verdict::Ask(_) => Self::Choice,
            Verdict::LeftOut(_) => Self::LeftOut,
        }
    }

    fn words(self) -> (Tone, &'static str) {
        match self {
            Self::Choice => (Tone::Warn, "Your choice"),
            Self::New => (Tone::Good, "New"),
            Self::Changed => (Tone::Info, "Changed"),
            Self::LeftOut => (Tone::Neutral, "Left out"),
            Self::Unnamed => (Tone::Neutral, "Not named yet"),
            Self::Unchanged => (Tone::Neutral, "Unchanged"),
        }
    }
}

/// The id of the computer at a place of the plan.
pub fn row_id(at: usize) -> u64 {
    at as u64 + 1
}

/// Whether a computer would be taken as it stands.
pub fn is_taken(verdict: &Verdict) -> bool {
    !matches!(verdict, Verdict::Ask(_) | Verdict::LeftOut(_))
}

/// What happens to a computer, in a line.
fn what(computer: &ComputerPlan) -> String {
    let mut words = match &computer.verdict {
        Verdict::Create => "A new asset".to_owned(),
        Verdict::Change(diffs) => {
            let kept = diffs.iter().filter(|diff| diff.kept_yours).count();
            let fields: Vec<&str> = diffs.iter().map(|diff| diff.field).collect();
            let kept = if kept > 0 { format!(" ({kept} kept yours)") } else { String::new() };
            format!("{}{kept}", fields.join(", "))
        }
        Verdict::Unchanged => String::new(),
        Verdict::Placeholder => "Known by its identifier only; kept until a file names it".to_owned(),
        Verdict::Ask(why) | Verdict::LeftOut(why) => why.clone(),
    };
    if !computer.remark.is_empty() {
        if !words.is_empty() {
            words.push_str(". ");
        }
        words.push_str(&computer.remark);
    }
    words
}

fn columns() -> Vec<Column<'static>> {
    vec![
        Column::new("name", "Computer", size::SEARCH).pinned().unsortable(),
        Column::new("verdict", "What happens", size::COLUMN_NAME).unsortable(),
        Column::new("line", "Line", size::COLUMN_COUNT).right().unsortable(),
        Column::new("what", "Details", size::COLUMN_TEXT).unsortable(),
    ]
}

/// Draws the verdicts and the table.
pub fn list_ui(state: &mut State, ui: &mut Ui) -> Vec<Action> {
    let Some(plan) = &state.plan else { return Vec::new() };
    if plan.computers.is_empty() {
        hint_ui(ui, "These files describe no computer.");
        return Vec::new();
    }
    let mut kind = state.view.kind;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(size::GAP, size::GAP);
        for of in Kind::ALL {
            let count = plan.count(|verdict| Kind::of(verdict) == of);
            let on = kind == Some(of);
            if count > 0 && ui.add(FilterChip::new(of.words().1, on).count(number(count))).clicked() {
                kind = (!on).then_some(of);
            }
        }
    });
    if kind != state.view.kind {
        state.view.kind = kind;
        state.view.refresh(plan);
    }
    let columns = columns();
    let id_of = |row: u32| row_id(row as usize);
    let summary = format!(
        "{} of {}; ticked ones are taken",
        number(state.view.order.len()),
        counted(plan.computers.len() as u64, "computer", "computers")
    );
    let order = std::mem::take(&mut state.view.order);
    let output = Table::new("Computers", &columns, &order, &id_of).tickable().summary(&summary).ui(
        ui,
        &mut state.view.table,
        &mut state.view.selection,
        |cell, row, column| cell_ui(cell, &plan.computers[row as usize], column),
    );
    state.view.order = order;
    if output.current_changed {
        state.view.wanted.clear();
        state.view.found.clear();
    }
    let changed =
        output.ticks_changed && choose(&mut state.choices, &plan.computers, &state.view.selection.ticked);
    if changed { state.plan_again().into_iter().collect() } else { Vec::new() }
}

fn cell_ui(cell: &mut Cell<'_>, computer: &ComputerPlan, column: usize) {
    match column {
        0 => cell.strong(&computer.name),
        1 => {
            let (tone, word) = Kind::of(&computer.verdict).words();
            cell.chip(tone, word);
        }
        2 if computer.line == 0 => {}
        2 => cell.number(&computer.line.to_string()),
        _ => cell.text(&what(computer)),
    }
}

/// Turns ticks into choices; `true` if any differs from the plan.
fn choose(
    choices: &mut Choices,
    computers: &[ComputerPlan],
    ticked: &std::collections::HashSet<u64>,
) -> bool {
    let mut changed = false;
    for (at, computer) in computers.iter().enumerate() {
        let wanted = ticked.contains(&row_id(at));
        if wanted == is_taken(&computer.verdict) {
            continue;
        }
        changed = true;
        let key = &computer.key;
        if wanted {
            if !choices.leave_out.remove(key) {
                choices.take.insert(key.clone());
            }
        } else if !choices.take.remove(key) {
            choices.leave_out.insert(key.clone());
        }
    }
    changed
}

/// Draws the panel over the computer that is looked at.
pub fn panel_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let at = state.view.selection.current.and_then(|id| usize::try_from(id).ok()?.checked_sub(1));
    let computers = state.plan.as_ref().map(|plan| plan.computers.as_slice()).unwrap_or_default();
    let Some(computer) =
        at.and_then(|at| computers.get(at)).filter(|_| state.view.tab == super::plan::Tab::Computers)
    else {
        return Vec::new();
    };
    let computer = computer.clone();
    let (tone, word) = Kind::of(&computer.verdict).words();
    let (changed, close) = side_panel_ui(ui, "computer", &computer.name, Some((tone, word)), |ui| {
        about_ui(&computer, ctx, ui);
        candidate::choice_ui(state, &computer, ctx, ui)
    });
    if close {
        state.view.selection.current = None;
    }
    if changed { state.plan_again().into_iter().collect() } else { Vec::new() }
}

fn about_ui(computer: &ComputerPlan, ctx: &Ctx<'_>, ui: &mut Ui) {
    let tokens = theme::tokens(ui);
    ui.spacing_mut().item_spacing.y = size::GAP;
    let asset = computer.asset.and_then(|id| ctx.book().assets.get(id.0));
    let words = match &computer.verdict {
        Verdict::Change(_) | Verdict::Unchanged => {
            let name = asset.map_or(computer.name.as_str(), |asset| asset.name.as_str());
            format!("It is {name} of the register.")
        }
        Verdict::Create => "It is not in the register and becomes a new asset.".to_owned(),
        _ => what(computer),
    };
    ui.add(Label::new(Text::Body.rich(words)).wrap());
    if !computer.remark.is_empty() && !asks(&computer.verdict) {
        ui.add(Label::new(Text::Body.rich(&computer.remark).color(tokens.warn)).wrap());
    }
    if computer.line > 0 {
        ui.label(Text::Small.rich(format!("Line {} of its file", computer.line)).color(tokens.weak));
    }
    if let Verdict::Change(diffs) = &computer.verdict {
        for diff in diffs {
            diff_ui(ui, diff);
        }
    }
}

/// One value: what the register shows, what the file says, and which of them holds afterwards.
fn diff_ui(ui: &mut Ui, diff: &FieldDiff) {
    let tokens = theme::tokens(ui);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = size::LINE;
        ui.label(Text::Medium.rich(diff.field));
        let was = if diff.was.is_empty() { "empty" } else { &diff.was };
        let line = if diff.kept_yours {
            format!("Yours stays: {was}. The file says: {}", diff.becomes)
        } else {
            format!("{was} → {}", diff.becomes)
        };
        ui.add(Label::new(Text::Body.rich(line).color(tokens.text)).wrap());
        if diff.kept_yours {
            ui.label(Text::Small.rich("Kept yours").color(tokens.good));
        }
    });
}
