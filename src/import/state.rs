//! The words files use for states and approvals.
//!
//! Owns the vocabulary of every language seen in a real file, and the rule for digits. It never guesses an unknown word:
//! the file asks, and the answer is remembered. The flags enumeration of WSUS (1, 2, 4, ... 64) shares digits with the
//! plain one and is therefore never read.

use super::mapping::fold_header;
use super::row::{Approval, State};

/// The vocabulary, folded by [`fold_word`]. Source: `formats.md` 1.4, 1.5 and 1.11.
const WORDS: &[(&str, State)] = &[
    ("unknown", State::Unknown),
    ("nostatus", State::Unknown),
    ("不明", State::Unknown),
    ("desconocido", State::Unknown),
    ("sinestado", State::Unknown),
    ("notapplicable", State::NotApplicable),
    ("na", State::NotApplicable),
    ("適用なし", State::NotApplicable),
    ("noaplicable", State::NotApplicable),
    ("notinstalled", State::NotInstalled),
    ("needed", State::NotInstalled),
    ("required", State::NotInstalled),
    ("missing", State::NotInstalled),
    ("インストールされていません", State::NotInstalled),
    ("noinstalado", State::NotInstalled),
    ("necesario", State::NotInstalled),
    ("downloaded", State::Downloaded),
    ("ダウンロード済み", State::Downloaded),
    ("descargado", State::Downloaded),
    ("installed", State::Installed),
    ("i", State::Installed),
    ("インストール済み", State::Installed),
    ("instalado", State::Installed),
    ("failed", State::Failed),
    ("error", State::Failed),
    ("失敗", State::Failed),
    ("installedpendingreboot", State::PendingReboot),
    ("requiresreboot", State::PendingReboot),
    ("rebootrequired", State::PendingReboot),
    ("pendingreboot", State::PendingReboot),
    ("再起動の保留中", State::PendingReboot),
    ("pendientedereinicio", State::PendingReboot),
    ("installedornotapplicable", State::InstalledOrNotApplicable),
    ("installednotapplicable", State::InstalledOrNotApplicable),
    ("instaladonoaplicable", State::InstalledOrNotApplicable),
];

/// Columns whose digits are the plain enumeration 0 to 6.
const DIGIT_COLUMNS: &[&str] =
    &["state", "summarizationstate", "updateinstallationstate", "updatestate", "installationstate"];

/// Folds a word for comparison: lower case, letters and digits only; a word without any stays as it is.
pub fn fold_word(word: &str) -> String {
    let folded = fold_header(word);
    if folded.is_empty() { word.trim().to_owned() } else { folded }
}

/// The state a folded word means, if the vocabulary has it.
pub fn state_of_word(folded: &str) -> Option<State> {
    WORDS.iter().find(|(word, _)| *word == folded).map(|(_, state)| *state)
}

/// Whether digits in a column of this header are states of the plain enumeration.
pub fn digits_allowed(header: &str) -> bool {
    DIGIT_COLUMNS.contains(&fold_header(header).as_str())
}

/// The state of the plain WSUS enumeration with this number.
pub fn state_of_number(number: u8) -> Option<State> {
    Some(match number {
        0 => State::Unknown,
        1 => State::NotApplicable,
        2 => State::NotInstalled,
        3 => State::Downloaded,
        4 => State::Installed,
        5 => State::Failed,
        6 => State::PendingReboot,
        _ => return None,
    })
}

/// What an approval word means; unsaid where it means nothing we know.
pub fn approval_of_word(word: &str) -> Approval {
    let folded = fold_word(word);
    match folded.as_str() {
        "install" | "approved" | "true" | "yes" => Approval::Install,
        "uninstall" => Approval::Uninstall,
        "notapproved" | "unapproved" | "false" | "no" => Approval::NotApproved,
        "declined" => Approval::Declined,
        // A partial approval prints as "Install (1/3)".
        _ if folded.starts_with("install") => Approval::Install,
        _ => Approval::Unsaid,
    }
}

/// A yes or no as .NET, SQL and people write it.
pub fn yes_or_no(word: &str) -> Option<bool> {
    match word.trim().to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" => Some(true),
        "false" | "0" | "no" => Some(false),
        _ => None,
    }
}
