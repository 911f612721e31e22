//! The card of maintenance windows: when a group may be patched, and which business owner agreed.

use egui::Ui;

use super::card::Noun;
use super::pick::{self, Reading, choose_ui};
use crate::domain::calendar::release::{Day, ReleaseRuleId};
use crate::domain::calendar::window::{MaintenanceWindow, Recurs, WindowId};
use crate::domain::command::{CalendarCommand, Edit, Issue};
use crate::domain::cycle::forecast::release_rule;
use crate::domain::group::GroupId;
use crate::domain::person::PersonId;
use crate::ui::action::{Action, Purpose};
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::{Form, beside_ui, weak_ui};
use crate::ui::widget::{Button, DateField, Field};
use crate::util::clock::day_text;

/// How a window comes back, as it is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Every {
    #[default]
    Release,
    Month,
    Week,
    Once,
}

/// The texts as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    group: Option<GroupId>,
    name: String,
    every: Every,
    rule: Option<ReleaseRuleId>,
    days: String,
    nth: i64,
    weekday: Day,
    on: String,
    start: String,
    hours: String,
    zone: String,
    agreed_by: Option<PersonId>,
    agreed_on: String,
    agreed_until_on: String,
    evidence_name: String,
    evidence_sha256: String,
}

/// Maintenance windows.
#[derive(Debug)]
pub struct Windows;

impl Noun for Windows {
    type Row = MaintenanceWindow;
    type Draft = Draft;
    const TITLE: &'static str = "Maintenance windows";
    const WORDS: &'static str =
        "When each patch group may be patched. A business owner agrees to it, yearly or once and for good.";
    const EMPTY: &'static str = "No group has a window yet, so nobody can say when its machines may restart. Add one for each patch group, \
                                 then ask its business owner to agree.";
    const ONE: &'static str = "window";
    const FIELDS: &'static [&'static str] = &[
        "group",
        "name",
        "recurs",
        "on",
        "start",
        "minutes",
        "zone",
        "agreed_by",
        "agreed_on",
        "agreed_until_on",
        "evidence_name",
    ];
    const COLUMNS: &'static [(&'static str, f32)] =
        &[("Group", 13.0), ("Window", 16.0), ("When", 22.0), ("Time", 13.0), ("Agreed", 18.0)];

    fn rows<'a>(ctx: &Ctx<'a>) -> Vec<&'a MaintenanceWindow> {
        let book = ctx.book();
        let mut rows: Vec<_> = book.windows.rows().iter().filter(|row| row.ended_at.is_none()).collect();
        let place = |id: GroupId| book.groups.get(id.0).map_or(i64::MAX, |group| group.position);
        rows.sort_by(|a, b| (place(a.group), &a.name).cmp(&(place(b.group), &b.name)));
        rows
    }

    fn name(_ctx: &Ctx<'_>, row: &MaintenanceWindow) -> String {
        row.name.clone()
    }

    fn cell(ctx: &Ctx<'_>, row: &MaintenanceWindow, column: usize) -> (String, bool) {
        match column {
            0 => (ctx.book().groups.get(row.group.0).map_or_else(String::new, |g| g.name.clone()), false),
            1 => (row.name.clone(), false),
            2 => (recurs_words(ctx, &row.recurs), false),
            3 => (format!("{}, {}", row.start, length(row.minutes)), false),
            _ => (agreed_words(ctx, row), row.agreed_by.is_none()),
        }
    }

    fn blank(ctx: &Ctx<'_>) -> Draft {
        let book = ctx.book();
        // The first group that has none yet: the next one a person wants.
        let has = |id: GroupId| book.windows.rows().iter().any(|w| w.ended_at.is_none() && w.group == id);
        let group = book.groups_in_order().into_iter().map(|group| group.id).find(|id| !has(*id));
        let rule = release_rule(book);
        Draft {
            group,
            name: String::new(),
            every: if rule.is_some() { Every::Release } else { Every::Month },
            rule: rule.map(|rule| rule.id),
            days: "3".to_owned(),
            nth: 2,
            weekday: Day::Saturday,
            on: String::new(),
            start: "21:00".to_owned(),
            hours: "4".to_owned(),
            zone: String::new(),
            agreed_by: None,
            agreed_on: String::new(),
            agreed_until_on: String::new(),
            evidence_name: String::new(),
            evidence_sha256: String::new(),
        }
    }

    fn draft(ctx: &Ctx<'_>, row: &MaintenanceWindow) -> Draft {
        let mut draft = Draft {
            group: Some(row.group),
            name: row.name.clone(),
            start: row.start.clone(),
            hours: hours(row.minutes),
            zone: row.zone.clone(),
            agreed_by: row.agreed_by,
            agreed_on: pick::date_words(row.agreed_on),
            agreed_until_on: pick::date_words(row.agreed_until_on),
            evidence_name: row.evidence_name.clone(),
            evidence_sha256: row.evidence_sha256.clone(),
            ..Self::blank(ctx)
        };
        match &row.recurs {
            Recurs::Release { rule, days } => {
                (draft.every, draft.rule, draft.days) = (Every::Release, Some(*rule), days.to_string());
            }
            Recurs::Month { nth, weekday } => {
                (draft.every, draft.nth, draft.weekday) = (Every::Month, *nth, *weekday);
            }
            Recurs::Week { weekday } => (draft.every, draft.weekday) = (Every::Week, *weekday),
            Recurs::Once { on } => (draft.every, draft.on) = (Every::Once, pick::date_words(Some(*on))),
        }
        draft
    }

    fn fields_ui(
        form: &mut Form<Draft>,
        record: (&'static str, i64),
        ctx: &Ctx<'_>,
        ui: &mut Ui,
    ) -> Option<Action> {
        let issues = Self::FIELDS.iter().map(|field| (*field, form.issue(field))).collect::<Vec<_>>();
        let issue = |name: &str| {
            issues.iter().find(|(field, _)| *field == name).and_then(|(_, issue)| issue.as_deref())
        };
        let draft = &mut form.draft;
        let groups = pick::groups(ctx.book());
        beside_ui(ui, &[1.0, 1.4], |ui, _, at| {
            if at == 0 {
                choose_ui(ui, record, "Patch group", &groups, &mut draft.group, issue("group"));
            } else {
                let field = Field::new(record, "Window name", &mut draft.name).required();
                field.hint("Servers Friday night").issue(issue("name")).ui(ui);
            }
        });
        recurs_ui(draft, record, ctx, ui, &issue);
        beside_ui(ui, &[1.0, 1.0, 1.6], |ui, _, at| match at {
            0 => {
                let field = Field::new(record, "Begins at", &mut draft.start).number().required();
                field.hint("21:00").issue(issue("start")).ui(ui);
            }
            1 => {
                let field = Field::new(record, "Length", &mut draft.hours).unit("hours").number().required();
                field.issue(issue("minutes")).ui(ui);
            }
            _ => {
                let shop = ctx.zone.name();
                let field = Field::new(record, "Window's time zone", &mut draft.zone).hint(shop);
                field.help("Empty for the shop's").issue(issue("zone")).ui(ui);
            }
        });
        agreement_ui(draft, record, ctx, ui, &issue)
    }

    fn save(
        ctx: &Ctx<'_>,
        base: Option<MaintenanceWindow>,
        draft: &Draft,
    ) -> Result<CalendarCommand, Vec<Issue>> {
        let mut read = Reading::default();
        let group =
            draft.group.ok_or_else(|| Issue { field: "group", text: "Choose a patch group.".to_owned() });
        let group = read.take(group);
        let recurs = read_recurs(ctx, draft, &mut read);
        let minutes = read.take(minutes(&draft.hours));
        let agreed_on = read.take(pick::date(&draft.agreed_on, "agreed_on", ctx.today));
        let agreed_until_on = read.take(pick::date(&draft.agreed_until_on, "agreed_until_on", ctx.today));
        let row = MaintenanceWindow {
            id: WindowId(0),
            group,
            name: draft.name.clone(),
            recurs,
            start: draft.start.trim().to_owned(),
            minutes,
            zone: draft.zone.trim().to_owned(),
            agreed_by: draft.agreed_by,
            agreed_on,
            agreed_until_on,
            evidence_name: draft.evidence_name.clone(),
            evidence_sha256: draft.evidence_sha256.clone(),
            ended_at: None,
        };
        read.done(CalendarCommand::Window(Box::new(Edit { base, row })))
    }

    fn end(row: &MaintenanceWindow) -> (&'static str, CalendarCommand) {
        (
            "The group may not be patched in it from now on. It stays in the history.",
            CalendarCommand::EndWindow(row.id),
        )
    }

    fn hashed(draft: &mut Draft, name: &str, sha256: &str) {
        name.clone_into(&mut draft.evidence_name);
        sha256.clone_into(&mut draft.evidence_sha256);
    }
}

fn recurs_ui<'a>(
    draft: &mut Draft,
    record: (&'static str, i64),
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    issue: &impl Fn(&str) -> Option<&'a str>,
) {
    let every = [
        ("Days after a release".to_owned(), Every::Release),
        ("A weekday of every month".to_owned(), Every::Month),
        ("Every week".to_owned(), Every::Week),
        ("Once".to_owned(), Every::Once),
    ];
    let (rules, places, days) = (pick::rules(ctx.book()), pick::places(), pick::days());
    beside_ui(ui, &[1.0, 1.0, 1.0], |ui, _, at| match (at, draft.every) {
        (0, _) => choose_ui(ui, record, "Comes back", &every, &mut draft.every, None),
        (1, Every::Release) => choose_ui(ui, record, "Release", &rules, &mut draft.rule, issue("recurs")),
        (2, Every::Release) => {
            let field = Field::new(record, "Days after it", &mut draft.days).number();
            field.help("-31 to 45").issue(issue("recurs")).ui(ui);
        }
        (1, Every::Month) => choose_ui(ui, record, "Which", &places, &mut draft.nth, issue("recurs")),
        (2, Every::Month) | (1, Every::Week) => {
            choose_ui(ui, record, "Weekday", &days, &mut draft.weekday, None);
        }
        (1, Every::Once) => {
            DateField::new(record, "On", &mut draft.on, ctx.today).required().issue(issue("on")).ui(ui);
        }
        _ => {}
    });
}

fn agreement_ui<'a>(
    draft: &mut Draft,
    record: (&'static str, i64),
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    issue: &impl Fn(&str) -> Option<&'a str>,
) -> Option<Action> {
    let people = pick::people(ctx.book(), "Nobody yet");
    beside_ui(ui, &[1.0, 1.0, 1.0], |ui, _, at| match at {
        0 => choose_ui(ui, record, "Agreed by", &people, &mut draft.agreed_by, issue("agreed_by")),
        1 => {
            let field = DateField::new(record, "Agreed on", &mut draft.agreed_on, ctx.today);
            field.issue(issue("agreed_on")).ui(ui);
        }
        _ => {
            let field = DateField::new(record, "Agreed until", &mut draft.agreed_until_on, ctx.today);
            field.issue(issue("agreed_until_on")).ui(ui);
        }
    });
    let mut action = None;
    ui.horizontal(|ui| {
        let button = Button::secondary("Name the evidence…").icon(icon::FILE_CHECK);
        if ui.add(button.tooltip("The mail or minutes that show the agreement")).clicked() {
            action = Some(Action::Pick(Purpose::Evidence));
        }
        if !draft.evidence_name.is_empty() && ui.add(Button::quiet("Remove evidence")).clicked() {
            draft.evidence_name.clear();
            draft.evidence_sha256.clear();
        }
    });
    let words = if draft.evidence_name.is_empty() {
        "No evidence. Without it the agreement is recorded as told.".to_owned()
    } else {
        let digits: String = draft.evidence_sha256.chars().take(12).collect();
        format!("Evidence {}, SHA-256 {digits}…", draft.evidence_name)
    };
    weak_ui(ui, issue("evidence_name").unwrap_or(&words));
    action
}

fn read_recurs(ctx: &Ctx<'_>, draft: &Draft, read: &mut Reading) -> Recurs {
    let mut wrong = |field, text: &str| read.0.push(Issue { field, text: text.to_owned() });
    match draft.every {
        Every::Release => {
            let days = pick::number(&draft.days, "recurs", "Write a whole number of days, such as 3 or -1.");
            if draft.rule.is_none() {
                wrong("recurs", "Choose the release it follows.");
            }
            Recurs::Release { rule: draft.rule.unwrap_or_default(), days: read.take(days) }
        }
        Every::Month => Recurs::Month { nth: draft.nth, weekday: draft.weekday },
        Every::Week => Recurs::Week { weekday: draft.weekday },
        Every::Once => {
            let on = read.take(pick::date(&draft.on, "on", ctx.today));
            if on.is_none() && read.0.is_empty() {
                read.0.push(Issue { field: "on", text: "Say on which day.".to_owned() });
            }
            Recurs::Once { on: on.unwrap_or(ctx.today) }
        }
    }
}

/// `3 days after Microsoft Security updates`, `second Saturday of the month`.
pub fn recurs_words(ctx: &Ctx<'_>, recurs: &Recurs) -> String {
    match recurs {
        Recurs::Release { rule, days } => {
            let rule = ctx.book().release_rules.get(rule.0).map_or_else(String::new, pick::rule_name);
            match days {
                0 => format!("Day of {rule}"),
                1 => format!("1 day after {rule}"),
                -1 => format!("1 day before {rule}"),
                days if *days < 0 => format!("{} days before {rule}", -days),
                days => format!("{days} days after {rule}"),
            }
        }
        Recurs::Month { nth, weekday } => {
            format!("Every {} {} of the month", pick::place_word(*nth), weekday.text())
        }
        Recurs::Week { weekday } => format!("Every {}", weekday.text()),
        Recurs::Once { on } => format!("Once, {}", day_text(*on)),
    }
}

fn agreed_words(ctx: &Ctx<'_>, row: &MaintenanceWindow) -> String {
    let name = ctx.book().person_name(row.agreed_by);
    match (row.agreed_by, row.agreed_until_on) {
        (None, _) => "Not agreed".to_owned(),
        (Some(_), None) => name.to_owned(),
        (Some(_), Some(until)) if until < ctx.today => format!("{name}, ended {}", day_text(until)),
        (Some(_), Some(until)) => format!("{name} until {}", day_text(until)),
    }
}

/// `4`, `1.5`.
fn hours(minutes: i64) -> String {
    if minutes % 60 == 0 { (minutes / 60).to_string() } else { format!("{}", minutes as f64 / 60.0) }
}

/// `4 h`, `1 h 30 min`.
fn length(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{rest} min"),
        (whole, 0) => format!("{whole} h"),
        (whole, rest) => format!("{whole} h {rest} min"),
    }
}

fn minutes(hours: &str) -> Result<i64, Issue> {
    let wrong = || Issue { field: "minutes", text: "Write a number of hours, such as 4 or 1.5.".to_owned() };
    let hours: f64 = hours.trim().replace(',', ".").parse().map_err(|_| wrong())?;
    let minutes = (hours * 60.0).round();
    if (0.0..1e6).contains(&minutes) { Ok(minutes as i64) } else { Err(wrong()) }
}
