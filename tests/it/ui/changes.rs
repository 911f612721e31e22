//! Change records, templates and waivers in the window: what a form shows, what may be done, and that no draft is lost.

mod pictures;
mod record;
mod shop;
mod template;
mod waiver;
