//! The page of one month: the list before it is sealed, and afterwards what was sealed, who signed it and what corrected it.

mod close;
mod door;
mod sealed;
mod side;

use egui::{Align, Layout, ScrollArea, Ui, vec2};

use super::months::Standing;
use super::seal::{RestateSheet, SealSheet};
use super::sign::SignSheet;
use crate::app::paper::Paper;
use crate::app::session::Notice;
use crate::app::session::look::Look;
use crate::domain::month::close::{Point, stopping};
use crate::domain::month::standing::{seal_of, seals_of};
use crate::domain::month::{Seal, name};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::weak_ui;
use crate::ui::room::sheet::Sheet;
use crate::ui::theme::size;
use crate::ui::widget::page_header::{Chosen, PageAction};
use crate::ui::widget::{card_ui, choice_ui, page_header_ui};
use crate::util::text::counted;

use close::CloseList;
use sealed::Tables;

/// What is shown of a sealed month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Figures,
    Machines,
    Answers,
    Corrections,
}

/// The page.
#[derive(Debug)]
pub struct Page {
    month: String,
    close: CloseList,
    /// The list, of which entry of the history and which day it is.
    points: Option<((i64, chrono::NaiveDate), Vec<Point>)>,
    /// What was asked for last.
    asked: Option<(i64, chrono::NaiveDate)>,
    part: Part,
    tables: Tables,
}

/// What was asked for on the page.
#[derive(Debug)]
pub enum Wish {
    /// Back to the list of months.
    Back,
    /// Open a form.
    Open(Box<dyn Sheet>),
}

impl Page {
    /// The page of a month: `2026-11`.
    pub fn new(month: &str) -> Self {
        Self {
            month: month.to_owned(),
            close: CloseList::default(),
            points: None,
            asked: None,
            part: Part::default(),
            tables: Tables::default(),
        }
    }

    /// Which month.
    pub fn month(&self) -> &str {
        &self.month
    }

    /// Whether something typed would be lost.
    pub fn is_dirty(&self) -> bool {
        self.close.is_dirty()
    }

    /// Takes an answer to a save.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        self.close.notice(notice)
    }

    /// Takes the list that was worked out.
    pub fn looked(&mut self, seq: i64, points: Vec<Point>) {
        if let Some(key) = self.asked.filter(|(asked, _)| *asked == seq) {
            self.points = Some((key, points));
        }
    }

    /// Saves what is typed.
    pub fn save(&mut self, ctx: &Ctx<'_>) -> Vec<Action> {
        self.close.save(&self.month, ctx)
    }

    /// Asks for the list where the one there is older than the register or the day.
    fn ask(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        let key = (ctx.book().head.seq, ctx.today);
        if self.asked == Some(key) {
            return None;
        }
        self.asked = Some(key);
        Some(Action::Look(Look::List(self.month.clone())))
    }
}

/// Draws the page. `narrow`: a panel is open beside it.
pub fn page_ui(
    page: &mut Page,
    narrow: bool,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) -> Option<Wish> {
    let seal = seal_of(ctx.book(), &page.month);
    if seal.is_none() {
        actions.extend(page.ask(ctx));
    }
    let head = header_ui(page, seal, narrow, ctx, ui, actions);
    let asked = if let Some(seal) = seal {
        sealed_ui(page, seal, narrow, ctx, ui, actions)
    } else {
        open_ui(page, narrow, ctx, ui, actions);
        None
    };
    head.or(asked)
}

fn header_ui(
    page: &Page,
    seal: Option<&Seal>,
    narrow: bool,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) -> Option<Wish> {
    let book = ctx.book();
    let standing = Standing::of(book, &page.month, ctx.now_at);
    let end_at = name::end_at(book, &page.month).unwrap_or_default();
    let stops = page.points.as_ref().map(|(_, points)| stopping(points).len());
    let context = match (seal, stops) {
        (Some(seal), _) => {
            format!("{} on {} by {}", standing.text(), ctx.time_text(seal.sealed_at), seal.sealed_by)
        }
        (None, _) if standing == Standing::Running => {
            format!("Running: it can be sealed after {}", ctx.time_text(end_at))
        }
        (None, None) => "The list is being worked out".to_owned(),
        (None, Some(0)) => "Nothing stands in the way of the seal".to_owned(),
        (None, Some(n)) => {
            let exceptions =
                counted(n as u64, "exception waits for an answer", "exceptions wait for an answer");
            format!("{exceptions} before it can be sealed")
        }
    };
    let act = |icon, name| PageAction { enabled: ctx.can_write(), ..PageAction::new(Some(icon), name) };
    let back = PageAction::new(Some(icon::CHEVRON_LEFT), "All months");
    let print = PageAction::new(Some(icon::PRINTER), "Print report…");
    let restate = act(icon::ROTATE_CCW, "Restate…");
    let (primary, others): (PageAction<'_>, &[PageAction<'_>]) = match (seal, narrow) {
        (Some(_), false) => (act(icon::USER_CHECK, "Sign…"), &[back, restate, print]),
        (Some(_), true) => (act(icon::USER_CHECK, "Sign…"), &[back]),
        (None, true) => (seal_action(standing, stops, ctx), &[back]),
        (None, false) => (seal_action(standing, stops, ctx), &[back, print]),
    };
    match (page_header_ui(ui, &name::text(&page.month), &context, Some(primary), others)?, seal) {
        (Chosen::Primary, Some(seal)) => Some(Wish::Open(Box::new(SignSheet::new(ctx, seal)))),
        (Chosen::Primary, None) => Some(Wish::Open(Box::new(SealSheet::new(&page.month)))),
        (Chosen::Other(0), _) => Some(Wish::Back),
        (Chosen::Other(1), Some(seal)) => Some(Wish::Open(Box::new(RestateSheet::new(seal)))),
        (Chosen::Other(_), Some(seal)) => {
            actions.push(Action::PrintPaper(Paper::Sealed(seal.id)));
            None
        }
        (Chosen::Other(_), None) => {
            let end = crate::util::clock::day_in(ctx.zone, end_at);
            let running = standing == Standing::Running;
            actions.push(if running { Action::Print } else { Action::PrintReportOf(end) });
            None
        }
    }
}

fn seal_action(standing: Standing, stops: Option<usize>, ctx: &Ctx<'_>) -> PageAction<'static> {
    let why = match (standing, stops) {
        (Standing::Running, _) => Some("The month is not over"),
        (_, None) => Some("The list is being worked out"),
        (_, Some(0)) => None,
        (_, Some(_)) => Some("Answer the exceptions first"),
    };
    PageAction {
        enabled: ctx.can_write() && why.is_none(),
        tooltip: why,
        ..PageAction::new(Some(icon::LOCK), "Seal the month…")
    }
}

/// A month nobody has sealed: its list.
fn open_ui(page: &mut Page, narrow: bool, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let Some((_, points)) = &page.points else {
        card_ui(ui, None, |ui| weak_ui(ui, "Every pair of the month is looked at. This takes a moment."));
        return;
    };
    let month = page.month.as_str();
    let close = &mut page.close;
    two_columns_ui(
        ui,
        narrow,
        |ui| close.ui(month, points, ctx, ui, actions),
        |ui| side::open_ui(ui, points, ctx, month),
    );
}

fn sealed_ui(
    page: &mut Page,
    seal: &Seal,
    narrow: bool,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) -> Option<Wish> {
    let mut parts =
        vec![(Part::Figures, "Figures"), (Part::Machines, "Machines"), (Part::Answers, "List as answered")];
    if seals_of(ctx.book(), &page.month).len() > 1 {
        parts.push((Part::Corrections, "Corrections"));
    }
    let words: Vec<&str> = parts.iter().map(|(_, word)| *word).collect();
    let mut at = parts.iter().position(|(part, _)| *part == page.part).unwrap_or_default();
    if choice_ui(ui, "Part of the month", &words, &mut at).changed() {
        page.part = parts[at].0;
    }
    ui.add_space(size::GAP);
    let part = parts[at].0;
    let tables = &mut page.tables;
    match part {
        // Tables scroll by themselves.
        Part::Machines => {
            tables.machines_ui(seal, ctx, ui, actions);
            None
        }
        Part::Figures => {
            let mut wish = None;
            let room = ui.available_size();
            let side = if narrow { 0.0 } else { size::SIDE_PANEL.min(room.x / 3.0) };
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = size::GAP_LARGE;
                let gap = if narrow { 0.0 } else { size::GAP_LARGE };
                ui.allocate_ui_with_layout(
                    vec2(room.x - side - gap, room.y),
                    Layout::top_down(Align::Min),
                    |ui| tables.figures_ui(seal, ctx, ui, actions),
                );
                if !narrow {
                    column_ui(ui, vec2(side, room.y), "sealed side", |ui| {
                        wish = side::sealed_ui(ui, seal, ctx, actions);
                    });
                }
            });
            wish
        }
        Part::Answers => {
            two_columns_ui(
                ui,
                narrow,
                |ui| close::answered_ui(&seal.answered, ui),
                |ui| side::inputs_ui(ui, seal, ctx),
            );
            None
        }
        Part::Corrections => {
            ScrollArea::vertical().id_salt("corrections").auto_shrink(false).show(ui, |ui| {
                side::corrections_ui(ui, &page.month, ctx);
            });
            None
        }
    }
}

/// What is worked on at the left, what stands beside it at the right; only the left one beside a panel.
fn two_columns_ui(ui: &mut Ui, narrow: bool, left: impl FnOnce(&mut Ui), right: impl FnOnce(&mut Ui)) {
    let room = ui.available_size();
    if narrow {
        return column_ui(ui, room, "left", left);
    }
    let side = size::SIDE_PANEL.min(room.x / 3.0);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = size::GAP_LARGE;
        column_ui(ui, vec2(room.x - side - size::GAP_LARGE, room.y), "left", left);
        column_ui(ui, vec2(side, room.y), "right", right);
    });
}

/// A column that scrolls by itself.
fn column_ui(ui: &mut Ui, room: egui::Vec2, name: &str, content: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(room, Layout::top_down(Align::Min), |ui| {
        ui.set_width(room.x);
        ScrollArea::vertical().id_salt(name).max_height(room.y).auto_shrink(false).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = size::GAP;
            content(ui);
        });
    });
}
