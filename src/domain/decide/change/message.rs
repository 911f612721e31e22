//! Messages: written here, sent by the shop's own mail program, and logged as sent by whoever says so.

use super::super::super::book::Book;
use super::super::super::command::{Decision, Issues};
use super::super::super::notice::{NoticeId, NoticeSent};
use super::super::super::row::RowChange;
use super::super::{Findings, Moment, refused};
use super::decision;
use crate::util::text::{block, line};

pub(super) fn write(notice: &NoticeSent, moment: Moment<'_>) -> Result<Decision, Issues> {
    let row = NoticeSent {
        id: NoticeId(moment.ids.next()),
        recipients: line(&notice.recipients).into_owned(),
        title: line(&notice.title).into_owned(),
        text: block(&notice.text),
        created_at: moment.at,
        sent_at: None,
        sent_by: String::new(),
        ..notice.clone()
    };
    let mut findings = Findings::default();
    findings.demand("title", &row.title, "Give the message a subject line.");
    findings.demand("text", &row.text, "Write what the message says.");
    findings.done()?;
    Ok(decision(format!("Write message {}", row.title), vec![RowChange::create(&row)]))
}

pub(super) fn sent(book: &Book, notice: NoticeId, at: i64, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Some(row) = book.notices.get(notice.0) else {
        return Err(refused("The message is no longer in the register."));
    };
    if row.sent_at.is_some() {
        return Err(refused("The message was recorded as sent already."));
    }
    if at > moment.at || at < row.created_at {
        return Err(refused(
            "It was sent between the time it was written and now. Give the time at which it went out.",
        ));
    }
    let after = NoticeSent { sent_at: Some(at), sent_by: moment.actor.to_owned(), ..row.clone() };
    let label = format!("Record message {} as sent", row.title);
    Ok(decision(label, RowChange::update(row, &after).into_iter().collect()))
}
