//! What the people of the sample promised: threat data, ranks, decisions, documents, rule sets, a frozen month. All of it through
//! the same commands and readers that window and console use.

mod case;
mod document;
mod file;
mod month;
mod programme;
mod risk;

pub(in crate::app::sample) use document::{publish, reconsider};
pub(in crate::app::sample) use file::{ThreatFiles, write};
pub(in crate::app::sample) use month::freeze;
pub(in crate::app::sample) use risk::{decide_domains, load, rate, remember};
