//! The list of change records: what is open, what waits, what is done.

use egui::{Ui, vec2};

use super::listing::{Line, Listing, Look, Value};
use super::sheet::field::cycles;
use crate::domain::approval;
use crate::domain::book::Book;
use crate::domain::change::line::LineResult;
use crate::domain::change::{ChangeKind, ChangeRecord, ChangeState, lines, state};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::theme::{Tone, size};
use crate::ui::widget::table::Column;
use crate::ui::widget::{Button, Dropdown, FilterChip, number};
use crate::util::clock;
use crate::util::text::counted;

/// The name of the search box.
pub const SEARCH: &str = "Search change records";
/// The table's name.
pub const TABLE: &str = "Change records";

/// What a chip of the bar shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Open,
    Writing,
    Waiting,
    Ready,
    Working,
    After,
    Ended,
}

const STAGES: [(Stage, &str); 7] = [
    (Stage::Open, "Open"),
    (Stage::Writing, "Being written"),
    (Stage::Waiting, "Waiting for approval"),
    (Stage::Ready, "Ready"),
    (Stage::Working, "In progress"),
    (Stage::After, "After the work"),
    (Stage::Ended, "Ended"),
];

fn stage(state: ChangeState) -> Stage {
    use ChangeState as S;
    match state {
        S::Draft | S::Returned => Stage::Writing,
        S::Submitted | S::Declared => Stage::Waiting,
        S::Approved | S::GoAhead | S::Scheduled => Stage::Ready,
        S::InProgress => Stage::Working,
        S::Implemented | S::Partly | S::RolledBack | S::Failed | S::Monitoring | S::Review => Stage::After,
        S::Closed | S::Cancelled | S::Rejected => Stage::Ended,
    }
}

/// The tone of a state; its chip has a word and a shape beside the colour.
pub fn tone(state: ChangeState) -> Tone {
    use ChangeState as S;
    match state {
        S::Draft | S::Cancelled => Tone::Neutral,
        S::Submitted | S::Declared | S::Returned | S::GoAhead | S::Partly => Tone::Warn,
        S::Rejected | S::RolledBack | S::Failed => Tone::Bad,
        S::Scheduled | S::InProgress | S::Implemented | S::Monitoring | S::Review => Tone::Info,
        S::Approved | S::Closed => Tone::Good,
    }
}

/// The list.
#[derive(Debug)]
pub struct List {
    /// Its rows.
    pub listing: Listing,
    stage: Option<Stage>,
    /// Which cycle; `None` for every one.
    cycle: Option<i64>,
}

impl Default for List {
    fn default() -> Self {
        let column = |key, title, width| (key, Column::new(key, title, width));
        let columns = vec![
            ("number", Column::new("number", "Number", size::COLUMN_WIDE).pinned()),
            column("title", "Title", size::FIGURE),
            column("state", "State", size::NUMBER_FIELD),
            column("type", "Type", size::COLUMN_COUNT),
            column("group", "Group", size::NUMBER_FIELD),
            column("window", "Window", size::FIGURE),
            column("approval", "Approval", size::COLUMN_WIDE),
            ("lines", Column::new("lines", "Done", size::COLUMN_COUNT).right()),
            column("cycle", "Cycle", size::COLUMN_NAME),
            column("rank", "Rank", size::COLUMN_COUNT),
            column("implementer", "Implementer", size::COLUMN_WIDE),
        ];
        let listing = Listing::new(TABLE, columns).hiding(&["rank", "implementer"]).tickable();
        Self { listing, stage: None, cycle: None }
    }
}

/// The words about the approval of a record: none, by whom, or that it no longer stands.
pub fn approval_words(book: &Book, record: &ChangeRecord) -> (Look, String) {
    use crate::domain::approval::Verdict;
    if record.kind == ChangeKind::Standard {
        return (Look::Text, "By template".to_owned());
    }
    if let Some(approval) = approval::standing(book, record) {
        let name = book.person_name(approval.person);
        return (Look::Text, if name.is_empty() { "Approved".to_owned() } else { name.to_owned() });
    }
    let given = approval::on_change(book, record.id);
    if given.iter().any(|approval| approval.decision == Verdict::Approve) {
        (Look::Tone(Tone::Warn), "No longer stands".to_owned())
    } else {
        (Look::Weak, "None yet".to_owned())
    }
}

/// A window in words: `Thu 10 Dec 2026 21:00 to 23:00`.
pub fn window_words(ctx: &Ctx<'_>, from: Option<i64>, until: Option<i64>) -> String {
    let Some(from) = from else { return String::new() };
    let local = |at: i64| clock::utc(at).with_timezone(&ctx.zone);
    let start = local(from).format("%a %-d %b %Y %H:%M").to_string();
    match until {
        Some(until) if local(from).date_naive() == local(until).date_naive() => {
            format!("{start} to {}", local(until).format("%H:%M"))
        }
        Some(until) => format!("{start} to {}", local(until).format("%a %H:%M")),
        None => start,
    }
}

fn row(ctx: &Ctx<'_>, record: &ChangeRecord) -> Line {
    let book = ctx.book();
    let rows = lines(book, record.id);
    let done = rows.iter().filter(|line| line.result == Some(LineResult::Done)).count();
    let group = record.group.and_then(|id| book.groups.get(id.0));
    let cycle = record.cycle.and_then(|id| book.cycles.get(id.0));
    let (look, approval) = approval_words(book, record);
    let begun = state::has_begun(record.state);
    let values = vec![
        Value::new(Look::Strong, &record.number),
        Value::new(Look::Text, &record.title),
        Value::by(Look::Chip(tone(record.state)), record.state.text(), Some(record.state as i64)),
        Value::new(Look::Text, record.kind.text()),
        Value::by(Look::Text, group.map_or("", |g| g.name.as_str()), group.map(|g| g.position)),
        Value::by(
            Look::Number,
            window_words(ctx, record.window_from_at, record.window_until_at),
            record.window_from_at,
        ),
        Value::new(look, approval),
        Value::by(
            if begun { Look::Number } else { Look::Weak },
            format!("{} of {}", number(done), number(rows.len())),
            Some((done * 1000 / rows.len().max(1)) as i64),
        ),
        Value::by(Look::Text, cycle.map_or("", |c| c.name.as_str()), cycle.map(|c| c.anchor_at)),
        Value::by(
            Look::Text,
            record.rank.map_or("", |rank| rank.text()),
            record.rank.map(|rank| rank as i64),
        ),
        Value::new(Look::Text, book.person_name(record.implementer)),
    ];
    let mut line = Line::new(record.id.0, values);
    line.mark = record.state as u64;
    line.group = record.cycle.map_or(0, |cycle| cycle.0);
    line
}

impl List {
    /// The cycle that is filtered for.
    pub fn cycle(&self) -> Option<i64> {
        self.cycle.filter(|id| *id != 0)
    }

    /// Works out the rows and their order.
    pub fn refresh(&mut self, ctx: &Ctx<'_>) {
        self.listing.refresh(ctx, || {
            let mut records: Vec<&ChangeRecord> = ctx.book().changes.iter().collect();
            // The newest first.
            records.sort_by(|a, b| (b.created_at, &b.number).cmp(&(a.created_at, &a.number)));
            records.into_iter().map(|record| row(ctx, record)).collect()
        });
        self.arrange(ctx);
    }

    fn arrange(&mut self, ctx: &Ctx<'_>) {
        let (stage, cycle) = (self.stage, self.cycle);
        self.listing.arrange(ctx, &|line| {
            stage.is_none_or(|wanted| fits(wanted, line.mark))
                && cycle.is_none_or(|cycle| cycle == line.group)
        });
    }

    /// Draws the bar and the rows; answers the record that was opened.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui) -> (Option<i64>, Vec<Action>) {
        let mut to_rows = false;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(size::GAP, size::GAP);
            to_rows = self.listing.search_ui(ui, SEARCH, "Search number, title, group…");
            self.cycle_ui(ctx, ui);
            for (wanted, word) in STAGES {
                let count = self.listing.lines().iter().filter(|line| fits(wanted, line.mark)).count();
                let on = self.stage == Some(wanted);
                if (count > 0 || on) && ui.add(FilterChip::new(word, on).count(number(count))).clicked() {
                    self.stage = (!on).then_some(wanted);
                }
            }
            let filtered = self.stage.is_some() || self.cycle.is_some() || !self.listing.search.is_empty();
            if filtered && ui.add(Button::quiet("Clear filters")).clicked() {
                self.stage = None;
                self.cycle = None;
                self.listing.search.clear();
            }
        });
        ui.add_space(size::GAP_SMALL);
        // Typing or choosing in the bar counts in this very frame.
        self.arrange(ctx);
        if to_rows {
            self.listing.focus(ui);
        }
        let summary = self.summary(ctx);
        let asked = self.listing.rows_ui(ui, &summary, None);
        (asked.opened, asked.actions)
    }

    fn cycle_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui) {
        let cycles = cycles(ctx.book());
        if cycles.is_empty() {
            return;
        }
        let mut options = vec!["any"];
        options.extend(cycles.iter().map(|(_, name)| name.as_str()));
        options.push("No cycle");
        let ids: Vec<i64> = cycles.iter().map(|(id, _)| *id).chain([0]).collect();
        let at = self.cycle.and_then(|id| ids.iter().position(|known| *known == id));
        let mut chosen = Some(at.map_or(0, |at| at + 1));
        if Dropdown::filter("Cycle", &options, &mut chosen).width(size::FILTER).ui(ui).changed() {
            self.cycle = chosen.and_then(|at| at.checked_sub(1)).map(|at| ids[at]);
        }
    }

    fn summary(&self, ctx: &Ctx<'_>) -> String {
        let all = self.listing.lines().len();
        let mut parts = Vec::new();
        if let Some((_, word)) = STAGES.iter().find(|(stage, _)| Some(*stage) == self.stage) {
            parts.push((*word).to_owned());
        }
        if let Some(cycle) = self.cycle {
            let name = ctx.book().cycles.get(cycle).map_or("no cycle", |cycle| cycle.name.as_str());
            parts.push(format!("cycle {name}"));
        }
        if !self.listing.search.trim().is_empty() {
            parts.push(format!("“{}”", self.listing.search.trim()));
        }
        if parts.is_empty() {
            return format!("All {}", counted(all as u64, "change record", "change records"));
        }
        let shown = number(self.listing.shown());
        format!("{shown} of {} change records: {}", number(all), parts.join(", "))
    }
}

fn fits(wanted: Stage, mark: u64) -> bool {
    let state = ChangeState::ALL.iter().copied().find(|state| *state as u64 == mark);
    state.is_some_and(|found| match wanted {
        Stage::Open => state::is_open(found),
        wanted => stage(found) == wanted,
    })
}
