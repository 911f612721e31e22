//! What is known of each update, read once for each state of the register: rank, how it came about, and the facts beside it.

use chrono::NaiveDate;

use crate::domain::compliance::duty::duties;
use crate::domain::compliance::rule::NO_RULE;
use crate::domain::rating::Rank;
use crate::ui::room::Ctx;

/// How the rank of an update came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rated {
    /// The facts say so; nobody has looked.
    Suggested,
    /// A person agreed.
    Confirmed,
    /// A person said otherwise.
    Overridden,
    /// A fact came after a person had rated it.
    Raised,
}

impl Rated {
    /// What people read.
    pub fn text(self) -> &'static str {
        match self {
            Self::Suggested => "Suggested",
            Self::Confirmed => "Confirmed",
            Self::Overridden => "Overridden",
            Self::Raised => "Raised since",
        }
    }
}

/// What is known of one update.
#[derive(Clone, Debug)]
pub struct Known {
    /// The rank that counts.
    pub rank: Rank,
    /// How it came about.
    pub rated: Rated,
    /// Whether somebody should rate it.
    pub to_rate: bool,
    /// Since when it is listed as exploited.
    pub listed_on: Option<NaiveDate>,
    /// Ten times the highest score.
    pub cvss_tenths: Option<i64>,
    /// The highest likelihood of exploitation, in millionths.
    pub epss_ppm: Option<i64>,
    /// The vulnerabilities it fixes.
    pub cves: Vec<String>,
}

/// Reads what is known of every update. Index: place of the update.
pub fn read(ctx: &Ctx<'_>) -> Vec<Known> {
    let book = ctx.book();
    let duties = duties(book, ctx.shown.as_of_at, ctx.zone);
    let rows = book.updates.rows().iter().zip(&duties).zip(&ctx.figures().updates);
    rows.map(|((update, duty), counts)| {
        let rating = book.ratings.iter().filter(|r| r.update == update.id).max_by_key(|r| (r.since_at, r.id));
        let ground = rating.and_then(|rating| book.grounds.get(rating.id.0));
        let rated = match (rating, ground) {
            (None, _) => Rated::Suggested,
            (Some(rating), Some(ground)) if ground.suggested == rating.rank => Rated::Confirmed,
            (Some(_), _) => Rated::Overridden,
        };
        Known {
            rank: duty.rank,
            rated,
            to_rate: duty.counts && counts.owed() > 0 && rated == Rated::Suggested,
            listed_on: None,
            cvss_tenths: None,
            epss_ppm: None,
            cves: Vec::new(),
        }
    })
    .collect()
}

/// Ten times a score as people write it: `9.8`; empty for none.
pub fn tenths(score: Option<i64>) -> String {
    score.map(|score| format!("{}.{}", score / 10, score % 10)).unwrap_or_default()
}

/// Millionths as a percentage: `94.2 %`; empty for none.
pub fn percent(ppm: Option<i64>) -> String {
    ppm.map(|ppm| format!("{}.{} %", ppm / 10_000, ppm % 10_000 / 1_000)).unwrap_or_default()
}

/// What people read of the rule that set a due date.
pub fn rule_text<'a>(ctx: &Ctx<'a>, rule: u32) -> &'a str {
    if rule == NO_RULE {
        return "No rule";
    }
    ctx.book().rules.rows().get(rule as usize).map_or("No rule", |rule| rule.source.as_str())
}
