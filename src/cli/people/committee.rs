//! Committee, distribution list and contact cards on the console.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Value, json};

use super::{day, day_or_today, group, input, needed, person, run};
use crate::app::{Context, Error};
use crate::cli::file::open;
use crate::cli::output::{Output, columns};
use crate::domain::book::Book;
use crate::domain::command::{Command, CommitteeCommand, Edit};
use crate::domain::committee::{
    Contact, ContactId, Escalation, MailingList, Member, MemberId, card_of, members_on, reach_of,
};
use crate::domain::group::GroupId;
use crate::store::Access;
use crate::util::clock::day_text;

/// What can be done with the committee.
#[derive(Debug, Subcommand)]
pub enum CommitteeAction {
    /// List the committee, the distribution list and where to call
    List(List),
    /// Put somebody on the committee, or on the distribution list
    Add(Add),
    /// Take somebody off a list
    Remove(Remove),
    /// Say where to call: for a patch group, or for the whole shop
    Contact(ContactArgs),
}

/// Arguments of `committee list`.
#[derive(Debug, clap::Args)]
pub struct List {
    /// The register
    pub file: PathBuf,
    /// As of this day, such as 2026-12-01; today if absent
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
}

/// Arguments of `committee add`.
#[derive(Debug, clap::Args)]
pub struct Add {
    /// The register
    pub file: PathBuf,
    /// Who
    pub person: String,
    /// The function they speak for; demanded for the committee
    #[arg(long, value_name = "TEXT")]
    pub represents: Option<String>,
    /// The patch group that sent them
    #[arg(long, value_name = "GROUP")]
    pub nominee_of: Option<String>,
    /// Only the distribution list
    #[arg(long)]
    pub distribution: bool,
    /// First day, such as 2026-12-01; today if absent
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Last day, included; until further notice if absent
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
}

/// Arguments of `committee remove`.
#[derive(Debug, clap::Args)]
pub struct Remove {
    /// The register
    pub file: PathBuf,
    /// Who
    pub person: String,
    /// From the distribution list
    #[arg(long)]
    pub distribution: bool,
    /// Last day, such as 2026-11-30; today if absent
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
}

/// Arguments of `committee contact`.
#[derive(Debug, clap::Args)]
pub struct ContactArgs {
    /// The register
    pub file: PathBuf,
    /// The patch group; the whole shop if absent
    #[arg(long, value_name = "GROUP")]
    pub group: Option<String>,
    /// Conference bridge: number or link
    #[arg(long, value_name = "TEXT")]
    pub bridge: Option<String>,
    /// The emergency number of security
    #[arg(long, value_name = "NUMBER")]
    pub emergency: Option<String>,
    /// Who is called, in order; replaces the whole path
    #[arg(long, value_name = "NAME=NUMBER@MINUTES")]
    pub call: Vec<String>,
    /// Use the card no longer
    #[arg(long)]
    pub end: bool,
}

pub(in crate::cli) fn act(action: &CommitteeAction, context: &Context, output: &Output) -> Result<(), Error> {
    match action {
        CommitteeAction::List(args) => list(args, context, output),
        CommitteeAction::Add(args) => {
            let mut engine = open(&args.file, Access::Write, context, output)?;
            let book = engine.book();
            let represents = if args.distribution {
                args.represents.clone().unwrap_or_default()
            } else {
                needed(args.represents.as_ref(), "--represents TEXT", "which function they speak for")?
                    .clone()
            };
            let row = Member {
                id: MemberId(0),
                person: person(book, &args.person)?,
                list: which(args.distribution),
                represents,
                nominee_of: args.nominee_of.as_deref().map(|name| group(book, name)).transpose()?,
                from_on: day_or_today(&engine, args.from.as_deref())?,
                until_on: args.until.as_deref().map(day).transpose()?,
            };
            let edit = Box::new(Edit { base: None, row });
            run(&mut engine, Command::Committee(CommitteeCommand::Member(edit)), output)
        }
        CommitteeAction::Remove(args) => {
            let mut engine = open(&args.file, Access::Write, context, output)?;
            let book = engine.book();
            let (who, list) = (person(book, &args.person)?, which(args.distribution));
            let on = day_or_today(&engine, args.on.as_deref())?;
            let found = members_on(book, list, on).into_iter().find(|member| member.person == who).cloned();
            let base = found.ok_or_else(|| {
                let list = list.text().to_lowercase();
                input(format!("{} is not on the {list} on {}", args.person, day_text(on)), "")
            })?;
            let row = Member { until_on: Some(on), ..base.clone() };
            let edit = Box::new(Edit { base: Some(base), row });
            run(&mut engine, Command::Committee(CommitteeCommand::Member(edit)), output)
        }
        CommitteeAction::Contact(args) => contact(args, context, output),
    }
}

fn which(distribution: bool) -> MailingList {
    if distribution { MailingList::Distribution } else { MailingList::Committee }
}

fn list(args: &List, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let on = day_or_today(&engine, args.on.as_deref())?;
    let (mut text, mut value) = (String::new(), json!({ "on": on }));
    for which in MailingList::ALL {
        let members = members_on(book, *which, on);
        let group_name = |id: GroupId| book.groups.get(id.0).map_or("", |group| group.name.as_str());
        let row = |m: &&Member| {
            let sent = m.nominee_of.map_or("", group_name).to_owned();
            let name = book.person_name(Some(m.person)).to_owned();
            vec![name, m.represents.clone(), sent, day_text(m.from_on)]
        };
        let rows: Vec<Vec<String>> = members.iter().map(row).collect();
        let _infallible = writeln!(text, "{}", which.text());
        let table = columns(&["Name", "Speaks for", "Sent by", "Since"], &rows);
        let _infallible = writeln!(text, "{}\n", if rows.is_empty() { "Nobody." } else { &table });
        value[which.word()] = members.iter().map(|m| member_value(book, m)).collect();
    }
    let _infallible = writeln!(text, "Where to call");
    let shop = card_of(book, None).is_some();
    let mut cards = Vec::new();
    let groups = book.groups_in_order().into_iter().map(|group| Some(group.id));
    for group in std::iter::once(None).chain(groups) {
        if (group.is_none() && shop) || (group.is_some() && card_of(book, group).is_some()) {
            cards.push(card_text(book, group, &mut text));
        }
    }
    if cards.is_empty() {
        text.push_str("No contact card.");
    }
    value["contacts"] = Value::Array(cards);
    output.result(&text, &value);
    Ok(())
}

fn member_value(book: &Book, member: &Member) -> Value {
    json!({
        "name": book.person_name(Some(member.person)), "represents": member.represents,
        "nominee_of": member.nominee_of.and_then(|id| book.groups.get(id.0)).map(|group| group.name.clone()),
        "from_on": member.from_on, "until_on": member.until_on,
    })
}

fn card_text(book: &Book, group: Option<GroupId>, text: &mut String) -> Value {
    let name =
        group.and_then(|id| book.groups.get(id.0)).map_or("The whole shop", |group| group.name.as_str());
    let reach = reach_of(book, group);
    let shown = |text: &str| if text.is_empty() { "none".to_owned() } else { text.to_owned() };
    let (bridge, emergency) = (shown(&reach.bridge), shown(&reach.emergency));
    let _infallible = writeln!(text, "{name}: bridge {bridge}, emergency {emergency}");
    let mut path = Vec::new();
    for rung in &reach.escalation {
        let who = book.person_name(Some(rung.person));
        let _infallible = writeln!(text, "  after {} min: {who}, {}", rung.after_minutes, rung.phone);
        path.push(json!({ "person": who, "phone": rung.phone, "after_minutes": rung.after_minutes }));
    }
    json!({ "group": group.map(|_| name), "bridge": reach.bridge, "emergency": reach.emergency, "escalation": path })
}

fn rung(book: &Book, text: &str) -> Result<Escalation, Error> {
    let form = || {
        input(
            format!("{text} is not of the form NAME=NUMBER@MINUTES"),
            "Write it like \"Ann Lee=+44 20 7946 0001@15\".",
        )
    };
    let (name, rest) = text.split_once('=').ok_or_else(form)?;
    let (phone, minutes) = rest.rsplit_once('@').ok_or_else(form)?;
    let after_minutes = minutes.trim().parse().map_err(|_| form())?;
    Ok(Escalation { person: person(book, name)?, phone: phone.to_owned(), after_minutes })
}

fn contact(args: &ContactArgs, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let book = engine.book();
    let of = args.group.as_deref().map(|name| group(book, name)).transpose()?;
    let base = card_of(book, of).cloned();
    if args.end {
        let card = base.ok_or_else(|| input("there is no such card".to_owned(), ""))?;
        return run(&mut engine, Command::Committee(CommitteeCommand::EndContact(card.id)), output);
    }
    let mut row = base.clone().unwrap_or(Contact {
        id: ContactId(0),
        group: of,
        bridge: String::new(),
        emergency: String::new(),
        escalation: Vec::new(),
        ended_at: None,
    });
    if let Some(bridge) = &args.bridge {
        row.bridge.clone_from(bridge);
    }
    if let Some(emergency) = &args.emergency {
        row.emergency.clone_from(emergency);
    }
    if !args.call.is_empty() {
        row.escalation = args.call.iter().map(|text| rung(book, text)).collect::<Result<_, _>>()?;
    }
    let edit = Box::new(Edit { base, row });
    run(&mut engine, Command::Committee(CommitteeCommand::Contact(edit)), output)
}
