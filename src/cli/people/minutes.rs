//! Minutes on the console: who came, what was said and decided, one call at a time.

use std::path::PathBuf;

use super::meeting::find;
use super::{input, instant, maybe_person, person, run};
use crate::app::{Context, Error};
use crate::cli::file::open;
use crate::cli::output::Output;
use crate::domain::book::Book;
use crate::domain::command::{Command, CommitteeCommand, Edit};
use crate::domain::meeting::{Attendance, Meeting, MeetingItem, MeetingKind, Presence};
use crate::domain::person::PersonId;
use crate::store::Access;

/// Arguments of `meeting minutes`. What is not given stays as it is.
#[derive(Debug, clap::Args)]
pub struct Minutes {
    /// The register
    pub file: PathBuf,
    /// Its title, or the number of a committee meeting
    pub meeting: String,
    /// When it began, in the shop's zone, such as 2026-12-07T10:02
    #[arg(long, value_name = "TIME")]
    pub begun: Option<String>,
    /// When it ended
    #[arg(long, value_name = "TIME")]
    pub ended: Option<String>,
    /// Room or call
    #[arg(long, value_name = "TEXT")]
    pub place: Option<String>,
    /// Who leads
    #[arg(long, value_name = "NAME")]
    pub chair: Option<String>,
    /// Who writes
    #[arg(long, value_name = "NAME")]
    pub taker: Option<String>,
    /// Who was there
    #[arg(long, value_name = "NAME")]
    pub present: Vec<String>,
    /// Who sent word
    #[arg(long, value_name = "NAME")]
    pub apologies: Vec<String>,
    /// Who came for whom: the member, then the deputy
    #[arg(long, value_name = "NAME=DEPUTY")]
    pub deputy: Vec<String>,
    /// What was said on a point of the agenda
    #[arg(long, value_name = "NUMBER=TEXT")]
    pub discussion: Vec<String>,
    /// What was decided on a point of the agenda
    #[arg(long, value_name = "NUMBER=TEXT")]
    pub decision: Vec<String>,
    /// Who decided on a point of the agenda
    #[arg(long, value_name = "NUMBER=NAME")]
    pub decided_by: Vec<String>,
    /// Who disagreed on a point of the agenda, and why
    #[arg(long, value_name = "NUMBER=TEXT")]
    pub dissent: Vec<String>,
    /// A further point of the agenda
    #[arg(long, value_name = "TOPIC")]
    pub point: Vec<String>,
    /// What went well
    #[arg(long, value_name = "TEXT")]
    pub good: Option<String>,
    /// What to improve
    #[arg(long, value_name = "TEXT")]
    pub improve: Option<String>,
    /// How
    #[arg(long, value_name = "TEXT")]
    pub solutions: Option<String>,
    /// Thanks to the team
    #[arg(long, value_name = "TEXT")]
    pub thanks: Option<String>,
}

pub(super) fn write(args: &Minutes, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let book = engine.book();
    let base = find(book, &args.meeting)?.clone();
    let mut row = base.clone();
    if let Some(text) = &args.begun {
        row.held_at = Some(instant(book, text)?);
    }
    if let Some(text) = &args.ended {
        row.ended_at = Some(instant(book, text)?);
    }
    row.chair = maybe_person(book, args.chair.as_deref())?.or(row.chair);
    row.taker = maybe_person(book, args.taker.as_deref())?.or(row.taker);
    came(book, args, &mut row)?;
    row.items.extend(args.point.iter().map(|topic| MeetingItem::of(topic, String::new())));
    points(book, args, &mut row)?;
    for (given, kept) in [
        (&args.place, &mut row.place),
        (&args.good, &mut row.good),
        (&args.improve, &mut row.improve),
        (&args.solutions, &mut row.solutions),
        (&args.thanks, &mut row.thanks),
    ] {
        if let Some(given) = given {
            kept.clone_from(given);
        }
    }
    let edit = Box::new(Edit { base: Some(base), row });
    run(&mut engine, Command::Committee(CommitteeCommand::Meeting(edit)), output)
}

/// The chair of a person; a new one at the end, which votes only in the committee and only for its members.
fn seat(row: &mut Meeting, person: PersonId) -> &mut Attendance {
    let place = row.attendance.iter().position(|one| one.person == person).unwrap_or_else(|| {
        row.attendance.push(Attendance { person, presence: Presence::Absent, deputy: None, votes: false });
        row.attendance.len() - 1
    });
    &mut row.attendance[place]
}

fn came(book: &Book, args: &Minutes, row: &mut Meeting) -> Result<(), Error> {
    for (names, presence) in [(&args.present, Presence::Present), (&args.apologies, Presence::Apologies)] {
        for name in names {
            let one = seat(row, person(book, name)?);
            (one.presence, one.deputy) = (presence, None);
        }
    }
    for pair in &args.deputy {
        let (name, deputy) = split(pair, "NAME=DEPUTY")?;
        let deputy = person(book, deputy)?;
        let one = seat(row, person(book, name)?);
        (one.presence, one.deputy) = (Presence::Deputised, Some(deputy));
    }
    let strangers = row.kind == MeetingKind::Committee && row.attendance.iter().all(|one| !one.votes);
    if strangers && !row.attendance.is_empty() && row.quorum > 0 {
        return Err(input(
            "none of them is a voting member".to_owned(),
            "Put the members on the committee first: patchbook-cli committee add. Then plan the meeting.",
        ));
    }
    Ok(())
}

fn split<'a>(pair: &'a str, form: &str) -> Result<(&'a str, &'a str), Error> {
    pair.split_once('=').ok_or_else(|| input(format!("{pair} is not of the form {form}"), ""))
}

/// The point of the agenda that `NUMBER=...` names, and what follows the number.
fn point<'r, 'a>(
    row: &'r mut Meeting,
    pair: &'a str,
    form: &str,
) -> Result<(&'r mut MeetingItem, &'a str), Error> {
    let (number, text) = split(pair, form)?;
    let place = number.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let item = place.and_then(|place| row.items.get_mut(place)).ok_or_else(|| {
        input(format!("the agenda has no point {number}"), "See them: patchbook-cli meeting show.")
    })?;
    Ok((item, text))
}

fn points(book: &Book, args: &Minutes, row: &mut Meeting) -> Result<(), Error> {
    for pair in &args.discussion {
        let (item, text) = point(row, pair, "NUMBER=TEXT")?;
        text.clone_into(&mut item.discussion);
    }
    for pair in &args.decision {
        let (item, text) = point(row, pair, "NUMBER=TEXT")?;
        text.clone_into(&mut item.decision);
    }
    for pair in &args.decided_by {
        let (item, name) = point(row, pair, "NUMBER=NAME")?;
        item.decided_by = Some(person(book, name)?);
    }
    for pair in &args.dissent {
        let (item, text) = point(row, pair, "NUMBER=TEXT")?;
        text.clone_into(&mut item.dissent);
    }
    Ok(())
}
