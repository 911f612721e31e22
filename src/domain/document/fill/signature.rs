//! Lines to sign on: meaning, the name of whoever holds the role, and the function.

use super::Fill;
use crate::domain::committee::{MailingList, members_on};
use crate::domain::document::kind::Kind;
use crate::domain::document::value::{SignLine, Value};
use crate::domain::person::PersonId;
use crate::domain::role::holder::{assigned_on, roles_in_order};
use crate::domain::role::{Part, role_coded, role_holder_on};

pub(super) fn value(fill: &Fill<'_>, kind: Kind, name: &str) -> Option<Value> {
    if kind != Kind::Signatures {
        return None;
    }
    let owner = fill.template.owner.as_str();
    Some(Value::Signatures(match name {
        "policy" => vec![
            of_role(fill, "Issued", "ISO"),
            line("Reviewed", "", "Chair of the patch committee"),
            line("Ratified", "", "Executive management"),
        ],
        "procedure" => vec![
            of_role(fill, "Issued", "PC"),
            of_role(fill, "Reviewed", "ISO"),
            line("Accepted", "", "Patch committee"),
        ],
        "owner" => vec![of_role(fill, "Issued", owner), line("Accepted", "", "")],
        "roles" => roles(fill),
        "committee" => {
            let members = members_on(fill.book, MailingList::Committee, fill.today).into_iter();
            let mut lines: Vec<SignLine> =
                members.map(|m| line("Agreed", &fill.person(Some(m.person)), &m.represents)).collect();
            lines.push(line("Agreed", "", "Chair"));
            lines
        }
        "decision" => {
            vec![line("Approve", "", ""), line("Approve with changes", "", ""), line("Decline", "", "")]
        }
        "looked-through" => vec![of_role(fill, "Looked through", "AU"), of_role(fill, "Seen", "ISO")],
        "posture" => vec![of_role(fill, "Taken", owner), of_role(fill, "Looked through", "AU")],
        "answers" => {
            vec![of_role(fill, "Answered", owner), line("Confirmed", "", "Member of the board or equal")]
        }
        _ => return None,
    }))
}

fn line(meaning: &str, name: &str, function: &str) -> SignLine {
    SignLine { meaning: meaning.to_owned(), name: name.to_owned(), function: function.to_owned() }
}

fn of_role(fill: &Fill<'_>, meaning: &str, code: &str) -> SignLine {
    let holder = fill.person(role_holder_on(fill.book, code, fill.today));
    let function = role_coded(fill.book, code).map_or(code, |role| role.name.as_str());
    line(meaning, &holder, function)
}

/// A line a person, with all they accept; a line for each role that nobody holds.
fn roles(fill: &Fill<'_>) -> Vec<SignLine> {
    let mut people: Vec<(PersonId, Vec<String>)> = Vec::new();
    let mut vacant = Vec::new();
    for role in roles_in_order(fill.book) {
        let held = assigned_on(fill.book, role.id, Part::Holder, fill.today);
        if held.is_empty() {
            vacant.push(line("Accepted", "", &role.name));
        }
        let deputies = assigned_on(fill.book, role.id, Part::Deputy, fill.today);
        let held = held.iter().map(|a| (a.person, role.code.clone()));
        let deputies = deputies.iter().map(|a| (a.person, format!("deputy {}", role.code)));
        for (person, part) in held.chain(deputies) {
            match people.iter_mut().find(|(known, _)| *known == person) {
                Some((_, parts)) => parts.push(part),
                None => people.push((person, vec![part])),
            }
        }
    }
    let accepted =
        people.iter().map(|(id, parts)| line("Accepted", &fill.person(Some(*id)), &parts.join(", ")));
    let mut lines: Vec<SignLine> = accepted.collect();
    lines.extend(vacant);
    lines.push(line("Ratified", "", "Executive management"));
    lines
}
