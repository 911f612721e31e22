//! The page of one meeting: agenda, who came, what was said and decided, minutes to accept. Saved as one step.

use egui::{Label, Ui};

use super::choose::{Ask, person_ui, time, time_text};
use super::meetings::tone;
use crate::app::session::Notice;
use crate::domain::command::{Command, CommitteeCommand, Edit};
use crate::domain::meeting::{Attendance, Meeting, MeetingId, MeetingItem, MeetingKind, Presence, Standing};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::{Answer, Form, beside_ui, row_ui, section_ui, weak_ui};
use crate::ui::theme::{Text, Tone, size};
use crate::ui::widget::{Button, Chip, Dropdown, Field, card_ui};
use crate::util::clock::day_in;

const FIELDS: [&str; 7] = ["held_at", "ended_at", "chair", "taker", "by", "place", "cancelled_because"];

/// The texts as typed.
#[derive(Clone, Debug, PartialEq)]
struct Draft {
    row: Meeting,
    begun: String,
    ended: String,
}

/// The page.
#[derive(Debug)]
pub struct Page {
    meeting: MeetingId,
    form: Option<Form<Draft>>,
    accept: Form<String>,
}

/// What was asked for on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Back to the list.
    Back,
    /// Say that it does not take place.
    Cancel(MeetingId),
    /// Add an action agreed here.
    AddAction(MeetingId),
}

impl Page {
    /// The page of a meeting.
    pub fn new(meeting: MeetingId) -> Self {
        Self { meeting, form: None, accept: Form::new(String::new()) }
    }

    /// Whether something typed would be lost.
    pub fn is_dirty(&self) -> bool {
        self.form.as_ref().is_some_and(Form::is_dirty)
    }

    /// Takes an answer; `true` if it was this page's.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let answer = self.form.as_mut().map_or(Answer::Foreign, |form| form.notice(notice));
        let accepted = self.accept.notice(notice);
        answer != Answer::Foreign || accepted != Answer::Foreign
    }

    /// Sends what was typed.
    pub fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        let base = ctx.book().meetings.get(self.meeting.0)?.clone();
        let form = self.form.as_mut().filter(|form| !form.is_saving() && ctx.can_write())?;
        let mut issues = Vec::new();
        let held_at = time(&form.draft.begun, ctx, "held_at", &mut issues);
        let ended_at = time(&form.draft.ended, ctx, "ended_at", &mut issues);
        if !issues.is_empty() {
            form.refuse(issues);
            return None;
        }
        let row = Meeting { held_at, ended_at, ..form.draft.row.clone() };
        let edit = Box::new(Edit { base: Some(base), row });
        Some(form.send(ctx, Command::Committee(CommitteeCommand::Meeting(edit))))
    }

    /// Draws the page.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Wish> {
        let Some(meeting) = ctx.book().meetings.get(self.meeting.0) else { return Some(Wish::Back) };
        let read = Draft {
            row: meeting.clone(),
            begun: time_text(ctx, meeting.held_at),
            ended: time_text(ctx, meeting.ended_at),
        };
        match &mut self.form {
            Some(form) => form.follow(read),
            None => self.form = Some(Form::new(read)),
        }
        let mut wish = None;
        ui.spacing_mut().item_spacing.y = size::GAP_LARGE;
        ui.horizontal(|ui| {
            if ui.add(Button::quiet("All meetings").icon(icon::CHEVRON_LEFT)).clicked() {
                wish = Some(Wish::Back);
            }
            ui.label(Text::Section.rich(&meeting.title));
            ui.add(Chip::new(tone(meeting.standing()), meeting.standing().text()));
            if self.is_dirty() {
                ui.add(Chip::new(Tone::Info, "Not saved"));
            }
        });
        let open = ctx.can_write() && matches!(meeting.standing(), Standing::Planned | Standing::Draft);
        if let Some(form) = &mut self.form {
            ui.add_enabled_ui(open, |ui| {
                ui.spacing_mut().item_spacing.y = size::GAP_LARGE;
                when_ui(form, ctx, ui);
                came_ui(form, ctx, ui);
                items_ui(form, ctx, ui);
                if meeting.kind != MeetingKind::Committee {
                    review_ui(form, ui);
                }
            });
        }
        self.foot_ui(meeting, open, ctx, ui, actions, &mut wish);
        wish
    }

    fn foot_ui(
        &mut self,
        meeting: &Meeting,
        open: bool,
        ctx: &Ctx<'_>,
        ui: &mut Ui,
        actions: &mut Vec<Action>,
        wish: &mut Option<Wish>,
    ) {
        if meeting.standing() == Standing::Accepted {
            let on = meeting.accepted_at.map(|at| ctx.day_text(at)).unwrap_or_default();
            let words = format!("Accepted by {} on {on}. The minutes no longer change.", meeting.accepted_by);
            card_ui(ui, None, |ui| weak_ui(ui, &words));
        }
        if meeting.standing() == Standing::Cancelled {
            card_ui(ui, None, |ui| weak_ui(ui, &format!("Cancelled: {}", meeting.cancelled_because)));
        }
        let dirty = self.is_dirty();
        let mut save = false;
        card_ui(ui, None, |ui| {
            ui.spacing_mut().item_spacing.y = size::CELL_PAD;
            if let Some(form) = &mut self.form
                && open
            {
                save = form.foot_ui(ui, ctx, &FIELDS, "Save meeting");
            }
            ui.horizontal(|ui| {
                let add = Button::secondary("Add an action").icon(icon::PLUS);
                if ui.add(add.enabled(ctx.can_write() && !dirty)).clicked() {
                    *wish = Some(Wish::AddAction(meeting.id));
                }
                if meeting.standing() == Standing::Planned && open {
                    let cancel = Button::quiet_danger("Cancel this meeting…");
                    let cancel = if dirty { cancel.tooltip("Save the meeting first") } else { cancel };
                    if ui.add(cancel.enabled(!dirty)).clicked() {
                        *wish = Some(Wish::Cancel(meeting.id));
                    }
                }
            });
            if meeting.standing() == Standing::Draft && open {
                self.accept_ui(meeting, dirty, ctx, ui, actions);
            }
        });
        if save {
            actions.extend(self.save(ctx));
        }
    }

    fn accept_ui(
        &mut self,
        meeting: &Meeting,
        dirty: bool,
        ctx: &Ctx<'_>,
        ui: &mut Ui,
        actions: &mut Vec<Action>,
    ) {
        weak_ui(ui, "The minutes are a draft. Once a named person accepts them they no longer change.");
        let mut names: Vec<&str> = meeting
            .attendance
            .iter()
            .filter(|one| one.is_filled())
            .map(|one| ctx.book().person_name(Some(one.deputy.unwrap_or(one.person))))
            .collect();
        names.dedup();
        let issue = self.accept.issue("by").or_else(|| self.accept.issue("attendance"));
        let mut at = names.iter().position(|name| *name == self.accept.draft);
        let dropdown = Dropdown::new(("accept", meeting.id.0), "Accepted by", &names, &mut at);
        if dropdown.width(size::FIGURE).issue(issue.as_deref()).ui(ui).changed() {
            self.accept.draft = at.map(|at| names[at].to_owned()).unwrap_or_default();
        }
        let button = Button::secondary("Accept the minutes").icon(icon::CHECK);
        let ready = !dirty && !self.accept.draft.is_empty() && !self.accept.is_saving();
        let why = if dirty { "Save the meeting first" } else { "Choose who accepts them" };
        let button = if ready { button } else { button.tooltip(why) };
        if ui.add(button.enabled(ready)).clicked() {
            let by = self.accept.draft.clone();
            let command = CommitteeCommand::AcceptMinutes { meeting: meeting.id, by };
            actions.push(self.accept.send(ctx, Command::Committee(command)));
        }
    }
}

fn when_ui(form: &mut Form<Draft>, ctx: &Ctx<'_>, ui: &mut Ui) {
    let issues = ["held_at", "ended_at", "chair", "taker"].map(|field| form.issue(field));
    let draft = &mut form.draft;
    let record = ("meeting", draft.row.id.0);
    let words = format!(
        "Planned for {}. Times are those of {}.",
        ctx.time_text(draft.row.planned_at),
        ctx.zone.name()
    );
    let on = day_in(ctx.zone, draft.row.at());
    section_ui(ui, "When and where", &words, false, |ui| {
        beside_ui(ui, &[1.0, 1.0, 1.0], |ui, _, at| {
            let field = match at {
                0 => Field::new(record, "Begun", &mut draft.begun)
                    .hint("8 Dec 2026 10:00")
                    .issue(issues[0].as_deref()),
                1 => Field::new(record, "Ended", &mut draft.ended)
                    .hint("8 Dec 2026 11:00")
                    .issue(issues[1].as_deref()),
                _ => Field::new(record, "Place or call", &mut draft.row.place),
            };
            field.ui(ui);
        });
        beside_ui(ui, &[1.0, 1.0, 1.0], |ui, _, at| {
            let nobody = Some("Nobody yet");
            match at {
                0 => {
                    let ask = Ask { nobody, ..Ask::one("Chair", on, issues[2].as_deref()) };
                    person_ui(ui, ctx, record, &mut draft.row.chair, ask);
                }
                1 => {
                    let ask = Ask { nobody, ..Ask::one("Minutes by", on, issues[3].as_deref()) };
                    person_ui(ui, ctx, record, &mut draft.row.taker, ask);
                }
                _ => {}
            }
        });
    });
}

const SEATS: [f32; 4] = [12.0, 10.0, 12.0, 4.0];

fn came_ui(form: &mut Form<Draft>, ctx: &Ctx<'_>, ui: &mut Ui) {
    let issue = form.issue("attendance");
    let row = &mut form.draft.row;
    let words =
        if row.attendance.iter().any(|one| one.votes) { row.quorum_found().text() } else { String::new() };
    let (record, on) = (row.id.0, day_in(ctx.zone, row.at()));
    section_ui(ui, "Who came", &words, false, |ui| {
        if row.attendance.is_empty() {
            weak_ui(ui, "Nobody was asked. Put members on the committee, or add who was there.");
        }
        let presences: Vec<&str> = Presence::ALL.iter().map(|presence| presence.text()).collect();
        let mut gone = None;
        for (at, one) in row.attendance.iter_mut().enumerate() {
            let name = ctx.book().person_name(Some(one.person)).to_owned();
            let width = ui.available_width() * SEATS[1] / SEATS.iter().sum::<f32>() - size::GAP;
            row_ui(ui, &SEATS, |ui, cell| match cell {
                0 => {
                    ui.add(Label::new(Text::Medium.rich(&name)).truncate());
                }
                1 => {
                    let mut place = Presence::ALL.iter().position(|presence| *presence == one.presence);
                    let label = format!("Presence of {name}");
                    let dropdown = Dropdown::bare((record, at), &label, &presences, &mut place).width(width);
                    if dropdown.ui(ui).changed() {
                        one.presence =
                            place.and_then(|place| Presence::ALL.get(place)).copied().unwrap_or(one.presence);
                    }
                }
                2 if one.presence == Presence::Deputised => {
                    let label = format!("Came for {name}");
                    let ask = Ask { bare: Some(width), ..Ask::one(&label, on, None) };
                    person_ui(ui, ctx, (record, at), &mut one.deputy, ask);
                }
                3 if !one.votes => {
                    let label = format!("Remove {name}");
                    if ui.add(Button::icon_only(icon::X, &label)).clicked() {
                        gone = Some(at);
                    }
                }
                _ => {}
            });
        }
        if let Some(at) = gone {
            row.attendance.remove(at);
        }
        let mut further = None;
        let ask = Ask { bare: Some(size::FIGURE), ..Ask::one("Add who was there", on, None) };
        ui.horizontal(|ui| {
            ui.label(Text::Body.rich("Also there:"));
            person_ui(ui, ctx, ("further", record), &mut further, ask);
        });
        if let Some(person) = further
            && row.attendance.iter().all(|one| one.person != person)
        {
            row.attendance.push(Attendance {
                person,
                presence: Presence::Present,
                deputy: None,
                votes: false,
            });
        }
        if let Some(issue) = &issue {
            crate::ui::widget::form::note_ui(ui, Some(issue), None);
        }
    });
}

fn items_ui(form: &mut Form<Draft>, ctx: &Ctx<'_>, ui: &mut Ui) {
    let issue = form.issue("items");
    let row = &mut form.draft.row;
    let (meeting, on) = (row.id.0, day_in(ctx.zone, row.at()));
    for (at, item) in row.items.iter_mut().enumerate() {
        let number = at + 1;
        section_ui(ui, &format!("{number}. {}", item.topic), "", false, |ui| {
            if !item.brief.is_empty() {
                weak_ui(ui, &item.brief);
            }
            item_ui(item, (meeting, number), on, ctx, ui);
        });
    }
    ui.horizontal(|ui| {
        if ui.add(Button::secondary("Add a point").icon(icon::PLUS)).clicked() {
            row.items.push(MeetingItem::of("Further point", String::new()));
        }
    });
    if let Some(issue) = &issue {
        crate::ui::widget::form::note_ui(ui, Some(issue), None);
    }
}

fn item_ui(
    item: &mut MeetingItem,
    (meeting, number): (i64, usize),
    on: chrono::NaiveDate,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
) {
    let record = ("item", meeting, number);
    let name = |word: &str| format!("{word} {number}");
    let (said, decided, by, against) =
        (name("Discussion"), name("Decision"), name("Decided by"), name("Dissent"));
    let lacks = item.lacks_decider();
    beside_ui(ui, &[1.0, 1.0], |ui, _, at| {
        if at == 0 {
            Field::new(record, &said, &mut item.discussion).lines(2).ui(ui);
        } else {
            Field::new(record, &decided, &mut item.decision).lines(2).ui(ui);
        }
    });
    if item.decision.trim().is_empty() && item.dissent.is_empty() && item.decided_by.is_none() {
        return;
    }
    beside_ui(ui, &[1.0, 1.0], |ui, _, at| {
        if at == 0 {
            Field::new(record, &against, &mut item.dissent).ui(ui);
        } else {
            let ask = Ask { nobody: Some("Nobody named"), ..Ask::one(&by, on, None) };
            person_ui(ui, ctx, record, &mut item.decided_by, ask);
        }
    });
    if lacks {
        ui.add(Chip::new(Tone::Warn, "Not evidence: nobody is named as decider"));
    }
}

fn review_ui(form: &mut Form<Draft>, ui: &mut Ui) {
    let row = &mut form.draft.row;
    let record = ("review", row.id.0);
    section_ui(ui, "Looking back", "Issues that are not settled become actions.", false, |ui| {
        beside_ui(ui, &[1.0, 1.0], |ui, _, at| {
            let field = match at {
                0 => Field::new(record, "What went well", &mut row.good),
                _ => Field::new(record, "What to improve", &mut row.improve),
            };
            field.lines(3).ui(ui);
        });
        beside_ui(ui, &[1.0, 1.0], |ui, _, at| {
            let field = match at {
                0 => Field::new(record, "How", &mut row.solutions),
                _ => Field::new(record, "Thanks to the team", &mut row.thanks),
            };
            field.lines(3).ui(ui);
        });
    });
}
