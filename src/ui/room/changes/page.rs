//! The page of one change record: its state and the moves it may make, its sections, its assets, tests, decisions and messages.
//!
//! Invariant: a draft is never left without being asked about; what is possible is asked of the state table.

use egui::{Label, ScrollArea, Ui, vec2};

use super::decision::{self, Decisions};
use super::line_list::Lines;
use super::message::Messages;
use super::record_list::{tone, window_words};
use super::section;
use super::sheet::{Answer, Sheet, flaws_ui};
use super::step::{self, Step};
use super::trial::Trials;
use crate::app::paper::Paper;
use crate::app::session::Notice;
use crate::domain::approval::{Subject, Verdict};
use crate::domain::book::Book;
use crate::domain::change::missing::missing;
use crate::domain::change::{ChangeId, ChangeRecord, ChangeState, state};
use crate::domain::command::{ChangeCommand, Command};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::page_header::{Chosen, PageAction};
use crate::ui::widget::{Button, Chip, card_ui, number, page_header_ui};

/// Which part is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Tab {
    #[default]
    Record,
    Assets,
    Tests,
    Decisions,
    Messages,
}

/// The page.
#[derive(Debug)]
pub struct Page {
    change: ChangeId,
    tab: Tab,
    form: Option<Sheet<ChangeRecord>>,
    lines: Lines,
    trials: Trials,
    messages: Messages,
    decisions: Decisions,
    /// A move being made that asks for something.
    step: Option<Step>,
    /// A move that was made by a click, and why it was refused.
    moving: Option<u64>,
    refused: Vec<String>,
    /// A file is being named for the backup.
    wants_backup: bool,
}

/// What was asked for on the page.
#[derive(Debug, Default)]
#[expect(
    clippy::option_option,
    reason = "whether to decide, and with which verdict to begin, are two questions"
)]
pub struct Asked {
    /// Back to the list.
    pub back: bool,
    /// Record somebody's decision.
    pub decide: Option<Option<Verdict>>,
    /// Anything else.
    pub actions: Vec<Action>,
}

impl Page {
    /// The page of a record.
    pub fn new(change: ChangeId) -> Self {
        Self {
            change,
            tab: Tab::default(),
            form: None,
            lines: Lines::default(),
            trials: Trials::default(),
            messages: Messages::new(Subject::Change, change.0),
            decisions: Decisions::default(),
            step: None,
            moving: None,
            refused: Vec::new(),
            wants_backup: false,
        }
    }

    /// Whose page it is.
    pub fn change(&self) -> ChangeId {
        self.change
    }

    /// What would be lost by leaving, by name.
    pub fn unsaved(&self) -> Option<String> {
        if let Some(form) = self.form.as_ref().filter(|form| form.is_dirty()) {
            return Some(form.base().map_or_else(String::new, |record| record.number.clone()));
        }
        self.trials.unsaved().or_else(|| self.messages.unsaved()).or_else(|| self.lines.unsaved())
    }

    /// Gives up every draft.
    pub fn discard(&mut self) {
        self.form = None;
        self.trials = Trials::default();
        self.messages = Messages::new(Subject::Change, self.change.0);
        self.lines.discard();
    }

    /// Whether something over the page wants the keyboard.
    pub fn is_busy(&self) -> bool {
        self.step.is_some() || self.decisions.is_busy()
    }

    /// Takes an answer; `true` if it needs no other showing.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        if let Notice::Hashed { name, sha256, .. } = notice {
            if std::mem::take(&mut self.wants_backup)
                && let Some(form) = &mut self.form
            {
                form.draft.set("backup/evidence_name", name.clone());
                form.draft.set("backup/evidence_sha256", sha256.clone());
            }
            self.trials.hashed(name, sha256);
            self.lines.hashed(name, sha256);
        }
        let mut taken = false;
        if let Some(form) = &mut self.form {
            taken |= form.notice(notice) == Answer::Failed;
        }
        if let Some((mine, done)) = self.step.as_mut().map(|step| step.notice(notice)) {
            taken |= mine;
            if done {
                self.step = None;
            }
        }
        taken |= self.moved(notice);
        taken |= self.lines.notice(notice);
        taken |= self.trials.notice(notice);
        taken |= self.messages.notice(notice);
        taken | self.decisions.notice(notice)
    }

    /// Makes a move, or opens what it asks for.
    fn make(&mut self, ctx: &Ctx<'_>, record: &ChangeRecord, to: ChangeState) -> Option<Action> {
        self.refused.clear();
        if let Some(asks) = step::asks(record, to) {
            self.step = Some(Step::new(ctx, record, to, asks));
            return None;
        }
        let ticket = ctx.tickets.take();
        self.moving = Some(ticket);
        Some(Action::Run { ticket, command: Box::new(step::at_once(ctx, record, to)) })
    }

    /// Takes the answer to a move made by a click; `true` if it needs no other showing.
    fn moved(&mut self, notice: &Notice) -> bool {
        match notice {
            Notice::Changed { ticket, .. } if ticket.is_some() && *ticket == self.moving => {
                self.moving = None;
                false
            }
            Notice::Failed { error, ticket } if ticket.is_some() && *ticket == self.moving => {
                self.moving = None;
                self.refused = error.issues.iter().map(|issue| issue.text.clone()).collect();
                if self.refused.is_empty() {
                    self.refused.push(error.summary.clone());
                }
                true
            }
            _ => false,
        }
    }

    /// Whether a part is open that has a primary button of its own.
    fn has_primary(&self) -> bool {
        match self.tab {
            Tab::Tests => self.trials.is_open(),
            Tab::Messages => self.messages.is_open(),
            Tab::Assets => self.lines.is_open(),
            Tab::Record | Tab::Decisions => false,
        }
    }

    /// Saves what is typed in the part that is shown.
    pub fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        match self.tab {
            Tab::Tests => self.trials.save(ctx),
            Tab::Messages => self.messages.save(ctx),
            Tab::Assets => self.lines.save(ctx),
            _ => {
                let form = self.form.as_mut().filter(|form| form.is_dirty())?;
                form.send(ctx, |edit| Command::Change(ChangeCommand::Save(edit)))
            }
        }
    }
}

/// A move of a record: where to, and what stands in its way.
struct Way {
    to: ChangeState,
    missing: Vec<String>,
}

fn ways(book: &Book, record: &ChangeRecord, at: i64) -> Vec<Way> {
    let way = |to: &ChangeState| Way {
        to: *to,
        missing: missing(book, record, *to, at).into_iter().map(|issue| issue.text).collect(),
    };
    state::moves(record.kind, record.state).iter().map(way).collect()
}

/// Draws the page.
pub fn page_ui(page: &mut Page, ctx: &Ctx<'_>, ui: &mut Ui) -> Asked {
    let mut asked = Asked::default();
    let Some(record) = ctx.book().changes.get(page.change.0) else {
        // Undone meanwhile.
        asked.back = true;
        return asked;
    };
    match &mut page.form {
        Some(form) => form.follow(record),
        None => page.form = Some(Sheet::open(record)),
    }
    let dirty = page.form.as_ref().is_some_and(Sheet::is_dirty);
    header_ui(page, ctx, ui, record, dirty, &mut asked);
    let ways = ways(ctx.book(), record, ctx.now_at);
    moves_ui(page, ctx, ui, record, &ways, dirty, &mut asked);
    ui.add_space(size::GAP);
    tabs_ui(page, ctx, ui, record);
    ui.add_space(size::GAP);
    match page.tab {
        Tab::Record => record_ui(page, ctx, ui, record, &ways, &mut asked),
        Tab::Assets => asked.actions.extend(page.lines.ui(ctx, ui, record)),
        Tab::Tests => asked.actions.extend(page.trials.ui(ctx, ui, record)),
        Tab::Decisions => {
            asked.actions.extend(page.decisions.ui(ctx, ui, record));
            if std::mem::take(&mut page.decisions.wanted) {
                asked.decide = Some(None);
            }
        }
        Tab::Messages => asked.actions.extend(page.messages.ui(ctx, ui)),
    }
    if let Some(step) = &mut page.step {
        let (actions, leave) = step.dialog_ui(ctx, ui.ctx(), record);
        asked.actions.extend(actions);
        if leave {
            page.step = None;
        }
    }
    asked
}

fn header_ui(
    page: &mut Page,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    record: &ChangeRecord,
    dirty: bool,
    asked: &mut Asked,
) {
    let book = ctx.book();
    let group = record.group.and_then(|id| book.groups.get(id.0)).map(|group| group.name.clone());
    let cycle = record.cycle.and_then(|id| book.cycles.get(id.0)).map(|c| format!("cycle {}", c.name));
    let window = window_words(ctx, record.window_from_at, record.window_until_at);
    let words = [Some(format!("{} change", record.kind.text())), group, cycle, Some(window)];
    let words: Vec<String> = words.into_iter().flatten().filter(|word| !word.is_empty()).collect();
    let title = format!("{}  {}", record.number, record.title);
    let others = [
        PageAction::new(Some(icon::CHEVRON_LEFT), "All records"),
        PageAction::new(Some(icon::PRINTER), "Print…"),
    ];
    let save = PageAction {
        enabled: ctx.can_write() && page.form.as_ref().is_some_and(|form| !form.is_saving()),
        tooltip: Some("Ctrl+S"),
        ..PageAction::new(Some(icon::SAVE), "Save record")
    };
    match page_header_ui(ui, &title, &words.join(", "), dirty.then_some(save), &others) {
        Some(Chosen::Primary) => {
            page.tab = Tab::Record;
            asked.actions.extend(page.save(ctx));
        }
        Some(Chosen::Other(0)) => asked.back = true,
        Some(Chosen::Other(_)) => asked.actions.push(Action::PrintPaper(Paper::Change(record.id))),
        None => {}
    }
}

/// The state, and the moves out of it: the first that can be made is the primary one, those that cannot say why.
fn moves_ui(
    page: &mut Page,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    record: &ChangeRecord,
    ways: &[Way],
    dirty: bool,
    asked: &mut Asked,
) {
    let first = ways.iter().position(|way| way.missing.is_empty() && way.to != ChangeState::Cancelled);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(size::GAP, size::GAP);
        let wide = Chip::new(tone(record.state), record.state.text());
        ui.add(wide);
        if dirty {
            ui.add(Chip::new(Tone::Info, "Not saved"));
            if ui.add(Button::quiet("Revert")).clicked()
                && let Some(form) = &mut page.form
            {
                form.revert();
            }
        }
        for (at, way) in ways.iter().enumerate() {
            let name = state::verb(way.to);
            let reason = if dirty { "Save or revert what you typed first" } else { &way.missing.join("\n") };
            let can = ctx.can_write() && way.missing.is_empty() && !dirty && page.moving.is_none();
            let mut button = match way.to {
                ChangeState::Cancelled | ChangeState::Rejected => Button::quiet_danger(name),
                _ if Some(at) == first && can && !page.has_primary() => Button::primary(name),
                _ => Button::secondary(name),
            };
            button = button.enabled(can);
            if !reason.is_empty() {
                button = button.tooltip(reason);
            }
            if ui.add(button).clicked() {
                match verdict(way.to) {
                    Some(verdict) => asked.decide = Some(Some(verdict)),
                    None => asked.actions.extend(page.make(ctx, record, way.to)),
                }
            }
        }
    });
    if !page.refused.is_empty() {
        flaws_ui(ui, &page.refused);
    }
    let because = &record.cancelled_because;
    if !because.is_empty() {
        let words = format!("{}: {because}", record.state.text());
        ui.add(Label::new(Text::Body.rich(words)).wrap().selectable(true));
    }
}

/// The decision that leads to a state, where one is needed.
fn verdict(to: ChangeState) -> Option<Verdict> {
    match to {
        _ if !state::needs_decision(to) => None,
        ChangeState::Approved => Some(Verdict::Approve),
        ChangeState::Returned => Some(Verdict::Return),
        _ => Some(Verdict::Reject),
    }
}

fn tabs_ui(page: &mut Page, ctx: &Ctx<'_>, ui: &mut Ui, record: &ChangeRecord) {
    let book = ctx.book();
    let counts = [
        (Tab::Record, "Record", None),
        (Tab::Assets, "Assets", Some(crate::domain::change::lines(book, record.id).len())),
        (Tab::Tests, "Tests", Some(book.tests.iter().filter(|t| t.change == record.id).count())),
        (Tab::Decisions, "Decisions", Some(crate::domain::approval::on_change(book, record.id).len())),
        (Tab::Messages, "Messages", Some(page.messages.count(book))),
    ];
    ui.horizontal(|ui| {
        for (tab, word, count) in counts {
            let name = count.map_or_else(|| word.to_owned(), |count| format!("{word} {}", number(count)));
            if ui.add(Button::quiet(&name).selected(page.tab == tab)).clicked() {
                page.tab = tab;
            }
        }
    });
}

/// The sections at the left, what is missing and what was decided at the right.
fn record_ui(
    page: &mut Page,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    record: &ChangeRecord,
    ways: &[Way],
    asked: &mut Asked,
) {
    let room = ui.available_size();
    let side = size::SIDE_PANEL.min(room.x / 3.0);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = size::GAP_LARGE;
        let width = room.x - side - size::GAP_LARGE;
        column_ui(ui, vec2(width, room.y), "sections", |ui| {
            let Some(form) = &mut page.form else { return };
            form.words_ui(ui, Some(record), &section::label);
            let wanted = section::sections_ui(form, ctx, ui);
            if wanted.evidence {
                page.wants_backup = true;
                asked.actions.push(Action::Pick(crate::ui::action::Purpose::Evidence));
            }
        });
        column_ui(ui, vec2(side, room.y), "beside", |ui| {
            missing_ui(ui, ways);
            decision::glance_ui(ctx, ui, record);
            dates_ui(ctx, ui, record);
        });
    });
}

/// A column that scrolls by itself.
fn column_ui(ui: &mut Ui, room: egui::Vec2, name: &str, content: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(room, egui::Layout::top_down(egui::Align::Min), |ui| {
        ui.set_width(room.x);
        ScrollArea::vertical().id_salt(name).max_height(room.y).auto_shrink(false).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = size::GAP;
            content(ui);
        });
    });
}

/// What stands between the record and the next step, in words.
fn missing_ui(ui: &mut Ui, ways: &[Way]) {
    let Some(next) = ways.iter().find(|way| way.to != ChangeState::Cancelled) else { return };
    let title = if next.missing.is_empty() { "Nothing is missing" } else { "What is still missing" };
    card_ui(ui, None, |ui| {
        section::title_ui(ui, title);
        let to = state::verb(next.to).to_lowercase();
        if next.missing.is_empty() {
            section::weak_ui(ui, &format!("The next step can be made: {to}."));
            return;
        }
        section::weak_ui(ui, &format!("Before the next step, {to}:"));
        let tokens = theme::tokens(ui);
        for text in &next.missing {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = size::GAP_SMALL;
                ui.label(Text::Body.rich("○").color(tokens.warn));
                ui.add(Label::new(Text::Body.rich(text)).wrap().selectable(true));
            });
        }
    });
}

fn dates_ui(ctx: &Ctx<'_>, ui: &mut Ui, record: &ChangeRecord) {
    let dates = [
        ("Begun", record.started_at),
        ("Ended", record.ended_at),
        ("Quiet period until", record.monitor_until_at),
        ("Closed", record.closed_at),
    ];
    card_ui(ui, None, |ui| {
        section::title_ui(ui, "Course");
        super::sheet::field::fact_ui(ui, "Made", &ctx.time_text(record.created_at));
        for (label, at) in dates {
            if let Some(at) = at {
                super::sheet::field::fact_ui(ui, label, &ctx.time_text(at));
            }
        }
        if !record.go_ahead_because.is_empty() {
            super::sheet::field::fact_ui(ui, "Went ahead because", &record.go_ahead_because);
        }
        if !record.closed_by.is_empty() {
            super::sheet::field::fact_ui(ui, "Closed by", &record.closed_by);
        }
    });
}
