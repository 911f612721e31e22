//! The cover: whose report, as of when, by which definitions, and what limits the figures.

use crate::domain::batch::Scope;
use crate::domain::compliance::DEFINITIONS;
use crate::domain::month::name;
use crate::domain::month::standing::seal_of;
use crate::domain::shop::Paper;
use crate::domain::update::ReleaseBasis;
use crate::report::layout::{self, Layout, Mark};
use crate::util::clock::{self, DAY_SECS};
use crate::util::hash::hex;
use crate::util::text::{count, counted};

use super::Source;

/// A synchronisation older than this is a limit (`metrics.md` rule 10).
const SYNC_SECS: i64 = 3 * DAY_SECS;

pub(super) fn cover(source: &Source<'_>) -> Layout {
    let (book, spec) = (source.book, source.spec);
    let mut layout = Layout::new("Monthly compliance report");
    layout.subtitle = source.period();
    layout.shop.clone_from(&book.shop.name);
    layout.logo = logo(&book.shop.logo);
    layout.version_line = format!("{DEFINITIONS}, {}", spec.program);
    layout.head_hash = hex(&book.head.hash);
    layout.event_no = u64::try_from(book.head.seq).unwrap_or_default();
    layout.printed_at = source.instant(spec.printed_at);
    layout.mark = if book.shop.sample { Mark::Sample } else { Mark::None };
    layout.paper = match book.shop.paper {
        Paper::A4 => layout::Paper::A4,
        Paper::Letter => layout::Paper::Letter,
    };
    layout.fact("As of", source.instant(spec.as_of_at));
    layout.fact("Period", period_line(source));
    layout.fact("Definitions", DEFINITIONS);
    layout.fact("Newest data", newest_data(source));
    layout.fact("Register", counted(book.assets.len() as u64, "asset", "assets"));
    layout.fact("Seal", seal_line(source));
    layout.fact("Review", "not independently reviewed");
    limits(source, &mut layout);
    layout.signatures([("Prepared by", ""), ("Reviewed by", ""), ("Accepted by", "")]);
    layout.page_break().contents(2).page_break();
    layout
}

/// `not sealed`; where the month is sealed, that these are not its sealed figures.
fn seal_line(source: &Source<'_>) -> String {
    let month = name::name_of(clock::day_in(source.zone, source.spec.period.from_at));
    seal_of(source.book, &month).map_or_else(
        || "not sealed".to_owned(),
        |seal| {
            format!(
                "not sealed: {} is sealed with other figures, SHA-256 {}; print its sealed report",
                name::text(&month),
                seal.sha256
            )
        },
    )
}

fn logo(text: &str) -> Option<Vec<u8>> {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::STANDARD.decode(text.trim()).ok()?;
    (!bytes.is_empty()).then_some(bytes)
}

fn period_line(source: &Source<'_>) -> String {
    let period = source.spec.period;
    format!("{} to {}, {}", source.day(period.from_at), source.day(period.to_at - 1), source.zone.name())
}

fn newest_data(source: &Source<'_>) -> String {
    let reports = source.figures.machines.iter().filter_map(|machine| machine.report_at);
    reports.max().map_or_else(|| "no patch-state report".to_owned(), |at| source.instant(at))
}

fn limits(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(2, "What limits these figures", "limits");
    let mut lines = vec![
        "Nobody outside the shop has reviewed these figures. They are only as good as what was imported and recorded."
            .to_owned(),
    ];
    if source.spec.as_of_at + DAY_SECS < source.book.head.at {
        lines.push(
            "These are the figures of a past instant, told from what is known today; requests, roles, approvals, actions and \
             change records stand as they do today. They are not a frozen month."
                .to_owned(),
        );
    }
    sync_limits(source, &mut lines);
    data_limits(source, &mut lines);
    layout.bullets(lines);
}

fn sync_limits(source: &Source<'_>, lines: &mut Vec<String>) {
    for row in &source.book.sources {
        match row.synced_at {
            Some(at) if source.spec.as_of_at - at > SYNC_SECS => lines.push(format!(
                "{} last synchronised with its vendor on {}, more than three days before these figures: newer updates \
                 cannot show.",
                row.name,
                source.instant(at)
            )),
            None if row.kind == "wsus" => {
                lines.push(format!("When {} last synchronised with its vendor is not known.", row.name));
            }
            _ => {}
        }
    }
}

fn data_limits(source: &Source<'_>, lines: &mut Vec<String>) {
    let (book, figures) = (source.book, &source.figures);
    let batches: Vec<_> =
        book.live_batches().into_iter().filter(|b| b.recorded_at <= source.spec.as_of_at).collect();
    if !batches.iter().any(|batch| batch.scope.is_report()) {
        lines.push("No import shows the patch state of machines.".to_owned());
    }
    let skipped: u64 = batches.iter().flat_map(|batch| &batch.files).map(|file| file.skipped).sum();
    if skipped > 0 {
        lines.push(format!("{} of imported files could not be used.", counted(skipped, "row", "rows")));
    }
    let needed_only = batches.iter().filter(|batch| batch.scope == Scope::NeededOnly).count() as u64;
    if needed_only > 0 {
        let imports = counted(needed_only, "import lists", "imports list");
        lines.push(format!(
            "{imports} needed updates only: what is missing shows, what is installed does not."
        ));
    }
    let strangers = book.source_assets.rows().iter().filter(|row| row.asset.is_none()).count() as u64;
    if strangers > 0 {
        let computers = counted(strangers, "computer", "computers");
        lines.push(format!(
            "{computers} of the imports match no asset of the register; their updates are not counted."
        ));
    }
    let total = &figures.total;
    if total.no_rule > 0 {
        let pairs = counted(total.no_rule.into(), "open item has", "open items have");
        lines.push(format!(
            "{pairs} no deadline rule, so no due date; they count as in time and never as overdue."
        ));
    }
    let owed = figures.updates.iter().zip(book.updates.rows()).filter(|(counts, _)| counts.required > 0);
    let derived = owed.filter(|(_, update)| update.release_basis != ReleaseBasis::Vendor).count() as u64;
    if derived > 0 {
        let updates = counted(derived, "update has", "updates have");
        lines.push(format!("{updates} a release date that was derived, not given by the source."));
    }
    if total.left_censored > 0 {
        let pairs = count(total.left_censored.into());
        lines.push(format!(
            "{pairs} satisfied when first seen: when they were installed is not known, so they are left out of the deadline \
             rate and the times."
        ));
    }
    if total.merged > 0 {
        lines.push(format!(
            "{} from a source that does not tell installed from not applicable; in no rate.",
            counted(total.merged.into(), "item comes", "items come")
        ));
    }
}
