//! The machines that an update concerns, those that owe it first: where each stands, by when it is due and by which rule.

use egui::{Label, ScrollArea, Ui};

use crate::domain::asset::AssetId;
use crate::domain::compliance::explain::{Explained, explain};
use crate::domain::compliance::machine::Segment;
use crate::domain::compliance::rule::NEVER;
use crate::domain::compliance::verdict::{Kind, Proof, Verdict};
use crate::domain::compliance::view::View;
use crate::domain::stamp::instant;
use crate::domain::update::{Update, UpdateId};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::room::form::heading_ui;
use crate::ui::room::listing::{Line, Listing, Look, Value};
use crate::ui::theme::{Text, Tone, size};
use crate::ui::widget::table::Column;
use crate::ui::widget::{FilterChip, card_ui, number};
use crate::util::text::counted;

/// The table's name, by which its columns are kept and the keyboard finds it.
const TABLE: &str = "Machines of the update";

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
    /// The machine the rules are of, as of which entry and instant, and the rules.
    rules: (Option<(AssetId, i64, i64)>, Vec<Explained>),
}

/// So many rules are in sight at once.
const RULES: usize = 4;

/// How high the card of the rules is.
fn below_height(rules: usize) -> f32 {
    2.0 * size::CARD_PAD + size::CONTROL + rules.min(RULES) as f32 * size::STEP
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
            rules: (None, Vec::new()),
        }
    }

    /// Draws the machines; the one that was opened.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<AssetId> {
        let update = self.update;
        self.listing.refresh(ctx, || rows(ctx, update));
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
        let bound = self.bound(ctx, current);
        let below = if bound == 0 { 0.0 } else { below_height(bound) + size::GAP };
        let asked = self.listing.rows_ui(ui, &summary, Some(ui.available_height() - below));
        actions.extend(asked.actions);
        if bound > 0 {
            ui.add_space(size::GAP);
            self.rules_ui(ctx, ui);
        }
        asked.opened.map(AssetId)
    }

    /// Works out which rules bind the machine under the keyboard; how many.
    fn bound(&mut self, ctx: &Ctx<'_>, current: Option<AssetId>) -> usize {
        let key = current.map(|asset| (asset, ctx.book().head.seq, ctx.shown.as_of_at));
        if self.rules.0 != key {
            let places = current.and_then(|asset| {
                Some((ctx.book().updates.place(self.update.0)?, ctx.book().asset_place(asset)?))
            });
            let found = places
                .map(|(update, asset)| explain(&View::new(ctx.book(), ctx.shown.as_of_at), update, asset));
            self.rules = (key, found.unwrap_or_default());
        }
        self.rules.1.len()
    }

    /// Every rule that binds the pair, the one that wins first.
    fn rules_ui(&self, ctx: &Ctx<'_>, ui: &mut Ui) {
        let name = self.rules.0.and_then(|(asset, ..)| ctx.book().assets.get(asset.0)).map(|row| &row.name);
        card_ui(ui, None, |ui| {
            ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
            heading_ui(ui, &format!("Rules that bind on {}", name.map_or("", String::as_str)));
            ScrollArea::vertical().id_salt("binding rules").max_height(RULES as f32 * size::STEP).show(
                ui,
                |ui| {
                    ui.set_width(ui.available_width());
                    for (at, rule) in self.rules.1.iter().enumerate() {
                        let due =
                            rule.due_at.map_or_else(|| rule.no_date.to_owned(), |due| ctx.time_text(due));
                        let wins = if at == 0 && rule.due_at.is_some() { ", the earliest" } else { "" };
                        let mark = if rule.unconfirmed { ", unconfirmed" } else { "" };
                        let words = format!(
                            "{due}{wins}: {}{mark}, clock from {}",
                            rule.text,
                            ctx.day_text(rule.start_at)
                        );
                        ui.add(Label::new(Text::Body.rich(words)).truncate());
                    }
                },
            );
        });
    }

    fn bar_ui(&mut self, ui: &mut Ui) {
        ui.horizontal_wrapped(|ui| {
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

fn rows(ctx: &Ctx<'_>, update: UpdateId) -> Vec<Line> {
    let book = ctx.book();
    let Some(place) = book.updates.place(update.0) else { return Vec::new() };
    let view = View::new(book, ctx.shown.as_of_at);
    let Some(block) = view.block(place).filter(|_| view.duties[place as usize].counts) else {
        return Vec::new();
    };
    let verdicts = (0..block.len()).filter_map(|position| view.judge(place, block, position));
    let mut found: Vec<(bool, u32, Line)> = verdicts
        .filter(|verdict| verdict.required && view.subjects.list[verdict.asset as usize].counts)
        .map(|verdict| {
            let met = matches!(verdict.kind, Kind::Satisfied(_));
            (met, verdict.due, line(ctx, &view, update, &verdict))
        })
        .collect();
    found.sort_by_key(|(met, due, _)| (*met, *due));
    found.into_iter().map(|(_, _, line)| line).collect()
}

/// A scanner that says missing where no source calls it open.
fn scanner_words(ctx: &Ctx<'_>, view: &View<'_>, update: UpdateId, asset: u32) -> Option<String> {
    let found = view.missing_by_scan(ctx.book().updates.place(update.0)?, asset)?;
    let finding = ctx.book().findings.rows().get(found as usize)?;
    let scan = ctx.book().catalogues.get(finding.catalogue.0).map_or("A scan", |row| row.kind.text());
    Some(format!("{scan} says missing: {}", finding.name))
}

fn line(ctx: &Ctx<'_>, view: &View<'_>, update: UpdateId, verdict: &Verdict) -> Line {
    let book = ctx.book();
    let asset = &book.assets.rows()[verdict.asset as usize];
    let machine = ctx.figures().machines.get(verdict.asset as usize);
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
    let due_words = due.map_or_else(|| "No deadline".to_owned(), |at| ctx.day_text(at));
    let values = vec![
        Value::new(Look::Strong, &asset.name),
        Value::by(
            Look::Chip(segment.map_or(Tone::Neutral, super::super::segment_tone)),
            segment.map_or("", Segment::text),
            segment.map(|segment| segment as i64),
        ),
        Value::new(Look::Chip(tone), state),
        Value::by(due_look, due_words, due),
        Value::new(Look::Text, super::super::known::rule_text(ctx, verdict.rule)),
        Value::by(Look::Text, verdict.rank.text(), Some(verdict.rank as i64)),
        match scanner_words(ctx, view, update, verdict.asset) {
            Some(words) => Value::new(Look::Tone(Tone::Bad), words),
            None => Value::new(Look::Text, remark(ctx, verdict)),
        },
        Value::new(Look::Text, book.person_name(asset.owner)),
    ];
    let mut line = Line::new(asset.id.0, values);
    line.mark = if met { MET } else { segment.map_or(MET, |segment| segment as u64) };
    line
}

fn remark(ctx: &Ctx<'_>, verdict: &Verdict) -> String {
    let rows = ctx.book().updates.rows();
    let name = |place: u32| rows.get(place as usize).map_or_else(String::new, Update::short_name);
    match (verdict.kind, verdict.inherited_from) {
        (Kind::Satisfied(Proof::Superseding(by)), _) => format!("Through {}", name(by)),
        (Kind::Satisfied(Proof::Hand), _) => "Checked by hand".to_owned(),
        (_, Some(older)) => format!("Due date of {}, which it replaces", name(older)),
        _ => String::new(),
    }
}
