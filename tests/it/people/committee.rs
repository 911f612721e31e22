//! The committee, the distribution list and where to call.

use patchbook::domain::command::{Command, CommitteeCommand, Edit, RoleCommand};
use patchbook::domain::committee::{
    Contact, ContactId, Escalation, MailingList, Member, MemberId, members_on, reach_of,
};
use patchbook::domain::person::PersonId;

use super::{Shop, day, shop};

pub fn member(person: PersonId, list: MailingList, represents: &str) -> CommitteeCommand {
    let row = Member {
        id: MemberId(0),
        person,
        list,
        represents: represents.to_owned(),
        nominee_of: None,
        from_on: day("2026-01-01"),
        until_on: None,
    };
    CommitteeCommand::Member(Box::new(Edit { base: None, row }))
}

fn names(shop: &Shop, list: MailingList, on: &str) -> Vec<String> {
    let found = members_on(&shop.book, list, day(on));
    found.iter().map(|m| shop.book.person_name(Some(m.person)).to_owned()).collect()
}

#[test]
fn the_committee_and_the_distribution_list_are_kept_apart() {
    let mut shop = shop();
    let (ines, ruth, milan) = (shop.ines, shop.ruth, shop.milan);
    assert_eq!(
        shop.committee(member(ruth, MailingList::Committee, "Business")),
        "Put Ruth Okafor on the committee"
    );
    shop.committee(member(ines, MailingList::Committee, "Security"));
    shop.committee(member(milan, MailingList::Distribution, ""));
    assert_eq!(names(&shop, MailingList::Committee, "2026-11-23"), ["Ines Hartmann", "Ruth Okafor"]);
    assert_eq!(names(&shop, MailingList::Distribution, "2026-11-23"), ["Milan Dvorak"]);
    assert!(names(&shop, MailingList::Committee, "2025-12-31").is_empty());
    let mute = shop.refused(Command::Committee(member(milan, MailingList::Committee, "")));
    assert_eq!(mute[0].0, "represents");
    let twice = shop.refused(Command::Committee(member(ruth, MailingList::Committee, "Audit")));
    assert!(twice[0].1.contains("is on this list from"));
    shop.role(RoleCommand::Leave { person: ruth, on: day("2026-11-30") });
    assert_eq!(names(&shop, MailingList::Committee, "2026-12-01"), ["Ines Hartmann"]);
    let gone = shop.refused(Command::Committee(member(ruth, MailingList::Distribution, "")));
    assert!(gone[0].1.contains("leaves on Mon 30 Nov 2026"));
}

fn card(group: Option<&str>, shop: &Shop, bridge: &str, escalation: Vec<Escalation>) -> Contact {
    let named = |name: &str| {
        let groups = shop.book.groups.rows().iter();
        groups.into_iter().find(|group| group.name == name).expect("a group").id
    };
    Contact {
        id: ContactId(0),
        group: group.map(named),
        bridge: bridge.to_owned(),
        emergency: String::new(),
        escalation,
        ended_at: None,
    }
}

fn save(row: Contact) -> CommitteeCommand {
    CommitteeCommand::Contact(Box::new(Edit { base: None, row }))
}

#[test]
fn what_the_card_of_a_group_leaves_out_is_that_of_the_shop() {
    let mut shop = shop();
    let rung =
        |person, phone: &str, after_minutes| Escalation { person, phone: phone.to_owned(), after_minutes };
    let mut whole = card(None, &shop, "+44 20 7946 0001", vec![rung(shop.ruth, "+44 7700 900001", 30)]);
    whole.emergency = "+44 7700 900999".to_owned();
    shop.committee(save(whole));
    let path = vec![rung(shop.tomasz, "+44 7700 900002", 0), rung(shop.ines, "+44 7700 900003", 15)];
    shop.committee(save(card(Some("Database"), &shop, "", path.clone())));
    let database = card(Some("Database"), &shop, "", Vec::new()).group;
    let reach = reach_of(&shop.book, database);
    assert_eq!((reach.bridge.as_str(), reach.emergency.as_str()), ("+44 20 7946 0001", "+44 7700 900999"));
    assert_eq!(reach.escalation, path);
    let web = card(Some("Web"), &shop, "", Vec::new()).group;
    assert_eq!(reach_of(&shop.book, web).escalation[0].person, shop.ruth);
}

#[test]
fn a_card_that_calls_nobody_or_calls_in_the_wrong_order_is_refused() {
    let shop = shop();
    let empty = shop.refused(Command::Committee(save(card(None, &shop, " ", Vec::new()))));
    assert_eq!(empty[0].0, "bridge");
    let rung =
        |person, phone: &str, after_minutes| Escalation { person, phone: phone.to_owned(), after_minutes };
    let path = vec![rung(shop.ruth, "1", 30), rung(shop.ines, "", 10), rung(shop.ruth, "1", 40)];
    let issues = shop.refused(Command::Committee(save(card(None, &shop, "", path))));
    let said: Vec<&str> = issues.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(
        said,
        [
            "Give a number on which Ines Hartmann is called.",
            "Ines Hartmann would be called before the one above. Give 30 minutes or more.",
            "Ruth Okafor is called twice. Leave the first.",
        ]
    );
}
