//! Which rows are shown: every part that is set narrows. A filter can be named and kept as a view.

use std::collections::HashSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::column::Line;
use crate::domain::asset::{AssetId, AssetKind, Exposure};
use crate::domain::book::Book;
use crate::domain::compliance::machine::Segment;
use crate::domain::group::GroupId;
use crate::domain::person::PersonId;
use crate::ui::action::AssetFilter;

/// Whether an asset counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScopeChoice {
    /// It counts.
    In,
    /// It does not.
    Out,
}

impl ScopeChoice {
    /// Both.
    pub const ALL: &'static [Self] = &[Self::In, Self::Out];

    /// What people read.
    pub fn text(self) -> &'static str {
        match self {
            Self::In => "In scope",
            Self::Out => "Out of scope",
        }
    }
}

/// What is shown. As kept in a view, people and groups are by id.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// What is searched for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Machines in this segment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segment: Option<Segment>,
    /// Of this kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<AssetKind>,
    /// In this group, or (0) in none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupId>,
    /// Of this owner, or (0) of nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
    /// In or out of scope.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<ScopeChoice>,
    /// Only what somebody has with them.
    pub away: bool,
    /// Only what nobody has said the exposure of.
    pub exposure_unknown: bool,
    /// Exactly these, under a title; never kept.
    #[serde(skip)]
    pub only: Option<Only>,
}

/// Exactly these machines: what a figure was counted from.
#[derive(Clone, Debug)]
pub struct Only {
    /// What they are, in words.
    pub title: String,
    /// Which.
    pub assets: Arc<HashSet<AssetId>>,
}

impl PartialEq for Only {
    fn eq(&self, other: &Self) -> bool {
        // The sets are never changed, and comparing 100,000 ids in every frame would cost more than drawing.
        Arc::ptr_eq(&self.assets, &other.assets)
    }
}

impl From<AssetFilter> for Filter {
    fn from(asked: AssetFilter) -> Self {
        let AssetFilter { title, segment, group, owner, text, only } = asked;
        let only = only.map(|assets| Only {
            title: if title.is_empty() { "Chosen machines".to_owned() } else { title },
            assets: Arc::new(assets.into_iter().collect()),
        });
        Self { text, segment, group, owner, only, ..Self::default() }
    }
}

impl Filter {
    /// Whether nothing is left out.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a row passes everything but the search.
    pub fn passes(&self, line: &Line<'_>) -> bool {
        let (asset, standing, machine) = (line.asset, line.standing, line.machine);
        self.segment.is_none_or(|wanted| machine.segment == Some(wanted))
            && self.kind.is_none_or(|wanted| asset.kind == wanted)
            && self.group.is_none_or(|wanted| standing.group.unwrap_or_default() == wanted)
            && self.owner.is_none_or(|wanted| asset.owner.unwrap_or_default() == wanted)
            && self.scope.is_none_or(|wanted| standing.counts() == (wanted == ScopeChoice::In))
            && (!self.away || asset.away.is_some())
            && (!self.exposure_unknown || standing.exposure == Exposure::Unknown)
            && self.only.as_ref().is_none_or(|only| only.assets.contains(&asset.id))
    }

    /// The filter in words: "Overdue, servers, owner Priya Baker"; empty where nothing is left out.
    pub fn words(&self, book: &Book) -> String {
        let mut parts: Vec<String> = Vec::new();
        parts.extend(self.only.as_ref().map(|only| only.title.clone()));
        parts.extend(self.segment.map(|segment| segment.text().to_owned()));
        parts.extend(self.kind.map(|kind| kind.text().to_owned()));
        parts.extend(self.group.map(|id| {
            book.groups.get(id.0).map_or_else(|| "no group".to_owned(), |g| format!("group {}", g.name))
        }));
        parts.extend(self.owner.map(|id| match book.person_name(Some(id)) {
            "" => "no owner".to_owned(),
            name => format!("owner {name}"),
        }));
        parts.extend(self.scope.map(|scope| scope.text().to_lowercase()));
        if self.away {
            parts.push("away".to_owned());
        }
        if self.exposure_unknown {
            parts.push("exposure unknown".to_owned());
        }
        if !self.text.trim().is_empty() {
            parts.push(format!("“{}”", self.text.trim()));
        }
        parts.join(", ")
    }
}

/// A filter with a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// Its name.
    pub name: String,
    /// What it shows.
    pub filter: Filter,
}
