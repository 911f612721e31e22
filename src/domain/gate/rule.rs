//! Where an update stands with the people who decide: which domains it concerns, and whether it may go.

use chrono::{Datelike as _, Days, NaiveTime};
use chrono_tz::Tz;

use super::{Go, GoDecision, KnownConflict, TechDomain, TechDomainId};
use crate::domain::asset::Asset;
use crate::domain::book::Book;
use crate::domain::calendar::expected::{Expected, releases};
use crate::domain::calendar::release::Day;
use crate::domain::document::compose::kept;
use crate::domain::document::{shipped, standing};
use crate::domain::rating::Rank;
use crate::domain::row::RowChange;
use crate::domain::update::{Update, UpdateId};
use crate::util::clock;
use crate::util::id::Ids;
use crate::util::text::fold;

/// Where an update stands in a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GateState {
    /// Severe updates skip the step: the policy has decided (requirement S3-09).
    Skipped,
    /// Somebody decided.
    Decided(Box<GoDecision>),
    /// It goes unless the decider objects by then, UTC seconds.
    GoesUnless(i64),
    /// The time to object has passed in silence, UTC seconds.
    WentSilently(i64),
    /// Nobody has decided.
    Waiting,
}

impl GateState {
    /// As a sentence reads it, times in a zone: `Goes unless somebody objects by Thu 12 Nov 2026 12:00 CET`.
    pub fn text(&self, zone: Tz) -> String {
        let at = |at: i64| clock::text_in(zone, at);
        match self {
            Self::Skipped => "Skipped: severe updates are applied by policy".to_owned(),
            Self::Decided(row) => {
                let until = row
                    .wait_until_on
                    .map(|day| format!(" until {}", clock::day_text(day)))
                    .unwrap_or_default();
                let by = format!("{} ({})", row.decided_by, row.function);
                format!("{}{until}, decided by {by} {}", row.decision.text(), row.medium.phrase())
            }
            Self::GoesUnless(by) => format!("Goes unless somebody objects by {}", at(*by)),
            Self::WentSilently(by) => format!("Went: nobody objected by {}", at(*by)),
            Self::Waiting => "Nobody has decided".to_owned(),
        }
    }

    /// The state as a word for programs.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Skipped => "skipped",
            Self::Decided(row) => row.decision.word(),
            Self::GoesUnless(_) => "goes_unless",
            Self::WentSilently(_) => "went_silently",
            Self::Waiting => "waiting",
        }
    }

    /// Whether it may be deployed now. A wait that has run out must be decided again.
    pub fn may_go(&self) -> bool {
        match self {
            Self::Skipped | Self::WentSilently(_) => true,
            Self::Decided(decision) => decision.decision == Go::Go,
            Self::GoesUnless(_) | Self::Waiting => false,
        }
    }
}

/// Whether an asset falls into a domain: one of the domain's words is in its technology, or, where it has none, in its operating
/// system.
pub fn covers(domain: &TechDomain, asset: &Asset) -> bool {
    let named = if asset.technology.trim().is_empty() { asset.os_text() } else { asset.technology.as_str() };
    self::named(domain, named)
}

/// Whether a text holds one of a domain's words as a word of its own: `ios` is in `Cisco IOS 17.9` and not in `BIOS`.
fn named(domain: &TechDomain, text: &str) -> bool {
    let text = fold(text);
    domain.technologies.iter().any(|word| holds_word(&text, &fold(word)))
}

/// Whether a word stands in a text with neither letter nor digit beside it. Both are folded.
fn holds_word(text: &str, word: &str) -> bool {
    let apart = |beside: Option<char>| beside.is_none_or(|c| !c.is_alphanumeric());
    !word.is_empty()
        && text.match_indices(word).any(|(at, _)| {
            apart(text[..at].chars().next_back()) && apart(text[at + word.len()..].chars().next())
        })
}

/// Domains in use, in their order.
pub fn domains(book: &Book) -> Vec<&TechDomain> {
    let mut found: Vec<&TechDomain> =
        book.domains.iter().filter(|domain| domain.ended_at.is_none()).collect();
    found.sort_by_key(|domain| (domain.position, domain.id));
    found
}

/// The domains of the assets that any source ever listed an update for, in their order. Where nothing is known of an asset, the
/// products of the update speak for it.
pub fn domains_of(book: &Book, update: UpdateId) -> Vec<&TechDomain> {
    let place = book.updates.place(update.0);
    let block = place.and_then(|place| book.pairs.blocks.get(place as usize));
    let assets = book.assets.rows();
    let listed =
        || block.iter().flat_map(|block| &block.assets).filter_map(|&asset| assets.get(asset as usize));
    let silent = listed().any(|asset| asset.technology.trim().is_empty() && asset.os.trim().is_empty());
    let products = book.updates.get(update.0).filter(|_| silent).map_or(&[][..], |row| &row.products);
    let falls = |domain: &&TechDomain| {
        listed().any(|asset| covers(domain, asset)) || products.iter().any(|product| named(domain, product))
    };
    domains(book).into_iter().filter(falls).collect()
}

/// The decision that holds for an update in a domain: the newest that was not taken back, by when it was taken.
pub fn decision(book: &Book, domain: TechDomainId, update: UpdateId) -> Option<&GoDecision> {
    let rows = book.go_decisions.iter();
    let held =
        rows.filter(|row| row.domain == domain && row.voided_at.is_none() && row.updates.contains(&update));
    held.max_by_key(|row| (row.decided_at, row.recorded_at, row.id))
}

/// Where an update stands in a domain at an instant (UTC seconds), given its rank.
pub fn state(book: &Book, domain: &TechDomain, update: &Update, rank: Rank, at: i64) -> GateState {
    let decision = decision(book, domain.id, update.id);
    // A no-go from before the rank rose must not hold up what the policy has decided.
    if rank == Rank::Severe && decision.is_none_or(|decision| decision.decision != Go::Go) {
        return GateState::Skipped;
    }
    if let Some(decision) = decision {
        return GateState::Decided(Box::new(decision.clone()));
    }
    match object_by(book, domain, update) {
        Some(by) if by < at => GateState::WentSilently(by),
        Some(by) => GateState::GoesUnless(by),
        None => GateState::Waiting,
    }
}

/// Until when the decider of a domain may object to an update, UTC seconds; `None` where silence means nothing, or did not mean go
/// yet at that time.
pub fn object_by(book: &Book, domain: &TechDomain, update: &Update) -> Option<i64> {
    // Whoever took a decision back has spoken: from then on silence is none.
    let spoken = |row: &&GoDecision| row.domain == domain.id && row.updates.contains(&update.id);
    let section = domain.section.trim();
    if !domain.silent_go || section.is_empty() || book.go_decisions.iter().any(|row| spoken(&row)) {
        return None;
    }
    let zone = clock::zone(&book.shop.zone);
    // Nobody can object to what the register does not show yet.
    let released_on = clock::day_in(zone, update.released_at.max(update.created_at));
    let wanted = Day::ALL.iter().position(|day| *day == domain.object_weekday)? as u32;
    let ahead = (wanted + 7 - released_on.weekday().num_days_from_monday()) % 7;
    // The same weekday as the release means a week later: nobody can object before there is anything to object to.
    let day = released_on.checked_add_days(Days::new(u64::from(if ahead == 0 { 7 } else { ahead })))?;
    let time = NaiveTime::parse_from_str(&domain.object_time, "%H:%M").ok()?;
    let by = clock::instant_of(zone, day.and_time(time));
    (domain.silent_since_at.is_some_and(|since| since < by) && rests_on_policy(book, domain, by))
        .then_some(by)
}

/// Whether the policy in force at an instant holds the section that lets silence mean go. A newer policy may have dropped it.
pub fn rests_on_policy(book: &Book, domain: &TechDomain, at: i64) -> bool {
    let policy = standing::keyed(book, shipped::POLICY);
    let version = policy.and_then(|policy| standing::in_force_at(book, policy.id, at));
    version.is_some_and(|version| kept(&version.text).iter().any(|section| section.key == domain.section))
}

/// What silence means in a domain at an instant, as lists show it.
pub fn silence_text(book: &Book, domain: &TechDomain, at: i64) -> String {
    if !domain.silent_go {
        "Waits for an answer".to_owned()
    } else if rests_on_policy(book, domain, at) {
        format!("Go unless they object by {} {}", domain.object_weekday.text(), domain.object_time)
    } else {
        format!("Waits for an answer: the policy in force has no section {}", domain.section)
    }
}

/// The releases to expect in the days after an instant, those that were dropped left out (requirement S3-21).
pub fn upcoming(book: &Book, from_at: i64, days: i64) -> Vec<Expected> {
    let mut found = releases(book, from_at, from_at + days.clamp(0, 730) * clock::DAY_SECS);
    found.retain(|release| release.at.is_some());
    found
}

/// Conflicts worth a warning for an update: of the same update, of a product that it is for, or seen on an asset that owes it.
pub fn conflicts_of<'b>(book: &'b Book, update: &Update) -> Vec<&'b KnownConflict> {
    let place = book.updates.place(update.id.0);
    let block = place.and_then(|place| book.pairs.blocks.get(place as usize));
    let listed = |asset: crate::domain::asset::AssetId| {
        let Some(place) = book.asset_place(asset) else { return false };
        block.is_some_and(|block| block.find(place).is_some())
    };
    let same_products =
        |other: &Update| other.products.iter().any(|product| update.products.contains(product));
    let fits = |conflict: &&KnownConflict| {
        let by_update = conflict
            .update
            .is_some_and(|id| id == update.id || book.updates.get(id.0).is_some_and(same_products));
        let by_product = update.products.iter().any(|product| fold(product) == fold(&conflict.product));
        by_update || by_product || (conflict.update.is_none() && conflict.asset.is_some_and(listed))
    };
    let held = book.conflicts.iter().filter(|conflict| conflict.ended_at.is_none());
    let mut found: Vec<&KnownConflict> = held.filter(fits).collect();
    found.sort_by_key(|conflict| (std::cmp::Reverse(conflict.seen_on), conflict.id));
    found
}

/// The domains a new register starts with: name, and the words by which assets fall into it. Nobody decides yet, and silence means
/// nothing.
const STARTING: [(&str, &[&str]); 4] = [
    ("Windows", &["windows"]),
    (
        "Linux and Unix",
        &[
            "linux",
            "almalinux",
            "ubuntu",
            "debian",
            "red hat",
            "rhel",
            "centos",
            "fedora",
            "suse",
            "opensuse",
            "unix",
            "bsd",
            "freebsd",
            "openbsd",
            "netbsd",
        ],
    ),
    ("Hypervisors", &["esxi", "vmware", "proxmox", "hyper-v"]),
    (
        "Network and appliances",
        &[
            "firmware", "fortios", "ios", "routeros", "opnsense", "pfsense", "switch", "switches", "printer",
            "printers",
        ],
    ),
];

/// The rows of the domains that a new register starts with.
pub fn starting(ids: &Ids) -> Vec<RowChange> {
    let row = |(position, (name, words)): (usize, (&str, &[&str]))| {
        RowChange::create(&TechDomain {
            id: TechDomainId(ids.next()),
            name: name.to_owned(),
            technologies: words.iter().map(|word| (*word).to_owned()).collect(),
            decider: None,
            deputy: None,
            section: String::new(),
            silent_go: false,
            silent_since_at: None,
            object_weekday: Day::Thursday,
            object_time: "12:00".to_owned(),
            position: position as i64 + 1,
            ended_at: None,
        })
    };
    STARTING.into_iter().enumerate().map(row).collect()
}
