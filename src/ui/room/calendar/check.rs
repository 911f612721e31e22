//! What is wrong with the schedule: every finding with its names, each leading to its machines, its people, its window. And who
//! works how many nights.

use chrono::NaiveDate;
use egui::{Label, Ui};

use super::forecast::window_of;
use super::rule::Target;
use crate::domain::compliance::view::View;
use crate::domain::cycle::lint::people::{Load, workload};
use crate::domain::cycle::lint::{Finding, Kind, lint};
use crate::domain::cycle::progress::current;
use crate::ui::action::{Action, AssetFilter};
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::{cell_text, heading_ui, row_ui, weak_ui};
use crate::ui::route::Room;
use crate::ui::theme::{Text, size};
use crate::ui::widget::{Button, Link, card_ui, empty_state_ui};
use crate::util::clock::{DAY_SECS, day_text};
use crate::util::text::{count, counted};

/// How far ahead the schedule is looked at, in days.
pub const AHEAD_DAYS: i64 = 62;
/// How many findings of a kind are shown before the others are asked for.
const SHORT: usize = 5;

/// The findings, worked out once for each state of the register.
#[derive(Debug, Default)]
pub struct Checks {
    seen: Option<Seen>,
    /// Kinds of which all findings are shown.
    all: Vec<Kind>,
}

#[derive(Debug)]
struct Seen {
    key: (i64, NaiveDate),
    findings: Vec<Finding>,
    loads: Vec<Load>,
}

/// The findings of the coming two months, of the register as it is shown.
pub fn findings(ctx: &Ctx<'_>) -> Vec<Finding> {
    let view = View::new(ctx.book(), ctx.shown.as_of_at);
    lint(&view, ctx.now_at, ctx.now_at + AHEAD_DAYS * DAY_SECS)
}

impl Checks {
    /// Draws the view; a rule that is to be shown.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Target> {
        let key = (ctx.book().head.seq, ctx.today);
        if self.seen.as_ref().is_none_or(|seen| seen.key != key) {
            let loads = workload(ctx.book(), ctx.now_at, ctx.now_at + AHEAD_DAYS * DAY_SECS);
            self.seen = Some(Seen { key, findings: findings(ctx), loads });
        }
        let seen = self.seen.take()?;
        let mut target = None;
        ui.spacing_mut().item_spacing.y = size::CELL_PAD;
        let until = day_text(ctx.today + chrono::TimeDelta::days(AHEAD_DAYS));
        let words = match seen.findings.len() {
            0 => format!("Nothing is wrong with the schedule until {until}."),
            n => format!(
                "{} until {until}. Nothing is changed by itself.",
                counted(n as u64, "finding", "findings")
            ),
        };
        ui.add(Label::new(Text::Medium.rich(words)).wrap());
        if seen.findings.is_empty() {
            empty_ui(ctx, ui, &mut target);
        }
        for kind in Kind::ALL {
            let own: Vec<&Finding> = seen.findings.iter().filter(|finding| finding.kind == *kind).collect();
            if !own.is_empty() {
                target = target.or(self.kind_ui(*kind, &own, ctx, ui, actions));
            }
        }
        period_ui(ctx, ui);
        loads_ui(&seen.loads, ctx, ui);
        self.seen = Some(seen);
        target
    }

    fn kind_ui(
        &mut self,
        kind: Kind,
        own: &[&Finding],
        ctx: &Ctx<'_>,
        ui: &mut Ui,
        actions: &mut Vec<Action>,
    ) -> Option<Target> {
        let mut target = None;
        card_ui(ui, None, |ui| {
            ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
            let title = format!("{}: {}", kind.text(), count(own.len() as u64));
            heading_ui(ui, &title);
            let most = if self.all.contains(&kind) { own.len() } else { SHORT };
            for finding in own.iter().take(most) {
                ui.add_space(size::GAP_SMALL);
                ui.add(Label::new(Text::Body.rich(&finding.text)).wrap());
                target = target.or(links_ui(finding, ctx, ui, actions));
            }
            if own.len() > most {
                let words = format!("Show all {}", count(own.len() as u64));
                if ui.add(Button::quiet(&words).icon(icon::CHEVRON_DOWN)).clicked() {
                    self.all.push(kind);
                }
            }
        });
        target
    }
}

/// Where a finding leads.
fn links_ui(finding: &Finding, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Target> {
    let mut target = None;
    if finding.assets.is_empty() && finding.people.is_empty() && finding.groups.is_empty() {
        return None;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        ui.spacing_mut().item_spacing.x = size::GAP_LARGE;
        match finding.assets.as_slice() {
            [] => {}
            [asset] => {
                let name = ctx.book().assets.get(asset.0).map_or("Machine", |row| row.name.as_str());
                if ui.add(Link::new(name)).clicked() {
                    actions.push(Action::OpenAsset(*asset));
                }
            }
            assets => {
                let words = format!("Show {}", counted(assets.len() as u64, "machine", "machines"));
                if ui.add(Link::new(&words)).clicked() {
                    actions.push(Action::ShowAssets(AssetFilter::only(finding.kind.text(), assets.to_vec())));
                }
            }
        }
        for person in &finding.people {
            let name = ctx.book().person_name(Some(*person));
            if ui.add(Link::new(name)).on_hover_text("Who holds which role: Programme").clicked() {
                actions.push(Action::Go(Room::Programme));
            }
        }
        for group in &finding.groups {
            let name = ctx.book().groups.get(group.0).map_or("", |row| row.name.as_str());
            if ui.add(Link::new(&format!("Window of {name}"))).clicked() {
                target = Some(window_of(ctx, *group));
            }
        }
    });
    target
}

fn empty_ui(ctx: &Ctx<'_>, ui: &mut Ui, target: &mut Option<Target>) {
    if ctx.book().windows.rows().iter().any(|window| window.ended_at.is_none()) {
        return;
    }
    card_ui(ui, None, |ui| {
        let words = "The checks look at windows, change records and steps: cluster partners in one slot, dependencies, testers, third \
                     weekends. There is no window yet to look at.";
        let offers = ["Add a window"];
        if empty_state_ui(ui, icon::LIST_CHECKS, "Nothing to check yet", words, &offers).is_some() {
            *target = Some(Target::NewWindow);
        }
    });
}

/// Test period against exposure of the cycle that matters now (requirement S1-54).
fn period_ui(ctx: &Ctx<'_>, ui: &mut Ui) {
    let Some(cycle) = current(ctx.book(), ctx.now_at) else { return };
    let Some(period) = crate::domain::cycle::lint::test::test_period(ctx.book(), cycle) else { return };
    card_ui(ui, Some("Test period against exposure"), |ui| {
        weak_ui(ui, &format!("Cycle {}: {}.", crate::ui::room::strip::cycle_name(cycle), period.text()));
    });
}

/// Who works when (requirement S1-53).
fn loads_ui(loads: &[Load], ctx: &Ctx<'_>, ui: &mut Ui) {
    if loads.is_empty() {
        return;
    }
    card_ui(ui, Some("Nights and weekends"), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let shares = [2.0, 1.0, 1.0, 1.4];
        let titles = ["Person", "Weekends", "Nights", "Weekends in a row"];
        row_ui(ui, &shares, |ui, at| cell_text(ui, Text::SmallMedium, titles[at], true));
        for load in loads {
            row_ui(ui, &shares, |ui, at| match at {
                0 => cell_text(ui, Text::Medium, ctx.book().person_name(Some(load.person)), false),
                1 => cell_text(ui, Text::Number, &load.weekends.len().to_string(), false),
                2 => cell_text(ui, Text::Number, &load.nights.len().to_string(), false),
                _ => cell_text(ui, Text::Number, &load.longest_run.to_string(), false),
            });
        }
    });
}
