//! The card of holidays and freezes: days on which one does not patch, and what they do to steps and windows.

use egui::Ui;

use super::card::Noun;
use super::pick::{self, Reading, choose_ui};
use crate::domain::calendar::closure::{Closure, ClosureEffect, ClosureId, ClosureKind};
use crate::domain::command::{CalendarCommand, Edit, Issue};
use crate::domain::group::GroupId;
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::room::form::{Form, beside_ui, weak_ui};
use crate::ui::theme::size;
use crate::ui::widget::{DateField, Field, FilterChip, TickBox};
use crate::util::clock::day_text;

/// The texts as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    kind: ClosureKind,
    name: String,
    from_on: String,
    until_on: String,
    yearly: bool,
    effect: ClosureEffect,
    groups: Vec<GroupId>,
}

/// Holidays and freezes.
#[derive(Debug)]
pub struct Closures;

impl Noun for Closures {
    type Row = Closure;
    type Draft = Draft;
    const TITLE: &'static str = "Holidays and freezes";
    const WORDS: &'static str = "Days on which people are away or the business wants no change. Steps and windows that fall into them warn, or shift and say so.";
    const EMPTY: &'static str = "None yet. Add the public holidays and the weeks in which nothing may change, so that the month does not promise them.";
    const ONE: &'static str = "holiday or freeze";
    const FIELDS: &'static [&'static str] = &["name", "from_on", "until_on", "groups"];
    const COLUMNS: &'static [(&'static str, f32)] =
        &[("Name", 18.0), ("Kind", 9.0), ("Days", 26.0), ("Effect", 18.0), ("Groups", 14.0)];

    fn rows<'a>(ctx: &Ctx<'a>) -> Vec<&'a Closure> {
        let mut rows: Vec<_> =
            ctx.book().closures.rows().iter().filter(|row| row.ended_at.is_none()).collect();
        rows.sort_by(|a, b| (!a.yearly, a.from_on, &a.name).cmp(&(!b.yearly, b.from_on, &b.name)));
        rows
    }

    fn name(_ctx: &Ctx<'_>, row: &Closure) -> String {
        format!("{} {}", row.kind.text().to_lowercase(), row.name)
    }

    fn cell(ctx: &Ctx<'_>, row: &Closure, column: usize) -> (String, bool) {
        match column {
            0 => (row.name.clone(), false),
            1 => (row.kind.text().to_owned(), false),
            2 => (days_words(row), false),
            3 => (row.effect.text().to_owned(), false),
            _ if row.groups.is_empty() => ("All groups".to_owned(), true),
            _ => {
                let named = row.groups.iter().filter_map(|id| ctx.book().groups.get(id.0));
                (named.map(|group| group.name.as_str()).collect::<Vec<_>>().join(", "), false)
            }
        }
    }

    fn blank(_ctx: &Ctx<'_>) -> Draft {
        Draft {
            kind: ClosureKind::Holiday,
            name: String::new(),
            from_on: String::new(),
            until_on: String::new(),
            yearly: false,
            effect: ClosureEffect::Warn,
            groups: Vec::new(),
        }
    }

    fn draft(_ctx: &Ctx<'_>, row: &Closure) -> Draft {
        Draft {
            kind: row.kind,
            name: row.name.clone(),
            from_on: pick::date_words(Some(row.from_on)),
            until_on: pick::date_words(Some(row.until_on)),
            yearly: row.yearly,
            effect: row.effect,
            groups: row.groups.clone(),
        }
    }

    fn fields_ui(
        form: &mut Form<Draft>,
        record: (&'static str, i64),
        ctx: &Ctx<'_>,
        ui: &mut Ui,
    ) -> Option<Action> {
        let [name, from, until, groups] =
            ["name", "from_on", "until_on", "groups"].map(|field| form.issue(field));
        let draft = &mut form.draft;
        let kinds: Vec<_> = ClosureKind::ALL.iter().map(|kind| (kind.text().to_owned(), *kind)).collect();
        let effects: Vec<_> =
            ClosureEffect::ALL.iter().map(|effect| (effect.text().to_owned(), *effect)).collect();
        beside_ui(ui, &[1.0, 1.4, 1.2], |ui, _, at| match at {
            0 => choose_ui(ui, record, "Kind", &kinds, &mut draft.kind, None),
            1 => {
                let field = Field::new(record, "Name of it", &mut draft.name).required();
                field.hint("Year end").issue(name.as_deref()).ui(ui);
            }
            _ => choose_ui(ui, record, "Steps and windows", &effects, &mut draft.effect, None),
        });
        beside_ui(ui, &[1.0, 1.0], |ui, _, at| {
            if at == 0 {
                let field = DateField::new(record, "First day", &mut draft.from_on, ctx.today).required();
                field.issue(from.as_deref()).ui(ui);
            } else {
                let field = DateField::new(record, "Last day", &mut draft.until_on, ctx.today);
                field.issue(until.as_deref()).ui(ui);
            }
        });
        ui.add(TickBox::new(&mut draft.yearly, "Comes back every year on the same days"));
        weak_ui(ui, groups.as_deref().unwrap_or("Which groups it binds. None chosen: all of them."));
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = egui::Vec2::splat(size::GAP_SMALL);
            for group in ctx.book().groups_in_order() {
                let on = draft.groups.contains(&group.id);
                if ui.add(FilterChip::new(&group.name, on)).clicked() {
                    if on {
                        draft.groups.retain(|id| *id != group.id);
                    } else {
                        draft.groups.push(group.id);
                    }
                }
            }
        });
        None
    }

    fn save(ctx: &Ctx<'_>, base: Option<Closure>, draft: &Draft) -> Result<CalendarCommand, Vec<Issue>> {
        let mut read = Reading::default();
        let from = read.take(pick::date(&draft.from_on, "from_on", ctx.today));
        let until = read.take(pick::date(&draft.until_on, "until_on", ctx.today));
        if from.is_none() && read.0.is_empty() {
            read.0.push(Issue { field: "from_on", text: "Say on which day it begins.".to_owned() });
        }
        let from_on = from.unwrap_or(ctx.today);
        let row = Closure {
            id: ClosureId(0),
            kind: draft.kind,
            name: draft.name.clone(),
            from_on,
            until_on: until.unwrap_or(from_on),
            yearly: draft.yearly,
            effect: draft.effect,
            groups: draft.groups.clone(),
            ended_at: None,
        };
        read.done(CalendarCommand::Closure(Box::new(Edit { base, row })))
    }

    fn end(row: &Closure) -> (&'static str, CalendarCommand) {
        (
            "Steps that were shifted for it stay where they are; windows and new cycles no longer heed it.",
            CalendarCommand::EndClosure(row.id),
        )
    }
}

fn days_words(row: &Closure) -> String {
    let day = |day: chrono::NaiveDate| {
        if row.yearly { day.format("%-d %b").to_string() } else { day_text(day) }
    };
    let days = if row.from_on == row.until_on {
        day(row.from_on)
    } else {
        format!("{} to {}", day(row.from_on), day(row.until_on))
    };
    if row.yearly { format!("{days}, every year") } else { days }
}
