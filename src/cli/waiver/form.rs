//! The flags that fill a waiver request: one for everything a form would ask.

use clap::Args;

use super::super::people::{all_needed, day, input, person};
use crate::app::Error;
use crate::domain::book::Book;
use crate::domain::rating::Rank;
use crate::domain::update::Update;
use crate::domain::waiver::request::{Control, ReasonClass, WaiverRequest, WaiverRequestId};
use crate::util::text::fold;

/// What a request says. Absent flags leave what is there.
#[derive(Debug, Args)]
pub struct Form {
    /// An asset it covers; given once for each
    #[arg(long, value_name = "NAME")]
    pub asset: Vec<String>,
    /// An update it leaves open, such as KB5036892; given once for each
    #[arg(long, value_name = "KB")]
    pub update: Vec<String>,
    /// compatibility, vendor-refuses, no-window, no-update, end-of-life, retiring, not-reachable, safety, test-failed or other
    #[arg(long, value_name = "CLASS")]
    pub reason_class: Option<String>,
    /// Why the updates cannot be applied in time
    #[arg(long)]
    pub reason: Option<String>,
    /// What security advises
    #[arg(long)]
    pub advice: Option<String>,
    /// The risk that stays: severe, high, medium or low
    #[arg(long, value_name = "RANK")]
    pub residual: Option<String>,
    /// A control that stands in: TEXT|OWNER|SINCE|PROOF, since as 2026-12-01; given once for each
    #[arg(long, value_name = "TEXT|OWNER|SINCE|PROOF")]
    pub control: Vec<String>,
    /// How the waiver ends
    #[arg(long)]
    pub exit_plan: Option<String>,
    /// By when the exit plan is carried out
    #[arg(long, value_name = "DATE")]
    pub exit_on: Option<String>,
    /// The last day
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// When it is looked at again
    #[arg(long, value_name = "DATE")]
    pub review_on: Option<String>,
    /// Who asks
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Does not end by itself when an update is rated Severe
    #[arg(long)]
    pub keep_if_exploited: bool,
    /// Does not end by itself when an asset is exposed further
    #[arg(long)]
    pub keep_if_exposed: bool,
}

impl Form {
    /// Names the first answer that a request cannot do without.
    pub(super) fn must_be_whole(&self) -> Result<(), Error> {
        all_needed(&[
            (!self.asset.is_empty(), "--asset", "which assets, one by one"),
            (!self.update.is_empty(), "--update", "which updates stay open"),
            (self.reason_class.is_some(), "--reason-class", "why, in a word"),
            (self.reason.is_some(), "--reason", "why the updates cannot be applied in time"),
            (self.residual.is_some(), "--residual", "the risk that stays"),
            (self.exit_plan.is_some(), "--exit-plan", "how the waiver ends"),
            (self.exit_on.is_some(), "--exit-on", "by when the exit plan is carried out"),
            (self.until.is_some(), "--until", "on which day the waiver ends"),
            (self.by.is_some(), "--by", "who asks"),
        ])
    }

    /// Puts what was said into a request.
    pub(super) fn put(&self, book: &Book, row: &mut WaiverRequest) -> Result<(), Error> {
        if !self.asset.is_empty() {
            let asset = |name: &String| {
                let known = book.asset_named(name).map(|asset| asset.id);
                known.ok_or_else(|| input(format!("the register has no asset {name}"), ""))
            };
            row.assets = self.asset.iter().map(asset).collect::<Result<_, _>>()?;
        }
        if !self.update.is_empty() {
            let id = |word: &String| update(book, word).map(|update| update.id);
            row.updates = self.update.iter().map(id).collect::<Result<_, _>>()?;
        }
        if let Some(word) = &self.reason_class {
            row.reason_class = ReasonClass::of_word(&word.replace('-', "_")).ok_or_else(|| {
                let all: Vec<String> = ReasonClass::ALL.iter().map(|c| c.word().replace('_', "-")).collect();
                input(format!("{word} is no class of reason"), &format!("Give one of: {}.", all.join(", ")))
            })?;
        }
        if let Some(word) = &self.residual {
            row.residual = Rank::of_word(word)
                .ok_or_else(|| input(format!("{word} is no rank"), "Give severe, high, medium or low."))?;
        }
        if !self.control.is_empty() {
            row.controls = self.control.iter().map(|text| control(book, text)).collect::<Result<_, _>>()?;
        }
        let texts = [
            (&self.reason, &mut row.reason),
            (&self.advice, &mut row.recommendation),
            (&self.exit_plan, &mut row.exit_plan),
        ];
        for (said, field) in texts {
            if let Some(text) = said {
                field.clone_from(text);
            }
        }
        let days = [
            (&self.exit_on, &mut row.exit_on),
            (&self.until, &mut row.until_on),
            (&self.review_on, &mut row.review_on),
        ];
        for (said, field) in days {
            if let Some(text) = said {
                *field = Some(day(text)?);
            }
        }
        if let Some(name) = &self.by {
            row.requested_by = Some(person(book, name)?);
        }
        row.void_if_exploited &= !self.keep_if_exploited;
        row.void_if_exposed &= !self.keep_if_exposed;
        Ok(())
    }
}

fn update<'b>(book: &'b Book, word: &str) -> Result<&'b Update, Error> {
    let wanted = fold(word);
    let number = wanted.strip_prefix("kb").unwrap_or(&wanted);
    let rows = book.updates.rows();
    let known: Vec<&Update> = rows
        .iter()
        .filter(|row| row.kbs.iter().any(|kb| kb == number) || fold(&row.title) == wanted)
        .collect();
    match known.as_slice() {
        [one] => Ok(one),
        [] => Err(input(format!("the register has no update {word}"), "Give its KB or its whole title.")),
        several => {
            let titles: Vec<&str> = several.iter().map(|row| row.title.as_str()).collect();
            Err(input(format!("{word} is several updates: {}", titles.join("; ")), "Give the whole title."))
        }
    }
}

fn control(book: &Book, text: &str) -> Result<Control, Error> {
    let mut parts = text.split('|').map(str::trim);
    let mut next = || parts.next().filter(|part| !part.is_empty());
    let what = next().unwrap_or_default().to_owned();
    let owner = next().map(|name| person(book, name)).transpose()?;
    let since_on = next().map(day).transpose()?;
    let proof = next().unwrap_or_default().to_owned();
    Ok(Control { text: what, owner, since_on, proof, verified_at: None, failed_at: None })
}

/// A request that says nothing yet. The risk is the worst until somebody says otherwise.
pub(super) fn empty(created_at: i64) -> WaiverRequest {
    WaiverRequest {
        id: WaiverRequestId(0),
        number: String::new(),
        cycle: None,
        updates: Vec::new(),
        assets: Vec::new(),
        reason_class: ReasonClass::Other,
        reason: String::new(),
        recommendation: String::new(),
        residual: Rank::Severe,
        controls: Vec::new(),
        exit_plan: String::new(),
        exit_on: None,
        requested_by: None,
        requested_at: None,
        until_on: None,
        review_on: None,
        void_if_exploited: true,
        void_if_exposed: true,
        renews: None,
        reviewed_at: None,
        grants: Vec::new(),
        granted_at: None,
        rejected_because: String::new(),
        revoked_at: None,
        revoked_because: String::new(),
        created_at,
    }
}
