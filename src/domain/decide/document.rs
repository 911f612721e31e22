//! Documents and their versions: draft, under review, ratified, superseded; one in force at a time, its text and what it states fixed
//! from the day it was submitted.

use chrono::{Months, NaiveDate, NaiveTime};

use super::super::book::Book;
use super::super::command::{Decision, DocumentCommand, Edit, Issues, Told};
use super::super::document::compose::{Composed, compose};
use super::super::document::fill::Fill;
use super::super::document::name;
use super::super::document::subject::{Chosen, Subject, subjects};
use super::super::document::template::Template;
use super::super::document::{
    Document, DocumentId, DocumentState, DocumentVersion, DocumentVersionId, OwnSection, body, shipped,
    standing,
};
use super::super::role::signer::why_not_ratify;
use super::super::row::RowChange;
use super::super::ruleset::standing::change_text;
use super::{Findings, Moment, at_the_program, deadline, one_change, refused, signed, still_as_read, today};
use crate::util::clock::{day_in, day_text, instant_of, zone};
use crate::util::hash::digest_of_hex;
use crate::util::text::{block, line};

/// The most months between two reviews that still is a review.
const REVIEW_MAX: i64 = 36;

pub(super) fn decide(book: &Book, command: DocumentCommand, moment: Moment<'_>) -> Result<Decision, Issues> {
    match command {
        DocumentCommand::Begin(key) => begin(book, &key, moment),
        DocumentCommand::Save(edit) => save(book, *edit),
        DocumentCommand::End(id) => end(book, id, moment),
        DocumentCommand::Draft { document, note } => draft(book, document, &note, moment),
        DocumentCommand::Choose { version, about } => choose(book, version, about, moment),
        DocumentCommand::Submit(id) => submit(book, id, moment),
        DocumentCommand::Ratify { version, told, effective_on, next_review_on } => {
            ratify(book, version, told, (effective_on, next_review_on), moment)
        }
        DocumentCommand::Withdraw(id) => withdraw(book, id, moment),
    }
}

fn begin(book: &Book, key: &str, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Some(template) = shipped::template(key) else {
        let all: Vec<&str> = shipped::templates().iter().map(|t| t.key.as_str()).collect();
        return Err(refused(format!("There is no template \"{key}\". Choose one of: {}.", all.join(", "))));
    };
    if let Some(document) = standing::keyed(book, key) {
        return Err(refused(format!("{} is kept already. Begin a new version of it.", document.title)));
    }
    let document = Document {
        id: DocumentId(moment.ids.next()),
        key: key.to_owned(),
        title: template.title.clone(),
        owner: None,
        classification: "Internal".to_owned(),
        review_months: template.review_months,
        own_sections: Vec::new(),
        created_at: moment.at,
        ended_at: None,
    };
    let version = new_version(book, &document, template, "First version", moment);
    let changes = vec![RowChange::create(&document), RowChange::create(&version)];
    Ok(Decision { label: format!("Begin the document {}", document.title), changes, batch: None })
}

fn new_version(
    book: &Book,
    document: &Document,
    template: &Template,
    note: &str,
    moment: Moment<'_>,
) -> DocumentVersion {
    let number = standing::versions(book, document.id).last().map_or(0, |version| version.number) + 1;
    DocumentVersion {
        id: DocumentVersionId(moment.ids.next()),
        document: document.id,
        number,
        state: DocumentState::Draft,
        template: template.version,
        text: String::new(),
        stated: Vec::new(),
        about: Chosen::default(),
        note: note.to_owned(),
        made_by: moment.actor.to_owned(),
        made_at: moment.at,
        submitted_at: None,
        ratified_by: String::new(),
        ratified_function: String::new(),
        ratified_medium: None,
        ratified_at: None,
        recorded_at: None,
        recorded_by: String::new(),
        evidence_name: String::new(),
        evidence_sha256: String::new(),
        effective_on: None,
        next_review_on: None,
        superseded_at: None,
    }
}

fn the_document(book: &Book, id: DocumentId) -> Result<&Document, Issues> {
    match book.documents.get(id.0) {
        Some(document) if document.ended_at.is_none() => Ok(document),
        Some(document) => Err(refused(format!("{} is kept no longer. Begin it anew.", document.title))),
        None => Err(refused("This document is not in the register. Choose one that is.")),
    }
}

fn the_template(document: &Document) -> Result<&'static Template, Issues> {
    shipped::template(&document.key).ok_or_else(|| {
        refused(format!(
            "This version of the program has no template \"{}\". Open the register with the version that has it.",
            document.key
        ))
    })
}

fn save(book: &Book, edit: Edit<Document>) -> Result<Decision, Issues> {
    let Edit { base, mut row } = edit;
    let Some(base) = base else {
        return Err(refused("A document begins from a template. Choose one of the list."));
    };
    let now = the_document(book, base.id)?;
    still_as_read(Some(now), &base, &base.title)?;
    let template = the_template(&base)?;
    (row.id, row.key, row.created_at) = (base.id, base.key.clone(), base.created_at);
    row.ended_at = None;
    row.title = line(&row.title).into_owned();
    row.classification = line(&row.classification).into_owned();
    let mut findings = Findings::default();
    findings.demand("title", &row.title, "Give the document a title.");
    findings.demand("classification", &row.classification, "Say who may read it, such as Internal.");
    if !(1..=REVIEW_MAX).contains(&row.review_months) {
        findings.add("review_months", format!("Choose 1 to {REVIEW_MAX} months between reviews."));
    }
    if row.owner.is_some_and(|owner| book.people.get(owner.0).is_none()) {
        findings.add("owner", "This person is not in the register. Choose one who is, or nobody.");
    }
    for section in &mut row.own_sections {
        section.text = block(&section.text);
        check_section(template, &base, section, &mut findings);
    }
    // A section that reads as it is shipped is not one in own words.
    row.own_sections.retain(|own| {
        let same = |s: &super::super::document::template::Section| {
            s.key == own.key && block(s.text.trim_matches('\n')) == block(own.text.trim_matches('\n'))
        };
        !template.sections.iter().any(same)
    });
    findings.done()?;
    Ok(one_change(format!("Change the document {}", row.title), Some(&base), &row))
}

/// Own text must be of a known section, and its placeholders must be ones; an empty value is said when it is submitted.
fn check_section(template: &Template, base: &Document, own: &mut OwnSection, findings: &mut Findings) {
    let Some(section) = template.sections.iter().find(|section| section.key == own.key) else {
        // A template may have lost the section: what a shop wrote stays until the shop takes it out.
        if !base.own_sections.contains(own) {
            let keys: Vec<&str> = template.sections.iter().map(|section| section.key.as_str()).collect();
            let text = format!("The template has no section \"{}\". It has {}.", own.key, keys.join(", "));
            findings.add("own_sections", text);
        }
        return;
    };
    if digest_of_hex(&own.over_sha256).is_none() {
        own.over_sha256 = shipped::section_sha256(&section.text);
    }
    let title = &section.title;
    if own.text.trim().is_empty() {
        findings.add(
            "own_sections",
            format!(
                "{title}: a section without words says nothing. Write it, or take the shipped words again."
            ),
        );
    }
    if own.text.lines().any(|line| line.starts_with("# ") || line.starts_with("## ")) {
        findings.add(
            "own_sections",
            format!("{title}: a heading of one or two # would begin another section. Use three or more."),
        );
    }
    match body::parse(&own.text, 1) {
        Err(faults) => {
            for fault in faults {
                findings.add("own_sections", format!("{title}, line {}: {}", fault.line, fault.text));
            }
        }
        Ok(nodes) => {
            for (line, kind, name) in body::placeholders(&nodes) {
                if let Some(text) = name::fault(kind, name) {
                    findings.add("own_sections", format!("{title}, line {line}: {text}"));
                }
            }
        }
    }
}

fn end(book: &Book, id: DocumentId, moment: Moment<'_>) -> Result<Decision, Issues> {
    let before = the_document(book, id)?;
    if let Some(version) = standing::in_state(book, id, DocumentState::Ratified)
        && before.key == shipped::POLICY
    {
        return Err(refused(format!(
            "Version {} of the policy is in force, and the deadlines rest on it. Ratify another version instead.",
            version.number
        )));
    }
    let after = Document { ended_at: Some(moment.at), ..before.clone() };
    let mut changes: Vec<RowChange> = RowChange::update(before, &after).into_iter().collect();
    if let Some(version) = standing::open(book, id) {
        let gone = DocumentVersion {
            state: DocumentState::Withdrawn,
            superseded_at: Some(moment.at),
            ..version.clone()
        };
        changes.extend(RowChange::update(version, &gone));
    }
    Ok(Decision { label: format!("Keep the document {} no longer", before.title), changes, batch: None })
}

fn draft(book: &Book, id: DocumentId, note: &str, moment: Moment<'_>) -> Result<Decision, Issues> {
    let document = the_document(book, id)?;
    let template = the_template(document)?;
    if let Some(open) = standing::open(book, id) {
        return Err(refused(format!(
            "Version {} is {}. Finish or withdraw it first.",
            open.number,
            open.state.text().to_lowercase()
        )));
    }
    let note = line(note).into_owned();
    let mut findings = Findings::default();
    findings.demand("note", &note, "Say what changes against the version before.");
    findings.done()?;
    let version = new_version(book, document, template, &note, moment);
    let label = format!("Begin version {} of {}", version.number, document.title);
    Ok(one_change(label, None, &version))
}

/// A version in a state, with its document.
fn the_version(
    book: &Book,
    id: DocumentVersionId,
    state: DocumentState,
) -> Result<(&DocumentVersion, &Document), Issues> {
    let Some(version) = book.versions.get(id.0) else {
        return Err(refused("This version is not in the register. Choose one that is."));
    };
    let document = the_document(book, version.document)?;
    if version.state == state {
        return Ok((version, document));
    }
    let do_this = match (state, version.state) {
        (DocumentState::UnderReview, DocumentState::Draft) => "Submit it first.",
        _ => "Begin a new version.",
    };
    let is = version.state.text().to_lowercase();
    Err(refused(format!("Version {} of {} is {is}. {do_this}", version.number, document.title)))
}

/// The text a version has if it is submitted now, with what cannot be printed.
fn composed(
    book: &Book,
    document: &Document,
    template: &Template,
    version: &DocumentVersion,
    at: i64,
) -> Composed {
    let fill = Fill::new(book, at, template).of(document, Some(version.id));
    compose(&fill, template, &document.own_sections)
}

fn choose(book: &Book, id: DocumentVersionId, about: Chosen, moment: Moment<'_>) -> Result<Decision, Issues> {
    let (before, document) = the_version(book, id, DocumentState::Draft)?;
    let may = subjects(the_template(document)?);
    let mut findings = Findings::default();
    for subject in Subject::ALL.iter().copied().filter(|subject| about.has(*subject)) {
        let what = subject.text().to_lowercase();
        if !may.contains(&subject) {
            findings.add(subject.word(), format!("{} is not about a {what}. Leave it out.", document.title));
        } else if about.text(book, subject).is_none() {
            findings.add(subject.word(), format!("This {what} is not in the register. Choose one that is."));
        }
    }
    if about.month.is_some_and(|day| day > today(book, moment)) {
        findings
            .add("month", "That month has not begun, so there are no figures of it. Choose an earlier one.");
    }
    findings.done()?;
    let after = DocumentVersion { about, ..before.clone() };
    let label = format!("Say what version {} of {} is about", after.number, document.title);
    Ok(one_change(label, Some(before), &after))
}

fn submit(book: &Book, id: DocumentVersionId, moment: Moment<'_>) -> Result<Decision, Issues> {
    let (before, document) = the_version(book, id, DocumentState::Draft)?;
    let template = the_template(document)?;
    let composed = composed(book, document, template, before, moment.at);
    let mut findings = Findings::default();
    for fault in &composed.faults {
        findings.add("text", fault.sentence());
    }
    for own in document.own_sections.iter().filter(|own| own.text.trim().is_empty()) {
        findings.add(
            "text",
            format!("The section {} has no words. Write it, or take the shipped words again.", own.key),
        );
    }
    findings.done()?;
    let after = DocumentVersion {
        state: DocumentState::UnderReview,
        template: template.version,
        text: composed.text(),
        stated: composed.stated,
        submitted_at: Some(moment.at),
        ..before.clone()
    };
    Ok(one_change(format!("Submit version {} of {}", after.number, document.title), Some(before), &after))
}

fn check_told(told: &Told, submitted_at: Option<i64>, moment: Moment<'_>, findings: &mut Findings) {
    findings.demand("by", &told.by, "Say who ratified it.");
    findings.demand("function", &told.function, "Say as what they ratified it, such as managing director.");
    if told.at > moment.at {
        findings.add("at", "This lies in the future. Say when they told.");
    }
    // Instants are typed to the minute.
    if submitted_at.is_some_and(|submitted| told.at.div_euclid(60) < submitted.div_euclid(60)) {
        findings.add("at", "This lies before the version was submitted: nobody can have read it then.");
    }
    if let Some((name, sha256)) = &told.evidence
        && (name.trim().is_empty() || digest_of_hex(sha256).is_none())
    {
        findings.add(
            "evidence",
            "The evidence needs the name of its file and its SHA-256. Choose the file again.",
        );
    }
}

/// What a version states must be what holds once it is ratified: nobody ratifies a number that is another one by now.
fn still_stated(
    book: &Book,
    version: &DocumentVersion,
    document: &Document,
    moment: Moment<'_>,
    findings: &mut Findings,
) {
    let then = deadline::as_proposed_by(book, version.submitted_at.unwrap_or(moment.at));
    let mut others: Vec<String> = standing::changed(&then, version, moment.at)
        .into_iter()
        .map(|changed| format!("{} ({})", changed.name, changed.place))
        .collect();
    if document.key == shipped::POLICY {
        let left = deadline::unstated(book, version);
        others.extend(left.into_iter().map(|change| change_text(book, change)));
    }
    if !others.is_empty() {
        findings.add(
            "version",
            format!(
                "What the version states is not what is set now: {}. Withdraw it and submit a new version, or set back what changed.",
                others.join("; ")
            ),
        );
    }
}

fn ratify(
    book: &Book,
    id: DocumentVersionId,
    told: Told,
    (effective_on, next_review_on): (NaiveDate, Option<NaiveDate>),
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    let (before, document) = the_version(book, id, DocumentState::UnderReview)?;
    let mut findings = Findings::default();
    let mut told =
        Told { by: line(&told.by).into_owned(), function: line(&told.function).into_owned(), ..told };
    check_told(&told, before.submitted_at, moment, &mut findings);
    if let Some(person) = signed(book, ("by", &told.by), &mut told.function, told.at, &mut findings) {
        at_the_program(told.medium, person, moment, &mut findings);
        told.by.clone_from(&person.name);
        let on = day_in(zone(&book.shop.zone), told.at);
        let refusal = (document.key == shipped::POLICY).then(|| why_not_ratify(book, document, person, on));
        if let Some(why) = refusal.flatten() {
            findings.add("by", why);
        }
    }
    let today = today(book, moment);
    if document.key == shipped::POLICY && effective_on > today {
        findings.add(
            "effective_on",
            format!(
                "The deadlines come into force with the ratification: choose {} or earlier.",
                day_text(today)
            ),
        );
    }
    let submitted_on = before.submitted_at.map(|at| day_in(zone(&book.shop.zone), at));
    if submitted_on.is_some_and(|day| effective_on < day) {
        findings
            .add("effective_on", "A version is not in force before it was submitted. Choose a later day.");
    }
    let months = u32::try_from(document.review_months).unwrap_or(12);
    let next = next_review_on.or_else(|| effective_on.checked_add_months(Months::new(months)));
    if next.is_some_and(|next| next <= effective_on) {
        findings
            .add("next_review_on", "The next review lies after the day from which the version is in force.");
    }
    still_stated(book, before, document, moment, &mut findings);
    findings.done()?;
    let (evidence_name, evidence_sha256) = told.evidence.unwrap_or_default();
    let after = DocumentVersion {
        state: DocumentState::Ratified,
        ratified_by: told.by,
        ratified_function: told.function,
        ratified_medium: Some(told.medium),
        ratified_at: Some(told.at),
        recorded_at: Some(moment.at),
        recorded_by: moment.actor.to_owned(),
        evidence_name,
        evidence_sha256,
        effective_on: Some(effective_on),
        next_review_on: next,
        ..before.clone()
    };
    let mut changes: Vec<RowChange> = RowChange::update(before, &after).into_iter().collect();
    for earlier in standing::versions(book, document.id) {
        if earlier.state == DocumentState::Ratified {
            let gone = DocumentVersion {
                state: DocumentState::Superseded,
                // Until the new one is in force, the former one is.
                superseded_at: Some(
                    moment.at.max(instant_of(zone(&book.shop.zone), effective_on.and_time(NaiveTime::MIN))),
                ),
                ..earlier.clone()
            };
            changes.extend(RowChange::update(earlier, &gone));
        }
    }
    if document.key == shipped::POLICY {
        changes.extend(deadline::come_into_force(book, &after, moment));
    }
    let label =
        format!("Record version {} of {} as ratified by {}", after.number, document.title, after.ratified_by);
    Ok(Decision { label, changes, batch: None })
}

fn withdraw(book: &Book, id: DocumentVersionId, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Some(before) = book.versions.get(id.0) else {
        return Err(refused("This version is not in the register. Choose one that is."));
    };
    let title = book.documents.get(before.document.0).map_or("the document", |d| d.title.as_str());
    if !matches!(before.state, DocumentState::Draft | DocumentState::UnderReview) {
        let is = before.state.text().to_lowercase();
        return Err(refused(format!(
            "Version {} of {title} is {is}: only a draft or a submitted version is taken back. Begin a new version.",
            before.number
        )));
    }
    let after =
        DocumentVersion { state: DocumentState::Withdrawn, superseded_at: Some(moment.at), ..before.clone() };
    Ok(one_change(format!("Withdraw version {} of {title}", before.number), Some(before), &after))
}
