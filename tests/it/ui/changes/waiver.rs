//! A waiver from its draft to its grant, and the ways into the form.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patchbook::app::Engine;
use patchbook::domain::asset::AssetId;
use patchbook::domain::command::{Command, Edit, WaiverCommand};
use patchbook::domain::compliance::view::View;
use patchbook::domain::rating::Rank;
use patchbook::domain::update::UpdateId;
use patchbook::domain::waiver::request::{Control, ReasonClass, WaiverRequest, WaiverRequestId};
use patchbook::ui::route::Room;

use super::super::desk::{Desk, NOW, run};
use super::shop::{changes, press, shop};

/// A machine and an update it owes.
fn owed(engine: &Engine) -> (AssetId, UpdateId) {
    let book = engine.book();
    let view = View::new(book, NOW);
    (0..book.assets.len() as u32)
        .find_map(|asset| {
            let pair = view.open_pairs(asset).into_iter().next()?;
            Some((book.assets.rows()[asset as usize].id, book.updates.rows()[pair.update as usize].id))
        })
        .expect("something is owed")
}

/// A complete draft of a low risk.
pub fn draft(engine: &mut Engine) {
    shop(engine);
    let (asset, update) = owed(engine);
    let asker = engine.book().people.iter().find(|person| person.name == "Ada Admin").map(|person| person.id);
    run(
        engine,
        Command::SetRank { update, rank: Rank::Medium, reason: "Not reachable from outside".to_owned() },
    );
    let day = chrono::NaiveDate::from_ymd_opt(2024, 5, 20);
    let row = WaiverRequest {
        id: WaiverRequestId(0),
        number: String::new(),
        cycle: None,
        updates: vec![update],
        assets: vec![asset],
        reason_class: ReasonClass::VendorRefuses,
        reason: "The vendor of the till has not released it".to_owned(),
        recommendation: String::new(),
        residual: Rank::Medium,
        controls: vec![Control {
            text: "Management network only".to_owned(),
            owner: asker,
            since_on: chrono::NaiveDate::from_ymd_opt(2024, 4, 1),
            proof: "Firewall rule 212".to_owned(),
            verified_at: None,
            failed_at: None,
        }],
        exit_plan: "Install with the vendor's May release".to_owned(),
        exit_on: day,
        requested_by: asker,
        requested_at: None,
        until_on: day,
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
        created_at: 0,
    };
    run(engine, Command::Waiver(WaiverCommand::Save(Box::new(Edit { base: None, row }))));
}

fn waivers(fill: impl FnOnce(&mut Engine)) -> Desk<'static> {
    let mut desk = changes(fill);
    desk.button_like("Waivers");
    desk
}

fn open(desk: &mut Desk<'_>) {
    desk.press(Modifiers::COMMAND, Key::F);
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.press(Modifiers::NONE, Key::Enter);
}

fn disabled(desk: &Desk<'_>, label: &str) -> bool {
    desk.window.harness.get_by_role_and_label(Role::Button, label).accesskit_node().is_disabled()
}

#[test]
fn an_empty_list_says_what_a_waiver_is_and_opens_the_form() {
    let mut desk = waivers(shop);
    assert!(desk.shows("No waivers yet"));
    press(&mut desk, "New waiver");
    assert!(desk.shows("What stands in for the update"));
}

#[test]
fn a_draft_without_its_grounds_is_kept_but_cannot_be_asked_for_and_says_why() {
    let mut desk = waivers(shop);
    press(&mut desk, "New waiver");
    desk.type_lines("Reason", "The till");
    desk.press(Modifiers::COMMAND, Key::S);
    assert_eq!(desk.book().waiver_requests.rows()[0].reason, "The till");
    assert!(disabled(&desk, "Ask for it"));
    assert!(desk.mentions("List the assets one by one"));
    assert!(desk.mentions("Say how the waiver ends"));
}

#[test]
fn a_waiver_is_asked_for_signed_and_covers_its_pair() {
    let mut desk = waivers(draft);
    open(&mut desk);
    press(&mut desk, "Ask for it");
    assert!(desk.book().waiver_requests.rows()[0].requested_at.is_some());
    press(&mut desk, "Approve…");
    desk.choose("Decided by", "Priya Baker");
    desk.choose("Told", "Paper");
    press(&mut desk, "Record the decision");
    let book = desk.book();
    assert_eq!(book.waiver_requests.rows()[0].grants.len(), 1);
    assert_eq!(book.waivers.len(), 1);
    assert!(desk.mentions("as decided by Priya Baker (Business owner) on paper, no evidence"));
    press(&mut desk, "Renew");
    assert_eq!(desk.book().waiver_requests.len(), 2);
    assert!(desk.mentions("Follows WVR-2024-04-001"));
}

#[test]
fn a_waiver_is_revoked_with_a_reason_only() {
    let mut desk = waivers(draft);
    open(&mut desk);
    press(&mut desk, "Revoke…");
    press(&mut desk, "Revoke the waiver");
    assert!(desk.mentions("Say why the waiver ends"));
    desk.retype("Reason", "Not needed after all");
    press(&mut desk, "Revoke the waiver");
    assert!(desk.book().waiver_requests.rows()[0].revoked_at.is_some());
}

#[test]
fn a_control_is_added_and_taken_off_in_the_form() {
    let mut desk = waivers(draft);
    open(&mut desk);
    press(&mut desk, "Add a control");
    press(&mut desk, "Take control 1 off");
    desk.press(Modifiers::COMMAND, Key::S);
    let book = desk.book();
    let controls = &book.waiver_requests.rows()[0].controls;
    assert_eq!(controls.len(), 1);
    assert_eq!(controls[0].text, "");
}

#[test]
fn an_asset_leads_to_the_form_with_itself_and_the_chosen_update() {
    let mut desk = changes(shop);
    desk.go(Room::Assets);
    desk.press(Modifiers::COMMAND, Key::F);
    desk.window.harness.event(egui::Event::Text("srv-dc".to_owned()));
    desk.settle();
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.press(Modifiers::NONE, Key::Space);
    press(&mut desk, "Ask for a waiver…");
    assert!(desk.shows("Save waiver"));
    assert!(desk.mentions("Remove filter SRV-DC01"));
}

#[test]
fn leaving_a_new_waiver_asks_what_becomes_of_it() {
    let mut desk = waivers(shop);
    press(&mut desk, "New waiver");
    desk.press(Modifiers::NONE, Key::Escape);
    assert!(desk.mentions("Save the changes to the new waiver?"));
    desk.button("Discard");
    assert!(desk.shows("No waivers yet"));
}
