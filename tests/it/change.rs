//! Change records: the table of states, the hard stops, approvals that know what they approved, and no way round any of it.

mod approval;
mod bulk;
mod console;
mod figure;
mod path;
mod property;
mod rig;
mod tie;
