//! The card of one-off releases: a month in which a release left its rule.

use egui::Ui;

use super::card::Noun;
use super::pick::{self, Reading, choose_ui};
use crate::domain::calendar::release::{ReleaseOverride, ReleaseOverrideId, ReleaseRuleId};
use crate::domain::command::{CalendarCommand, Edit, Issue};
use crate::domain::cycle::forecast::release_rule;
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::room::form::{Form, beside_ui};
use crate::ui::widget::{DateField, Field};
use crate::util::clock::{day_in, instant_of, utc};

/// The texts as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    rule: Option<ReleaseRuleId>,
    month: String,
    comes: bool,
    on: String,
    time: String,
    reason: String,
}

/// One-off releases.
#[derive(Debug)]
pub struct Exceptions;

impl Noun for Exceptions {
    type Row = ReleaseOverride;
    type Draft = Draft;
    const TITLE: &'static str = "One-off releases";
    const WORDS: &'static str = "Months in which a release left its rule: moved, dropped, or out of band.";
    const EMPTY: &'static str =
        "Every release follows its rule. Add one when a vendor moves or drops a month.";
    const ONE: &'static str = "one-off release";
    const FIELDS: &'static [&'static str] = &["rule", "month", "at", "time", "reason"];
    const COLUMNS: &'static [(&'static str, f32)] =
        &[("Release", 26.0), ("Month", 10.0), ("Comes", 22.0), ("Why", 28.0)];

    fn rows<'a>(ctx: &Ctx<'a>) -> Vec<&'a ReleaseOverride> {
        let rows = ctx.book().release_overrides.rows().iter().filter(|row| row.ended_at.is_none());
        let mut rows: Vec<_> = rows.collect();
        rows.sort_by(|a, b| b.month.cmp(&a.month));
        rows
    }

    fn name(ctx: &Ctx<'_>, row: &ReleaseOverride) -> String {
        let rule = ctx.book().release_rules.get(row.rule.0).map_or_else(String::new, pick::rule_name);
        format!("{rule} of {}", row.month)
    }

    fn cell(ctx: &Ctx<'_>, row: &ReleaseOverride, column: usize) -> (String, bool) {
        match column {
            0 => (ctx.book().release_rules.get(row.rule.0).map_or_else(String::new, pick::rule_name), false),
            1 => (row.month.clone(), false),
            2 => (row.at.map_or_else(|| "Not at all".to_owned(), |at| ctx.time_text(at)), false),
            _ => (row.reason.clone(), true),
        }
    }

    fn blank(ctx: &Ctx<'_>) -> Draft {
        let rule = release_rule(ctx.book());
        Draft {
            rule: rule.map(|rule| rule.id),
            month: ctx.today.format("%Y-%m").to_string(),
            comes: true,
            on: String::new(),
            time: rule.map_or_else(|| "10:00".to_owned(), |rule| rule.time.clone()),
            reason: String::new(),
        }
    }

    fn draft(ctx: &Ctx<'_>, row: &ReleaseOverride) -> Draft {
        let zone = zone_of(ctx, Some(row.rule));
        let local = row.at.map(|at| utc(at).with_timezone(&zone));
        Draft {
            rule: Some(row.rule),
            month: row.month.clone(),
            comes: row.at.is_some(),
            on: pick::date_words(row.at.map(|at| day_in(zone, at))),
            time: local.map_or_else(String::new, |local| local.format("%H:%M").to_string()),
            reason: row.reason.clone(),
        }
    }

    fn fields_ui(
        form: &mut Form<Draft>,
        record: (&'static str, i64),
        ctx: &Ctx<'_>,
        ui: &mut Ui,
    ) -> Option<Action> {
        let [rule, month, at_issue, time, reason] =
            ["rule", "month", "at", "time", "reason"].map(|f| form.issue(f));
        let draft = &mut form.draft;
        let rules = pick::rules(ctx.book());
        let comes = [("It comes on another day".to_owned(), true), ("It does not come".to_owned(), false)];
        beside_ui(ui, &[1.6, 0.8, 1.2], |ui, _, at| match at {
            0 => choose_ui(ui, record, "Release", &rules, &mut draft.rule, rule.as_deref()),
            1 => {
                let field = Field::new(record, "Of month", &mut draft.month).number().required();
                field.hint("2026-12").issue(month.as_deref()).ui(ui);
            }
            _ => choose_ui(ui, record, "What happens", &comes, &mut draft.comes, None),
        });
        if draft.comes {
            let zone = zone_of(ctx, draft.rule);
            beside_ui(ui, &[1.0, 1.0], |ui, _, at| {
                if at == 0 {
                    let field = DateField::new(record, "Comes on", &mut draft.on, ctx.today).required();
                    field.issue(at_issue.as_deref()).ui(ui);
                } else {
                    let field = Field::new(record, "Comes at", &mut draft.time).unit(zone.name()).number();
                    field.hint("10:00").issue(time.as_deref()).ui(ui);
                }
            });
        }
        let field = Field::new(record, "Reason", &mut draft.reason).required();
        field.hint("Vendor announced a delay").issue(reason.as_deref()).ui(ui);
        None
    }

    fn save(
        ctx: &Ctx<'_>,
        base: Option<ReleaseOverride>,
        draft: &Draft,
    ) -> Result<CalendarCommand, Vec<Issue>> {
        let mut read = Reading::default();
        let at = if draft.comes { read.take(instant(ctx, draft).map(Some)) } else { None };
        let row = ReleaseOverride {
            id: ReleaseOverrideId(0),
            rule: draft.rule.unwrap_or_default(),
            month: draft.month.trim().to_owned(),
            at,
            reason: draft.reason.clone(),
            ended_at: None,
        };
        read.done(CalendarCommand::Override(Box::new(Edit { base, row })))
    }

    fn end(row: &ReleaseOverride) -> (&'static str, CalendarCommand) {
        (
            "The release follows its rule again. Cycles that were begun stay where they are.",
            CalendarCommand::EndOverride(row.id),
        )
    }
}

/// The zone in which the vendor keeps time.
fn zone_of(ctx: &Ctx<'_>, rule: Option<ReleaseRuleId>) -> chrono_tz::Tz {
    let rule = rule.and_then(|id| ctx.book().release_rules.get(id.0));
    rule.map_or(ctx.zone, |rule| crate::util::clock::zone(&rule.zone))
}

fn instant(ctx: &Ctx<'_>, draft: &Draft) -> Result<i64, Issue> {
    let on = pick::date(&draft.on, "at", ctx.today)?;
    let on = on.ok_or_else(|| Issue { field: "at", text: "Say on which day it comes.".to_owned() })?;
    let time = chrono::NaiveTime::parse_from_str(draft.time.trim(), "%H:%M");
    let time = time.map_err(|_| Issue { field: "time", text: "Write the time like 21:00.".to_owned() })?;
    Ok(instant_of(zone_of(ctx, draft.rule), on.and_time(time)))
}
