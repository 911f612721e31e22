//! The papers of sealed months: goldens, and that they print.

use patchbook::domain::approval::Medium;
use patchbook::domain::command::MonthCommand;
use patchbook::domain::month::compare::{Side, sides};
use patchbook::domain::month::{Signature, SignatureId};
use patchbook::pdf::render;
use patchbook::report::layout::Layout;
use patchbook::report::sheet::Spec;
use patchbook::report::{certificate, comparison, posture, sealed, trend};

use super::rig::Shop;
use crate::compliance::maker::at;
use crate::paper::words::text;

/// November sealed and signed, then restated because two machines lost their support, and two postures.
fn lived() -> Shop {
    let mut shop = Shop::new().sealed();
    let (seal, now) = (shop.seal().id, shop.now);
    shop.month(MonthCommand::Sign(Box::new(Signature {
        id: SignatureId(0),
        seal,
        meaning: "Reviewed".to_owned(),
        name: "Cleo Okafor".to_owned(),
        function: "Patching auditor".to_owned(),
        medium: Medium::Paper,
        signed_at: now,
        recorded_at: now,
        recorded_by: String::new(),
        evidence_name: "seal.pdf".to_owned(),
        evidence_sha256: "3f".repeat(32),
        voided_at: None,
    })))
    .expect("a signature");
    take(&mut shop, "First after the catch-up", Some(seal));
    for place in [0, 3] {
        let mut asset = shop.book.assets.rows()[place].clone();
        asset.support_end_on = chrono::NaiveDate::from_ymd_opt(2026, 1, 31);
        shop.book.assets.put(asset);
    }
    shop.restate(seal).expect("a restatement");
    take(&mut shop, "Winter", None);
    shop
}

fn take(shop: &mut Shop, name: &str, seal: Option<patchbook::domain::month::SealId>) {
    shop.month(MonthCommand::Posture {
        name: name.to_owned(),
        parts: [
            "Ransomware by mail and by stolen passwords.",
            "The orders must be there every morning.",
            "Two sites, twelve machines.",
            "Firewall, backups kept off line.",
        ]
        .map(str::to_owned),
        seal,
        baseline_instead_of: None,
    })
    .expect("a posture");
}

fn papers(shop: &Shop) -> Vec<(&'static str, Layout)> {
    let spec = Spec { printed_at: at(12, 3, 8), program: "Patchbook 0" };
    let book = &shop.book;
    let seals: Vec<_> = book.seals.iter().map(|seal| seal.id).collect();
    let all = sides(book);
    let (first, last) = (all[0], all[all.len() - 1]);
    assert!(matches!((first, last), (Side::Seal(_) | Side::Posture(_), Side::Posture(_))));
    let some = |layout: Option<Layout>| layout.expect("a paper");
    vec![
        ("sealed_month", some(sealed::build(book, spec, seals[0]))),
        ("sealed_restated", some(sealed::build(book, spec, seals[1]))),
        ("certificate", some(certificate::build(book, spec, seals[0]))),
        ("posture", some(posture::build(book, spec, book.postures.rows()[1].id))),
        ("comparison", comparison::build(book, spec, first, last)),
        ("trend", trend::build(book, spec)),
    ]
}

/// The parts of a text that depend on the version of the program and on digests, which every change of either would move.
fn steady(text: &str, shop: &Shop) -> String {
    let program = concat!("Patchbook ", env!("CARGO_PKG_VERSION"));
    let mut text = text.replace(program, "Patchbook 0");
    let seals = shop.book.seals.iter().map(|seal| (seal.sha256.clone(), format!("<seal {}>", seal.number)));
    let postures = shop.book.postures.iter().map(|row| (row.sha256.clone(), format!("<{}>", row.name)));
    for (digest, name) in seals.chain(postures) {
        text = text.replace(&digest, &name).replace(&digest[..16], &name);
    }
    for table in shop.book.seals.iter().flat_map(|seal| &seal.inputs.tables) {
        text = text.replace(&table.sha256, "<digest>");
    }
    text
}

#[test]
fn every_paper_of_a_sealed_month_says_what_it_should() {
    let shop = lived();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        for (name, layout) in papers(&shop) {
            insta::assert_snapshot!(format!("paper_{name}"), steady(&text(&layout), &shop));
        }
    });
}

/// With `PATCHBOOK_LOOK_PAPERS=FOLDER` it also leaves the documents there, for people who want to look at them.
#[test]
fn every_paper_of_a_sealed_month_prints_without_a_warning() {
    let shop = lived();
    for (name, layout) in papers(&shop) {
        let rendered = render(&layout).expect("renders");
        assert_eq!(rendered.warnings, Vec::<String>::new(), "{name}");
        assert_eq!(rendered.bytes, render(&layout).expect("renders").bytes, "{name}: same bytes twice");
        if let Ok(folder) = std::env::var("PATCHBOOK_LOOK_PAPERS") {
            std::fs::write(format!("{folder}/{name}.pdf"), &rendered.bytes).expect("writes");
        }
    }
}

#[test]
fn a_sealed_paper_names_its_seal_on_every_page_and_what_was_restated() {
    let shop = lived();
    let papers = papers(&shop);
    let find = |name: &str| {
        papers.iter().find(|(known, _)| *known == name).map(|(_, layout)| layout).expect("a paper")
    };
    let (first, second) = (find("sealed_month"), find("sealed_restated"));
    assert!(first.notice.starts_with("SEALED November 2026, SHA-256 "), "{}", first.notice);
    assert!(second.notice.starts_with("SEALED November 2026, restatement 1, SHA-256 "), "{}", second.notice);
    let said = text(first);
    assert!(said.contains("This month was restated"), "{said}");
    assert!(said.contains("M16 | Past the end of servicing, without proof | "), "{said}");
}

#[test]
fn the_sealed_numbers_of_a_paper_stay_when_the_month_is_restated_and_signed() {
    let shop = Shop::new().sealed();
    let spec = Spec { printed_at: at(12, 3, 8), program: "Patchbook 0" };
    let tables = |shop: &Shop, from: &str, until: &str| {
        let seal = shop.book.seals.rows()[0].id;
        let said = text(&sealed::build(&shop.book, spec, seal).expect("a paper"));
        let begin = said.find(from).unwrap_or_else(|| panic!("{from} is missing"));
        let end = said.find(until).unwrap_or_else(|| panic!("{until} is missing"));
        said[begin..end].to_owned()
    };
    let parts =
        [("# Summary", "# Restatements"), ("# Every figure with its formula", "# Machines #machines")];
    let before: Vec<String> = parts.iter().map(|(from, until)| tables(&shop, from, until)).collect();
    let shop = lived();
    for ((from, until), before) in parts.iter().zip(before) {
        assert_eq!(tables(&shop, from, until), before);
    }
}

#[test]
fn a_sealed_report_groups_what_was_waived_together_and_says_what_no_seal_holds() {
    let mut book = Shop::new().book;
    let assets: Vec<_> = book.assets.iter().map(|asset| asset.id).take(5).collect();
    let update = book.updates.rows()[0].id;
    for (n, asset) in (900..).zip(assets) {
        book.waivers.put(patchbook::domain::waiver::Waiver {
            id: patchbook::domain::waiver::WaiverId(n),
            asset,
            update,
            approved_at: at(11, 20, 8),
            until_at: at(12, 20, 8),
            voided_at: None,
            reason: "until the vendor answers".to_owned(),
            approved_by: "Cleo Okafor".to_owned(),
        });
    }
    let shop = Shop::of(book).sealed();
    let spec = Spec { printed_at: at(12, 3, 8), program: "Patchbook 0" };
    let said = text(&sealed::build(&shop.book, spec, shop.seal().id).expect("a paper"));
    let told: Vec<&str> = said.lines().filter(|line| line.contains("until the vendor answers")).collect();
    let moved: Vec<&&str> = told.iter().filter(|line| line.starts_with("- ")).collect();
    assert_eq!(moved.len(), 1, "{told:?}");
    assert!(moved[0].contains("Waiver of 5 alike (A1, ") && moved[0].contains("; A5, "), "{moved:?}");
    assert_eq!(
        shop.seal().outputs.moved.iter().filter(|line| line.contains("the vendor answers")).count(),
        5
    );
    assert!(said.contains("# What is not part of a seal"), "{said}");
}
