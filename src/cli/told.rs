//! How somebody told what they decided: the flags that every recorded decision takes, read in one place. Never says what was decided.

use std::path::PathBuf;

use clap::Args;

use super::people::{all_needed, input, instant, needed};
use crate::app::{Engine, Error, evidence};
use crate::domain::approval::Medium;
use crate::domain::command;

/// Who decided, as what, how they told, when, and what shows it.
#[derive(Clone, Debug, Args)]
pub struct Told {
    /// Who decided
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// As what, such as "Business owner"
    #[arg(long)]
    pub function: Option<String>,
    /// How they told: in-app, mail, paper, phone, spoken
    #[arg(long)]
    pub medium: Option<String>,
    /// When they told, in the shop's zone, such as 2026-12-07T10:00; now if absent
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// A file that shows it; its name and SHA-256 are kept
    #[arg(long, value_name = "FILE")]
    pub evidence: Option<PathBuf>,
}

impl Told {
    /// Whether everything is told, beside what else a command asks for: whether it is given, its flag, its question.
    ///
    /// # Errors
    ///
    /// Every missing answer at once (exit code 3).
    pub(super) fn whole(&self, beside: &[(bool, &str, &str)], did: &str) -> Result<(), Error> {
        let (who, function) = (format!("who {did}"), format!("as what they {did}"));
        let mut asked = beside.to_vec();
        asked.extend([
            (self.by.is_some(), "--by", who.as_str()),
            (self.function.is_some(), "--function", function.as_str()),
            (self.medium.is_some(), "--medium", "how they told"),
        ]);
        all_needed(&asked)
    }

    /// What the flags say. `did` is what was done, such as "ratified it", for the questions about missing answers.
    ///
    /// # Errors
    ///
    /// A missing answer (exit code 3), or one that cannot be read.
    pub(super) fn read(&self, engine: &Engine, did: &str) -> Result<command::Told, Error> {
        self.whole(&[], did)?;
        let by = needed(self.by.as_deref(), "--by", &format!("who {did}"))?;
        let function = needed(self.function.as_deref(), "--function", &format!("as what they {did}"))?;
        let how = needed(self.medium.as_deref(), "--medium", "how they told")?;
        let now = engine.context().clock.now_at();
        Ok(command::Told {
            by: by.to_owned(),
            function: function.to_owned(),
            medium: medium(how)?,
            at: self.at.as_deref().map_or(Ok(now), |text| instant(engine.book(), text))?,
            evidence: self.evidence.as_deref().map(evidence::digest).transpose()?,
        })
    }
}

/// The medium of a word as the console takes it.
pub(super) fn medium(word: &str) -> Result<Medium, Error> {
    Medium::of_word(&word.to_lowercase().replace('-', "_"))
        .ok_or_else(|| input(format!("{word} is no medium"), "Media are in-app, mail, paper, phone, spoken."))
}
