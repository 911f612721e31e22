//! Meetings on the console: plan, list, show, accept. Their minutes are written in `minutes`.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Value, json};

use super::minutes::{Minutes, write};
use super::{input, instant, needed, run};
use crate::app::{Context, Error};
use crate::cli::file::open;
use crate::cli::output::{Output, columns};
use crate::domain::book::Book;
use crate::domain::command::{Command, CommitteeCommand, Edit};
use crate::domain::cycle::CycleId;
use crate::domain::meeting::{Meeting, MeetingKind, next_monthly_at};
use crate::store::Access;
use crate::util::clock::{text_in, zone};
use crate::util::text::fold;

/// What can be done with meetings.
#[derive(Debug, Subcommand)]
pub enum MeetingAction {
    /// Plan a meeting with its generated agenda
    Plan(Plan),
    /// List the meetings, newest first
    List {
        /// The register
        file: PathBuf,
    },
    /// Show a meeting: agenda, who came, decisions
    Show(Named),
    /// Write down who came, what was said and decided
    Minutes(Box<Minutes>),
    /// Accept the minutes: from here they no longer change
    Accept(Accept),
    /// Say that a meeting does not take place, with a reason
    Cancel(Cancel),
}

/// Arguments of `meeting plan`.
#[derive(Debug, clap::Args)]
pub struct Plan {
    /// The register
    pub file: PathBuf,
    /// committee, review or emergency
    #[arg(long, default_value = "committee")]
    pub kind: String,
    /// The cycle that is reviewed, by its name
    #[arg(long, value_name = "NAME")]
    pub cycle: Option<String>,
    /// When, in the shop's zone, such as 2026-12-07T10:00; the committee's is proposed if absent
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
}

/// Which meeting.
#[derive(Debug, clap::Args)]
pub struct Named {
    /// The register
    pub file: PathBuf,
    /// Its title, or the number of a committee meeting
    pub meeting: String,
}

/// Arguments of `meeting accept`.
#[derive(Debug, clap::Args)]
pub struct Accept {
    /// Which meeting
    #[command(flatten)]
    pub named: Named,
    /// Who accepts the minutes
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

/// Arguments of `meeting cancel`.
#[derive(Debug, clap::Args)]
pub struct Cancel {
    /// Which meeting
    #[command(flatten)]
    pub named: Named,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub because: Option<String>,
}

pub(in crate::cli) fn act(action: &MeetingAction, context: &Context, output: &Output) -> Result<(), Error> {
    match action {
        MeetingAction::Plan(args) => plan(args, context, output),
        MeetingAction::List { file } => list(file, context, output),
        MeetingAction::Show(named) => {
            let engine = open(&named.file, Access::ReadOnly, context, output)?;
            let meeting = find(engine.book(), &named.meeting)?;
            output.result(&text_of(engine.book(), meeting), &value_of(engine.book(), meeting));
            Ok(())
        }
        MeetingAction::Minutes(args) => write(args, context, output),
        MeetingAction::Accept(args) => {
            let mut engine = open(&args.named.file, Access::Write, context, output)?;
            let meeting = find(engine.book(), &args.named.meeting)?.id;
            let by = needed(args.by.as_ref(), "--by NAME", "who accepts the minutes")?.clone();
            let command = CommitteeCommand::AcceptMinutes { meeting, by };
            run(&mut engine, Command::Committee(command), output)
        }
        MeetingAction::Cancel(args) => {
            let mut engine = open(&args.named.file, Access::Write, context, output)?;
            let base = find(engine.book(), &args.named.meeting)?.clone();
            let because = needed(args.because.as_ref(), "--because TEXT", "why it does not take place")?;
            let row = Meeting { cancelled_because: because.clone(), ..base.clone() };
            let edit = Box::new(Edit { base: Some(base), row });
            run(&mut engine, Command::Committee(CommitteeCommand::Meeting(edit)), output)
        }
    }
}

fn plan(args: &Plan, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let book = engine.book();
    let kind = MeetingKind::of_word(&args.kind).ok_or_else(|| {
        input(format!("{} is no kind of meeting", args.kind), "Give committee, review or emergency.")
    })?;
    if kind != MeetingKind::Committee {
        needed(args.cycle.as_ref(), "--cycle NAME", "which cycle is reviewed")?;
    }
    let cycle = args.cycle.as_deref().map(|name| cycle_named(book, name)).transpose()?;
    let proposed = (kind == MeetingKind::Committee)
        .then(|| next_monthly_at(book, engine.context().clock.now_at()))
        .flatten();
    let at = match (&args.at, proposed) {
        (Some(text), _) => instant(book, text)?,
        (None, Some(at)) => at,
        (None, None) => instant(book, needed(None, "--at TIME", "when it takes place")?)?,
    };
    run(&mut engine, Command::Committee(CommitteeCommand::Plan { kind, cycle, at }), output)
}

fn cycle_named(book: &Book, name: &str) -> Result<CycleId, Error> {
    let named = book.cycles.rows().iter().find(|cycle| fold(&cycle.name) == fold(name));
    named.map(|cycle| cycle.id).ok_or_else(|| input(format!("{name} is no cycle of this register"), ""))
}

/// A meeting by its title, or a committee meeting by its number.
pub(super) fn find<'a>(book: &'a Book, word: &str) -> Result<&'a Meeting, Error> {
    let rows = || book.meetings.rows().iter();
    let titled = rows().find(|meeting| fold(&meeting.title) == fold(word));
    let numbered = || {
        let number: i64 = word.trim().parse().ok()?;
        rows().find(|meeting| meeting.kind == MeetingKind::Committee && meeting.number == number)
    };
    titled
        .or_else(numbered)
        .ok_or_else(|| input(format!("{word} is no meeting"), "See them: patchbook-cli meeting list FILE."))
}

fn list(file: &std::path::Path, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let zone = zone(&book.shop.zone);
    let mut meetings: Vec<&Meeting> = book.meetings.rows().iter().collect();
    meetings.sort_by_key(|meeting| std::cmp::Reverse((meeting.at(), meeting.id)));
    let row = |m: &&Meeting| {
        let quorum = m.quorum_found();
        let came = if m.held_at.is_some() {
            format!("{}/{}", quorum.present, quorum.members)
        } else {
            String::new()
        };
        vec![m.title.clone(), text_in(zone, m.at()), m.standing().text().to_owned(), came]
    };
    let rows: Vec<Vec<String>> = meetings.iter().map(row).collect();
    let mut text = if rows.is_empty() {
        "No meeting yet.".to_owned()
    } else {
        columns(&["Meeting", "When", "State", "#Voting present"], &rows)
    };
    let proposed = next_monthly_at(book, engine.context().clock.now_at());
    if let Some(at) = proposed {
        let _infallible = write!(text, "\n\nProposed next: {}", text_in(zone, at));
    }
    let values: Vec<Value> = meetings.iter().map(|meeting| value_of(book, meeting)).collect();
    output.result(&text, &json!({ "meetings": values, "proposed_at": proposed }));
    Ok(())
}

fn text_of(book: &Book, meeting: &Meeting) -> String {
    let zone = zone(&book.shop.zone);
    let mut text = format!("{}: {}\n", meeting.paper_name(), meeting.title);
    let _infallible = writeln!(text, "{}, {}", text_in(zone, meeting.at()), meeting.standing().text());
    if !meeting.accepted_by.is_empty() {
        let _infallible = writeln!(text, "Accepted by {}", meeting.accepted_by);
    }
    if meeting.held_at.is_some() && meeting.quorum_found().members > 0 {
        let _infallible = writeln!(text, "{}", meeting.quorum_found().text());
    }
    for one in &meeting.attendance {
        let sent = one.deputy.map(|id| format!(" ({})", book.person_name(Some(id)))).unwrap_or_default();
        let name = book.person_name(Some(one.person));
        let _infallible = writeln!(text, "  {name}: {}{sent}", one.presence.text());
    }
    for (number, item) in (1..).zip(&meeting.items) {
        let _infallible = writeln!(text, "\n{number}. {}", item.topic);
        for line in item.brief.lines().chain(item.discussion.lines()) {
            let _infallible = writeln!(text, "   {line}");
        }
        if !item.decision.is_empty() {
            let by = match book.person_name(item.decided_by) {
                "" => "nobody named: not evidence",
                name => name,
            };
            let _infallible = writeln!(text, "   Decision ({by}): {}", item.decision);
        }
        if !item.dissent.is_empty() {
            let _infallible = writeln!(text, "   Dissent: {}", item.dissent);
        }
    }
    for (heading, words) in [
        ("What went well", &meeting.good),
        ("What to improve", &meeting.improve),
        ("How", &meeting.solutions),
        ("Thanks", &meeting.thanks),
    ] {
        if !words.is_empty() {
            let _infallible = writeln!(text, "\n{heading}\n   {}", words.replace('\n', "\n   "));
        }
    }
    text
}

fn value_of(book: &Book, meeting: &Meeting) -> Value {
    let quorum = meeting.quorum_found();
    let name = |id| book.person_name(id).to_owned();
    json!({
        "title": meeting.title, "kind": meeting.kind.word(), "number": meeting.number,
        "state": meeting.standing().word(), "paper": meeting.paper_name(), "planned_at": meeting.planned_at,
        "held_at": meeting.held_at, "ended_at": meeting.ended_at, "place": meeting.place,
        "chair": name(meeting.chair), "taker": name(meeting.taker),
        "quorum": { "needed": quorum.needed, "present": quorum.present, "members": quorum.members, "met": quorum.is_met() },
        "attendance": meeting.attendance.iter().map(|one| json!({
            "person": name(Some(one.person)), "presence": one.presence.word(), "deputy": one.deputy.map(|id| name(Some(id))),
            "votes": one.votes,
        })).collect::<Vec<_>>(),
        "items": meeting.items.iter().map(|item| json!({
            "topic": item.topic, "brief": item.brief, "discussion": item.discussion, "decision": item.decision,
            "decided_by": item.decided_by.map(|id| name(Some(id))), "evidence": !item.decision.is_empty() && !item.lacks_decider(),
            "dissent": item.dissent,
        })).collect::<Vec<_>>(),
        "good": meeting.good, "improve": meeting.improve, "solutions": meeting.solutions, "thanks": meeting.thanks,
        "accepted_by": meeting.accepted_by, "accepted_at": meeting.accepted_at, "cancelled_because": meeting.cancelled_because,
    })
}
