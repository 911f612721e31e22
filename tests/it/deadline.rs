//! Rule sets, binding, changes that wait for the policy, the business case.

mod binding;
pub mod case;
mod clock;
mod directive;
mod pending;
mod preset;
mod rig;
mod stated;
mod undo;
