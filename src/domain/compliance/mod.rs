//! Compliance: everything Patchbook counts, as pure functions of a Book and an as-of instant.
//!
//! One set of definitions, [`DEFINITIONS`], for window, console, paper and frozen months. The aim of every rule: nothing nobody
//! has looked at is ever green, and no bookkeeping turns red into green. Start with [`view::View::new`], then
//! [`view::View::figures`]; every figure opens into machines and pairs through [`drill`].
//!
//! Where the definitions leave room they are read as follows.
//! - *Leaving.* An update leaves when it is withdrawn or declined for a reason that ends the duty. Pairs met by then stay met, pairs
//!   past due and open stay required until they are satisfied, the rest leaves. A "not applicable" that first shows after an
//!   update left is not believed: an update taken off the server vanishes from the reports of every machine.
//! - *Closed and censored.* A pair that is satisfied when first seen is left-censored unless the source gives its true install time:
//!   then nothing about it is unknown, and it counts in M3 and M6.
//! - *Unknown states* count as not satisfied in M4 and as still running in M6.
//! - *Attested by hand* satisfies a pair that a source lists without an answer and no scanner calls missing. A check of a pair that no source lists is kept in a
//!   list of its own and raises no figure.
//! - *Scanners* make a pair open whatever its source says, from the instant of the scan on: see [`opinion`].
//! - *Inherited due dates* come from older updates that are open and not waived; see [`outcome`] for M3.
//! - *Cuts* place each machine where it stands at the as-of instant; M3 by rank uses the rank under which the pair fell due.

pub mod binding;
pub mod chain;
pub mod cover;
pub mod cut;
pub mod drill;
pub mod duty;
pub mod edge;
pub mod explain;
pub mod figures;
pub mod installed_age;
pub mod ledger;
pub mod listing;
pub mod machine;
pub mod month;
pub mod moved;
pub mod operation;
pub mod opinion;
pub mod outcome;
pub mod ratio;
pub mod rule;
pub mod servicing;
pub mod subject;
pub mod survival;
pub mod tally;
mod terms;
pub mod unpatched;
pub mod verdict;
pub mod view;
pub mod zone;

/// The version of these definitions, printed on every report. A change of any rule is a new version.
///
/// Still 1 after advised supersedence, scanner findings and raised ranks came to count: the rules always named them (a required
/// superseding duty satisfies, the worse of two sources counts, the rank in force decides), the register only had no such data, and
/// no month could be sealed before it had. The same holds of who is in the register: an asset was always counted from when it was in the
/// file (R), and no released version sealed a month otherwise. A sealed month therefore never meets two meanings of one number; the next change of a
/// rule is `definitions 2`, and every trend breaks its line there.
pub const DEFINITIONS: &str = "definitions 1";
