//! The card of release rules: when vendors release, each with its source and the days between which it holds.

use egui::Ui;

use super::card::Noun;
use super::pick::{self, Reading, choose_ui};
use crate::domain::calendar::release::{Day, ReleaseRule, ReleaseRuleId};
use crate::domain::command::{CalendarCommand, Edit, Issue};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::room::form::{Form, beside_ui, weak_ui};
use crate::ui::theme::size;
use crate::ui::widget::{DateField, Field, FilterChip, TickBox};
use crate::util::clock::day_text;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The texts as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    vendor: String,
    title: String,
    nth: i64,
    weekday: Day,
    months: [bool; 12],
    time: String,
    zone: String,
    from_on: String,
    until_on: String,
    source: String,
    unconfirmed: bool,
}

/// Release rules.
#[derive(Debug)]
pub struct Releases;

impl Noun for Releases {
    type Row = ReleaseRule;
    type Draft = Draft;
    const TITLE: &'static str = "Release rules";
    const WORDS: &'static str = "When vendors release: a weekday of the month, at a time in the vendor's zone. A rule that ends keeps its last day, so that \
                                 older months stay right.";
    const EMPTY: &'static str = "No vendor's releases are known yet. Add the rule that your months count from, such as the second Tuesday at 10:00 in \
                                 America/Los_Angeles.";
    const ONE: &'static str = "release rule";
    const FIELDS: &'static [&'static str] =
        &["vendor", "title", "nth", "months", "time", "zone", "from_on", "until_on", "source"];
    const COLUMNS: &'static [(&'static str, f32)] =
        &[("Vendor", 10.0), ("What", 24.0), ("When", 24.0), ("Holds", 18.0), ("Source", 14.0)];

    fn rows<'a>(ctx: &Ctx<'a>) -> Vec<&'a ReleaseRule> {
        let rows = ctx.book().release_rules.rows().iter().filter(|row| row.ended_at.is_none());
        let mut rows: Vec<_> = rows.collect();
        rows.sort_by(|a, b| (&a.vendor, &a.title, a.from_on).cmp(&(&b.vendor, &b.title, b.from_on)));
        rows
    }

    fn name(_ctx: &Ctx<'_>, row: &ReleaseRule) -> String {
        pick::rule_name(row)
    }

    fn cell(_ctx: &Ctx<'_>, row: &ReleaseRule, column: usize) -> (String, bool) {
        match column {
            0 => (row.vendor.clone(), false),
            1 => (row.title.clone(), false),
            2 => (when_words(row), false),
            3 => (holds_words(row), true),
            _ if row.unconfirmed => (format!("One source only: {}", row.source), true),
            _ => (row.source.clone(), true),
        }
    }

    fn blank(_ctx: &Ctx<'_>) -> Draft {
        Draft {
            vendor: String::new(),
            title: "Security updates".to_owned(),
            nth: 2,
            weekday: Day::Tuesday,
            months: [true; 12],
            time: "10:00".to_owned(),
            zone: "America/Los_Angeles".to_owned(),
            from_on: String::new(),
            until_on: String::new(),
            source: String::new(),
            unconfirmed: false,
        }
    }

    fn draft(_ctx: &Ctx<'_>, row: &ReleaseRule) -> Draft {
        Draft {
            vendor: row.vendor.clone(),
            title: row.title.clone(),
            nth: row.nth,
            weekday: row.weekday,
            months: std::array::from_fn(|at| row.months.contains(&(at as u32 + 1))),
            time: row.time.clone(),
            zone: row.zone.clone(),
            from_on: pick::date_words(row.from_on),
            until_on: pick::date_words(row.until_on),
            source: row.source.clone(),
            unconfirmed: row.unconfirmed,
        }
    }

    fn fields_ui(
        form: &mut Form<Draft>,
        record: (&'static str, i64),
        ctx: &Ctx<'_>,
        ui: &mut Ui,
    ) -> Option<Action> {
        let fields = ["vendor", "title", "nth", "months", "time", "zone", "from_on", "until_on", "source"];
        let [vendor, title, nth, months, time, zone, from, until, source] =
            fields.map(|field| form.issue(field));
        let draft = &mut form.draft;
        let (places, days) = (pick::places(), pick::days());
        beside_ui(ui, &[1.0, 1.6], |ui, _, at| {
            let field = match at {
                0 => {
                    Field::new(record, "Vendor", &mut draft.vendor).hint("Microsoft").issue(vendor.as_deref())
                }
                _ => Field::new(record, "What is released", &mut draft.title).issue(title.as_deref()),
            };
            field.required().ui(ui);
        });
        beside_ui(ui, &[1.0, 1.1, 0.8, 1.8], |ui, _, at| match at {
            0 => choose_ui(ui, record, "Which", &places, &mut draft.nth, nth.as_deref()),
            1 => choose_ui(ui, record, "Weekday", &days, &mut draft.weekday, None),
            2 => {
                let field = Field::new(record, "At", &mut draft.time).number().required();
                field.hint("10:00").issue(time.as_deref()).ui(ui);
            }
            _ => {
                let field = Field::new(record, "In the time zone", &mut draft.zone).required();
                field.hint("America/Los_Angeles").issue(zone.as_deref()).ui(ui);
            }
        });
        weak_ui(ui, months.as_deref().unwrap_or("Months in which it holds"));
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = egui::Vec2::splat(size::GAP_SMALL);
            for (on, word) in draft.months.iter_mut().zip(MONTHS) {
                if ui.add(FilterChip::new(word, *on)).clicked() {
                    *on = !*on;
                }
            }
        });
        beside_ui(ui, &[1.0, 1.0], |ui, _, at| {
            if at == 0 {
                let field = DateField::new(record, "Holds from", &mut draft.from_on, ctx.today);
                field.issue(from.as_deref()).ui(ui);
            } else {
                let field = DateField::new(record, "Holds until", &mut draft.until_on, ctx.today);
                field.issue(until.as_deref()).ui(ui);
            }
        });
        let field = Field::new(record, "Source of the rule", &mut draft.source).required();
        field.hint("The vendor's page, read on a day").issue(source.as_deref()).ui(ui);
        ui.add(TickBox::new(&mut draft.unconfirmed, "Told by one source only"));
        None
    }

    fn save(ctx: &Ctx<'_>, base: Option<ReleaseRule>, draft: &Draft) -> Result<CalendarCommand, Vec<Issue>> {
        let mut read = Reading::default();
        let from_on = read.take(pick::date(&draft.from_on, "from_on", ctx.today));
        let until_on = read.take(pick::date(&draft.until_on, "until_on", ctx.today));
        let months = (1..).zip(draft.months).filter(|(_, on)| *on).map(|(month, _)| month).collect();
        let row = ReleaseRule {
            id: ReleaseRuleId(0),
            vendor: draft.vendor.clone(),
            title: draft.title.clone(),
            nth: draft.nth,
            weekday: draft.weekday,
            months,
            time: draft.time.trim().to_owned(),
            zone: draft.zone.trim().to_owned(),
            from_on,
            until_on,
            source: draft.source.clone(),
            unconfirmed: draft.unconfirmed,
            ended_at: None,
        };
        read.done(CalendarCommand::Release(Box::new(Edit { base, row })))
    }

    fn end(row: &ReleaseRule) -> (&'static str, CalendarCommand) {
        (
            "Use this for a rule that was a mistake. A rule that changed gets a last day instead, and a new one follows it.",
            CalendarCommand::EndRelease(row.id),
        )
    }
}

fn when_words(row: &ReleaseRule) -> String {
    let months = if row.months.len() == 12 {
        String::new()
    } else {
        let names = row.months.iter().filter_map(|month| MONTHS.get((*month as usize).wrapping_sub(1)));
        format!(", {}", names.copied().collect::<Vec<_>>().join(" "))
    };
    let place = pick::place_word(row.nth);
    let mut letters = place.chars();
    let place: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    format!("{place} {} {} {}{months}", row.weekday.text(), row.time, row.zone)
}

fn holds_words(row: &ReleaseRule) -> String {
    match (row.from_on, row.until_on) {
        (None, None) => "Always".to_owned(),
        (Some(from), None) => format!("Since {}", day_text(from)),
        (None, Some(until)) => format!("Until {}", day_text(until)),
        (Some(from), Some(until)) => format!("{} to {}", day_text(from), day_text(until)),
    }
}
