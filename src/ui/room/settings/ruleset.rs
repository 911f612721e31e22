//! The card of rule sets: what others demand and the shop took on, what is offered, and the changes of deadlines that wait for the
//! policy. Whether a change waits is decided by the register, never here.

use egui::{Label, Ui};

use super::form::{
    Answer, Form, Pressed, beside_ui, cell_text, entry_foot_ui, heading_ui, open_ui, row_ui, section_ui,
    weak_ui,
};
use crate::app::session::Notice;
use crate::domain::asset::{AssetClass, Exposure};
use crate::domain::case::BusinessCase;
use crate::domain::case::change::{cost_text, judgement_text};
use crate::domain::command::{Command, DeadlineCommand, Issue};
use crate::domain::ruleset::preset::{Preset, presets};
use crate::domain::ruleset::standing::{
    change_text, in_force, pending, policy_ratified, ratification_text, rules_of, scope_text, time_text,
};
use crate::domain::ruleset::{
    Amount, Filled, OwnTime, PendingRule, RuleSet, RuleSetId, SetClock, SetScope, Stage,
};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{Text, Tone, size};
use crate::ui::widget::form::note_ui;
use crate::ui::widget::{Button, Chip, Dropdown, Field, TickBox};
use crate::util::clock::day_in;
use crate::util::text::counted;

const FIELDS: [&str; 5] = ["reason", "binds", "case", "clock", "times"];
const SET_SHARES: [f32; 4] = [26.0, 26.0, 24.0, 9.0];
const CHANGE_SHARES: [f32; 2] = [66.0, 12.0];
/// What may start the clocks that a source leaves open.
const CLOCKS: [SetClock; 4] = [SetClock::Earliest, SetClock::Release, SetClock::Listed, SetClock::Detected];
const UNITS: [Amount; 4] = [Amount::Days, Amount::Hours, Amount::Weeks, Amount::Months];

/// An adoption as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Adoption {
    preset: Option<usize>,
    /// What it binds; an empty list is no limit.
    binds: SetScope,
    clock: Option<usize>,
    times: [String; 3],
    units: [Option<usize>; 3],
    reason: String,
    /// 0 for none, else one more than the index.
    case: Option<usize>,
}

impl Adoption {
    fn new() -> Self {
        let first = Some(0);
        Self {
            preset: None,
            binds: SetScope::default(),
            clock: first,
            times: Default::default(),
            units: [first; 3],
            reason: String::new(),
            case: first,
        }
    }
}

/// The card.
#[derive(Debug, Default)]
pub struct Card {
    adopting: Option<Form<Adoption>>,
    leaving: Option<(RuleSetId, Form<String>)>,
    /// The presets, made once.
    offered: Vec<Preset>,
    /// The set whose rules are shown.
    shown: Option<RuleSetId>,
}

impl Card {
    /// Whether something typed would be lost.
    pub fn is_dirty(&self) -> bool {
        self.adopting.as_ref().is_some_and(Form::is_dirty)
            || self.leaving.as_ref().is_some_and(|(_, form)| form.is_dirty())
    }

    /// Takes an answer; `true` if it was this card's.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let adopted = self.adopting.as_mut().map_or(Answer::Foreign, |form| form.notice(notice));
        if adopted == Answer::Saved {
            self.adopting = None;
        }
        let left = self.leaving.as_mut().map_or(Answer::Foreign, |(_, form)| form.notice(notice));
        if left == Answer::Saved {
            self.leaving = None;
        }
        adopted != Answer::Foreign || left != Answer::Foreign
    }

    /// Saves what is open.
    pub fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        if self.leaving.is_some() { self.leave(ctx) } else { self.adopt(ctx) }
    }

    /// Draws the card.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Action> {
        if self.offered.is_empty() {
            self.offered = presets();
        }
        let book = ctx.book();
        let mut action = None;
        section_ui(ui, "Rule sets of others", ratification_text(book), self.is_dirty(), |ui| {
            ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
            Self::pending_ui(ctx, ui, &mut action);
            let sets = in_force(book, ctx.now_at);
            if sets.is_empty() {
                weak_ui(
                    ui,
                    "None is adopted. A rule set adds the deadlines of a regulator, a customer or an insurer; the earliest wins.",
                );
            }
            for set in sets {
                self.set_ui(set, ctx, ui, &mut action);
            }
            ui.add_space(size::GAP);
            if self.adopting.is_some() {
                action = action.take().or(self.adoption_ui(ctx, ui));
            } else {
                let button = Button::secondary("Adopt a rule set").icon(icon::PLUS);
                if ui.add(button.enabled(ctx.can_write() && !self.is_dirty())).clicked() {
                    self.adopting = Some(Form::new(Adoption::new()));
                }
            }
        });
        action
    }

    fn pending_ui(ctx: &Ctx<'_>, ui: &mut Ui, action: &mut Option<Action>) {
        let book = ctx.book();
        let waiting = pending(book);
        if waiting.is_empty() {
            return;
        }
        heading_ui(
            ui,
            &format!("{} for the policy", counted(waiting.len() as u64, "change waits", "changes wait")),
        );
        let cases: Vec<&BusinessCase> = book.cases.iter().filter(|case| case.ended_at.is_none()).collect();
        for row in waiting {
            let text = change_text(book, row);
            ui.add(Label::new(Text::Body.rich(&text)).wrap());
            let mut said = format!("{}, {}: {}", row.proposed_by, ctx.day_text(row.proposed_at), row.reason);
            if row.case.is_some() {
                let told = [cost_text(book, row), judgement_text(book, row)];
                said = format!("{said}. {}", told.join(". "));
            }
            weak_ui(ui, &said);
            row_ui(ui, &CHANGE_SHARES, |ui, at| {
                if at == 0 {
                    *action = action.take().or(estimate_ui(row, &cases, &text, ctx, ui));
                } else {
                    let name = format!("Withdraw {text}");
                    let button = Button::quiet("Withdraw").tooltip(&name).enabled(ctx.can_write());
                    if ui.add(button).clicked() {
                        // Ticket 0 is nobody's: a failure is told by the window.
                        let command = Command::Deadline(DeadlineCommand::Withdraw(row.id));
                        *action = Some(Action::Run { ticket: 0, command: Box::new(command) });
                    }
                }
            });
        }
        heading_ui(ui, "In force");
    }

    fn set_ui(&mut self, set: &RuleSet, ctx: &Ctx<'_>, ui: &mut Ui, action: &mut Option<Action>) {
        let book = ctx.book();
        let dirty = self.is_dirty();
        row_ui(ui, &SET_SHARES, |ui, at| match at {
            0 => cell_text(ui, Text::Medium, &set.name, false),
            1 => cell_text(ui, Text::Body, &scope_text(book, &set.binds), true),
            2 => {
                if set.unconfirmed {
                    ui.add(Chip::new(Tone::Warn, "Unconfirmed"));
                }
                if !set.waivers {
                    ui.add(Chip::new(Tone::Info, "No waivers"));
                }
                let past =
                    set.until_on.zip(set.adopted_at).is_some_and(|(until, at)| until < day_in(ctx.zone, at));
                if past {
                    ui.add(Chip::new(Tone::Neutral, "Past only"));
                }
            }
            _ => {
                let shown = self.shown == Some(set.id);
                let fold = if shown { icon::CHEVRON_UP } else { icon::CHEVRON_DOWN };
                let name = format!("{} the rules of {}", if shown { "Hide" } else { "Show" }, set.name);
                if ui.add(Button::icon_only(fold, &name)).clicked() {
                    self.shown = (!shown).then_some(set.id);
                }
                let name = format!("Leave {}", set.name);
                let button = Button::icon_only(icon::LOG_OUT, &name).enabled(ctx.can_write() && !dirty);
                if ui.add(button).clicked() {
                    self.leaving = Some((set.id, Form::new(String::new())));
                }
            }
        });
        if self.shown == Some(set.id) {
            weak_ui(ui, &format!("{}. {}", set.source, set.note));
            for rule in rules_of(book, set) {
                let marks = match (rule.triage, rule.unconfirmed) {
                    (true, true) => " (evidence first, unconfirmed)",
                    (true, false) => " (evidence first)",
                    (false, true) => " (unconfirmed)",
                    (false, false) => "",
                };
                weak_ui(
                    ui,
                    &format!("{}: {}{marks}", rule.label, time_text(rule.count, rule.unit, rule.clock)),
                );
            }
        }
        if self.leaving.as_ref().is_some_and(|(id, _)| *id == set.id) {
            *action = action.take().or(self.leaving_ui(set, ctx, ui));
        }
    }

    fn leaving_ui(&mut self, set: &RuleSet, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Action> {
        let (_, form) = self.leaving.as_mut()?;
        let mut pressed = None;
        let verb = if policy_ratified(ctx.book()) { "Propose to leave" } else { "Leave rule set" };
        open_ui(ui, |ui| {
            let issue = form.issue("reason");
            let field = Field::new(("leave", set.id.0), "Why it shall bind no more", &mut form.draft);
            field.required().issue(issue.as_deref()).ui(ui);
            weak_ui(ui, "What already runs under it keeps its due date.");
            pressed = entry_foot_ui(form, ui, &FIELDS, verb);
        });
        match pressed? {
            Pressed::Save => self.leave(ctx),
            Pressed::Cancel => {
                self.leaving = None;
                None
            }
        }
    }

    fn leave(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        let (set, form) = self.leaving.as_mut()?;
        let reason = form.draft.clone();
        Some(form.send(ctx, Command::Deadline(DeadlineCommand::Drop { set: *set, reason })))
    }

    fn adoption_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Action> {
        let form = self.adopting.as_mut()?;
        let mut pressed = None;
        let verb = if policy_ratified(ctx.book()) { "Propose to adopt" } else { "Adopt rule set" };
        open_ui(ui, |ui| {
            ui.spacing_mut().item_spacing.y = size::CELL_PAD;
            adoption_fields_ui(form, &self.offered, ctx, ui);
            pressed = entry_foot_ui(form, ui, &FIELDS, verb);
        });
        match pressed? {
            Pressed::Save => self.adopt(ctx),
            Pressed::Cancel => {
                self.adopting = None;
                None
            }
        }
    }

    fn adopt(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        let form = self.adopting.as_mut()?;
        let draft = &form.draft;
        let Some(preset) = draft.preset.and_then(|at| self.offered.get(at)) else {
            form.refuse(vec![Issue { field: "", text: "Choose a rule set.".to_owned() }]);
            return None;
        };
        let behind_every = |chosen: Option<usize>| chosen.and_then(|at| at.checked_sub(1));
        let binds = draft.binds.clone();
        let cases: Vec<_> =
            ctx.book().cases.iter().filter(|case| case.ended_at.is_none()).map(|c| c.id).collect();
        let case = behind_every(draft.case).and_then(|at| cases.get(at)).copied();
        let times = preset.own_times().into_iter().enumerate().filter_map(|(at, stage)| {
            let count = draft.times.get(at)?.trim().parse().ok()?;
            Some(OwnTime { stage, count, unit: draft.units[at].and_then(|at| UNITS.get(at)).copied()? })
        });
        let chosen = draft.clock.and_then(|at| CLOCKS.get(at)).copied();
        let clock = chosen.filter(|clock| preset.clock_open && *clock != SetClock::Earliest);
        let filled = Filled { clock, times: times.collect() };
        let (key, reason) = (preset.key.to_owned(), draft.reason.clone());
        Some(form.send(ctx, Command::Deadline(DeadlineCommand::Adopt { key, binds, filled, reason, case })))
    }
}

/// The estimate of a change that waits: chosen is attached at once.
fn estimate_ui(
    row: &PendingRule,
    cases: &[&BusinessCase],
    text: &str,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
) -> Option<Action> {
    if cases.is_empty() || !ctx.can_write() {
        let name = row
            .case
            .and_then(|id| ctx.book().cases.get(id.0))
            .map_or("No estimate", |case| case.name.as_str());
        cell_text(ui, Text::Small, name, true);
        return None;
    }
    let names: Vec<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    let mut chosen = cases.iter().position(|case| Some(case.id) == row.case);
    let name = format!("Estimate of {text}");
    let dropdown = Dropdown::bare(("estimate", row.id.0), &name, &names, &mut chosen).empty("No estimate");
    if !dropdown.ui(ui).changed() {
        return None;
    }
    let case = cases.get(chosen?)?.id;
    let command = Command::Deadline(DeadlineCommand::Estimate { pending: row.id, case });
    Some(Action::Run { ticket: 0, command: Box::new(command) })
}

fn adoption_fields_ui(form: &mut Form<Adoption>, offered: &[Preset], ctx: &Ctx<'_>, ui: &mut Ui) {
    let issues = FIELDS.map(|field| form.issue(field));
    let draft = &mut form.draft;
    let record = "adopt";
    let names: Vec<String> =
        offered.iter().map(|preset| format!("{} ({})", preset.name, preset.offer.text())).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Dropdown::new(record, "Rule set", &names, &mut draft.preset).required().ui(ui);
    if let Some(preset) = draft.preset.and_then(|at| offered.get(at)) {
        weak_ui(ui, &format!("{}. {}", preset.source, preset.note));
        if !preset.waivers {
            weak_ui(ui, "It knows no waivers: every waiver will say that it does not satisfy it.");
        }
        own_times_ui(draft, preset, issues[4].as_deref(), ui);
        if preset.clock_open {
            let words: Vec<&str> = CLOCKS.iter().map(|clock| clock.text()).collect();
            let dropdown = Dropdown::new(record, "Its days run from", &words, &mut draft.clock);
            dropdown.issue(issues[3].as_deref()).ui(ui);
        }
    }
    let book = ctx.book();
    let limit = |ui: &mut Ui, all: &str, any: bool| {
        weak_ui(ui, &format!("{all}: {}", if any { "only what is ticked." } else { "all, none is ticked." }));
    };
    let binds = &mut draft.binds;
    limit(ui, "Classes that it binds", !binds.classes.is_empty());
    let classes = AssetClass::ALL.iter().map(|class| (*class, class.text()));
    ticks_ui(ui, classes, &mut binds.classes);
    limit(ui, "Exposures that it binds", !binds.exposures.is_empty());
    let exposures = Exposure::ALL.iter().map(|exposure| (*exposure, exposure.text()));
    ticks_ui(ui, exposures, &mut binds.exposures);
    limit(ui, "Groups that it binds", !binds.groups.is_empty());
    let groups = book.groups_in_order().into_iter().map(|group| (group.id, group.name.as_str()));
    ticks_ui(ui, groups, &mut binds.groups);
    note_ui(ui, issues[1].as_deref(), None);
    let field = Field::new(record, "Why it shall bind", &mut draft.reason).required();
    field.hint("The insurer asks for it").issue(issues[0].as_deref()).ui(ui);
    let cases: Vec<&str> = std::iter::once("No estimate")
        .chain(book.cases.iter().filter(|case| case.ended_at.is_none()).map(|case| case.name.as_str()))
        .collect();
    if cases.len() > 1 {
        let dropdown = Dropdown::new(record, "What it costs", &cases, &mut draft.case);
        dropdown.issue(issues[2].as_deref()).ui(ui);
    }
    weak_ui(ui, "It binds what starts from then on; what already runs keeps its due date.");
}

/// A tick for each; what is ticked stands in `chosen`, in the order of the ticks.
fn ticks_ui<'a, T: Copy + PartialEq>(
    ui: &mut Ui,
    all: impl Iterator<Item = (T, &'a str)>,
    chosen: &mut Vec<T>,
) {
    let mut kept = Vec::new();
    ui.horizontal_wrapped(|ui| {
        for (one, name) in all {
            let mut on = chosen.contains(&one);
            ui.add(TickBox::new(&mut on, name));
            if on {
                kept.push(one);
            }
        }
    });
    *chosen = kept;
}

fn own_times_ui(draft: &mut Adoption, preset: &Preset, issue: Option<&str>, ui: &mut Ui) {
    let units: Vec<&str> = UNITS.iter().map(|unit| unit.text()).collect();
    for (at, stage) in preset.own_times().into_iter().enumerate().take(draft.times.len()) {
        let (label, unit_label) = match stage {
            Stage::Identify => ("Time to identify", "Unit of the time to identify"),
            Stage::Report => ("Time to report", "Unit of the time to report"),
            Stage::Correct => ("Time to correct", "Unit of the time to correct"),
        };
        beside_ui(ui, &[1.0, 1.0], |ui, _, side| {
            if side == 0 {
                let field = Field::new("adopt", label, &mut draft.times[at]).number().required();
                field.issue(issue).ui(ui);
            } else {
                Dropdown::new("adopt", unit_label, &units, &mut draft.units[at]).ui(ui);
            }
        });
    }
}
