//! The window. The only module that names egui, eframe and rfd.
//!
//! [`theme`] holds every colour and size, [`icon`] the glyphs, [`widget`] what rooms are made of. Nothing here
//! reads the clock, a file or the store: rooms draw from the book and hand back what is wanted.

pub mod icon;
pub mod theme;
pub mod widget;
