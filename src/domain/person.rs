//! People the register names: owners, admins, testers, approvers.

use serde::{Deserialize, Serialize};

use super::row::{id_type, row_of};

id_type!(
    /// Which person.
    PersonId
);

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Row id.
    pub id: PersonId,
    /// Full name, unique without regard to case.
    pub name: String,
    /// E-mail address.
    pub mail: String,
    /// What they do in the shop.
    pub function: String,
}
row_of!(Person, Person);
