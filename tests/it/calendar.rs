//! The calendar and the cycle: when things happen, what is due next, whether the promise can be met.

mod console;
mod cycle;
mod desk;
mod forecast;
mod ics;
mod lint;
mod rules;
mod vector;
mod zone;
