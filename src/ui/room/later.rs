//! What a room shows and cannot work out within a frame: asked for once for each state of the register, worked out beside the
//! window, taken when it has come. Never waits.
//!
//! What was worked out for an older state of the same thing stays in sight until the newer has come; of another thing nothing does.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};

use chrono_tz::Tz;
use egui::Ui;

use super::Ctx;
use super::form::weak_ui;
use crate::app::session::look::Job;
use crate::domain::book::Book;
use crate::domain::compliance::figures::Figures;
use crate::ui::action::Action;
use crate::ui::widget::card_ui;
use crate::util::clock;

/// What the work may read: the register as it was shown when it was asked for.
#[derive(Clone, Debug)]
pub struct Seen {
    book: Arc<Book>,
    figures: Arc<Figures>,
    /// The instant of the figures, UTC seconds.
    pub as_of_at: i64,
    /// The shop's zone.
    pub zone: Tz,
}

impl Seen {
    /// What is shown now.
    pub fn of(ctx: &Ctx<'_>) -> Self {
        Self {
            book: Arc::clone(&ctx.shown.book),
            figures: Arc::clone(&ctx.shown.figures),
            as_of_at: ctx.shown.as_of_at,
            zone: ctx.zone,
        }
    }

    /// The register.
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// Its figures as of `as_of_at`.
    pub fn figures(&self) -> &Figures {
        &self.figures
    }

    /// An instant in the shop's zone: `8 Dec 2026 18:00 GMT`.
    pub fn time_text(&self, at: i64) -> String {
        clock::text_in(self.zone, at)
    }

    /// The day of an instant in the shop's zone: `Tue 8 Dec 2026`.
    pub fn day_text(&self, at: i64) -> String {
        clock::day_text(clock::day_in(self.zone, at))
    }
}

/// Of what, and of which entry of the history and instant.
type Key<K> = (K, i64, i64);

/// Something that is worked out beside the window.
#[derive(Debug)]
pub struct Later<K, T> {
    made: Option<(Key<K>, T)>,
    coming: Option<(Key<K>, Receiver<T>)>,
    /// The work for this broke: it is not begun again.
    broken: Option<Key<K>>,
}

impl<K, T> Default for Later<K, T> {
    fn default() -> Self {
        Self { made: None, coming: None, broken: None }
    }
}

impl<K: Clone + PartialEq, T: Send + 'static> Later<K, T> {
    /// Takes what has come, and has `work` done where nothing of `of` is as new as the register. One piece of work runs at a time:
    /// what is asked for meanwhile begins when it has ended. `true` where something new came.
    pub fn ask(
        &mut self,
        of: K,
        ctx: &Ctx<'_>,
        actions: &mut Vec<Action>,
        work: impl FnOnce(&Seen) -> T + Send + 'static,
    ) -> bool {
        let key = (of, ctx.book().head.seq, ctx.shown.as_of_at);
        let came = self.take();
        if self.made.as_ref().is_some_and(|(made, _)| made.0 != key.0) {
            self.made = None;
        }
        let known = self.made.as_ref().is_some_and(|(made, _)| *made == key);
        if !known && self.coming.is_none() && self.broken.as_ref() != Some(&key) {
            let (sender, receiver) = sync_channel(1);
            let seen = Seen::of(ctx);
            self.coming = Some((key, receiver));
            // Who asked may be gone when it is done: then nobody is told.
            let job = Job::new(move || drop(sender.send(work(&seen))));
            actions.push(Action::Work(job));
        }
        came && self.made.is_some()
    }

    fn take(&mut self) -> bool {
        let Some((key, receiver)) = self.coming.take() else { return false };
        match receiver.try_recv() {
            Ok(value) => {
                self.made = Some((key, value));
                true
            }
            Err(TryRecvError::Empty) => {
                self.coming = Some((key, receiver));
                false
            }
            Err(TryRecvError::Disconnected) => {
                self.broken = Some(key);
                false
            }
        }
    }

    /// What was worked out; `None` until it has come.
    pub fn value(&self) -> Option<&T> {
        self.made.as_ref().map(|(_, value)| value)
    }

    /// Says in a card that it is being worked out, or that it cannot be.
    pub fn wait_ui(&self, ui: &mut Ui) {
        let words = if self.coming.is_none() && self.broken.is_some() {
            "This could not be worked out. The register is as it was."
        } else {
            "Working it out. This takes a moment."
        };
        card_ui(ui, None, |ui| weak_ui(ui, words));
    }
}
