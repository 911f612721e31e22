//! The first week: who holds which role, when a group may be patched, when not, whom to call.

use chrono::{Datelike as _, NaiveDate};

use crate::app::error::Error;
use crate::app::sample::WINDOWS;
use crate::app::sample::build::Teller;
use crate::domain::asset::Asset;
use crate::domain::calendar::closure::{Closure, ClosureEffect, ClosureId, ClosureKind};
use crate::domain::calendar::window::{MaintenanceWindow, Recurs, WindowId};
use crate::domain::change::ChangeKind;
use crate::domain::change::template::ChangeTemplate;
use crate::domain::command::{
    AssetDraft, CalendarCommand, ChangeCommand, Command, CommitteeCommand, Edit, Ratification, RoleCommand,
};
use crate::domain::committee::{Contact, ContactId, Escalation, MailingList, Member, MemberId};
use crate::domain::role::{Assignment, AssignmentId, Part};
use crate::domain::standing::standings;
use crate::util::hash::{hex, sha256};

/// Role, holder, deputy.
const HOLDERS: [(&str, &str, &str); 9] = [
    ("PC", "Ines Hartmann", "Tomasz Lis"),
    ("PA", "Tomasz Lis", "Ines Hartmann"),
    ("SS", "Tomasz Lis", "Ines Hartmann"),
    ("AS", "Milan Dvorak", ""),
    ("QA", "Milan Dvorak", "Aoife Byrne"),
    ("SM", "Ines Hartmann", ""),
    ("AU", "Aoife Byrne", ""),
    ("BA", "Ruth Okafor", "Aoife Byrne"),
    ("ISO", "Ruth Okafor", "Ines Hartmann"),
];

/// Makes the agreements on a day.
pub(in crate::app::sample) fn agree(teller: &mut Teller, on: NaiveDate) -> Result<(), Error> {
    relate(teller)?;
    hold(teller, on)?;
    meet(teller, on)?;
    ratify(teller, on)?;
    allow(teller, on)
}

/// What is done on every workstation each month is ratified once, as a standard change.
fn ratify(teller: &mut Teller, on: NaiveDate) -> Result<(), Error> {
    let standard = |template: &&ChangeTemplate| template.kind == ChangeKind::Standard;
    let template = teller.book().change_templates.iter().find(standard).map(|template| template.id);
    let (Some(template), Some(person)) = (template, teller.person("Ruth Okafor")) else { return Ok(()) };
    let mail = "From: ruth.okafor@tidewater.example\nSubject: Re: Workstations, monthly\n\nYes, for a year\n";
    teller.run(Command::Change(ChangeCommand::RatifyTemplate(Box::new(Ratification {
        template,
        person,
        function: "Business owner".to_owned(),
        at: teller.now(),
        expires_on: on.with_year(on.year() + 1).unwrap_or(on),
        evidence: Some(("RE Workstations monthly.eml".to_owned(), hex(&sha256(mail.as_bytes())))),
    }))))
}

/// Which machines belong together, stand in for one another, or need one another.
fn relate(teller: &mut Teller) -> Result<(), Error> {
    type Wish = fn(&mut Asset, &Teller);
    let wishes: [(&str, Wish); 6] = [
        ("SRV-WEB1", |asset, teller| asset.partner = teller.asset("SRV-WEB2")),
        ("SRV-WEB2", |asset, teller| asset.partner = teller.asset("SRV-WEB1")),
        ("SRV-SQL2", |asset, teller| asset.standby_of = teller.asset("SRV-SQL1")),
        ("SRV-ERP", |asset, teller| {
            asset.depends_on = teller.asset("SRV-SQL1").into_iter().collect();
            "Stop the ERP service, restart, start it again, then open the order list"
                .clone_into(&mut asset.restart_procedure);
        }),
        ("SRV-PAY", |asset, _| asset.manual_only = true),
        ("SRV-MAIL", |asset, _| {
            "Drain the queue before the restart; send a message to yourself after it"
                .clone_into(&mut asset.restart_procedure);
        }),
    ];
    for (name, wish) in wishes {
        let now = teller.now();
        let Some(base) = teller.book().asset_named(name).cloned() else { continue };
        let Some(place) = teller.book().assets.place(base.id.0) else { continue };
        let standing = standings(teller.book(), now)[place as usize];
        let mut asset = base.clone();
        asset.tester = teller.person("Milan Dvorak");
        wish(&mut asset, teller);
        let (reason, approved_by) = (String::new(), String::new());
        let draft = AssetDraft { base: Some(base), asset, standing, reason, approved_by };
        teller.run(Command::SaveAsset(Box::new(draft)))?;
    }
    Ok(())
}

fn hold(teller: &mut Teller, on: NaiveDate) -> Result<(), Error> {
    for (code, holder, deputy) in HOLDERS {
        let Some(role) = teller.book().roles.iter().find(|role| role.code == code).map(|role| role.id) else {
            continue;
        };
        for (name, part) in [(holder, Part::Holder), (deputy, Part::Deputy)] {
            let Some(person) = teller.person(name) else { continue };
            let row = Assignment {
                id: AssignmentId(0),
                role,
                person,
                part,
                from_on: on,
                until_on: None,
                reason: "Agreed when the register was begun".to_owned(),
            };
            teller.run(Command::Role(RoleCommand::Assign(Box::new(Edit { base: None, row }))))?;
        }
    }
    Ok(())
}

fn meet(teller: &mut Teller, on: NaiveDate) -> Result<(), Error> {
    for (name, represents) in [
        ("Ines Hartmann", "IT"),
        ("Tomasz Lis", "Operations"),
        ("Ruth Okafor", "Finance, for the business"),
        ("Milan Dvorak", "Warehouse"),
        ("Aoife Byrne", "Office, looks over"),
    ] {
        let Some(person) = teller.person(name) else { continue };
        let row = Member {
            id: MemberId(0),
            person,
            list: MailingList::Committee,
            represents: represents.to_owned(),
            nominee_of: None,
            from_on: on,
            until_on: None,
        };
        teller.run(Command::Committee(CommitteeCommand::Member(Box::new(Edit { base: None, row }))))?;
    }
    let rung = |name: &str, phone: &str, after_minutes| {
        teller.person(name).map(|person| Escalation { person, phone: phone.to_owned(), after_minutes })
    };
    let escalation = [
        rung("Tomasz Lis", "+44 20 7946 0102", 0),
        rung("Ines Hartmann", "+44 20 7946 0101", 15),
        rung("Ruth Okafor", "+44 20 7946 0110", 30),
    ];
    let row = Contact {
        id: ContactId(0),
        group: None,
        bridge: "+44 20 7946 0199, room 4411".to_owned(),
        emergency: "+44 20 7946 0100".to_owned(),
        escalation: escalation.into_iter().flatten().collect(),
        ended_at: None,
    };
    teller.run(Command::Committee(CommitteeCommand::Contact(Box::new(Edit { base: None, row }))))
}

fn allow(teller: &mut Teller, on: NaiveDate) -> Result<(), Error> {
    let rule = teller
        .book()
        .release_rules
        .iter()
        .find(|rule| rule.vendor == "Microsoft" && rule.nth == 2)
        .map(|rule| rule.id);
    let ruth = teller.person("Ruth Okafor");
    for (name, start, minutes, days) in WINDOWS {
        let Some(group) = teller.book().groups.iter().find(|group| group.name == name).map(|group| group.id)
        else {
            continue;
        };
        let Some(rule) = rule else { continue };
        let row = MaintenanceWindow {
            id: WindowId(0),
            group,
            name: format!("{name}, after the release"),
            recurs: Recurs::Release { rule, days },
            start: start.to_owned(),
            minutes,
            zone: String::new(),
            agreed_by: ruth,
            agreed_on: Some(on),
            agreed_until_on: on.with_year(on.year() + 1),
            evidence_name: String::new(),
            evidence_sha256: String::new(),
            ended_at: None,
        };
        teller.run(Command::Calendar(CalendarCommand::Window(Box::new(Edit { base: None, row }))))?;
    }
    let closed = |month, day| NaiveDate::from_ymd_opt(on.year(), month, day);
    for (kind, name, from, until, effect) in [
        (ClosureKind::Freeze, "Year-end stock count", closed(12, 18), closed(12, 31), ClosureEffect::Later),
        (ClosureKind::Holiday, "Christmas", closed(12, 25), closed(12, 26), ClosureEffect::Warn),
    ] {
        let (Some(from_on), Some(until_on)) = (from, until) else { continue };
        let row = Closure {
            id: ClosureId(0),
            kind,
            name: name.to_owned(),
            from_on,
            until_on,
            yearly: true,
            effect,
            groups: Vec::new(),
            ended_at: None,
        };
        teller.run(Command::Calendar(CalendarCommand::Closure(Box::new(Edit { base: None, row }))))?;
    }
    Ok(())
}
