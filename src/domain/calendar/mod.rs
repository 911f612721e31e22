//! When things happen: releases of vendors, holidays and freezes, maintenance windows.

pub mod recurrence;
pub mod zone;
