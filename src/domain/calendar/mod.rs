//! When things happen: releases of vendors, holidays and freezes, maintenance windows.
//!
//! Rows: [`release`], [`closure`], [`window`]. What follows from them: [`expected`] releases, [`shift`]s by holidays and
//! freezes, [`slot`]s of windows, and all of it in order of time in an [`agenda`].

pub mod agenda;
pub mod closure;
pub mod default;
pub mod expected;
pub mod recurrence;
pub mod release;
pub mod shift;
pub mod slot;
pub mod window;
pub mod zone;
