//! Every name that a document may state, and how its value is worked out from the register.
//!
//! One file per topic; each has a table of its names and one function a name. `assets/documents/NAMES.txt` is the same list for
//! people, and a test compares the two.

use super::value::{Asking, Bearing, Value, ValueType};

/// A name that a document may state.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    /// `deadlines`.
    pub name: &'static str,
    /// Its type.
    pub value_type: ValueType,
    /// What a change of it means.
    pub bearing: Bearing,
    /// Works it out.
    pub fill: fn(&Asking<'_>) -> Value,
}

/// Type and bearing of a name; `None` where no such name exists. Knows the patterns `role.CODE`, `holder.CODE`, `reference.KEY`,
/// `figures.mN` and `has.NAME` too.
pub fn describe(_name: &str) -> Option<(ValueType, Bearing)> {
    None
}

/// The value of a name; `None` where no such name exists.
pub fn value(_asking: &Asking<'_>, _name: &str) -> Option<Value> {
    None
}
