//! The table of support ends that comes with the program, `assets/data/end_of_servicing.csv`.

use chrono::NaiveDate;

use crate::domain::row::RowChange;
use crate::util::id::Ids;

use super::{Lifecycle, LifecycleId};

/// The table as text.
pub const SHIPPED: &str = include_str!("../../../assets/data/end_of_servicing.csv");
/// Where it is from.
pub const SOURCE: &str = "endoflife.date, from Microsoft's lifecycle pages";
/// The day of its data.
pub const AS_OF: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 8, 22);

/// The rows of the shipped table, recorded at an instant (UTC seconds).
pub fn starting(ids: &Ids, at: i64) -> Vec<RowChange> {
    // No cell of the shipped table holds a comma; a test reads it with the reader of files as well.
    let lines = SHIPPED.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    let day = |text: &str| text.trim().parse::<NaiveDate>().ok();
    let row = |cells: Vec<&str>| {
        let [product, edition, security_end, extended_end] = cells.as_slice() else { return None };
        Some(Lifecycle {
            id: LifecycleId(ids.next()),
            product: product.trim().to_owned(),
            edition: edition.trim().to_owned(),
            security_end_on: day(security_end),
            extended_end_on: day(extended_end),
            source: SOURCE.to_owned(),
            as_of_on: AS_OF,
            own: false,
            recorded_at: at,
            ended_at: None,
        })
    };
    lines.filter_map(row).map(|row| RowChange::create(&row)).collect()
}
