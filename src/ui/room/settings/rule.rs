//! Deadline rules: the table of those in force, and the form of one. Editing makes a new version from now on.

use egui::{Label, Ui};

use super::sent::{Answer, Sent};
use super::{Panel, choice_of};
use crate::app::session::Notice;
use crate::domain::asset::{AssetClass, Exposure};
use crate::domain::command::Command;
use crate::domain::deadline::{ClockStart, DeadlineRule, DeadlineRuleId, TimeUnit};
use crate::domain::rating::Rank;
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, size};
use crate::ui::widget::grid::{GridColumn, grid_ui};
use crate::ui::widget::{Button, Dropdown, Field, card_ui};
use crate::util::text::{count, counted};

/// One rule as it is typed.
#[derive(Debug)]
pub struct Form {
    replaces: Option<DeadlineRule>,
    rank: Option<usize>,
    class: Option<usize>,
    exposure: Option<usize>,
    amount: String,
    unit: Option<usize>,
    clock: Option<usize>,
    source: String,
    pub(super) sent: Sent,
    first: String,
}

impl Form {
    /// A form over a rule, or for a new one.
    pub fn new(rule: Option<&DeadlineRule>) -> Self {
        let mut form = Self {
            replaces: rule.cloned(),
            rank: Some(rule.map_or(0, |rule| choice_of(Rank::ALL, rule.rank))),
            class: Some(rule.and_then(|rule| rule.class).map_or(0, |class| choice_of(AssetClass::ALL, class) + 1)),
            exposure: Some(rule.and_then(|rule| rule.exposure).map_or(0, |e| choice_of(Exposure::ALL, e) + 1)),
            amount: rule.map(|rule| rule.amount.to_string()).unwrap_or_default(),
            unit: Some(rule.map_or(0, |rule| choice_of(TimeUnit::ALL, rule.unit))),
            clock: Some(rule.map_or(0, |rule| choice_of(ClockStart::ALL, rule.clock))),
            source: rule.map(|rule| rule.source.clone()).unwrap_or_default(),
            sent: Sent::default(),
            first: String::new(),
        };
        form.first = form.words();
        form
    }

    fn words(&self) -> String {
        let choices = [self.rank, self.class, self.exposure, self.unit, self.clock];
        format!("{choices:?} {} {}", self.amount, self.source)
    }

    /// Whether it holds words that are not in the register.
    pub fn is_changed(&self) -> bool {
        self.first != self.words()
    }

    /// What its panel is called.
    pub fn title(&self) -> &'static str {
        if self.replaces.is_some() { "Change a deadline" } else { "New deadline" }
    }

    /// Takes an answer.
    pub fn notice(&mut self, notice: &Notice) -> Answer {
        self.sent.answer(notice)
    }

    /// Sends the rule, or names what is wrong.
    pub fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        self.sent.clear();
        let Ok(amount) = self.amount.trim().parse() else {
            self.sent.refuse("amount", "Type a number.");
            return None;
        };
        let rule = DeadlineRule {
            id: DeadlineRuleId(0),
            rank: Rank::ALL[self.rank.unwrap_or(0)],
            class: self.class.filter(|at| *at > 0).map(|at| AssetClass::ALL[at - 1]),
            exposure: self.exposure.filter(|at| *at > 0).map(|at| Exposure::ALL[at - 1]),
            amount,
            unit: TimeUnit::ALL[self.unit.unwrap_or(0)],
            clock: ClockStart::ALL[self.clock.unwrap_or(0)],
            from_at: 0,
            until_at: None,
            source: self.source.clone(),
        };
        let replaces = self.replaces.as_ref().map(|rule| rule.id);
        self.sent.send(ctx, Command::SaveRule { replaces, rule })
    }
}

/// Draws the form in its panel.
pub fn form_ui(form: &mut Form, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    let record = form.replaces.as_ref().map_or(0, |rule| rule.id.0);
    let ranks: Vec<&str> = Rank::ALL.iter().map(|v| v.text()).collect();
    Dropdown::new(record, "Rank of the update", &ranks, &mut form.rank).ui(ui);
    let classes: Vec<&str> = std::iter::once("Every machine").chain(AssetClass::ALL.iter().map(|v| v.text())).collect();
    Dropdown::new(record, "Class of the machine", &classes, &mut form.class).ui(ui);
    let exposures: Vec<&str> = std::iter::once("Any").chain(Exposure::ALL.iter().map(|v| v.text())).collect();
    let help = "Where several rules bind, the earliest due date wins";
    Dropdown::new(record, "Exposure", &exposures, &mut form.exposure).help(help).ui(ui);
    let issue = form.sent.issue("amount");
    if Field::new(record, "Deadline", &mut form.amount).number().required().issue(issue.as_deref()).ui(ui).changed() {
        form.sent.edited("amount");
    }
    let units: Vec<&str> = TimeUnit::ALL.iter().map(|v| v.text()).collect();
    Dropdown::new(record, "Unit", &units, &mut form.unit).ui(ui);
    let clocks: Vec<&str> = ClockStart::ALL.iter().map(|v| v.text()).collect();
    Dropdown::new(record, "Counted from", &clocks, &mut form.clock).ui(ui);
    let issue = form.sent.issue("source");
    let field = Field::new(record, "Where it comes from", &mut form.source).required();
    let field = field.hint("Patch policy 3.1").help("Printed beside the due date").issue(issue.as_deref());
    if field.ui(ui).changed() {
        form.sent.edited("source");
    }
    let tokens = theme::tokens(ui);
    let words = "From now on: a duty whose clock started before keeps the deadline of its day.";
    ui.add(Label::new(Text::Small.rich(words).color(tokens.weak)).wrap());
    ui.horizontal(|ui| {
        if ui.add(Button::primary("Save deadline").icon(icon::SAVE).shortcut("Ctrl+S")).clicked() {
            actions.extend(form.save(ctx));
        }
        if let Some(rule) = &form.replaces
            && ui.add(Button::quiet_danger("End it")).clicked()
        {
            actions.extend(form.sent.send(ctx, Command::EndRule(rule.id)));
        }
    });
    actions
}

/// Draws the table of rules in force; answers the panel that is wanted.
pub fn table_ui(ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Panel> {
    let mut wanted = None;
    card_ui(ui, Some("Deadlines"), |ui| {
        let tokens = theme::tokens(ui);
        let mut rules: Vec<&DeadlineRule> = ctx.book().rules.rows().iter().filter(|r| r.until_at.is_none()).collect();
        rules.sort_by_key(|rule| (rule.rank, rule.class, rule.exposure));
        let ended = (ctx.book().rules.len() - rules.len()) as u64;
        let words = format!(
            "{} in force, {} ended. Changing one makes a new version from now on; duties whose clock started before keep \
             the rule of their day.",
            counted(rules.len() as u64, "rule", "rules"),
            count(ended)
        );
        ui.add(Label::new(Text::Small.rich(words).color(tokens.weak)).wrap());
        let column = |title, width| GridColumn { title, width };
        let columns = [
            column("Rank", Some(size::COLUMN_MIN * 2.0)),
            column("Class", Some(size::COLUMN_MIN * 3.0)),
            column("Exposure", Some(size::COLUMN_MIN * 4.0)),
            column("Deadline", None),
            column("Source", None),
            column("", Some(size::COLUMN_MIN * 2.0)),
        ];
        let most = (rules.len() as f32 + 1.0) * (size::CONTROL + size::GAP);
        grid_ui(ui, "Deadlines", &columns, rules.len(), most, |ui, row, column| {
            let rule = rules[row];
            let text = match column {
                0 => rule.rank.text().to_owned(),
                1 => rule.class.map_or("Every machine", AssetClass::text).to_owned(),
                2 => rule.exposure.map_or("Any", Exposure::text).to_owned(),
                3 => format!("{} {} after {}", count(rule.amount.unsigned_abs()), rule.unit.text(), rule.clock.text()),
                4 => rule.source.clone(),
                _ => {
                    let button = ui.add(Button::quiet("Change").enabled(ctx.can_write()));
                    let name = format!("Change {} {}", rule.rank.text(), rule.class.map_or("", AssetClass::text));
                    ui.ctx().accesskit_node_builder(button.id, |node| node.set_description(name));
                    if button.clicked() {
                        wanted = Some(Panel::Rule(Form::new(Some(rule))));
                    }
                    return;
                }
            };
            ui.add(Label::new(Text::Body.rich(text)).truncate());
        });
        if ui.add(Button::secondary("Add a deadline").icon(icon::PLUS).enabled(ctx.can_write())).clicked() {
            wanted = Some(Panel::Rule(Form::new(None)));
        }
    });
    wanted
}
