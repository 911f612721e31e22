//! The assets of a change record: one line each, with what is its own, what came of it and how that is known. Several lines are
//! changed together; one opens in a panel.

use egui::{Label, Ui, vec2};

use super::line_act::{Act, Wish};
use super::listing::{Line, Listing, Look, Value};
use super::record_list::window_words;
use super::section::{evidence_ui, need};
use super::sheet::field::Need;
use super::sheet::{Answer, Kind, Sheet, Spec};
use crate::app::paper::Paper;
use crate::app::session::Notice;
use crate::domain::change::line::{ChangeLine, ChangeLineId, LineResult};
use crate::domain::change::outcome::outcomes;
use crate::domain::change::{Backup, ChangeRecord, backup_of, lines};
use crate::domain::command::{ChangeCommand, Command, LineFound};
use crate::domain::compliance::view::View;
use crate::ui::action::{Action, AssetFilter, Purpose};
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::table::Column;
use crate::ui::widget::{Button, card_ui, empty_state_ui, number, side_panel_with_foot_ui};
use crate::util::text::counted;

const SEARCH: &str = "Search assets of the record";
const TABLE: &str = "Assets of the record";

const OWN: &[Spec] = &[
    Spec::new("ring", "Ring", Kind::Number("")).help("1 goes first"),
    Spec::new("window_from_at", "Own window begins", Kind::When),
    Spec::new("window_until_at", "Own window ends", Kind::When),
];

const SEEN: &[Spec] = &[
    Spec::new("note", "Note", Kind::Block(2)),
    Spec::new("monitored_by", "Seen back after the restart by", Kind::Line),
    Spec::new("monitored_at", "Seen back at", Kind::When),
];

const BACKUP: &[Spec] = &[
    Spec::new("backup/job", "Backup job", Kind::Line),
    Spec::new("backup/verified_by", "Verified by", Kind::Person),
    Spec::new("backup/verified_at", "Verified at", Kind::When),
    Spec::new("backup/restore_tested", "A restore was tried", Kind::Tick),
];

/// The lines of the record that is shown.
#[derive(Debug)]
pub struct Lines {
    listing: Listing,
    form: Option<Sheet<ChangeLine>>,
    act: Option<Act>,
    wants_backup: bool,
    /// What imports show that is not recorded yet, and for which state of the register.
    found: Vec<LineFound>,
    looked: Option<(i64, i64)>,
}

impl Default for Lines {
    fn default() -> Self {
        let column = |key, title, width| (key, Column::new(key, title, width));
        let columns = vec![
            ("asset", Column::new("asset", "Asset", size::COLUMN_NAME).pinned()),
            ("ring", Column::new("ring", "Ring", size::COLUMN_MIN * 1.5).right()),
            column("window", "Window", size::FIGURE),
            column("backup", "Backup", size::COLUMN_NAME),
            column("result", "Result", size::COLUMN_NAME),
            column("restart", "Restart procedure", size::FIGURE),
            column("proof", "Known from", size::COLUMN_WIDE),
            column("back", "Seen back", size::COLUMN_NAME),
            column("note", "Note", size::COLUMN_WIDE),
        ];
        Self {
            listing: Listing::new(TABLE, columns).tickable(),
            form: None,
            act: None,
            wants_backup: false,
            found: Vec::new(),
            looked: None,
        }
    }
}

/// The tone of a result.
fn tone(result: LineResult) -> Tone {
    match result {
        LineResult::Done => Tone::Good,
        LineResult::Failed | LineResult::RolledBack => Tone::Bad,
        LineResult::Pending | LineResult::CannotTell => Tone::Warn,
        LineResult::NotDone => Tone::Neutral,
    }
}

fn row(ctx: &Ctx<'_>, record: &ChangeRecord, line: &ChangeLine) -> Line {
    let asset = ctx.book().assets.get(line.asset.0);
    let own = line.window_from_at.is_some() || line.window_until_at.is_some();
    let window = if own {
        Value::by(
            Look::Number,
            window_words(ctx, line.window_from_at, line.window_until_at),
            line.window_from_at,
        )
    } else {
        Value::by(Look::Weak, "As the record", record.window_from_at)
    };
    let backup = match backup_of(record, line) {
        Some(backup) if backup.is_verified() && line.backup.is_some() => {
            Value::new(Look::Text, "Own, verified")
        }
        Some(backup) if backup.is_verified() => Value::new(Look::Text, "Verified"),
        Some(_) => Value::new(Look::Tone(Tone::Warn), "Not verified"),
        None => Value::new(Look::Weak, "None"),
    };
    let result = line.result;
    let proof = match line.proof {
        Some(proof) => format!("{}: {}", proof.text(), line.result_by),
        None => String::new(),
    };
    let back = match line.monitored_at {
        Some(_) => line.monitored_by.clone(),
        None => String::new(),
    };
    Line::new(
        line.id.0,
        vec![
            Value::new(Look::Strong, asset.map_or("", |asset| asset.name.as_str())),
            Value::by(Look::Number, line.ring.to_string(), Some(line.ring)),
            window,
            backup,
            match result {
                Some(result) => Value::by(Look::Chip(tone(result)), result.text(), Some(result as i64)),
                None => Value::new(Look::Weak, "Not found yet"),
            },
            Value::new(Look::Weak, asset.map_or("", |asset| asset.restart_procedure.as_str())),
            Value::new(Look::Text, proof),
            Value::new(Look::Text, back),
            Value::new(Look::Text, &line.note),
        ],
    )
}

impl Lines {
    /// What would be lost by leaving, by name.
    pub fn unsaved(&self) -> Option<String> {
        self.form.as_ref().filter(|form| form.is_dirty()).map(|_| "a line of the record".to_owned())
    }

    /// Whether a line is open.
    pub fn is_open(&self) -> bool {
        self.form.is_some()
    }

    /// Gives up every draft.
    pub fn discard(&mut self) {
        self.form = None;
        self.act = None;
    }

    /// A file was named.
    pub fn hashed(&mut self, name: &str, sha256: &str) {
        if std::mem::take(&mut self.wants_backup)
            && let Some(form) = &mut self.form
        {
            form.draft.set("backup/evidence_name", name);
            form.draft.set("backup/evidence_sha256", sha256);
        }
    }

    /// Takes an answer; `true` if it needs no other showing.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let mut taken = self.form.as_mut().is_some_and(|form| form.notice(notice) == Answer::Failed);
        if let Some((mine, done)) = self.act.as_mut().map(|act| act.notice(notice)) {
            taken |= mine;
            if done {
                self.act = None;
                self.listing.selection.ticked.clear();
            }
        }
        taken
    }

    /// Saves the open line.
    pub fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        let form = self.form.as_mut().filter(|form| form.is_dirty())?;
        form.send(ctx, |edit| Command::Change(ChangeCommand::Line(edit)))
    }

    /// Draws the lines of a record.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, record: &ChangeRecord) -> Vec<Action> {
        let mut actions = Vec::new();
        let now = (ctx.book().head.seq, ctx.shown.as_of_at);
        if self.looked != Some(now) {
            let view = View::new(ctx.book(), ctx.shown.as_of_at);
            self.found =
                outcomes(&view, record).iter().filter_map(|outcome| outcome.found(ctx.book())).collect();
            self.looked = Some(now);
        }
        self.listing.refresh(ctx, || {
            lines(ctx.book(), record.id).into_iter().map(|line| row(ctx, record, line)).collect()
        });
        self.listing.arrange(ctx, &|_| true);
        self.panel_ui(ctx, ui, record, &mut actions);
        let can = ctx.can_write() && need(record.kind, record.state, "lines") != Need::Locked;
        if self.listing.lines().is_empty() {
            self.empty_ui(ctx, ui, record, can);
        } else {
            self.bar_ui(ctx, ui, record, can, &mut actions);
            let summary = format!(
                "{}; Enter opens one",
                counted(self.listing.lines().len() as u64, "asset in the record", "assets in the record")
            );
            let asked = self.listing.rows_ui(ui, &summary, None);
            actions.extend(asked.actions);
            if let Some(line) = asked.opened.and_then(|id| ctx.book().change_lines.get(id))
                && !self.form.as_ref().is_some_and(Sheet::is_dirty)
            {
                self.form = Some(Sheet::open(line));
            }
        }
        if let Some(act) = &mut self.act {
            let (asked, leave) = act.dialog_ui(ctx, ui.ctx(), record);
            actions.extend(asked);
            if leave {
                self.act = None;
            }
        }
        actions
    }

    fn empty_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, record: &ChangeRecord, can: bool) {
        let words = "A record needs the assets it is about, one line each. They share its plan, its window and its backup \
                     unless they have their own.";
        let offers: &[&str] = if can { &["Add assets…"] } else { &[] };
        card_ui(ui, None, |ui| {
            if empty_state_ui(ui, icon::SERVER, "No assets yet", words, offers).is_some() {
                self.act = Some(Act::new(ctx, record, Wish::Add, Vec::new()));
            }
        });
    }

    fn bar_ui(
        &mut self,
        ctx: &Ctx<'_>,
        ui: &mut Ui,
        record: &ChangeRecord,
        can: bool,
        actions: &mut Vec<Action>,
    ) {
        let ticked: Vec<ChangeLineId> = self.listing.ticked().into_iter().map(ChangeLineId).collect();
        let mut wish = None;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(size::GAP, size::GAP);
            if self.listing.search_ui(ui, SEARCH, "Search name, note…") {
                self.listing.focus(ui);
            }
            let add = Button::secondary("Add assets…").icon(icon::PLUS).enabled(can);
            let add =
                if can { add } else { add.tooltip("The record is past the state in which assets are added") };
            if ui.add(add).clicked() {
                wish = Some((Wish::Add, Vec::new()));
            }
            if ui.add(Button::secondary("Show in Assets").icon(icon::LAPTOP)).clicked() {
                let of = |line: &ChangeLine| line.asset;
                let assets = lines(ctx.book(), record.id).into_iter().map(of).collect();
                actions.push(Action::ShowAssets(AssetFilter::only(record.number.clone(), assets)));
            }
            if !self.found.is_empty() {
                let name = format!(
                    "Take over {} from imports",
                    counted(self.found.len() as u64, "result", "results")
                );
                let button = Button::secondary(&name).icon(icon::DOWNLOAD).enabled(ctx.can_write());
                if ui
                    .add(button.tooltip("What the newest imports show of the assets of this record"))
                    .clicked()
                {
                    let command = ChangeCommand::Verify { change: record.id, found: self.found.clone() };
                    // Ticket 0 is nobody's: a failure is told by the window.
                    actions.push(Action::Run { ticket: 0, command: Box::new(Command::Change(command)) });
                }
            }
            if ticked.is_empty() {
                return;
            }
            let count = number(ticked.len());
            let results = format!("Record the result of {count}…");
            if ui.add(Button::secondary(&results).icon(icon::CHECK).enabled(ctx.can_write())).clicked() {
                wish = Some((Wish::Result, ticked.clone()));
            }
            let edit = format!("Edit {count} ticked…");
            if ui.add(Button::secondary(&edit).icon(icon::LIST_CHECKS).enabled(can)).clicked() {
                wish = Some((Wish::Edit, ticked.clone()));
            }
            let remove = format!("Take {count} off…");
            if ui.add(Button::quiet_danger(&remove).enabled(can)).clicked() {
                wish = Some((Wish::Remove, ticked.clone()));
            }
        });
        ui.add_space(size::GAP_SMALL);
        if let Some((wish, lines)) = wish {
            self.act = Some(Act::new(ctx, record, wish, lines));
        }
    }

    /// The panel of one line.
    fn panel_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, record: &ChangeRecord, actions: &mut Vec<Action>) {
        let Some(mut form) = self.form.take() else { return };
        let Some(line) = form.base().and_then(|base| ctx.book().change_lines.get(base.id.0)) else { return };
        form.follow(line);
        let asset = ctx.book().assets.get(line.asset.0);
        let title = asset.map_or_else(String::new, |asset| asset.name.clone());
        let (dirty, saving) = (form.is_dirty(), form.is_saving());
        let (mut save, mut revert) = (false, false);
        let mut foot = |ui: &mut Ui| {
            let can = ctx.can_write() && dirty && !saving;
            save = ui.add(Button::primary("Save line").enabled(can).shortcut("Ctrl+S")).clicked();
            revert = ui.add(Button::secondary("Revert").enabled(dirty)).clicked();
        };
        let chip = dirty.then_some((Tone::Info, "Not saved"));
        let (mut evidence, mut print) = (false, false);
        let ((), close) = side_panel_with_foot_ui(ui, "line", &title, chip, &mut foot, |ui| {
            ui.spacing_mut().item_spacing.y = size::CELL_PAD;
            form.words_ui(ui, Some(line), &|path| path.replace('_', " "));
            if ui.add(Button::secondary("Print its form…").icon(icon::PRINTER)).clicked() {
                print = true;
            }
            let restart = asset.map_or("", |asset| asset.restart_procedure.as_str());
            super::sheet::field::fact_ui(ui, "Restart procedure", restart);
            let rule = need(record.kind, record.state, "lines");
            let rule = if rule == Need::Locked { Need::Locked } else { Need::Offered };
            form.fields_ui(ctx, ui, OWN, &|_| rule);
            form.fields_ui(ctx, ui, SEEN, &|_| Need::Offered);
            evidence = backup_ui(&mut form, ctx, ui, need(record.kind, record.state, "backup"));
        });
        if print {
            actions.push(Action::PrintPaper(Paper::ChangeLine(line.id)));
        }
        if evidence {
            self.wants_backup = true;
            actions.push(Action::Pick(Purpose::Evidence));
        }
        if revert {
            form.revert();
        }
        let keep = !close || form.is_dirty();
        self.form = Some(form);
        if save {
            actions.extend(self.save(ctx));
        }
        if !keep {
            self.form = None;
        }
    }
}

/// A backup of the line's own; `true` when its report is to be named.
fn backup_ui(form: &mut Sheet<ChangeLine>, ctx: &Ctx<'_>, ui: &mut Ui, rule: Need) -> bool {
    if !form.draft.has("backup") {
        let can = rule != Need::Locked && rule != Need::Hidden;
        if can && ui.add(Button::secondary("Record a backup of its own").icon(icon::PLUS)).clicked() {
            form.draft.set("backup", serde_json::to_value(Backup::default()).unwrap_or_default());
        }
        return false;
    }
    let tokens = theme::tokens(ui);
    ui.add(Label::new(Text::Medium.rich("Own backup").color(tokens.text)));
    form.fields_ui(ctx, ui, BACKUP, &|_| rule);
    evidence_ui(ui, form.draft.text("backup/evidence_name"), form.draft.text("backup/evidence_sha256"));
    if rule == Need::Locked {
        return false;
    }
    if ui.add(Button::quiet("As the record")).clicked() {
        form.draft.set("backup", serde_json::Value::Null);
    }
    ui.add(Button::secondary("Name the job report…").icon(icon::FILE_CHECK)).clicked()
}
