//! The page of one asset: what it owes, what it has, who checked by hand, and where that is known from.

use std::sync::Arc;

use egui::{Label, Ui, vec2};

use super::column::{scope_text, segment_tone};
use super::pair::{Line, Pairs};
use crate::domain::asset::AssetId;
use crate::domain::attestation::AttestationId;
use crate::domain::command::Command;
use crate::domain::compliance::machine::{Machine, Reason};
use crate::domain::source::Source;
use crate::domain::update::Update;
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::later::Later;
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::page_header::{Chosen, PageAction};
use crate::ui::widget::table::{Cell, Column};
use crate::ui::widget::{Button, Chip, Selection, Table, TableState, card_ui, number, page_header_ui};
use crate::util::text::counted;

/// Which list is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Tab {
    #[default]
    Owed,
    Met,
    Checks,
    Sources,
}

/// The page.
#[derive(Debug)]
pub struct Page {
    asset: AssetId,
    tab: Tab,
    /// `None` within: it is gone from the register.
    pairs: Later<AssetId, Option<Arc<Pairs>>>,
    selection: Selection,
    table: Option<TableState>,
    /// The list has not been drawn yet: its first row gets the keyboard.
    fresh: bool,
}

/// What was asked for on the page.
#[derive(Debug, Default)]
pub struct Asked {
    /// Back to the table of all.
    pub back: bool,
    /// Open the form.
    pub edit: bool,
    /// Check this pair by hand.
    pub check: Option<Line>,
    /// Anything else.
    pub actions: Vec<Action>,
}

impl Page {
    /// The page of an asset.
    pub fn new(asset: AssetId) -> Self {
        Self {
            asset,
            tab: Tab::default(),
            pairs: Later::default(),
            selection: Selection::default(),
            table: None,
            fresh: true,
        }
    }

    /// Whose page it is.
    pub fn asset(&self) -> AssetId {
        self.asset
    }
}

/// Under which name the columns of the lists of updates are kept.
const TABLE: &str = "asset.updates";

/// Draws the page.
pub fn page_ui(page: &mut Page, ctx: &Ctx<'_>, ui: &mut Ui) -> Asked {
    let mut asked = Asked::default();
    let of = page.asset;
    page.pairs.ask(of, ctx, &mut asked.actions, move |on| Pairs::read(on, of).map(Arc::new));
    let place = ctx.book().asset_place(page.asset).map(|place| place as usize);
    let found = place.and_then(|at| {
        Some((&ctx.book().assets.rows()[at], ctx.standings.get(at)?, ctx.figures().machines.get(at)?))
    });
    let Some((asset, standing, machine)) = found else {
        asked.back = true;
        return asked;
    };
    let pairs = page.pairs.value().and_then(Clone::clone);
    let group = standing.group.and_then(|id| ctx.book().groups.get(id.0)).map(|g| g.name.clone());
    let owner = ctx.book().person_name(asset.owner);
    let owner = (!owner.is_empty()).then(|| format!("owner {owner}"));
    let words = [Some(asset.kind.text().to_owned()), group, owner, Some(standing.status.text().to_owned())];
    let context = words.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let others = [
        PageAction::new(Some(icon::CHEVRON_LEFT), "All assets"),
        PageAction::new(Some(icon::PENCIL), "Edit"),
        PageAction {
            enabled: ctx.can_write() && page.tab == Tab::Owed,
            tooltip: Some("Leave the chosen update open until a day, by somebody's decision"),
            ..PageAction::new(Some(icon::SHIELD_ALERT), "Ask for a waiver…")
        },
    ];
    let current = pairs.as_ref().and_then(|pairs| current_line(page, pairs));
    let check = PageAction {
        enabled: ctx.can_write() && current.is_some(),
        tooltip: Some("Vouch for the chosen update: who looked, and how"),
        ..PageAction::new(Some(icon::USER_CHECK), "Check by hand…")
    };
    match page_header_ui(ui, &asset.name, &context, Some(check), &others) {
        Some(Chosen::Primary) => asked.check = current.cloned(),
        Some(Chosen::Other(0)) => asked.back = true,
        Some(Chosen::Other(1)) => asked.edit = true,
        Some(Chosen::Other(_)) => {
            let updates = current.map(|line| line.update).into_iter().collect();
            asked.actions.push(Action::AskWaiver { assets: vec![page.asset], updates });
        }
        None => {}
    }
    standing_ui(ctx, ui, machine, scope_text(standing));
    ui.add_space(size::GAP);
    let Some(pairs) = pairs else {
        page.pairs.wait_ui(ui);
        return asked;
    };
    tabs_ui(page, &pairs, ctx, ui);
    ui.add_space(size::GAP);
    match page.tab {
        Tab::Owed => lines_ui(page, ctx, ui, &pairs, true, &mut asked),
        Tab::Met => lines_ui(page, ctx, ui, &pairs, false, &mut asked),
        Tab::Checks => checks_ui(ctx, ui, &pairs, &mut asked),
        Tab::Sources => sources_ui(page.asset, ctx, ui),
    }
    asked
}

fn current_line<'a>(page: &Page, pairs: &'a Pairs) -> Option<&'a Line> {
    let lines = match page.tab {
        Tab::Owed => &pairs.owed,
        Tab::Met => &pairs.met,
        _ => return None,
    };
    let current = page.selection.current?;
    lines.iter().find(|line| line.update.0 as u64 == current)
}

/// Where the machine stands and why.
fn standing_ui(ctx: &Ctx<'_>, ui: &mut Ui, machine: &Machine, scope: &str) {
    let tokens = theme::tokens(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(size::GAP, size::GAP_SMALL);
        match machine.segment {
            Some(segment) => ui.add(Chip::new(segment_tone(segment), segment.text())),
            None => ui.add(Chip::new(Tone::Neutral, scope)),
        };
        let tally = &machine.tally;
        let required = tally.satisfied + tally.open + tally.unknown;
        let report = machine
            .report_at
            .map_or_else(|| "never reported".to_owned(), |at| format!("last report {}", ctx.time_text(at)));
        let words = format!(
            "{} overdue, {} open, {} unknown, {} waived of {}; {report}",
            number(tally.overdue as usize),
            number(tally.open as usize),
            number(tally.unknown as usize),
            number(tally.waived as usize),
            counted(u64::from(required), "required pair", "required pairs"),
        );
        ui.label(Text::Body.rich(words).color(tokens.text));
    });
    for reason in &machine.reasons {
        ui.add(Label::new(Text::Body.rich(reason_words(ctx, reason)).color(tokens.warn)).wrap());
    }
}

/// Why a machine counts as unknown, in a sentence.
fn reason_words(ctx: &Ctx<'_>, reason: &Reason) -> String {
    match reason {
        Reason::NoStateSource => "Unknown: no source of patch states knows this machine.".to_owned(),
        Reason::NeverReported => "Unknown: a source knows this machine, but it never reported.".to_owned(),
        Reason::Stale { report_at, limit_days } => format!(
            "Unknown: its newest report, {}, is older than {limit_days} days.",
            ctx.day_text(*report_at)
        ),
        Reason::NotSeenSince { released_at, report_at } => format!(
            "Unknown: updates were released on {} and its newest report is of {}.",
            ctx.day_text(*released_at),
            ctx.day_text(*report_at)
        ),
        Reason::StateUnknown { pairs } => {
            format!(
                "Unknown: no source has an answer for {}.",
                counted(u64::from(*pairs), "required update", "required updates")
            )
        }
        Reason::NotSubscribed { products } => {
            format!(
                "Unknown: the source is not subscribed to {}, so a missing update of it cannot show.",
                products.join(", ")
            )
        }
    }
}

fn tabs_ui(page: &mut Page, pairs: &Pairs, ctx: &Ctx<'_>, ui: &mut Ui) {
    let sources = ctx.book().source_assets.rows().iter().filter(|s| s.asset == Some(page.asset)).count();
    let tabs = [
        (Tab::Owed, "Owed", pairs.owed.len()),
        (Tab::Met, "Satisfied", pairs.met.len()),
        (Tab::Checks, "Checked by hand", pairs.attested.len()),
        (Tab::Sources, "Known from", sources),
    ];
    ui.horizontal(|ui| {
        for (tab, word, count) in tabs {
            let name = format!("{word} {}", number(count));
            if ui.add(Button::quiet(&name).selected(page.tab == tab)).clicked() && page.tab != tab {
                page.tab = tab;
                page.selection = Selection::default();
            }
        }
    });
}

const COLUMNS: [(&str, &str); 8] = [
    ("update", "Update"),
    ("state", "State"),
    ("rank", "Rank"),
    ("due", "Due"),
    ("age", "Age"),
    ("remark", "Remark"),
    ("title", "Title"),
    ("rule", "Rule"),
];

fn columns(owed: bool) -> Vec<Column<'static>> {
    let column = |(key, title): (&'static str, &'static str)| match key {
        "update" => Column::new(key, title, size::COLUMN_NAME).pinned().unsortable(),
        "due" => Column::new(key, if owed { "Due" } else { "Installed" }, size::FIGURE).unsortable(),
        "title" | "rule" => Column::new(key, title, size::COLUMN_TEXT).unsortable(),
        "rank" | "age" => Column::new(key, title, size::COLUMN_COUNT).unsortable(),
        "remark" => Column::new(key, title, size::COLUMN_WIDE).unsortable(),
        _ => Column::new(key, title, size::COLUMN_NAME).unsortable(),
    };
    COLUMNS.into_iter().map(column).collect()
}

fn cell(cell: &mut Cell<'_>, line: &Line, column: usize) {
    match column {
        0 => cell.strong(&line.short),
        1 => cell.chip(line.state.0, &line.state.1),
        2 => cell.text(line.rank),
        3 if line.overdue => cell.tone(Tone::Bad, &line.due),
        3 => cell.number(&line.due),
        4 => cell.number(&line.age),
        5 => cell.text(&line.remark),
        6 => cell.text(&line.title),
        _ => cell.weak(&line.rule),
    }
}

fn lines_ui(page: &mut Page, ctx: &Ctx<'_>, ui: &mut Ui, pairs: &Pairs, owed: bool, asked: &mut Asked) {
    let lines = if owed { &pairs.owed } else { &pairs.met };
    if lines.is_empty() {
        let words = if owed { "Nothing is owed" } else { "Nothing is satisfied yet" };
        return note_ui(ui, words);
    }
    let order: Vec<u32> = (0..lines.len() as u32).collect();
    let columns = columns(owed);
    let id_of = |row: u32| lines[row as usize].update.0 as u64;
    let list = if owed { "open or without an answer" } else { "satisfied" };
    let summary = format!(
        "{} {list}; {} not applicable or not required",
        counted(lines.len() as u64, "required update is", "required updates are"),
        counted(pairs.other as u64, "listed update is", "listed updates are"),
    );
    let state = page.table.get_or_insert_with(|| ctx.table(TABLE));
    let name = if owed { "Owed updates" } else { "Satisfied updates" };
    if std::mem::take(&mut page.fresh) {
        page.selection.select(lines[0].update.0 as u64);
        ui.memory_mut(|memory| memory.request_focus(Table::id_of(name)));
    }
    let current = page.selection.current;
    let chosen = lines.iter().find(|line| current == Some(line.update.0 as u64));
    let below = chosen.map_or(0.0, |line| line.bound.height());
    let table =
        Table::new(name, &columns, &order, &id_of).summary(&summary).height(ui.available_height() - below);
    let output = table.ui(ui, state, &mut page.selection, |c, row, column| {
        cell(c, &lines[row as usize], column);
    });
    if let Some(line) = chosen {
        let asset = ctx.book().assets.get(page.asset.0).map_or("", |asset| asset.name.as_str());
        line.bound.ui(&format!("{} on {asset}", line.short), ui);
    }
    if output.columns_changed {
        asked.actions.push(Action::KeepTable { name: TABLE, state: state.clone() });
    }
    if let Some(row) = output.opened.filter(|_| owed && ctx.can_write()) {
        asked.check = lines.get(row as usize).cloned();
    }
}

fn checks_ui(ctx: &Ctx<'_>, ui: &mut Ui, pairs: &Pairs, asked: &mut Asked) {
    if pairs.attested.is_empty() {
        return note_ui(
            ui,
            "Nobody has checked an update of this machine by hand. Choose one under Owed to do so",
        );
    }
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for check in &pairs.attested {
            let update = ctx.book().updates.get(check.update.0).map_or_else(String::new, Update::short_name);
            card_ui(ui, Some(&update), |ui| {
                let tokens = theme::tokens(ui);
                let line = format!("{}, {}: {}", check.checked_by, ctx.day_text(check.checked_at), check.how);
                ui.add(Label::new(Text::Body.rich(line)).wrap());
                if !check.evidence_name.is_empty() {
                    let words = format!("{}, SHA-256 {}", check.evidence_name, check.evidence_sha256);
                    ui.add(Label::new(Text::Small.rich(words).color(tokens.weak)).wrap().selectable(true));
                }
                let name = format!("Take back the check of {update}");
                if ui.add(Button::quiet_danger(&name).enabled(ctx.can_write())).clicked() {
                    asked.actions.push(take_back(ctx, check.id));
                }
            });
            ui.add_space(size::GAP);
        }
    });
}

fn take_back(ctx: &Ctx<'_>, id: AttestationId) -> Action {
    Action::Run { ticket: ctx.tickets.take(), command: Box::new(Command::VoidAttestation(id)) }
}

fn sources_ui(asset: AssetId, ctx: &Ctx<'_>, ui: &mut Ui) {
    let book = ctx.book();
    let names: Vec<_> = book.source_assets.rows().iter().filter(|s| s.asset == Some(asset)).collect();
    if names.is_empty() {
        return note_ui(ui, "No import has named this machine. It was put in by hand");
    }
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for name in names {
            let source = book.sources.get(name.source.0);
            card_ui(ui, source.map(|source| source.name.as_str()), |ui| {
                ui.add(Label::new(Text::Body.rich(format!("Called {} there", name.name))).selectable(true));
                let tokens = theme::tokens(ui);
                ui.add(Label::new(Text::Small.rich(&name.key).color(tokens.weak)).wrap().selectable(true));
                if let Some(source) = source {
                    batches_ui(source, ctx, ui);
                }
            });
            ui.add_space(size::GAP);
        }
    });
}

/// The newest imports of a source.
fn batches_ui(source: &Source, ctx: &Ctx<'_>, ui: &mut Ui) {
    let tokens = theme::tokens(ui);
    let of_source: Vec<_> = ctx.book().live_batches().into_iter().filter(|b| b.source == source.id).collect();
    let said = counted(of_source.len() as u64, "import", "imports");
    ui.label(Text::Body.rich(format!("{said} from this source; the newest:")).color(tokens.weak));
    for batch in of_source.iter().rev().take(3) {
        let files: Vec<&str> = batch.files.iter().map(|file| file.name.as_str()).collect();
        let words = format!(
            "No. {}, data as of {}, recorded {}: {}",
            batch.number,
            ctx.day_text(batch.as_of_at),
            ctx.day_text(batch.recorded_at),
            files.join(", ")
        );
        ui.add(Label::new(Text::Body.rich(words)).wrap());
    }
}

fn note_ui(ui: &mut Ui, words: &str) {
    card_ui(ui, None, |ui| {
        let tokens = theme::tokens(ui);
        ui.add(Label::new(Text::Body.rich(words).color(tokens.weak)).wrap());
    });
}
