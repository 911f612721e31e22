//! The table of updates, the patch first: how bad, since when, who owes it, by when and by which rule.

use chrono::Datelike as _;
use egui::{Key, KeyboardShortcut, Modifiers, Ui, vec2};

use super::known::{Known, Rated};
use crate::domain::compliance::figures::UpdateCount;
use crate::domain::compliance::machine::Segment;
use crate::domain::gate::TechDomainId;
use crate::domain::gate::rule::domains_of;
use crate::domain::rating::Rank;
use crate::domain::stamp::instant;
use crate::domain::update::{Update, UpdateId};
use crate::ui::action::{Action, Purpose};
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::listing::{Line, Listing, Look, Value, to_search};
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::table::Column;
use crate::ui::widget::{Button, FilterChip, card_ui, empty_state_ui, number};
use crate::util::clock;
use crate::util::text::counted;

/// The name of the search box.
pub const SEARCH: &str = "Search updates";
/// The table's name, by which its columns are kept and the keyboard finds it.
pub const TABLE: &str = "Updates";

const FIND: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::F);

/// What a chip of the bar leaves, as a bit of a row's mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chip {
    /// Nobody has confirmed its rank, or a fact came that says worse.
    ToRate,
    /// Must be patched everywhere.
    Severe,
    /// Exploited, by the catalogue.
    Listed,
    /// Released in this month.
    Month,
    /// A machine owes it.
    Open,
}

impl Chip {
    const ALL: [(Self, &'static str); 5] = [
        (Self::ToRate, "To rate"),
        (Self::Severe, "Severe"),
        (Self::Listed, "Listed in KEV"),
        (Self::Month, "This month"),
        (Self::Open, "Open"),
    ];

    fn bit(self) -> u64 {
        1 << self as u64
    }
}

/// The table and what a person did to it.
#[derive(Debug)]
pub struct List {
    /// Its rows.
    pub listing: Listing,
    chips: u64,
    /// What may be decided of the ticked rows, of which entry of the history.
    offers: (i64, Vec<i64>, Vec<Offer>),
}

/// What was asked for in the list.
#[derive(Debug)]
pub enum Wish {
    /// Open the page of an update.
    Update(UpdateId),
    /// Record go, no-go or wait of a domain for these.
    Decide(TechDomainId, Vec<UpdateId>),
}

/// What a domain would decide of the ticked rows.
#[derive(Debug)]
struct Offer {
    domain: TechDomainId,
    name: String,
    updates: Vec<UpdateId>,
}

impl Default for List {
    fn default() -> Self {
        let column = |key, title, width| (key, Column::new(key, title, width));
        let figure = |key, title| (key, Column::new(key, title, size::COLUMN_COUNT).right());
        let columns = vec![
            ("kb", Column::new("kb", "Update", size::COLUMN_STATE).pinned()),
            column("title", "Title", size::COLUMN_TEXT),
            column("rank", "Rank", size::COLUMN_STATE),
            figure("overdue", "Overdue"),
            figure("owed", "Owe it"),
            column("due", "First due", size::NUMBER_FIELD),
            column("rule", "By rule", size::COLUMN_WIDE),
            column("rated", "Rated", size::COLUMN_STATE),
            column("kev", "KEV", size::NUMBER_FIELD),
            figure("cvss", "CVSS"),
            figure("epss", "EPSS"),
            column("released", "Released", size::NUMBER_FIELD),
            column("product", "Product", size::COLUMN_WIDE),
            figure("unsupported", "Unsupported"),
            figure("unknown", "Unknown"),
            figure("waived", "Waived"),
            figure("in_time", "In time"),
            column("class", "Class", size::COLUMN_NAME),
            column("cves", "CVEs", size::COLUMN_WIDE),
        ];
        let hidden = ["unsupported", "waived", "class", "cves"];
        Self {
            listing: Listing::new(TABLE, columns).hiding(&hidden).tickable(),
            chips: 0,
            offers: (0, Vec::new(), Vec::new()),
        }
    }
}

/// The tone of a rank; its chip has a word and a shape beside the colour.
pub fn rank_tone(rank: Rank) -> Tone {
    match rank {
        Rank::Severe => Tone::Bad,
        Rank::High => Tone::Warn,
        Rank::Medium => Tone::Info,
        Rank::Low => Tone::Neutral,
    }
}

/// The tone of how a rank came about.
pub fn rated_tone(rated: Rated) -> Tone {
    match rated {
        Rated::Suggested => Tone::Neutral,
        Rated::Confirmed => Tone::Good,
        // Somebody thought otherwise than the facts: to be looked at, not good news.
        Rated::Overridden | Rated::Raised => Tone::Warn,
    }
}

fn count_value(count: u32) -> Value {
    let look = if count == 0 { Look::Weak } else { Look::Number };
    Value::by(look, number(count as usize), Some(i64::from(count)))
}

fn row(ctx: &Ctx<'_>, update: &Update, known: &Known, counts: &UpdateCount) -> Line {
    let first = counts.first;
    let late = first.is_some_and(|first| instant(first.due) < ctx.shown.as_of_at);
    let due = first.map(|first| instant(first.due));
    let by = |segment: Segment| count_value(counts.owed_by[segment as usize]);
    let overdue = if counts.overdue > 0 { Look::Tone(Tone::Bad) } else { Look::Weak };
    let values = vec![
        Value::new(Look::Strong, update.short_name()),
        Value::new(Look::Text, &update.title),
        Value::by(Look::Chip(rank_tone(known.rank)), known.rank.text(), Some(known.rank as i64)),
        Value::by(overdue, number(counts.overdue as usize), Some(i64::from(counts.overdue))),
        count_value(counts.owed()),
        Value::by(
            if late { Look::Tone(Tone::Bad) } else { Look::Number },
            due.map(|at| ctx.day_text(at)).unwrap_or_default(),
            due,
        ),
        Value::new(
            Look::Text,
            first.map(|first| super::known::rule_text(ctx.book(), first.rule)).unwrap_or_default(),
        ),
        Value::new(Look::Tone(rated_tone(known.rated)), known.rated.text()),
        Value::by(
            Look::Tone(Tone::Bad),
            known.listed_on.map(clock::day_text).unwrap_or_default(),
            known.listed_on.map(|day| i64::from(day.num_days_from_ce())),
        ),
        Value::by(Look::Number, super::known::tenths(known.cvss_tenths), known.cvss_tenths),
        Value::by(Look::Number, super::known::percent(known.epss_ppm), known.epss_ppm),
        Value::by(Look::Number, ctx.day_text(update.released_at), Some(update.released_at)),
        Value::new(Look::Text, update.products.join(", ")),
        by(Segment::Unsupported),
        by(Segment::Unknown),
        by(Segment::Waived),
        by(Segment::InTime),
        Value::new(Look::Text, update.classification.text()),
        Value::new(Look::Weak, known.cves.join(" ")),
    ];
    let mut line = Line::new(update.id.0, values);
    let day = clock::day_in(ctx.zone, update.released_at);
    let marks = [
        (Chip::ToRate, known.to_rate),
        (Chip::Severe, known.rank == Rank::Severe),
        (Chip::Listed, known.listed_on.is_some()),
        (Chip::Month, (day.year(), day.month()) == (ctx.today.year(), ctx.today.month())),
        (Chip::Open, counts.owed() > 0),
    ];
    line.mark = marks.iter().filter(|(_, holds)| *holds).map(|(chip, _)| chip.bit()).sum();
    line
}

/// Rows in their first order: what is owed by its due date, then the rest, the newest first.
fn rows(ctx: &Ctx<'_>, known: &[Known]) -> Vec<Line> {
    let figures = ctx.figures();
    let all = ctx.book().updates.rows().iter().zip(known).zip(&figures.updates);
    let mut rows: Vec<_> = all.collect();
    rows.sort_by_key(|((update, _), counts)| {
        (counts.first.map_or(u32::MAX, |first| first.due), std::cmp::Reverse(update.released_at))
    });
    rows.into_iter().map(|((update, known), counts)| row(ctx, update, known, counts)).collect()
}

impl List {
    /// How many rows a chip leaves.
    pub fn count(&self, chip: Chip) -> usize {
        self.listing.lines().iter().filter(|line| line.mark & chip.bit() != 0).count()
    }

    /// Works out the rows where the register or the hour of the figures changed.
    pub fn refresh(&mut self, ctx: &Ctx<'_>, known: &[Known]) {
        self.listing.refresh(ctx, || rows(ctx, known));
        self.arrange(ctx);
    }

    fn arrange(&mut self, ctx: &Ctx<'_>) {
        let chips = self.chips;
        self.listing.arrange(ctx, &|line| line.mark & chips == chips);
    }

    /// Draws the bar and the rows; the update that was opened.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Wish> {
        if ctx.book().updates.is_empty() {
            let words = "Updates come with the exports of your update server: which fix, how bad it is, which machines still \
                         owe it and by when.";
            let offers: &[&str] = if ctx.can_write() { &["Import…"] } else { &[] };
            let chosen =
                card_ui(ui, None, |ui| empty_state_ui(ui, icon::PACKAGE, "No updates yet", words, offers));
            actions.extend(chosen.inner.map(|_| Action::Pick(Purpose::ImportFiles)));
            return None;
        }
        if ui.input_mut(|input| input.consume_shortcut(&FIND)) {
            to_search(ui, SEARCH, &self.listing.search);
        }
        self.listing.type_to_search(ui, SEARCH);
        let to_rows = self.bar_ui(ui);
        let decide = self.ticked_ui(ctx, ui);
        ui.add_space(size::GAP_SMALL);
        // Typing or choosing in the bar counts in this very frame.
        self.arrange(ctx);
        if to_rows {
            self.listing.focus(ui);
        }
        if self.listing.shown() == 0 {
            let words = format!("None of {} updates: {}.", number(self.listing.lines().len()), self.words());
            let chosen = card_ui(ui, None, |ui| {
                empty_state_ui(ui, icon::FUNNEL, "Nothing matches", &words, &["Show all updates"])
            });
            if chosen.inner.is_some() {
                self.clear();
            }
            return None;
        }
        let asked = self.listing.rows_ui(ui, &self.summary(), None);
        actions.extend(asked.actions);
        asked.opened.map(|id| Wish::Update(UpdateId(id))).or(decide)
    }

    fn bar_ui(&mut self, ui: &mut Ui) -> bool {
        let mut to_rows = false;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(size::GAP, size::GAP);
            to_rows = self.listing.search_ui(ui, SEARCH, "Search KB, title, CVE…");
            for (chip, word) in Chip::ALL {
                let on = self.chips & chip.bit() != 0;
                if ui.add(FilterChip::new(word, on).count(number(self.count(chip)))).clicked() {
                    self.chips ^= chip.bit();
                }
            }
            let filtered = self.chips != 0 || !self.listing.search.is_empty();
            if filtered && ui.add(Button::quiet("Clear filters")).clicked() {
                self.clear();
            }
        });
        to_rows
    }

    /// What may be decided of the ticked rows, domain by domain. Severe updates go whatever is decided, and are left out.
    fn offer(&mut self, ctx: &Ctx<'_>) {
        let (seq, ticked) = (ctx.book().head.seq, self.listing.ticked());
        if (self.offers.0, &self.offers.1) == (seq, &ticked) {
            return;
        }
        let severe = Chip::Severe.bit();
        let goes =
            |id: &&i64| self.listing.lines().iter().any(|line| line.id == **id && line.mark & severe == 0);
        let mut offers: Vec<Offer> = Vec::new();
        for &id in ticked.iter().filter(goes) {
            for domain in domains_of(ctx.book(), UpdateId(id)) {
                match offers.iter_mut().find(|offer| offer.domain == domain.id) {
                    Some(offer) => offer.updates.push(UpdateId(id)),
                    None => offers.push(Offer {
                        domain: domain.id,
                        name: domain.name.clone(),
                        updates: vec![UpdateId(id)],
                    }),
                }
            }
        }
        self.offers = (seq, ticked, offers);
    }

    /// What can be done with the ticked rows.
    fn ticked_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Wish> {
        self.offer(ctx);
        let (_, ticked, offers) = &self.offers;
        if ticked.is_empty() {
            return None;
        }
        let mut wish = None;
        ui.add_space(size::GAP_SMALL);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(size::GAP, size::GAP);
            for offer in offers {
                let updates = counted(offer.updates.len() as u64, "update", "updates");
                let name = format!("Go or no-go for {}: {updates}…", offer.name);
                let button = Button::secondary(&name).icon(icon::USER_CHECK).enabled(ctx.can_write());
                if ui.add(button).clicked() {
                    wish = Some(Wish::Decide(offer.domain, offer.updates.clone()));
                }
            }
            if offers.is_empty() {
                let words = "No technology domain decides on these: they are severe and go, or no domain covers them.";
                ui.label(Text::Body.rich(words).color(theme::tokens(ui).weak));
            }
        });
        wish
    }

    fn clear(&mut self) {
        self.chips = 0;
        self.listing.search.clear();
    }

    fn words(&self) -> String {
        let on = |(chip, _): &&(Chip, &str)| self.chips & chip.bit() != 0;
        let mut parts: Vec<String> =
            Chip::ALL.iter().filter(on).map(|(_, word)| (*word).to_owned()).collect();
        if !self.listing.search.trim().is_empty() {
            parts.push(format!("“{}”", self.listing.search.trim()));
        }
        parts.join(", ")
    }

    fn summary(&self) -> String {
        let (shown, all) = (self.listing.shown(), self.listing.lines().len());
        let words = self.words();
        if words.is_empty() {
            return format!("All {}", counted(all as u64, "update", "updates"));
        }
        format!("{} of {} updates: {words}", number(shown), number(all))
    }
}
