//! Risk: how bad an update is held to be, and why. What was known of its vulnerabilities, the rank that follows, every reason in
//! words, and what became of it once people had rated.

mod bundle;
mod dossier;
mod rank;
mod standing;
mod suggestion;

pub use bundle::{Bundle, bundles, ratings_of, suggestion};
pub use dossier::{Dossier, Dossiers, Likelihood, Listing, Score};
pub use rank::{Ranked, ranked, worst_rank};
pub use standing::{Course, RankBasis, RankStep, changed_since_rated, course, rank_at};
pub use suggestion::{LIKELY_PPM, Reason, Suggestion, suggest};
