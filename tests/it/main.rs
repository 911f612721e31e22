//! The one integration binary: everything Patchbook promises, tested from outside.

#![allow(
    clippy::format_push_string,
    clippy::assigning_clones,
    clippy::large_stack_arrays,
    clippy::default_trait_access,
    clippy::field_reassign_with_default,
    clippy::items_after_statements,
    clippy::match_same_arms,
    clippy::needless_pass_by_value,
    clippy::redundant_closure_for_method_calls,
    clippy::similar_names,
    clippy::too_many_lines,
    clippy::type_complexity,
    clippy::unused_self,
    reason = "a test is written to be read, not to save a copy"
)]
#![allow(clippy::disallowed_methods, reason = "tests put files and threads where the house may not")]

mod calendar;
mod change;
mod cli;
mod compliance;
mod crash;
mod deadline;
mod decision;
mod desk;
mod document;
mod hostile;
mod import;
mod layout;
mod mail;
mod month;
mod night;
mod paper;
mod pdf;
mod people;
mod plan;
mod programme;
mod risk;
mod sample;
mod servicing;
mod store;
mod threat;
mod tidy;
#[cfg(feature = "gui")]
mod ui;
mod upgrade;
mod waiver;
#[cfg(feature = "gui")]
mod widgets;
