//! The page of one waiver: where it stands, what may be done to it, its form, its pairs and who signed.

use egui::{Align, Id, Layout, ScrollArea, Ui, vec2};

use super::super::section::weak_ui;
use super::super::sheet::{Answer, Sheet, flaws_ui};
use super::beside;
use super::form::{self, Stage};
use super::list::{asset_names, update_names};
use super::{tone, tried};
use crate::app::paper::Paper;
use crate::app::session::Notice;
use crate::domain::approval::Verdict;
use crate::domain::asset::AssetId;
use crate::domain::book::Book;
use crate::domain::command::{Command, WaiverCommand};
use crate::domain::compliance::view::View;
use crate::domain::update::UpdateId;
use crate::domain::waiver::request::{WaiverRequest, WaiverRequestId};
use crate::domain::waiver::rule;
use crate::domain::waiver::state::{Standing, WaiverState, standing};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{Tone, size};
use crate::ui::widget::page_header::{Chosen, PageAction};
use crate::ui::widget::{Button, Chip, Field, modal, page_header_ui};

/// One thing that may be done, and what stands in its way.
#[derive(Clone, Debug)]
struct Way {
    verb: &'static str,
    what: What,
    missing: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Request,
    Review,
    Decide(Verdict),
    Renew,
    Revoke,
}

/// What was worked out for one state of the register.
#[derive(Clone, Debug)]
struct Known {
    made: (i64, i64),
    stands: Standing,
    ways: Vec<Way>,
}

/// The page.
#[derive(Debug)]
pub struct Page {
    form: Sheet<WaiverRequest>,
    known: Option<Known>,
    /// Why it is revoked, and what is wrong with that.
    revoking: Option<(String, Option<String>)>,
    waiting: Option<(u64, What)>,
    failure: Vec<String>,
}

/// What was asked for on the page.
#[derive(Debug, Default)]
pub struct Asked {
    /// Back to the list.
    pub back: bool,
    /// Record somebody's decision.
    pub decide: Option<Verdict>,
    /// Anything else.
    pub actions: Vec<Action>,
}

impl Page {
    /// The page of a request.
    pub fn open(request: &WaiverRequest) -> Self {
        Self::over(Sheet::open(request))
    }

    /// The form of a new request.
    pub fn new(ctx: &Ctx<'_>, assets: Vec<AssetId>, updates: Vec<UpdateId>) -> Self {
        Self::over(Sheet::new(ctx, &form::blank(ctx, assets, updates)))
    }

    fn over(form: Sheet<WaiverRequest>) -> Self {
        Self { form, known: None, revoking: None, waiting: None, failure: Vec::new() }
    }

    /// Which request; nothing for a new one.
    pub fn waiver(&self) -> Option<WaiverRequestId> {
        self.form.base().map(|request| request.id)
    }

    /// What would be lost by leaving, by name. A new request is lost as a whole.
    pub fn unsaved(&self) -> Option<String> {
        match self.form.base() {
            Some(request) => self.form.is_dirty().then(|| request.number.clone()),
            None => Some("the new waiver".to_owned()),
        }
    }

    /// Whether something over the page wants the keyboard.
    pub fn is_busy(&self) -> bool {
        self.revoking.is_some()
    }

    /// Gives up the draft.
    pub fn discard(&mut self) {
        self.form.revert();
    }

    /// Takes an answer: whether it needs no other showing, and the request that is to be shown from here on.
    pub fn notice(&mut self, notice: &Notice) -> (bool, Option<WaiverRequestId>) {
        let new = self.form.base().is_none();
        match self.form.notice(notice) {
            Answer::Failed => return (true, None),
            Answer::Saved if new => {
                let Notice::Changed { shown, .. } = notice else { return (false, None) };
                return (false, newest(&shown.book));
            }
            _ => {}
        }
        let (Notice::Changed { ticket, .. } | Notice::Unchanged { ticket } | Notice::Failed { ticket, .. }) =
            notice
        else {
            return (false, None);
        };
        let Some((_, what)) = self.waiting.take_if(|(mine, _)| Some(*mine) == *ticket) else {
            return (false, None);
        };
        match notice {
            Notice::Failed { error, .. } => {
                let flaws: Vec<String> = error.issues.iter().map(|issue| issue.text.clone()).collect();
                let flaws = if flaws.is_empty() { vec![error.summary.clone()] } else { flaws };
                match &mut self.revoking {
                    Some((_, issue)) if what == What::Revoke => *issue = Some(flaws.join("\n")),
                    _ => self.failure = flaws,
                }
                (true, None)
            }
            Notice::Changed { shown, .. } => {
                self.revoking = None;
                self.failure.clear();
                (false, (what == What::Renew).then(|| newest(&shown.book)).flatten())
            }
            _ => (false, None),
        }
    }

    /// Saves what is typed.
    pub fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        if self.form.base().is_some() && !self.form.is_dirty() {
            return None;
        }
        form::save(&mut self.form, ctx)
    }

    fn send(&mut self, ctx: &Ctx<'_>, what: What, command: WaiverCommand) -> Action {
        let ticket = ctx.tickets.take();
        self.waiting = Some((ticket, what));
        self.failure.clear();
        Action::Run { ticket, command: Box::new(Command::Waiver(command)) }
    }
}

/// The request that was made last.
fn newest(book: &Book) -> Option<WaiverRequestId> {
    book.waiver_requests.iter().max_by_key(|request| (request.created_at, &request.number)).map(|r| r.id)
}

fn known(ctx: &Ctx<'_>, request: &WaiverRequest) -> Option<Known> {
    let stands = standing(&View::new(ctx.book(), ctx.shown.as_of_at), request)?;
    let mut ways = Vec::new();
    let mut way = |verb, what, missing: Option<Vec<String>>| {
        ways.extend(missing.map(|missing| Way { verb, what, missing }));
    };
    let id = request.id;
    way("Ask for it", What::Request, tried(ctx, WaiverCommand::Request(id)));
    if stands.state == WaiverState::Requested {
        way("Take under review", What::Review, tried(ctx, WaiverCommand::Review(id)));
    }
    if matches!(stands.state, WaiverState::Requested | WaiverState::UnderReview) {
        way("Approve…", What::Decide(Verdict::Approve), Some(Vec::new()));
        way("Return…", What::Decide(Verdict::Return), Some(Vec::new()));
        way("Reject…", What::Decide(Verdict::Reject), Some(Vec::new()));
    }
    way("Renew", What::Renew, tried(ctx, WaiverCommand::Renew(id)));
    let because = "tried".to_owned();
    way("Revoke…", What::Revoke, tried(ctx, WaiverCommand::Revoke { request: id, because }));
    Some(Known { made: (ctx.book().head.seq, ctx.shown.as_of_at), stands, ways })
}

/// Draws the page.
pub fn page_ui(page: &mut Page, ctx: &Ctx<'_>, ui: &mut Ui) -> Asked {
    let mut asked = Asked::default();
    let base = page.form.base().map(|request| request.id);
    let request = base.and_then(|id| ctx.book().waiver_requests.get(id.0));
    if base.is_some() && request.is_none() {
        // Undone meanwhile.
        asked.back = true;
        return asked;
    }
    if let Some(request) = request {
        page.form.follow(request);
        let now = (ctx.book().head.seq, ctx.shown.as_of_at);
        if page.known.as_ref().is_none_or(|known| known.made != now) {
            page.known = known(ctx, request);
        }
    }
    header_ui(page, ctx, ui, request, &mut asked);
    if let Some(request) = request {
        ways_ui(page, ctx, ui, request, &mut asked);
    }
    ui.add_space(size::GAP);
    let room = ui.available_size();
    let side = size::SIDE_PANEL.min(room.x / 3.0);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = size::GAP_LARGE;
        column_ui(ui, vec2(room.x - side - size::GAP_LARGE, room.y), "waiver", |ui| {
            page.form.words_ui(ui, request, &|path| path.replace('_', " "));
            if !page.failure.is_empty() {
                flaws_ui(ui, &page.failure);
            }
            let stage = stage(page, ctx, request);
            form::form_ui(&mut page.form, ctx, ui, stage);
        });
        column_ui(ui, vec2(side, room.y), "beside the waiver", |ui| {
            let known = page.known.as_ref();
            let next =
                known.and_then(|known| known.ways.first()).map(|way| (way.verb, way.missing.as_slice()));
            beside::beside_ui(
                ctx,
                ui,
                request.zip(known.map(|known| &known.stands)),
                next,
                &mut asked.actions,
            );
        });
    });
    if let Some(request) = request {
        revoke_ui(page, ctx, ui, request, &mut asked);
    }
    asked
}

/// How much of the form can be written, as the request stands.
fn stage(page: &Page, ctx: &Ctx<'_>, request: Option<&WaiverRequest>) -> Stage {
    let state = page.known.as_ref().map(|known| known.stands.state);
    match (request, state) {
        _ if !ctx.can_write() => Stage::Reading,
        (None, _) | (_, Some(WaiverState::Draft)) => Stage::Writing,
        (Some(request), _) if request.granted_at.is_some() && request.revoked_at.is_none() => Stage::Watching,
        _ => Stage::Reading,
    }
}

fn header_ui(
    page: &mut Page,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    request: Option<&WaiverRequest>,
    asked: &mut Asked,
) {
    let title = request.map_or_else(
        || "New waiver".to_owned(),
        |request| format!("{}  {}", request.number, request.reason_class.text()),
    );
    let context = request.map_or_else(
        || "Somebody's decision to leave a duty open until a day".to_owned(),
        |request| format!("{} on {}", update_names(ctx.book(), request), asset_names(ctx.book(), request)),
    );
    let all = PageAction::new(Some(icon::CHEVRON_LEFT), "All waivers");
    let print = PageAction::new(Some(icon::PRINTER), "Print…");
    let others: &[PageAction<'_>] = if request.is_some() { &[all, print] } else { &[all] };
    let dirty = page.form.is_dirty() || request.is_none();
    let save = PageAction {
        enabled: ctx.can_write() && !page.form.is_saving(),
        tooltip: Some("Ctrl+S"),
        ..PageAction::new(Some(icon::SAVE), "Save waiver")
    };
    match page_header_ui(ui, &title, &context, dirty.then_some(save), others) {
        Some(Chosen::Primary) => asked.actions.extend(page.save(ctx)),
        Some(Chosen::Other(0)) => asked.back = true,
        Some(Chosen::Other(_)) => {
            let paper = request.map(|request| Action::PrintPaper(Paper::Waiver(request.id)));
            asked.actions.extend(paper);
        }
        None => {}
    }
}

fn ways_ui(page: &mut Page, ctx: &Ctx<'_>, ui: &mut Ui, request: &WaiverRequest, asked: &mut Asked) {
    let Some(known) = page.known.clone() else { return };
    let dirty = page.form.is_dirty();
    let first = known.ways.iter().position(|way| way.missing.is_empty() && way.what != What::Revoke);
    let mut wanted = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(size::GAP, size::GAP);
        ui.add(Chip::new(tone(known.stands.state), known.stands.state.text()));
        if rule::is_late(ctx.book(), request) {
            ui.add(Chip::new(Tone::Warn, "Asked after the cut-off"));
        }
        if dirty {
            ui.add(Chip::new(Tone::Info, "Not saved"));
            if ui.add(Button::quiet("Revert")).clicked() {
                page.form.revert();
            }
        }
        for (at, way) in known.ways.iter().enumerate() {
            let reason =
                if dirty { "Save or revert what you typed first".to_owned() } else { way.missing.join("\n") };
            let can = ctx.can_write() && way.missing.is_empty() && !dirty && page.waiting.is_none();
            let mut button = match way.what {
                What::Revoke | What::Decide(Verdict::Reject) => Button::quiet_danger(way.verb),
                _ if Some(at) == first && can => Button::primary(way.verb),
                _ => Button::secondary(way.verb),
            };
            button = button.enabled(can);
            if !reason.is_empty() {
                button = button.tooltip(&reason);
            }
            if ui.add(button).clicked() {
                wanted = Some(way.what);
            }
        }
    });
    let id = request.id;
    match wanted {
        Some(What::Decide(verdict)) => asked.decide = Some(verdict),
        Some(What::Revoke) => page.revoking = Some((String::new(), None)),
        Some(What::Request) => {
            asked.actions.push(page.send(ctx, What::Request, WaiverCommand::Request(id)));
        }
        Some(What::Review) => asked.actions.push(page.send(ctx, What::Review, WaiverCommand::Review(id))),
        Some(What::Renew) => asked.actions.push(page.send(ctx, What::Renew, WaiverCommand::Renew(id))),
        None => {}
    }
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

fn revoke_ui(page: &mut Page, ctx: &Ctx<'_>, ui: &Ui, request: &WaiverRequest, asked: &mut Asked) {
    let waiting = page.waiting.is_some();
    let Some((because, issue)) = &mut page.revoking else { return };
    let (mut run, mut leave) = (false, false);
    let title = format!("Revoke {}", request.number);
    leave |= modal::dialog_ui(ui.ctx(), Id::unique("revoke a waiver"), &title, |ui| {
        ui.spacing_mut().item_spacing.y = size::CELL_PAD;
        weak_ui(ui, "It covers nothing from now on. What is open counts as open.");
        Field::new((request.id.0, "revoke"), "Reason", because).required().issue(issue.as_deref()).ui(ui);
        let row = egui::vec2(ui.available_width(), size::CONTROL);
        ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
            run = ui.add(Button::danger("Revoke the waiver").enabled(!waiting)).clicked();
            leave |= ui.add(Button::secondary("Keep it")).clicked();
        });
    });
    let because = because.clone();
    if run {
        let command = WaiverCommand::Revoke { request: request.id, because };
        asked.actions.push(page.send(ctx, What::Revoke, command));
    }
    if leave {
        page.revoking = None;
    }
}
