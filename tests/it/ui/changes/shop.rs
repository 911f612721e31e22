//! A shop with people, a group, assets, an update and a record, for the tests of this room.

use egui::{Key, Modifiers};
use patchbook::app::Engine;
use patchbook::domain::asset::{Asset, AssetId, AssetKind};
use patchbook::domain::change::{ChangeKind, ChangePlan, ChangeRecord};
use patchbook::domain::command::{AssetDraft, ChangeCommand, Command, Edit};
use patchbook::domain::person::{Person, PersonId};
use patchbook::domain::standing::Standing;
use patchbook::ui::route::Room;

use super::super::desk::{Desk, NOW, import, light, run};

/// A person with an address and a function.
pub fn hire(engine: &mut Engine, name: &str, mail: &str, function: &str) {
    let person = Person {
        id: PersonId(0),
        name: name.to_owned(),
        mail: mail.to_owned(),
        function: function.to_owned(),
    };
    run(engine, Command::SavePerson { base: None, person });
}

fn person(engine: &Engine, name: &str) -> Option<PersonId> {
    engine.book().people.iter().find(|person| person.name == name).map(|person| person.id)
}

/// People, two servers of the first group, updates out of an import.
pub fn shop(engine: &mut Engine) {
    hire(engine, "Ada Admin", "ada@corner.example", "Administrator");
    hire(engine, "Priya Baker", "priya@corner.example", "Business owner");
    hire(engine, "Iso Stern", "iso@corner.example", "Information security officer");
    let group = engine.book().groups.iter().find(|g| g.name == "Domain controllers").map(|g| g.id);
    for name in ["SRV-DC01", "SRV-DC02"] {
        let mut asset = Asset::new(AssetId(0), name, 0);
        asset.kind = AssetKind::Server;
        asset.restart_procedure = "Wait for replication, then restart".to_owned();
        let draft = AssetDraft {
            base: None,
            asset,
            standing: Standing { group, ..Standing::of_kind(AssetKind::Server) },
            reason: String::new(),
            approved_by: String::new(),
        };
        run(engine, Command::SaveAsset(Box::new(draft)));
    }
    import(engine, &["golden"]);
}

/// A draft with its plan written, its people and its window, and two assets.
pub fn record(engine: &mut Engine) {
    shop(engine);
    let update = engine.book().updates.rows().first().map(|update| update.id);
    let row = ChangeRecord {
        title: "April updates, domain controllers".to_owned(),
        group: engine.book().groups.iter().find(|g| g.name == "Domain controllers").map(|g| g.id),
        updates: update.into_iter().collect(),
        reason: "Monthly updates".to_owned(),
        requester: person(engine, "Ada Admin"),
        implementer: person(engine, "Ada Admin"),
        window_from_at: Some(NOW + 9 * 3600),
        window_until_at: Some(NOW + 11 * 3600),
        untested_because: "One of its kind; no test system".to_owned(),
        plan: ChangePlan {
            impact: "Logon may be slow for ten minutes".to_owned(),
            risk_of_applying: "A controller does not come back".to_owned(),
            risk_of_waiting: "A known flaw stays open".to_owned(),
            test_plan: "Log on, resolve a name".to_owned(),
            rollout_plan: "DC02 first, then DC01".to_owned(),
            backout_plan: "Remove the update; restore from the backup".to_owned(),
            acceptance: "No calls about logon for a week".to_owned(),
            ..ChangePlan::default()
        },
        ..ChangeRecord::new(ChangeKind::Normal)
    };
    run(engine, Command::Change(ChangeCommand::Save(Box::new(Edit { base: None, row }))));
    let change = engine.book().changes.rows()[0].id;
    let add = ["SRV-DC01", "SRV-DC02"];
    let add = add.iter().filter_map(|name| engine.book().asset_named(name)).map(|asset| asset.id).collect();
    run(engine, Command::Change(ChangeCommand::Lines { change, add, remove: Vec::new() }));
}

/// The room over a register.
pub fn changes(fill: impl FnOnce(&mut Engine)) -> Desk<'static> {
    let mut desk = light(fill);
    desk.go(Room::Changes);
    desk
}

/// The room with the page of its one record.
pub fn open_record() -> Desk<'static> {
    let mut desk = changes(record);
    desk.press(Modifiers::COMMAND, Key::F);
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.press(Modifiers::NONE, Key::Enter);
    desk
}

/// Presses a button wherever the page is scrolled to; the one of a dialog where one lies over the page.
pub fn press(desk: &mut Desk<'_>, label: &str) {
    use egui::accesskit::Role;
    use egui_kittest::kittest::Queryable as _;
    let buttons = desk.window.harness.get_all_by_role_and_label(Role::Button, label);
    buttons.last().expect("a button").click_accesskit();
    desk.settle();
}
