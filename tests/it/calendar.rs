//! The calendar and the cycle: when things happen, what is due next, whether the promise can be met.

mod ics;
mod vector;
mod zone;
