//! The calendar and the cycle: when things happen, what is due next, whether the promise can be met.

mod cycle;
mod desk;
mod ics;
mod rules;
mod vector;
mod zone;
