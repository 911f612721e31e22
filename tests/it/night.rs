//! The patch night and the emergency: what a run may do, what its log says, what it adds up to.

mod drift;
mod emergency;
mod phone;
mod plan;
mod property;
mod rig;
mod run;
