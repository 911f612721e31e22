//! The window. The only module that names egui, eframe and rfd.
//!
//! [`theme`] holds every colour and size, [`icon`] the glyphs, [`widget`] what rooms are made of, [`room`] what a person sees,
//! [`dialog`] what must be decided now, [`app`] the shell around them. Rooms draw from the book and hand back [`action::Action`]s;
//! applying those after drawing is the only mutation. Nothing here reads the clock or the store.

pub mod action;
pub mod app;
pub mod dialog;
pub mod icon;
pub mod keys;
pub mod picker;
pub mod room;
pub mod route;
pub mod theme;
pub mod widget;
pub mod window;

pub use app::App;
