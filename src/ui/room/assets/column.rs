//! The columns of the register: what each shows and how it sorts.

use std::borrow::Cow;

use crate::domain::asset::{Asset, Criticality, Exposure};
use crate::domain::compliance::machine::{Machine, Segment};
use crate::domain::standing::Standing;
use crate::ui::room::Ctx;
use crate::ui::theme::{Tone, size};
use crate::ui::widget::number;
use crate::ui::widget::table::{Cell, Column};
use crate::util::text::fold;

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Col {
    /// The name people use.
    Name,
    /// Where the machine stands.
    Segment,
    /// Pairs past due.
    Overdue,
    /// Pairs open.
    Open,
    /// What kind of thing.
    Kind,
    /// Patch group.
    Group,
    /// Who answers for it.
    Owner,
    /// Where it stands.
    Site,
    /// Newest patch-state report.
    Report,
    /// Who can reach it.
    Exposure,
    /// How much hangs on it.
    Criticality,
    /// Operating system.
    Os,
    /// What it is for.
    Function,
    /// Address.
    Ip,
    /// Where it stands in its life.
    Status,
    /// Which deadlines apply.
    Class,
    /// In or out of scope.
    Scope,
    /// Who has it with them.
    Away,
    /// Production, test.
    Environment,
    /// Technology domain.
    Technology,
    /// Version of the operating system.
    OsVersion,
    /// Manufacturer.
    Make,
    /// Model.
    Model,
    /// Serial number.
    Serial,
    /// Own, BYOD, leased.
    Ownership,
    /// End of security updates.
    SupportEnd,
}

impl Col {
    /// Every column, in the order shown.
    pub const ALL: [Self; 26] = [
        Self::Name,
        Self::Segment,
        Self::Overdue,
        Self::Open,
        Self::Kind,
        Self::Group,
        Self::Owner,
        Self::Site,
        Self::Report,
        Self::Exposure,
        Self::Criticality,
        Self::Os,
        Self::Function,
        Self::Ip,
        Self::Status,
        Self::Class,
        Self::Scope,
        Self::Away,
        Self::Environment,
        Self::Technology,
        Self::OsVersion,
        Self::Make,
        Self::Model,
        Self::Serial,
        Self::Ownership,
        Self::SupportEnd,
    ];

    /// How many columns a fresh table shows, from the left.
    const AT_FIRST: usize = 15;

    /// The key it is remembered by, and its title.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Name => ("name", "Name"),
            Self::Segment => ("segment", "Compliance"),
            Self::Overdue => ("overdue", "Overdue"),
            Self::Open => ("open", "Open"),
            Self::Kind => ("kind", "Kind"),
            Self::Group => ("group", "Patch group"),
            Self::Owner => ("owner", "Owner"),
            Self::Site => ("site", "Site"),
            Self::Report => ("report", "Last report"),
            Self::Exposure => ("exposure", "Exposure"),
            Self::Criticality => ("criticality", "Criticality"),
            Self::Os => ("os", "Operating system"),
            Self::Function => ("function", "Function"),
            Self::Ip => ("ip", "Address"),
            Self::Status => ("status", "Status"),
            Self::Class => ("class", "Class"),
            Self::Scope => ("scope", "Scope"),
            Self::Away => ("away", "Away"),
            Self::Environment => ("environment", "Environment"),
            Self::Technology => ("technology", "Technology"),
            Self::OsVersion => ("os_version", "Version"),
            Self::Make => ("make", "Make"),
            Self::Model => ("model", "Model"),
            Self::Serial => ("serial", "Serial"),
            Self::Ownership => ("ownership", "Ownership"),
            Self::SupportEnd => ("support_end", "Support ends"),
        }
    }

    /// The column of a key.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|col| col.names().0 == key)
    }

    /// The columns for the table.
    pub fn columns() -> Vec<Column<'static>> {
        let column = |col: Self| {
            let (key, title) = col.names();
            match col {
                Self::Name => Column::new(key, title, size::COLUMN_WIDE).pinned(),
                Self::Overdue | Self::Open => Column::new(key, title, size::COLUMN_COUNT).right(),
                Self::Group | Self::Owner | Self::Os | Self::Function | Self::Exposure => {
                    Column::new(key, title, size::COLUMN_WIDE)
                }
                _ => Column::new(key, title, size::COLUMN_NAME),
            }
        };
        Self::ALL.into_iter().map(column).collect()
    }

    /// The keys of the columns a fresh table hides.
    pub fn hidden_at_first() -> impl Iterator<Item = String> {
        Self::ALL.into_iter().skip(Self::AT_FIRST).map(|col| col.names().0.to_owned())
    }
}

/// One row: an asset and how it stands.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    ctx: &'a Ctx<'a>,
    /// The asset.
    pub asset: &'a Asset,
    /// Its dated values now.
    pub standing: &'a Standing,
    /// Its figures.
    pub machine: &'a Machine,
}

/// What a row sorts by in a column; blanks come last either way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SortKey {
    /// A count, a date, a rank.
    Number(i64),
    /// Folded text.
    Text(String),
    /// Nothing to sort by.
    Blank,
}

impl<'a> Line<'a> {
    /// The row at a place. Nothing is copied.
    pub fn at(ctx: &'a Ctx<'a>, place: u32) -> Option<Self> {
        let at = place as usize;
        Some(Self {
            ctx,
            asset: ctx.book().assets.rows().get(at)?,
            standing: ctx.standings.get(at)?,
            machine: ctx.figures().machines.get(at)?,
        })
    }

    fn words(&self, col: Col) -> Cow<'a, str> {
        let (book, asset, standing) = (self.ctx.book(), self.asset, self.standing);
        Cow::Borrowed(match col {
            Col::Name => &asset.name,
            Col::Segment => self.machine.segment.map_or("Out of scope", Segment::text),
            Col::Kind => asset.kind.text(),
            Col::Group => {
                standing.group.and_then(|id| book.groups.get(id.0)).map_or("", |group| group.name.as_str())
            }
            Col::Owner => book.person_name(asset.owner),
            Col::Site => &asset.site,
            Col::Exposure => exposure_text(standing.exposure),
            Col::Criticality => asset.criticality.text(),
            Col::Os => asset.os_text(),
            Col::Function => &asset.function,
            Col::Ip => asset.ip_text(),
            Col::Status => standing.status.text(),
            Col::Class => standing.class.text(),
            Col::Scope => scope_text(standing),
            Col::Away => asset.away.as_ref().map_or("", |away| away.holder.as_str()),
            Col::Environment => &asset.environment,
            Col::Technology => &asset.technology,
            Col::OsVersion => asset.os_version_text(),
            Col::Make => asset.make_text(),
            Col::Model => asset.model_text(),
            Col::Serial => &asset.serial,
            Col::Ownership => asset.ownership.text(),
            Col::Report => {
                return Cow::Owned(
                    self.machine.report_at.map_or_else(|| "Never".to_owned(), |at| self.ctx.day_text(at)),
                );
            }
            Col::SupportEnd => {
                return Cow::Owned(
                    asset.support_end_on.map(crate::util::clock::day_text).unwrap_or_default(),
                );
            }
            Col::Overdue => return Cow::Owned(number(self.machine.tally.overdue as usize)),
            Col::Open => return Cow::Owned(number(self.machine.tally.open as usize)),
        })
    }

    /// Fills a cell.
    pub fn cell(&self, cell: &mut Cell<'_>, col: Col) {
        let words = self.words(col);
        match col {
            Col::Name => cell.strong(&words),
            Col::Segment => match self.machine.segment {
                Some(segment) => cell.chip(segment_tone(segment), segment.text()),
                None => cell.weak(&words),
            },
            Col::Overdue if self.machine.tally.overdue > 0 => cell.tone(Tone::Bad, &words),
            _ if self.is_nothing(col) => cell.weak(&words),
            Col::Overdue | Col::Open | Col::Ip | Col::SupportEnd | Col::Report => cell.number(&words),
            Col::Exposure if self.standing.exposure == Exposure::Unknown => cell.tone(Tone::Warn, &words),
            Col::Criticality if self.asset.criticality == Criticality::One => cell.strong(&words),
            _ => cell.text(&words),
        }
    }

    /// Whether a column has nothing to tell of this row, so that its word stands back.
    fn is_nothing(&self, col: Col) -> bool {
        match col {
            Col::Overdue => self.machine.tally.overdue == 0,
            Col::Open => self.machine.tally.open == 0,
            Col::Report => self.machine.report_at.is_none(),
            _ => false,
        }
    }

    /// What the row sorts by.
    pub fn sort_key(&self, col: Col) -> SortKey {
        match col {
            Col::Segment => {
                self.machine.segment.map_or(SortKey::Blank, |segment| SortKey::Number(segment as i64))
            }
            Col::Overdue => SortKey::Number(i64::from(self.machine.tally.overdue)),
            Col::Open => SortKey::Number(i64::from(self.machine.tally.open)),
            Col::Criticality => SortKey::Number(self.asset.criticality as i64),
            Col::Report => self.machine.report_at.map_or(SortKey::Blank, SortKey::Number),
            Col::SupportEnd => self.asset.support_end_on.map_or(SortKey::Blank, |day| {
                SortKey::Number(chrono::Datelike::num_days_from_ce(&day).into())
            }),
            _ => {
                let words = self.words(col);
                if words.is_empty() { SortKey::Blank } else { SortKey::Text(fold(&words)) }
            }
        }
    }
}

/// The tone of a segment: its chip has a word and a shape beside the colour.
pub fn segment_tone(segment: Segment) -> Tone {
    match segment {
        Segment::Overdue | Segment::Unsupported => Tone::Bad,
        Segment::Unknown => Tone::Warn,
        Segment::Waived => Tone::Neutral,
        Segment::InTime => Tone::Info,
        Segment::UpToDate => Tone::Good,
    }
}

/// Exposure in a word; that unknown counts as exposed is said in the form.
fn exposure_text(exposure: Exposure) -> &'static str {
    if exposure == Exposure::Unknown { "Unknown" } else { exposure.text() }
}

/// Whether the asset counts, in words.
pub fn scope_text(standing: &Standing) -> &'static str {
    if standing.counts() { "In scope" } else { "Out of scope" }
}
