//! What came in from the engine, into what is shown. Decides who is told; changes nothing in the register.

use egui::Context;

use super::App;
use super::file::note_text;
use crate::app::error::{Error, ErrorKind};
use crate::app::session::{How, Notice, Request, Shown};
use crate::store::Note;
use crate::ui::action::Verb;
use crate::ui::route::Room;
use crate::ui::theme::Tone;
use crate::ui::widget::Toast;
use crate::util::text::counted;

impl App {
    pub(super) fn take(&mut self, notice: Notice, ctx: &Context) {
        // A mail is read within the job that hashes it.
        if !matches!(notice, Notice::Compared(_) | Notice::Looked(_) | Notice::MailRead(_)) {
            self.file.waiting.end();
        }
        match notice {
            Notice::Opened(shown) => self.opened(shown),
            Notice::Planned(planned) => self.rooms.import.planned(*planned),
            Notice::ThreatPlanned(planned) => self.rooms.import.threat_planned(*planned),
            Notice::ServicingPlanned(planned) => self.rooms.import.servicing_planned(*planned),
            Notice::MailRead(mail) => self.rooms.changes.mail(*mail),
            Notice::Looked(looked) if looked.bundles.is_some() => self.rooms.updates.looked(*looked),
            Notice::Looked(looked) if looked.documents.is_some() || looked.reading.is_some() => {
                self.rooms.programme.looked(*looked);
            }
            Notice::Looked(looked) => self.rooms.reports.looked(*looked),
            Notice::Compared(past) => self.file.put_past(*past),
            other => {
                let taken = self.rooms_take(&other);
                self.tell_of(other, taken, ctx);
            }
        }
    }

    /// Every room hears of it; `true` if one of them answers it.
    fn rooms_take(&mut self, notice: &Notice) -> bool {
        let rooms = &mut self.rooms;
        let mut taken = rooms.welcome.notice(notice);
        taken |= rooms.today.notice(notice);
        taken |= rooms.assets.notice(notice);
        taken |= rooms.updates.notice(notice);
        taken |= rooms.calendar.notice(notice);
        taken |= rooms.changes.notice(notice);
        taken |= rooms.night.notice(notice);
        taken |= rooms.programme.notice(notice);
        taken |= rooms.reports.notice(notice);
        taken |= rooms.import.notice(notice);
        taken |= rooms.history.notice(notice);
        taken | rooms.settings.notice(notice)
    }

    fn tell_of(&mut self, notice: Notice, taken: bool, ctx: &Context) {
        match notice {
            Notice::Closed => {
                self.file.clear();
                self.reset_rooms();
                self.room = Room::Welcome;
            }
            Notice::Changed { shown, done, how, .. } => {
                self.file.put(shown);
                let toast = match how {
                    How::Done => Toast::new(Tone::Good, done.label).action("Undo", Verb::Undo),
                    How::Undone => Toast::new(Tone::Info, format!("Undone: {}", done.label)),
                    How::Redone => {
                        Toast::new(Tone::Info, format!("Redone: {}", done.label)).action("Undo", Verb::Undo)
                    }
                };
                self.say(toast);
            }
            Notice::Unchanged { ticket: Some(_) } if !taken => {
                self.say(Toast::new(Tone::Neutral, "Nothing differs, nothing was recorded"));
            }
            Notice::Failed { error, .. } if !taken => self.say_error(&error),
            Notice::Refreshed(shown) => self.file.put(shown),
            Notice::Printed { path, pages, warnings } => {
                let pages = counted(pages as u64, "page", "pages");
                let mut body = format!("{pages}, {}", path.display());
                for warning in warnings {
                    body.push('\n');
                    body.push_str(&warning);
                }
                self.say(Toast::new(Tone::Good, "Printed").body(body).action("Open", Verb::Open(path)));
                // The history has a new entry.
                self.send(Request::Refresh);
            }
            Notice::Verified(report) if !(taken && self.room == Room::History) => {
                let toast = if report.is_sound() {
                    Toast::new(Tone::Good, "The register holds together")
                } else {
                    Toast::new(Tone::Bad, "The register does not hold together")
                };
                self.say(toast.action("History", Verb::Go(Room::History)));
            }
            Notice::CopySaved(path) => {
                let folder = path.parent().map(std::path::Path::to_owned).unwrap_or_default();
                self.say(
                    Toast::new(Tone::Good, "Saved a verified copy")
                        .body(path.display().to_string())
                        .action("Open folder", Verb::Open(folder)),
                );
            }
            _ => {}
        }
        ctx.request_repaint();
    }

    fn opened(&mut self, shown: Box<Shown>) {
        let same = self.file.path() == Some(shown.path.as_path());
        if !same {
            self.file.clear();
            self.reset_rooms();
        }
        self.keep.preferences.remember(&shown.path);
        for note in shown.notes.iter().filter(|note| !note.is_why()) {
            self.say(note_toast(note));
        }
        self.file.put(shown);
        self.rooms.welcome.reset();
        if self.room == Room::Welcome || !same {
            self.room = Room::of_word(&self.keep.preferences.room);
        }
    }

    pub(super) fn reset_rooms(&mut self) {
        self.rooms.today.reset();
        self.rooms.assets.reset();
        self.rooms.updates.reset();
        self.rooms.calendar.reset();
        self.rooms.changes.reset();
        self.rooms.night.reset();
        self.rooms.programme.reset();
        self.rooms.reports.reset();
        self.rooms.import.reset();
        self.rooms.history.reset();
        self.rooms.settings.reset();
    }

    pub(super) fn say_error(&mut self, error: &Error) {
        let (tone, title) = match error.kind {
            ErrorKind::Cancelled => (Tone::Neutral, "Stopped"),
            ErrorKind::File => (Tone::Bad, "The file cannot be used as it is"),
            ErrorKind::Conflict => (Tone::Bad, "Somebody was faster"),
            ErrorKind::Unsound => (Tone::Bad, "The register does not hold together"),
            ErrorKind::Question => (Tone::Warn, "A question is open"),
            ErrorKind::Input | ErrorKind::Machine => (Tone::Bad, "That was not done"),
        };
        let mut body = capital(&error.summary);
        for hint in &error.hints {
            body.push('\n');
            body.push_str(hint);
        }
        self.say(Toast::new(tone, title).body(body));
    }

    /// Shows a toast with the time in the shop's zone, for the history behind the bell.
    pub(super) fn say(&mut self, toast: Toast<Verb>) {
        let zone = self.file.shown().map_or(chrono_tz::UTC, |s| crate::util::clock::zone(&s.book.shop.zone));
        let now = crate::util::clock::utc(self.session.context().clock.now_at()).with_timezone(&zone);
        self.over.say(toast.at(now.format("%H:%M").to_string()));
    }
}

/// A note beside the page: with the way to the backup, where one was made.
fn note_toast(note: &Note) -> Toast<Verb> {
    match note {
        Note::Upgraded { to, backup, .. } => {
            let folder = backup.parent().map(std::path::Path::to_owned).unwrap_or_default();
            Toast::new(Tone::Neutral, format!("Upgraded to format {to}"))
                .body(note_text(note))
                .action("Open folder", Verb::Open(folder))
        }
        _ => Toast::new(Tone::Warn, note_text(note)),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
