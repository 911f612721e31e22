//! Waivers on paper: one request as a form to sign, and the register with what ran out first.

use super::layout::{Cell, Column, Form, KeyFigure, Layout, Table, Tone};
use super::sheet::{Source, Spec, day_or, joined, mark_drill};
use crate::domain::approval::{Approval, Subject, sentence};
use crate::domain::book::Book;
use crate::domain::compliance::view::View;
use crate::domain::rating::Rank;
use crate::domain::waiver::request::{ReasonClass, WaiverRequest, WaiverRequestId};
use crate::domain::waiver::rule;
use crate::domain::waiver::state::{Standing, WaiverState, standing};
use crate::util::text::counted;

/// The form of a request; nothing if there is no such request.
pub fn build(book: &Book, spec: Spec, request: WaiverRequestId) -> Option<Layout> {
    let source = Source::new(book, spec);
    let request = book.waiver_requests.get(request.0)?;
    let view = View::new(book, spec.printed_at);
    let standing = standing(&view, request)?;
    let mut layout = source.sheet(format!("Waiver {}", request.number));
    layout.subtitle = format!("{} on {}", source.updates(&request.updates), assets(&source, request));
    if source.is_drill(request.cycle) {
        mark_drill(&mut layout);
    }
    if let Some(warning) = rule::preset_warning(book) {
        layout.warn(warning);
    }
    if rule::is_late(book, request) {
        layout.limit("Asked for after the cut-off of its cycle.");
    }
    layout.form(scope(&source, request, &standing));
    layout.form(reason(&source, request));
    controls(&source, request, &mut layout);
    layout.form(end(&source, request, &standing));
    decisions(&source, request, &mut layout);
    pairs(&source, &view, &standing, &mut layout);
    signatures(&source, request, &mut layout);
    Some(layout)
}

fn assets(source: &Source<'_>, request: &WaiverRequest) -> String {
    match request.assets.as_slice() {
        [] => "no machine".to_owned(),
        [one] => source.asset(*one),
        many => counted(many.len() as u64, "machine", "machines"),
    }
}

fn state_tone(state: WaiverState) -> Tone {
    match state {
        WaiverState::Expired | WaiverState::Voided => Tone::Bad,
        WaiverState::Expiring => Tone::Warn,
        WaiverState::Active => Tone::Accent,
        WaiverState::Closed => Tone::Good,
        _ => Tone::Plain,
    }
}

fn scope(source: &Source<'_>, request: &WaiverRequest, standing: &Standing) -> Form {
    let at = request.granted_at.unwrap_or(source.spec.printed_at);
    let mut form = Form::new("What is left open", 3);
    form.field("Number", request.number.clone());
    form.field("State", standing.state.text()).tone(state_tone(standing.state));
    form.field("Cycle", source.cycle(request.cycle));
    form.field("Requested by", source.person(request.requested_by));
    form.field("Requested", source.minute_or(request.requested_at));
    form.field("Worst rank of the updates", rule::worst_rank(source.book, request, at).text());
    form.wide("Updates", source.updates(&request.updates), 2);
    let names: Vec<String> = request.assets.iter().map(|id| source.asset(*id)).collect();
    form.wide("Machines, one by one", names.join(", "), 2);
    form
}

fn reason(source: &Source<'_>, request: &WaiverRequest) -> Form {
    let mut form = Form::new("Reason and risk", 3);
    let is = |class| request.reason_class == class;
    form.boxes("Sort of reason", ReasonClass::ALL.iter().map(|class| (class.text(), is(*class))));
    form.wide("Reason", request.reason.clone(), 3);
    form.wide("Advice of security", request.recommendation.clone(), 2);
    let residual = |rank| request.residual == rank;
    form.boxes("Risk that stays", Rank::ALL.iter().map(|rank| (rank.text(), residual(*rank)))).span(2);
    let at = request.granted_at.unwrap_or(source.spec.printed_at);
    let cap = rule::cap(source.book, rule::binding_rank(source.book, request, at));
    form.field("Longest run", cap.map(|cap| format!("{} days", cap.days)).unwrap_or_default());
    form
}

fn controls(source: &Source<'_>, request: &WaiverRequest, layout: &mut Layout) {
    let columns = vec![
        Column::text("Control").weight(2.0),
        Column::text("Owner"),
        Column::text("In force since"),
        Column::text("Proof that it works").weight(1.8),
        Column::text("Last seen working"),
        Column::text("Standing"),
    ];
    let mut table = Table::new("What stands in for the update", columns)
        .when_empty("No compensating control is recorded.");
    for control in &request.controls {
        let (word, tone) = match control.failed_at {
            Some(at) => (format!("failed {}", source.day(at)), Tone::Bad),
            None if rule::stands(control, source.today()) => ("stands".to_owned(), Tone::Good),
            None => ("not shown to work".to_owned(), Tone::Warn),
        };
        table.row([
            Cell::new(control.text.clone()),
            Cell::new(source.person(control.owner)),
            Cell::new(day_or(control.since_on)),
            Cell::new(control.proof.clone()),
            Cell::new(control.verified_at.map(|at| source.day(at)).unwrap_or_default()),
            Cell::new(word).tone(tone),
        ]);
    }
    layout.table(table);
}

fn end(source: &Source<'_>, request: &WaiverRequest, standing: &Standing) -> Form {
    let mut form = Form::new("How it ends", 3);
    form.wide("Exit plan", request.exit_plan.clone(), 2);
    form.field("Exit by", day_or(request.exit_on));
    form.field("Asked for until", day_or(request.until_on));
    form.field("Looked at again", day_or(request.review_on));
    let granted = standing.until_at.map(|at| source.minute(at));
    form.field("Granted until", granted.unwrap_or_else(|| "not granted".to_owned()));
    form.field("Machine-days so far", machine_days(standing).to_string());
    let follows = request.renews.and_then(|id| source.book.waiver_requests.get(id.0));
    form.field("Follows", follows.map_or_else(|| "no earlier decision".to_owned(), |r| r.number.clone()));
    form.boxes(
        "Ends by itself before",
        [
            ("when newly exploited", request.void_if_exploited),
            ("when exposed further", request.void_if_exposed),
            ("when a control fails", true),
        ],
    );
    for (label, text) in
        [("Rejected because", &request.rejected_because), ("Revoked because", &request.revoked_because)]
    {
        if !text.is_empty() {
            form.wide(label, text.clone(), 1);
        }
    }
    form
}

fn machine_days(standing: &Standing) -> i64 {
    crate::domain::compliance::ratio::days_begun(standing.machine_secs)
}

fn given<'b>(source: &Source<'b>, request: &WaiverRequest) -> Vec<&'b Approval> {
    let mine = |a: &&Approval| a.subject == Subject::Waiver && a.subject_id == request.id.0;
    let mut given: Vec<&Approval> = source.book.approvals.iter().filter(mine).collect();
    given.sort_by_key(|approval| (approval.recorded_at, approval.id));
    given
}

fn decisions(source: &Source<'_>, request: &WaiverRequest, layout: &mut Layout) {
    layout.heading(3, "Decisions");
    let at = request.granted_at.unwrap_or(source.spec.printed_at);
    let demanded = rule::demanded(source.book, request, at);
    if !demanded.is_empty() {
        layout.paragraph(format!("Needs all of: {}.", demanded.join(", ")));
    }
    let given = given(source, request);
    if given.is_empty() {
        layout.paragraph("No decision is recorded.");
    }
    for approval in given {
        layout.paragraph(format!("{}.", sentence(source.book, approval)));
        if !approval.comment.is_empty() {
            layout.paragraph(format!("Comment: {}", approval.comment));
        }
    }
}

fn pairs(source: &Source<'_>, view: &View<'_>, standing: &Standing, layout: &mut Layout) {
    if standing.pairs.is_empty() {
        return;
    }
    let columns = vec![
        Column::text("Machine").weight(1.0),
        Column::text("Update").weight(1.0),
        Column::text("Standing").weight(1.6),
    ];
    let caption = format!("What was granted: {} of {} still open", standing.open(), standing.pairs.len());
    let mut table = Table::new(caption, columns);
    for pair in &standing.pairs {
        let (word, tone) = match (&pair.void, pair.open, pair.covered) {
            (_, false, _) => {
                let when = pair.closed_at.map(|at| format!(" {}", source.day(at))).unwrap_or_default();
                (format!("done{when}"), Tone::Good)
            }
            (Some(void), true, _) => (
                format!("open, no longer covered since {}: {}", source.day(void.at), void.why.text()),
                Tone::Bad,
            ),
            (None, true, true) => ("open, covered".to_owned(), Tone::Accent),
            (None, true, false) => ("open, not covered".to_owned(), Tone::Bad),
        };
        table.row([
            Cell::new(view.book.assets.rows()[pair.asset as usize].name.clone()),
            Cell::new(view.book.updates.rows()[pair.update as usize].short_name()),
            Cell::new(word).tone(tone),
        ]);
    }
    layout.table(table);
}

fn signatures(source: &Source<'_>, request: &WaiverRequest, layout: &mut Layout) {
    let at = request.granted_at.unwrap_or(source.spec.printed_at);
    let asks = source.person(request.requested_by);
    let function = source.function(request.requested_by);
    let demanded = rule::demanded(source.book, request, at);
    let mut lines = vec![("Requested", asks.as_str(), function.as_str())];
    lines.extend(demanded.iter().map(|function| ("Risk accepted", "", function.as_str())));
    layout.signature_lines(lines);
}

/// Every waiver request: what ran out first, then what ends soonest, then the rest by number.
pub fn build_register(book: &Book, spec: Spec) -> Layout {
    let source = Source::new(book, spec);
    let view = View::new(book, spec.printed_at);
    let mut layout = source.landscape("Waiver register");
    layout.subtitle = format!("As of {}", source.instant(spec.printed_at));
    if let Some(warning) = rule::preset_warning(book) {
        layout.warn(warning);
    }
    let mut rows: Vec<(&WaiverRequest, Standing)> = book
        .waiver_requests
        .iter()
        .filter(|request| !source.is_drill(request.cycle))
        .filter_map(|request| Some((request, standing(&view, request)?)))
        .collect();
    let order = |state: WaiverState| match state {
        state if state.is_debt() => 0,
        state if state.is_live() => 1,
        WaiverState::Requested | WaiverState::UnderReview | WaiverState::Draft => 2,
        _ => 3,
    };
    rows.sort_by(|(a, x), (b, y)| {
        (order(x.state), x.until_at, &a.number).cmp(&(order(y.state), y.until_at, &b.number))
    });
    register_figures(&rows, &mut layout);
    layout.table(register(&source, &rows));
    lone(&source, &mut layout);
    layout.note("A waiver leaves a duty open until a date. It is never counted as compliance.");
    layout
}

fn register_figures(rows: &[(&WaiverRequest, Standing)], layout: &mut Layout) {
    if rows.is_empty() {
        return;
    }
    let count = |wanted: fn(WaiverState) -> bool| rows.iter().filter(|(_, s)| wanted(s.state)).count();
    let (debt, live) = (count(WaiverState::is_debt), count(WaiverState::is_live));
    let soon = count(|state| state == WaiverState::Expiring);
    let owed = rows.iter().filter(|(_, s)| s.state.is_live() || s.state.is_debt());
    let days = crate::domain::compliance::ratio::days_begun(owed.map(|(_, s)| s.machine_secs).sum());
    let alarm = |n: usize| if n == 0 { Tone::Plain } else { Tone::Bad };
    layout.key_figures(vec![
        KeyFigure::new("Ran out, still open", debt.to_string(), "expired or voided").tone(alarm(debt)),
        KeyFigure::new("In force", live.to_string(), format!("{soon} end within 30 days")),
        KeyFigure::new("Machine-days exposed", days.to_string(), "of those in force or ran out"),
    ]);
}

fn register(source: &Source<'_>, rows: &[(&WaiverRequest, Standing)]) -> Table {
    let columns = vec![
        Column::text("Number"),
        Column::text("State"),
        Column::text("Updates").weight(1.4),
        Column::text("Machines").weight(1.6),
        Column::text("Reason").weight(1.6),
        Column::text("Ends"),
        Column::number("Open"),
        Column::number("Machine-days"),
        Column::text("Decided by").weight(1.4),
        Column::text("Exit").weight(1.6),
    ];
    let mut table = Table::new("", columns).when_empty("No waiver was ever asked for.");
    for (request, standing) in rows {
        let names: Vec<String> = request.assets.iter().map(|id| source.asset(*id)).collect();
        let open = format!("{} of {}", standing.open(), standing.pairs.len());
        let by: Vec<String> = given(source, request)
            .iter()
            .map(|a| format!("{} {}", source.person(a.person), a.decision.text().to_lowercase()))
            .collect();
        let exit = joined(&[request.exit_plan.clone(), day_or(request.exit_on)], ", by ");
        table.row([
            Cell::new(request.number.clone()).strong(),
            Cell::new(standing.state.text()).tone(state_tone(standing.state)),
            Cell::new(source.updates(&request.updates)),
            Cell::new(names.join(", ")),
            Cell::new(joined(&[request.reason_class.text().to_owned(), request.reason.clone()], ": ")),
            Cell::new(standing.until_at.map(|at| source.day(at)).unwrap_or_default()),
            Cell::new(if standing.pairs.is_empty() { String::new() } else { open }),
            Cell::new(machine_days(standing).to_string()),
            Cell::new(by.join(", ")),
            Cell::new(exit),
        ]);
    }
    table
}

/// Waivers from before requests were kept: told, so that the register is whole.
fn lone(source: &Source<'_>, layout: &mut Layout) {
    let book = source.book;
    let kept = |id| book.waiver_requests.iter().any(|request| request.grants.contains(&id));
    let alone: Vec<_> = book.waivers.iter().filter(|waiver| !kept(waiver.id)).collect();
    if alone.is_empty() {
        return;
    }
    let columns = vec![
        Column::text("Machine"),
        Column::text("Update"),
        Column::text("Approved"),
        Column::text("Until"),
        Column::text("By"),
        Column::text("Reason").weight(2.0),
    ];
    let mut table = Table::new("Waivers without a request", columns);
    for waiver in alone {
        table.row([
            source.asset(waiver.asset),
            source.update(waiver.update),
            source.day(waiver.approved_at),
            source.day(waiver.until_at),
            waiver.approved_by.clone(),
            waiver.reason.clone(),
        ]);
    }
    layout.table(table);
}
