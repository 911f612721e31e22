//! The plan of an import: what it would do is said before it is done, and what is done is what was said.

mod answers;
mod computers;
mod names;
mod order;
mod rig;
mod states;
mod updates;
