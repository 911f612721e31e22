//! Every noun's row image is exactly its table.

mod month;
mod promise;

use patchbook::domain::asset::{Asset, AssetClass, AssetId, Away, Exposure, Fact, FactId, FactValue};
use patchbook::domain::attestation::{Attestation, AttestationId};
use patchbook::domain::deadline::{ClockStart, DeadlineRule, DeadlineRuleId, TimeUnit};
use patchbook::domain::group::{Group, GroupId};
use patchbook::domain::person::PersonId;
use patchbook::domain::rating::{Rank, Rating, RatingId};
use patchbook::domain::row::{Row, RowChange, Table};
use patchbook::domain::shop::Shop;
use patchbook::domain::source::{
    Profile, ProfileId, Source, SourceAsset, SourceAssetId, SourceId, SourceUpdate, SourceUpdateId,
    Subscription, SubscriptionId,
};
use patchbook::domain::update::{Supersedence, SupersedenceId, UpdateId};
use patchbook::domain::waiver::{Waiver, WaiverId};
use patchbook::store::table::columns;
use patchbook::util::progress::Progress;

use super::sample::{self, NOW, create, operation};

/// One row of every noun, each referring to the others, with texts that need escaping.
pub fn one_of_each() -> Vec<RowChange> {
    let mut asset = Asset::new(AssetId(1), "web-01", NOW);
    asset.aliases = vec!["web \"one\"".to_owned(), "wéb\\1\u{1}\u{7f}".to_owned()];
    asset.owner = Some(PersonId(1));
    asset.manual_only = true;
    asset.depends_on = vec![AssetId(1)];
    asset.away = Some(Away { holder: "Grace".to_owned(), since_on: None, expected_on: None });
    asset.note.push_str("tab\tline\nend\u{8}\u{c}\r");
    asset.imported.os = Some("Windows Server 2022".to_owned());
    asset.imported.contact_at = Some(NOW);
    let source = SourceId(1);
    let mut changes = vec![
        RowChange::create(&asset),
        RowChange::create(&sample::person(1, "Grace ⟨U+202E⟩ Ünïcode 𝄞")),
        RowChange::create(&Group { id: GroupId(1), name: "g".to_owned(), position: -1, note: String::new() }),
        RowChange::create(&sample::update(1, "5031364")),
        RowChange::create(&Supersedence { id: SupersedenceId(1), older: UpdateId(1), newer: UpdateId(1) }),
        RowChange::create(&Rating {
            id: RatingId(1),
            update: UpdateId(1),
            rank: Rank::Severe,
            reason: "exploited".to_owned(),
            since_at: NOW,
        }),
        RowChange::create(&DeadlineRule {
            id: DeadlineRuleId(1),
            rank: Rank::High,
            class: Some(AssetClass::Server),
            exposure: None,
            amount: 14,
            unit: TimeUnit::Days,
            clock: ClockStart::Release,
            from_at: 0,
            until_at: None,
            source: "default".to_owned(),
        }),
        RowChange::create(&Waiver {
            id: WaiverId(1),
            asset: AssetId(1),
            update: UpdateId(1),
            approved_at: NOW,
            until_at: NOW + 1,
            voided_at: None,
            reason: "vendor".to_owned(),
            approved_by: "Ada".to_owned(),
        }),
        RowChange::create(&Source {
            id: source,
            kind: "wsus".to_owned(),
            name: "wsus01".to_owned(),
            synced_at: None,
            sync_result: String::new(),
        }),
        RowChange::create(&SourceAsset {
            id: SourceAssetId(1),
            source,
            key: "k".to_owned(),
            name: "n".to_owned(),
            asset: None,
        }),
        RowChange::create(&SourceUpdate { id: SourceUpdateId(1), source, key: "k".to_owned(), update: None }),
        RowChange::create(&Subscription {
            id: SubscriptionId(1),
            source,
            kind: "product".to_owned(),
            title: "Windows 11".to_owned(),
            ended_at: None,
        }),
        RowChange::create(&Profile {
            id: ProfileId(1),
            fingerprint: "f".to_owned(),
            name: "n".to_owned(),
            answers: "{\"a\":1}".to_owned(),
        }),
        RowChange::create(&Attestation {
            id: AttestationId(1),
            asset: AssetId(1),
            update: UpdateId(1),
            checked_at: NOW,
            checked_by: "Ada".to_owned(),
            how: "looked".to_owned(),
            evidence_name: String::new(),
            evidence_sha256: String::new(),
            voided_at: None,
        }),
    ];
    let values = [FactValue::Scope(false), FactValue::Exposure(Exposure::Internet), FactValue::Group(None)];
    for (i, value) in values.into_iter().enumerate() {
        changes.push(RowChange::create(&Fact {
            id: FactId(1 + i as i64),
            asset: AssetId(1),
            value,
            since_at: NOW,
            reason: String::new(),
            approved_by: String::new(),
        }));
    }
    changes.extend(month::one_of_each());
    changes.extend(promise::one_of_each());
    changes
}

fn keys(row: &impl Row) -> Vec<String> {
    row.image().keys().cloned().collect()
}

#[test]
fn the_keys_of_every_image_are_the_columns_of_its_table() {
    let mut seen: Vec<Table> = Vec::new();
    let mut check = |table: Table, keys: Vec<String>| {
        let names: Vec<&str> = columns(table).iter().map(|column| column.name).collect();
        assert_eq!(keys, names, "{}", table.name());
        seen.push(table);
    };
    for change in one_of_each() {
        let image = change.after.expect("an image");
        check(change.table, image.keys().cloned().collect());
    }
    check(Table::Shop, keys(&Shop::default()));
    check(Table::Batch, keys(&sample::batch(1, 1, 1, 1).batch));
    for table in Table::ALL {
        assert!(seen.contains(&table), "no row of {} was tried", table.name());
    }
}

#[test]
fn the_columns_of_every_table_in_the_file_are_those_that_are_described() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.patchbook");
    drop(create(&path));
    let connection = rusqlite::Connection::open(&path).expect("a connection");
    for table in Table::ALL {
        let mut statement = connection.prepare(&format!("SELECT * FROM {}", table.name())).expect("a table");
        let found: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let names: Vec<&str> = columns(table).iter().map(|column| column.name).collect();
        assert_eq!(found, names, "{}", table.name());
        drop(statement.query([]));
    }
}

#[test]
fn a_row_of_every_noun_comes_back_as_it_was_and_verifies() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = create(&folder.path().join("shop.patchbook"));
    store.commit(operation("One of each", 1, one_of_each()), store.head()).expect("a commit");
    let book = store.load().expect("a book");
    let asset = &book.assets.rows()[0];
    assert_eq!(asset.note, "tab\tline\nend\u{8}\u{c}\r");
    assert_eq!(asset.aliases[1], "wéb\\1\u{1}\u{7f}");
    assert_eq!(book.facts.rows()[0].value, FactValue::Scope(false));
    assert_eq!(book.people.rows()[0].name, "Grace ⟨U+202E⟩ Ünïcode 𝄞");
    assert_eq!(book.rules.rows()[0].class, Some(AssetClass::Server));
    let report = store.verify(&Progress::default()).expect("a verification");
    assert!(report.is_sound(), "{:?}", report.problems);
    assert!(report.rows >= 44, "{report:?}");
}
