//! Waivers: nothing is put off without those who must sign, without an end, or into the past.

mod debt;
mod property;
mod rig;
mod rules;
mod undo;
