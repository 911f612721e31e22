//! The widgets, driven by role and label as a screen reader would, without a display.

pub mod support;

mod contrast;
mod fields;
mod gallery;
mod idle;
mod overlays;
mod pictures;
mod tables;
