//! Messages about a record: written here, sent by the shop's own mail program, and logged as sent by whoever says so.

use egui::{Label, ScrollArea, Ui};

use super::section::{title_ui, weak_ui};
use super::sheet::field::{Need, words_of};
use super::sheet::{Answer, Kind, Sheet, Spec};
use crate::app::mail;
use crate::app::session::Notice;
use crate::domain::approval::Subject;
use crate::domain::book::Book;
use crate::domain::change::message::draft;
use crate::domain::command::{ChangeCommand, Command};
use crate::domain::notice::{NoticeId, NoticeKind, NoticeSent};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::{Button, Chip, card_ui, empty_state_ui};
use crate::util::text::fold;

const FIELDS: &[Spec] = &[
    Spec::new("kind", "Which message", Kind::Words(words_of!(NoticeKind))),
    Spec::new("recipients", "To", Kind::Line).hint("all@example.org, helpdesk@example.org"),
    Spec::new("title", "Subject line", Kind::Line),
    Spec::new("text", "What it says", Kind::Block(8)),
];

/// The messages about one thing.
#[derive(Debug)]
pub struct Messages {
    subject: Subject,
    id: i64,
    form: Option<Sheet<NoticeSent>>,
}

impl Messages {
    /// The messages about something.
    pub fn new(subject: Subject, id: i64) -> Self {
        Self { subject, id, form: None }
    }

    /// How many there are.
    pub fn count(&self, book: &Book) -> usize {
        book.notices.iter().filter(|notice| self.is_about(notice)).count()
    }

    fn is_about(&self, notice: &NoticeSent) -> bool {
        notice.subject == self.subject && notice.subject_id == self.id
    }

    /// What would be lost by leaving, by name.
    pub fn unsaved(&self) -> Option<String> {
        self.form.as_ref().filter(|form| form.is_dirty()).map(|_| "a message".to_owned())
    }

    /// Whether the form is open.
    pub fn is_open(&self) -> bool {
        self.form.is_some()
    }

    /// Takes an answer; `true` if it needs no other showing.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        match self.form.as_mut().map_or(Answer::Foreign, |form| form.notice(notice)) {
            Answer::Saved => {
                self.form = None;
                false
            }
            Answer::Failed => true,
            Answer::Foreign => false,
        }
    }

    /// Saves the open message.
    pub fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        let write = |edit: Box<crate::domain::command::Edit<NoticeSent>>| {
            Command::Change(ChangeCommand::Notice(Box::new(edit.row)))
        };
        self.form.as_mut()?.send(ctx, write)
    }

    /// A message as the domain proposes it; its words can be changed.
    fn proposed(&self, ctx: &Ctx<'_>, kind: NoticeKind) -> NoticeSent {
        let record = ctx.book().changes.get(self.id).filter(|_| self.subject == Subject::Change);
        match record {
            Some(record) => draft(ctx.book(), record, kind, ctx.now_at),
            None => NoticeSent {
                id: NoticeId(0),
                kind,
                subject: self.subject,
                subject_id: self.id,
                recipients: String::new(),
                title: String::new(),
                text: String::new(),
                created_at: ctx.now_at,
                sent_at: None,
                sent_by: String::new(),
            },
        }
    }

    fn begin(&mut self, ctx: &Ctx<'_>, kind: NoticeKind) {
        self.form = Some(Sheet::new(ctx, &self.proposed(ctx, kind)));
    }

    /// Draws the messages.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
        let mut actions = Vec::new();
        let mut notices: Vec<&NoticeSent> = ctx.book().notices.iter().filter(|n| self.is_about(n)).collect();
        notices.sort_by_key(|notice| std::cmp::Reverse((notice.created_at, notice.id)));
        ScrollArea::vertical().id_salt("messages").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = size::GAP;
            if self.form.is_some() {
                self.form_ui(ctx, ui, &mut actions);
            } else if notices.is_empty() {
                let words = "Announcements and reports to people. Patchbook writes them, your own mail program sends them, \
                             and here it is logged that they went out.";
                let offers: &[&str] = if ctx.can_write() { &["Write a message"] } else { &[] };
                card_ui(ui, None, |ui| {
                    if empty_state_ui(ui, icon::MAIL, "No messages yet", words, offers).is_some() {
                        self.begin(ctx, NoticeKind::Announcement);
                    }
                });
            } else if ui
                .add(Button::secondary("Write a message").icon(icon::PLUS).enabled(ctx.can_write()))
                .clicked()
            {
                self.begin(ctx, NoticeKind::Announcement);
            }
            for notice in notices {
                notice_ui(ctx, ui, notice, &mut actions);
            }
        });
        actions
    }

    fn form_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
        let Some(form) = &mut self.form else { return };
        let (mut save, mut leave, mut again) = (false, false, None);
        card_ui(ui, None, |ui| {
            title_ui(ui, "New message");
            ui.spacing_mut().item_spacing.y = size::CELL_PAD;
            form.words_ui(ui, None, &str::to_owned);
            let need = |path: &str| if path == "recipients" { Need::Offered } else { Need::Demanded };
            let untouched = form.only_differs_at("kind");
            let kind = form.draft.text("kind").to_owned();
            form.fields_ui(ctx, ui, FIELDS, &need);
            // Another kind proposes its own words, as long as nobody has changed them.
            if untouched && form.draft.text("kind") != kind {
                again = NoticeKind::of_word(form.draft.text("kind"));
            }
            weak_ui(ui, "Nothing is sent from here. Save it, then open it in your mail program or copy it.");
            ui.horizontal(|ui| {
                save = ui.add(Button::primary("Save message").enabled(!form.is_saving())).clicked();
                leave = ui.add(Button::quiet("Cancel")).clicked();
            });
        });
        if save {
            actions.extend(self.save(ctx));
        }
        if let Some(kind) = again {
            self.begin(ctx, kind);
        }
        if leave {
            self.form = None;
        }
    }
}

fn notice_ui(ctx: &Ctx<'_>, ui: &mut Ui, notice: &NoticeSent, actions: &mut Vec<Action>) {
    let tokens = theme::tokens(ui);
    card_ui(ui, None, |ui| {
        ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
        ui.horizontal_wrapped(|ui| {
            match notice.sent_at {
                Some(_) => ui.add(Chip::new(Tone::Good, "Sent")),
                None => ui.add(Chip::new(Tone::Neutral, "Not sent")),
            };
            ui.label(Text::Medium.rich(&notice.title));
        });
        let to = if notice.recipients.is_empty() { "nobody named" } else { &notice.recipients };
        let mut about = format!("{}, to {to}", notice.kind.text());
        if let Some(at) = notice.sent_at {
            about = format!("{about}; recorded as sent {} by {}", ctx.time_text(at), notice.sent_by);
        }
        ui.add(Label::new(Text::Small.rich(about).color(tokens.weak)).wrap());
        ui.add(Label::new(Text::Body.rich(&notice.text)).wrap().selectable(true));
        ui.horizontal_wrapped(|ui| {
            if ui.add(Button::secondary("Copy as e-mail").icon(icon::COPY)).clicked() {
                let whole =
                    format!("To: {}\nSubject: {}\n\n{}", notice.recipients, notice.title, notice.text);
                actions.push(Action::Copy(whole));
            }
            if ui.add(Button::secondary("Save as .eml…").icon(icon::MAIL)).clicked() {
                actions.extend(saved(ctx, notice));
            }
            if notice.sent_at.is_none()
                && ui
                    .add(Button::secondary("Mark as sent").icon(icon::CHECK).enabled(ctx.can_write()))
                    .clicked()
            {
                let command = Command::Change(ChangeCommand::Sent { notice: notice.id, at: ctx.now_at });
                // Ticket 0 is nobody's: a failure is told by the window.
                actions.push(Action::Run { ticket: 0, command: Box::new(command) });
            }
        });
    });
}

/// The message as a file that a mail program opens, from the person at work where the register knows their address.
fn saved(ctx: &Ctx<'_>, notice: &NoticeSent) -> Option<Action> {
    let actor = fold(&ctx.preferences.actor);
    let sender = ctx.book().people.iter().find(|person| fold(&person.name) == actor);
    let from = sender.map(|person| (person.name.clone(), person.mail.clone())).unwrap_or_default();
    let text = String::from_utf8(mail::draft(ctx.book(), notice, from)).ok()?;
    let safe = |letter: char| if letter.is_alphanumeric() || letter == '-' { letter } else { '-' };
    let name: String = notice.title.chars().map(safe).take(60).collect();
    Some(Action::SaveText { name: format!("{}.eml", name.trim_matches('-')), text })
}
