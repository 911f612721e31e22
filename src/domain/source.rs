//! Where imports come from, and what their identities mean here.
//!
//! Observations point at source identities; one mapping row points each of those at an asset or an update, so a merge or its
//! undoing changes one row.

use serde::{Deserialize, Serialize};

use super::asset::AssetId;
use super::row::{id_type, row_of};
use super::update::UpdateId;

id_type!(
    /// Which source.
    SourceId
);

/// A source of imports: one WSUS server, one directory, one script.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Row id.
    pub id: SourceId,
    /// `wsus`, `directory`, `script`.
    pub kind: String,
    /// Server or script name; unique without regard to case.
    pub name: String,
    /// Last synchronisation with the vendor, UTC seconds, where the manifest says; over three days old is a limit.
    pub synced_at: Option<i64>,
    /// Result of it.
    pub sync_result: String,
}
row_of!(Source, Source);

id_type!(
    /// Which identity of an asset in a source.
    SourceAssetId
);

/// A computer as a source names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceAsset {
    /// Row id.
    pub id: SourceAssetId,
    /// Which source.
    pub source: SourceId,
    /// The source's own key: server GUID, SID, or the folded name where it has none.
    pub key: String,
    /// Name in the source.
    pub name: String,
    /// Which asset it is; `None` while unresolved.
    pub asset: Option<AssetId>,
}
row_of!(SourceAsset, SourceAsset);

id_type!(
    /// Which identity of an update in a source.
    SourceUpdateId
);

/// An update as a source names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceUpdate {
    /// Row id.
    pub id: SourceUpdateId,
    /// Which source.
    pub source: SourceId,
    /// `UpdateId`, or `KB5036892|title` where the source has none.
    pub key: String,
    /// Which update it is; `None` while unresolved.
    pub update: Option<UpdateId>,
}
row_of!(SourceUpdate, SourceUpdate);

id_type!(
    /// Which subscription.
    SubscriptionId
);

/// Software subscribed in WSUS: only for these can the server show a missing update.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// Row id.
    pub id: SubscriptionId,
    /// Which source.
    pub source: SourceId,
    /// `product` or `classification`.
    pub kind: String,
    /// Title in the source.
    pub title: String,
    /// No longer subscribed since, UTC seconds.
    pub ended_at: Option<i64>,
}
row_of!(Subscription, Subscription);

id_type!(
    /// Which profile.
    ProfileId
);

/// Answers to the questions of an import, kept for files with the same header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Row id.
    pub id: ProfileId,
    /// Fingerprint of the header.
    pub fingerprint: String,
    /// Name people see.
    pub name: String,
    /// The answers as JSON text, owned by `import`.
    pub answers: String,
}
row_of!(Profile, Profile);
