//! The card of deadlines: the rules in force as a table, each open for change in place. A rule is never rewritten: it ends, and
//! a newer one is in force from then on.

use egui::Ui;

use super::form::{
    Answer, Form, Pressed, beside_ui, cell_text, entry_foot_ui, open_ui, row_ui, section_ui, weak_ui,
};
use crate::app::session::Notice;
use crate::domain::asset::{AssetClass, Exposure};
use crate::domain::command::{Command, Issue};
use crate::domain::deadline::{ClockStart, DeadlineRule, DeadlineRuleId, TimeUnit};
use crate::domain::rating::Rank;
use crate::domain::ruleset::PendingRule;
use crate::domain::ruleset::standing::{change_text, pending, policy_ratified};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{Text, Tone, size};
use crate::ui::widget::modal::{Answer as Decided, Question, question_ui};
use crate::ui::widget::{Button, Chip, Dropdown, Field};
use crate::util::text::{count, counted};

const FIELDS: [&str; 2] = ["amount", "source"];
const SHARES: [f32; 6] = [9.0, 15.0, 17.0, 19.0, 19.0, 5.0];
const EVERY_CLASS: &str = "Every class";
const EVERY_EXPOSURE: &str = "Every exposure";

/// The texts as typed and the words as chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    rank: Option<usize>,
    /// 0 for every class, else one more than the index.
    class: Option<usize>,
    /// 0 for every exposure, else one more than the index.
    exposure: Option<usize>,
    amount: String,
    unit: Option<usize>,
    clock: Option<usize>,
    source: String,
}

fn place<T: PartialEq>(all: &[T], value: &T) -> Option<usize> {
    all.iter().position(|known| known == value)
}

impl Draft {
    fn of(rule: &DeadlineRule) -> Self {
        let class = rule.class.and_then(|class| place(AssetClass::ALL, &class));
        let exposure = rule.exposure.and_then(|exposure| place(Exposure::ALL, &exposure));
        Self {
            rank: place(Rank::ALL, &rule.rank),
            class: Some(class.map_or(0, |at| at + 1)),
            exposure: Some(exposure.map_or(0, |at| at + 1)),
            amount: rule.amount.to_string(),
            unit: place(TimeUnit::ALL, &rule.unit),
            clock: place(ClockStart::ALL, &rule.clock),
            source: rule.source.clone(),
        }
    }

    fn new() -> Self {
        let first = Some(0);
        Self { rank: first, class: first, exposure: first, unit: first, clock: first, ..Self::default() }
    }

    fn rule(&self) -> Result<DeadlineRule, Issue> {
        let text = "Write a whole number, such as 14.".to_owned();
        let amount = self.amount.trim().parse().map_err(|_| Issue { field: "amount", text })?;
        let behind_every = |chosen: Option<usize>| chosen.and_then(|at| at.checked_sub(1));
        Ok(DeadlineRule {
            id: DeadlineRuleId(0),
            rank: self.rank.and_then(|at| Rank::ALL.get(at)).copied().unwrap_or(Rank::High),
            class: behind_every(self.class).and_then(|at| AssetClass::ALL.get(at)).copied(),
            exposure: behind_every(self.exposure).and_then(|at| Exposure::ALL.get(at)).copied(),
            amount,
            unit: self.unit.and_then(|at| TimeUnit::ALL.get(at)).copied().unwrap_or(TimeUnit::Days),
            clock: self.clock.and_then(|at| ClockStart::ALL.get(at)).copied().unwrap_or(ClockStart::Release),
            from_at: 0,
            until_at: None,
            source: self.source.clone(),
        })
    }
}

/// The rule that is open for change; `None` in front for a new one.
type Open = (Option<DeadlineRuleId>, Form<Draft>);

/// The card.
#[derive(Debug, Default)]
pub struct Card {
    open: Option<Open>,
    ending: Option<DeadlineRuleId>,
    earlier: bool,
}

impl Card {
    /// Whether something typed would be lost.
    pub fn is_dirty(&self) -> bool {
        self.open.as_ref().is_some_and(|(_, form)| form.is_dirty())
    }

    /// Takes an answer; `true` if it was this card's.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let answer = self.open.as_mut().map_or(Answer::Foreign, |(_, form)| form.notice(notice));
        if answer == Answer::Saved {
            self.open = None;
        }
        answer != Answer::Foreign
    }

    /// Draws the card.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Action> {
        let mut rules: Vec<&DeadlineRule> = ctx.book().rules.rows().iter().collect();
        rules.sort_by_key(|rule| order(rule));
        let (rules, earlier): (Vec<_>, Vec<_>) = rules.into_iter().partition(|rule| rule.until_at.is_none());
        let known = |id: DeadlineRuleId| rules.iter().any(|rule| rule.id == id);
        if self.open.as_ref().is_some_and(|(id, _)| id.is_some_and(|id| !known(id))) {
            // Undone, or ended elsewhere: there is nothing left to change.
            self.open = None;
        }
        let waits = policy_ratified(ctx.book());
        let words = if waits {
            "How long a duty may stay open. Where several rules fit, the earliest due date wins. A change waits until the policy \
             that states it is ratified; duties released before keep the rule of their day."
        } else {
            "How long a duty may stay open. Where several rules fit, the earliest due date wins. Not ratified: a change is in \
             force from now on; duties released before keep the rule of their day."
        };
        let mut action = None;
        section_ui(ui, "Deadlines", words, self.is_dirty(), |ui| {
            ui.add_enabled_ui(ctx.can_write(), |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let titles = ["Rank", "Class", "Exposure", "Time", "Source", ""];
                row_ui(ui, &SHARES, |ui, at| cell_text(ui, Text::SmallMedium, titles[at], true));
                for rule in &rules {
                    if self.open.as_ref().is_some_and(|(id, _)| *id == Some(rule.id)) {
                        action = action.take().or(self.open_ui(ctx, ui));
                    } else {
                        self.rule_ui(rule, ui);
                    }
                    waiting_ui(ctx, ui, |change| change.replaces == Some(rule.id));
                }
                waiting_ui(ctx, ui, |change| change.replaces.is_none() && change.shall_be.is_some());
                ui.add_space(size::GAP);
                if self.open.as_ref().is_some_and(|(id, _)| id.is_none()) {
                    action = action.take().or(self.open_ui(ctx, ui));
                } else if ui.add(Button::secondary("Add a rule").icon(icon::PLUS)).clicked()
                    && !self.is_dirty()
                {
                    self.open = Some((None, Form::new(Draft::new())));
                }
            });
            self.earlier_ui(&earlier, ctx, ui);
        });
        action.or(self.ending_ui(&rules, ui))
    }

    fn rule_ui(&mut self, rule: &DeadlineRule, ui: &mut Ui) {
        let dirty = self.is_dirty();
        let name = format!("Change {}", reach(rule));
        row_ui(ui, &SHARES, |ui, at| match at {
            0 => cell_text(ui, Text::Medium, rule.rank.text(), false),
            1 => cell_text(ui, Text::Body, rule.class.map_or(EVERY_CLASS, AssetClass::text), false),
            2 => cell_text(ui, Text::Body, exposure_words(rule.exposure), false),
            3 => cell_text(ui, Text::Number, &time(rule), false),
            4 => cell_text(ui, Text::Body, &rule.source, true),
            _ => {
                let why = if dirty { "Save or cancel the rule that is open first" } else { name.as_str() };
                let button = Button::icon_only(icon::PENCIL, &name).enabled(!dirty).tooltip(why);
                if ui.add(button).clicked() {
                    self.open = Some((Some(rule.id), Form::new(Draft::of(rule))));
                }
            }
        });
    }

    fn open_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Action> {
        let (id, form) = self.open.as_mut()?;
        let (id, mut pressed, mut end) = (*id, None, false);
        ui.add_space(size::GAP_SMALL);
        open_ui(ui, |ui| {
            ui.spacing_mut().item_spacing.y = size::CELL_PAD;
            fields_ui(id, form, ui);
            let waits = policy_ratified(ctx.book());
            let when = if waits {
                "In force once the policy that states it is ratified"
            } else {
                "In force from now on"
            };
            weak_ui(ui, &format!("{when}; duties released before keep the rule of their day."));
            let save = match (waits, id.is_some()) {
                (true, true) => "Propose change",
                (true, false) => "Propose rule",
                (false, true) => "Put in force",
                (false, false) => "Add rule",
            };
            pressed = entry_foot_ui(form, ui, &FIELDS, save);
            if id.is_some() {
                end = ui.add(Button::quiet_danger("End this rule…")).clicked();
            }
        });
        ui.add_space(size::GAP_SMALL);
        if end {
            self.ending = id;
        }
        match pressed? {
            Pressed::Save => self.save(ctx),
            Pressed::Cancel => {
                self.open = None;
                None
            }
        }
    }

    /// Sends the open rule, or says what is wrong with it.
    pub fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        let (id, form) = self.open.as_mut()?;
        match form.draft.rule() {
            Ok(rule) => Some(form.send(ctx, Command::SaveRule { replaces: *id, rule })),
            Err(issue) => {
                form.refuse(vec![issue]);
                None
            }
        }
    }

    fn ending_ui(&mut self, rules: &[&DeadlineRule], ui: &Ui) -> Option<Action> {
        let rule = rules.iter().find(|rule| Some(rule.id) == self.ending)?;
        let title = format!("End the deadline for {}?", reach(rule));
        let question = Question {
            title: &title,
            body: "Duties released from now on follow the other rules that fit. Those released before keep this one.",
            yes: "End rule",
            other: None,
            danger: true,
        };
        let answer = question_ui(ui.ctx(), &question)?;
        self.ending = None;
        if answer != Decided::Yes {
            return None;
        }
        // Ticket 0 is nobody's: a failure is told by the window.
        Some(Action::Run { ticket: 0, command: Box::new(Command::EndRule(rule.id)) })
    }

    fn earlier_ui(&mut self, earlier: &[&DeadlineRule], ctx: &Ctx<'_>, ui: &mut Ui) {
        if earlier.is_empty() {
            return;
        }
        let number = counted(earlier.len() as u64, "rule that ended", "rules that ended");
        let words = format!("{} {number}", if self.earlier { "Hide" } else { "Show" });
        let fold = if self.earlier { icon::CHEVRON_UP } else { icon::CHEVRON_DOWN };
        if ui.add(Button::quiet(&words).icon(fold)).clicked() {
            self.earlier = !self.earlier;
        }
        if !self.earlier {
            return;
        }
        for rule in earlier {
            let until = rule.until_at.map(|at| ctx.day_text(at)).unwrap_or_default();
            let from =
                if rule.from_at == 0 { "the beginning".to_owned() } else { ctx.day_text(rule.from_at) };
            let words = format!("{}: {}, from {from} until {until}", reach(rule), time(rule));
            weak_ui(ui, &words);
        }
    }
}

/// What is proposed for a deadline and waits, right beneath it.
fn waiting_ui(ctx: &Ctx<'_>, ui: &mut Ui, wanted: impl Fn(&PendingRule) -> bool) {
    for change in pending(ctx.book()).into_iter().filter(|change| wanted(change)) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = size::GAP_SMALL;
            ui.add(Chip::new(Tone::Info, "Waits for the policy"));
            let what = match (&change.shall_be, change.replaces) {
                (Some(rule), Some(_)) => format!("Becomes {}: {}", reach(rule), time(rule)),
                (None, Some(_)) => "Ends".to_owned(),
                _ => change_text(ctx.book(), change),
            };
            let words = format!("{what}. {}, {}", change.proposed_by, ctx.day_text(change.proposed_at));
            weak_ui(ui, &words);
        });
        ui.add_space(size::GAP_SMALL);
    }
}

fn fields_ui(id: Option<DeadlineRuleId>, form: &mut Form<Draft>, ui: &mut Ui) {
    let record = ("rule", id.unwrap_or_default().0);
    let (amount, source) = (form.issue("amount"), form.issue("source"));
    let draft = &mut form.draft;
    let ranks: Vec<&str> = Rank::ALL.iter().map(|rank| rank.text()).collect();
    let classes: Vec<&str> =
        std::iter::once(EVERY_CLASS).chain(AssetClass::ALL.iter().map(|class| class.text())).collect();
    let exposures: Vec<&str> =
        std::iter::once(EVERY_EXPOSURE).chain(Exposure::ALL.iter().map(|exposure| exposure.text())).collect();
    let units: Vec<&str> = TimeUnit::ALL.iter().map(|unit| unit.text()).collect();
    let clocks: Vec<&str> = ClockStart::ALL.iter().map(|clock| clock.text()).collect();
    beside_ui(ui, &[1.0, 1.2, 1.6], |ui, _, at| {
        let dropdown = match at {
            0 => Dropdown::new(record, "Rank", &ranks, &mut draft.rank),
            1 => Dropdown::new(record, "Class", &classes, &mut draft.class),
            _ => Dropdown::new(record, "Exposure", &exposures, &mut draft.exposure),
        };
        dropdown.ui(ui);
    });
    beside_ui(ui, &[0.8, 0.8, 1.2, 2.0], |ui, _, at| match at {
        0 => {
            let field = Field::new(record, "Time", &mut draft.amount).number().required();
            field.issue(amount.as_deref()).ui(ui);
        }
        1 => {
            Dropdown::new(record, "Unit", &units, &mut draft.unit).ui(ui);
        }
        2 => {
            Dropdown::new(record, "Counted from", &clocks, &mut draft.clock).ui(ui);
        }
        _ => {
            let field = Field::new(record, "Source", &mut draft.source).required();
            field.hint("Policy 4.2, insurer, regulator").issue(source.as_deref()).ui(ui);
        }
    });
}

/// The most urgent first; within a rank the most particular first.
fn order(rule: &DeadlineRule) -> impl Ord + use<> {
    (rule.rank, rule.class.is_none(), rule.class, rule.exposure.is_none(), rule.exposure, rule.from_at)
}

fn exposure_words(exposure: Option<Exposure>) -> &'static str {
    exposure.map_or(EVERY_EXPOSURE, Exposure::text)
}

fn time(rule: &DeadlineRule) -> String {
    let amount = rule.amount.unsigned_abs();
    let words = match (rule.unit, amount) {
        (TimeUnit::Days, 1) => "1 day".to_owned(),
        (TimeUnit::Hours, 1) => "1 hour".to_owned(),
        (unit, amount) => format!("{} {}", count(amount), unit.text()),
    };
    match rule.clock {
        ClockStart::Release => words,
        ClockStart::FirstSeen => format!("{words} from first seen"),
    }
}

/// Whom a rule binds: `Severe, server, internet-facing`.
fn reach(rule: &DeadlineRule) -> String {
    let class = rule.class.map_or(EVERY_CLASS, AssetClass::text).to_lowercase();
    format!("{}, {class}, {}", rule.rank.text(), exposure_words(rule.exposure).to_lowercase())
}
