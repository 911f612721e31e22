//! The machines that an update concerns, those that owe it first: where each stands, by when it is due and by which rule.

use std::collections::HashMap;

use egui::Ui;

use crate::domain::asset::AssetId;
use crate::domain::compliance::machine::Segment;
use crate::domain::compliance::rule::NEVER;
use crate::domain::compliance::verdict::{Kind, Proof, Verdict};
use crate::domain::compliance::view::View;
use crate::domain::stamp::instant;
use crate::domain::update::{Update, UpdateId};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::room::binding::{Bound, bound, late};
use crate::ui::room::later::{Later, Seen};
use crate::ui::room::listing::{Line, Listing, Look, Value};
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::table::Column;
use crate::ui::widget::{FilterChip, number};
use crate::util::text::counted;

/// The table's name, by which its columns are kept and the keyboard finds it.
const TABLE: &str = "Machines of the update";

/// What was worked out of an update.
#[derive(Debug)]
struct Found {
    lines: Vec<Line>,
    bound: HashMap<AssetId, Bound>,
}

/// The machines.
#[derive(Debug)]
pub struct Machines {
    update: UpdateId,
    listing: Listing,
    segment: Option<Segment>,
    /// Also those that have it.
    all: bool,
    /// The list has not been drawn yet: its first row gets the keyboard.
    fresh: bool,
    /// The rows, and what binds each machine.
    found: Later<UpdateId, Found>,
}

/// The mark of a machine that does not owe it.
const MET: u64 = 100;

impl Machines {
    /// The machines of an update.
    pub fn new(update: UpdateId) -> Self {
        let column = |key, title, width| (key, Column::new(key, title, width));
        let columns = vec![
            ("machine", Column::new("machine", "Machine", size::COLUMN_NAME).pinned()),
            column("segment", "Machine is", size::NUMBER_FIELD),
            column("state", "This update", size::NUMBER_FIELD),
            column("due", "Due", size::NUMBER_FIELD),
            column("rule", "By rule", size::COLUMN_WIDE),
            column("rank", "Rank", size::COLUMN_COUNT),
            column("remark", "Remark", size::COLUMN_WIDE),
            column("owner", "Owner", size::COLUMN_WIDE),
        ];
        Self {
            update,
            listing: Listing::new(TABLE, columns),
            segment: None,
            all: false,
            fresh: true,
            found: Later::default(),
        }
    }

    /// Draws the machines; the one that was opened.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<AssetId> {
        let update = self.update;
        if self.found.ask(update, ctx, actions, move |on| read(on, update)) {
            self.listing.forget();
        }
        let Some(found) = self.found.value() else {
            self.found.wait_ui(ui);
            return None;
        };
        self.listing.refresh(ctx, || found.lines.clone());
        self.bar_ui(ui);
        let (segment, all) = (self.segment, self.all);
        self.listing.arrange(ctx, &|line| match segment {
            Some(segment) => line.mark == segment as u64,
            None => all || line.mark != MET,
        });
        if std::mem::take(&mut self.fresh) {
            self.listing.focus(ui);
        }
        let owing = self.listing.lines().iter().filter(|line| line.mark != MET).count();
        let met = self.listing.lines().len() - owing;
        let summary = format!(
            "{} it, {} not; {} shown",
            counted(owing as u64, "machine owes", "machines owe"),
            counted(met as u64, "does", "do"),
            number(self.listing.shown())
        );
        let current = self.listing.selection.current.map(|id| AssetId(id as i64));
        let bound = current.and_then(|asset| self.found.value()?.bound.get(&asset));
        let below = bound.map_or(0.0, Bound::height);
        let asked = self.listing.rows_ui(ui, &summary, Some(ui.available_height() - below));
        actions.extend(asked.actions);
        if let Some(bound) = bound {
            let asset = current.and_then(|asset| ctx.book().assets.get(asset.0));
            let name = ctx.book().updates.get(update.0).map_or_else(String::new, Update::short_name);
            bound.ui(&format!("{name} on {}", asset.map_or("", |asset| asset.name.as_str())), ui);
        }
        asked.opened.map(AssetId)
    }

    /// Machines stand where all that they owe puts them, not this update alone.
    fn bar_ui(&mut self, ui: &mut Ui) {
        ui.horizontal_wrapped(|ui| {
            ui.label(Text::Small.rich("Machines that are").color(theme::tokens(ui).weak));
            for segment in Segment::ALL {
                let count = self.listing.lines().iter().filter(|line| line.mark == *segment as u64).count();
                let on = self.segment == Some(*segment);
                if (count > 0 || on)
                    && ui.add(FilterChip::new(segment.text(), on).count(number(count))).clicked()
                {
                    self.segment = (!on).then_some(*segment);
                }
            }
            let met = self.listing.lines().iter().filter(|line| line.mark == MET).count();
            if met > 0 && ui.add(FilterChip::new("Also satisfied", self.all).count(number(met))).clicked() {
                self.all = !self.all;
                self.segment = None;
            }
        });
    }
}

fn read(on: &Seen, update: UpdateId) -> Found {
    let book = on.book();
    let mut all = Found { lines: Vec::new(), bound: HashMap::new() };
    let Some(place) = book.updates.place(update.0) else { return all };
    let view = View::new(book, on.as_of_at);
    let Some(block) = view.block(place).filter(|_| view.duties[place as usize].counts) else {
        return all;
    };
    let late = late(on, &view);
    let verdicts = (0..block.len()).filter_map(|position| view.judge(place, block, position));
    let required = |verdict: &Verdict| verdict.required && view.subjects.list[verdict.asset as usize].counts;
    let mut found: Vec<(bool, u32, Line)> = Vec::new();
    for verdict in verdicts.filter(required) {
        let line = line(on, &view, update, &verdict);
        all.bound.insert(AssetId(line.id), bound(on, &view, &late, place, verdict.asset));
        found.push((matches!(verdict.kind, Kind::Satisfied(_)), verdict.due, line));
    }
    found.sort_by_key(|(met, due, _)| (*met, *due));
    all.lines = found.into_iter().map(|(_, _, line)| line).collect();
    all
}

/// A scanner that says missing where no source calls it open.
fn scanner_words(on: &Seen, view: &View<'_>, update: UpdateId, asset: u32) -> Option<String> {
    let found = view.missing_by_scan(on.book().updates.place(update.0)?, asset)?;
    let finding = on.book().findings.rows().get(found as usize)?;
    let scan = on.book().catalogues.get(finding.catalogue.0).map_or("A scan", |row| row.kind.text());
    Some(format!("{scan} says missing: {}", finding.name))
}

fn line(on: &Seen, view: &View<'_>, update: UpdateId, verdict: &Verdict) -> Line {
    let book = on.book();
    let asset = &book.assets.rows()[verdict.asset as usize];
    let machine = on.figures().machines.get(verdict.asset as usize);
    let segment = machine.and_then(|machine| machine.segment);
    let met = matches!(verdict.kind, Kind::Satisfied(_));
    let late = !verdict.waived && verdict.past_due(view.at);
    let (tone, state) = match verdict.kind {
        Kind::Satisfied(_) => (Tone::Good, "Installed"),
        Kind::Unknown => (Tone::Warn, "Unknown"),
        _ if verdict.waived => (Tone::Neutral, "Waived"),
        _ if late => (Tone::Bad, verdict.state_text()),
        _ => (Tone::Info, verdict.state_text()),
    };
    let due = (verdict.due != NEVER).then(|| instant(verdict.due));
    let due_look = if late { Look::Tone(Tone::Bad) } else { Look::Number };
    let due_words = due.map_or_else(|| "No deadline".to_owned(), |at| on.day_text(at));
    let values = vec![
        Value::new(Look::Strong, &asset.name),
        Value::by(
            Look::Chip(segment.map_or(Tone::Neutral, super::super::segment_tone)),
            segment.map_or("", Segment::text),
            segment.map(|segment| segment as i64),
        ),
        Value::new(Look::Chip(tone), state),
        Value::by(due_look, due_words, due),
        Value::new(Look::Text, super::super::known::rule_text(on.book(), verdict.rule)),
        Value::by(Look::Text, verdict.rank.text(), Some(verdict.rank as i64)),
        match scanner_words(on, view, update, verdict.asset) {
            Some(words) => Value::new(Look::Tone(Tone::Bad), words),
            None => Value::new(Look::Text, remark(on, verdict)),
        },
        Value::new(Look::Text, book.person_name(asset.owner)),
    ];
    let mut line = Line::new(asset.id.0, values);
    line.mark = if met { MET } else { segment.map_or(MET, |segment| segment as u64) };
    line
}

fn remark(on: &Seen, verdict: &Verdict) -> String {
    let rows = on.book().updates.rows();
    let name = |place: u32| rows.get(place as usize).map_or_else(String::new, Update::short_name);
    match (verdict.kind, verdict.inherited_from) {
        (Kind::Satisfied(Proof::Superseding(by)), _) => format!("Through {}", name(by)),
        (Kind::Satisfied(Proof::Hand), _) => "Checked by hand".to_owned(),
        (_, Some(older)) => format!("Due date of {}, which it replaces", name(older)),
        _ => String::new(),
    }
}
