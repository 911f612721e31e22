//! When things happen: releases of vendors, holidays and freezes, maintenance windows.

pub mod closure;
pub mod recurrence;
pub mod release;
pub mod window;
pub mod zone;
