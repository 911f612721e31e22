//! A dropped mail as evidence: who wrote it, to whom, when, what, and the SHA-256 of its bytes.
//!
//! Owns reading `.eml` and answering, by name, what cannot serve as evidence. It takes nothing on trust that a mail does not
//! say: a mail without one sender or without a date is refused, never completed. It never decides whether somebody may
//! approve, and it does not prove that the mail is genuine; that is said where it is shown.

use std::panic::{AssertUnwindSafe, catch_unwind};

use mail_parser::{Address, DateTime, HeaderName, HeaderValue, Message, MessageParser};

use crate::util::hash::{hex, sha256};
use crate::util::text::{block, line};

use super::source::Input;

/// The most bytes a mail may have; larger ones carry attachments that do not belong into an approval.
pub const MAX_BYTES: u64 = 32 * 1024 * 1024;

/// The most characters of its text that are kept.
const TEXT_MAX: usize = 20_000;

/// The most recipients that are kept.
const RECIPIENTS_MAX: usize = 200;

/// A person as a mail names them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailPerson {
    /// The name shown; may be empty.
    pub name: String,
    /// The address; may be empty for a recipient.
    pub address: String,
}

impl MailPerson {
    /// `Ada Lovelace <ada@example.org>`, or what there is of it.
    pub fn text(&self) -> String {
        match (self.name.is_empty(), self.address.is_empty()) {
            (true, _) => self.address.clone(),
            (false, true) => self.name.clone(),
            (false, false) => format!("{} <{}>", self.name, self.address),
        }
    }
}

/// A mail that can serve as evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Name of the file.
    pub file: String,
    /// SHA-256 of the file's bytes, lower-case hexadecimal.
    pub sha256: String,
    /// The one sender. What a mail says of its sender is not proof.
    pub sender: MailPerson,
    /// To and Cc, in this order.
    pub recipients: Vec<MailPerson>,
    /// The subject; may be empty.
    pub subject: String,
    /// When it says it was sent, UTC seconds.
    pub sent_at: i64,
    /// The text, cut at 20 000 characters; an HTML mail as plain text.
    pub text: String,
}

/// Why a file does not serve as mail evidence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoMail {
    /// The file cannot be read.
    #[error("{file} cannot be read: {cause}. Check that it is still there and may be opened.")]
    Unreadable {
        /// Name of the file.
        file: String,
        /// What the system said.
        cause: String,
    },
    /// Nothing in it.
    #[error("{file} is empty. Save the mail again as .eml.")]
    Empty {
        /// Name of the file.
        file: String,
    },
    /// Too large.
    #[error("{file} is larger than 32 MB. Save the mail without its attachments.")]
    TooBig {
        /// Name of the file.
        file: String,
    },
    /// Outlook's own format.
    #[error(
        "{file} is in Outlook's own format (.msg), which is not read. In Outlook choose Save as and take the type .eml, \
         or print the mail and record the approval by hand."
    )]
    Outlook {
        /// Name of the file.
        file: String,
    },
    /// Something else.
    #[error(
        "{file} is no mail: it has none of the lines From, To, Date and Subject. Drop the mail saved as .eml."
    )]
    NotMail {
        /// Name of the file.
        file: String,
    },
    /// It ends in the middle.
    #[error("{file} ends in the middle of the mail. Save it again; the copy is not whole.")]
    Truncated {
        /// Name of the file.
        file: String,
    },
    /// Nobody sent it.
    #[error("{file} names no sender. Drop the mail as it was received, or record the approval by hand.")]
    NoSender {
        /// Name of the file.
        file: String,
    },
    /// Several people sent it.
    #[error(
        "{file} names several senders ({senders}), so it does not show who decided. Record the approval by hand and name one."
    )]
    SeveralSenders {
        /// Name of the file.
        file: String,
        /// Their addresses.
        senders: String,
    },
    /// It does not say when.
    #[error("{file} has no date that can be read. Record the approval by hand and say when it was given.")]
    NoDate {
        /// Name of the file.
        file: String,
    },
}

/// Reads a mail from a file or from bytes.
///
/// # Errors
/// One sentence that names the file, what is wrong with it and what to do.
pub fn read_mail(input: &Input) -> Result<Mail, NoMail> {
    let file = line(&input.name).into_owned();
    let bytes = bytes_of(input, &file)?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(NoMail::Empty { file });
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Err(NoMail::Outlook { file });
    }
    if bytes.iter().take(1024).any(|&byte| byte == 0) {
        return Err(NoMail::NotMail { file });
    }
    // The parser says that it never fails; a crafted mail that proves it wrong is only a file that is no mail.
    let read = catch_unwind(AssertUnwindSafe(|| read_bytes(&file, &bytes)));
    read.unwrap_or(Err(NoMail::NotMail { file }))
}

fn bytes_of(input: &Input, file: &str) -> Result<Vec<u8>, NoMail> {
    let unreadable =
        |cause: std::io::Error| NoMail::Unreadable { file: file.to_owned(), cause: cause.to_string() };
    let size = input.size().map_err(unreadable)?;
    if size > MAX_BYTES {
        return Err(NoMail::TooBig { file: file.to_owned() });
    }
    // One byte more than announced: a file that grows meanwhile is seen.
    let mut bytes = vec![0; size as usize + 1];
    let filled = input.open().and_then(|mut stream| stream.fill(&mut bytes)).map_err(unreadable)?;
    if filled as u64 > size {
        return Err(NoMail::Truncated { file: file.to_owned() });
    }
    bytes.truncate(filled);
    Ok(bytes)
}

fn read_bytes(file: &str, bytes: &[u8]) -> Result<Mail, NoMail> {
    let file = file.to_owned();
    let parser = MessageParser::new().with_minimal_headers();
    let Some(mail) = parser.parse(bytes).filter(|mail| !mail.parts.is_empty()) else {
        return Err(NoMail::NotMail { file });
    };
    let named = [HeaderName::From, HeaderName::To, HeaderName::Date, HeaderName::Subject];
    if named.into_iter().all(|name| mail.header_values(name).next().is_none()) {
        return Err(NoMail::NotMail { file });
    }
    if !has_body(bytes) || !is_closed(&mail, bytes) {
        return Err(NoMail::Truncated { file });
    }
    let mut senders = people(mail.header_values(HeaderName::From));
    senders.dedup_by(|a, b| a.address.eq_ignore_ascii_case(&b.address));
    senders.retain(|sender| sender.address.contains('@'));
    if senders.len() > 1 {
        let senders = senders.iter().take(5).map(|s| s.address.as_str()).collect::<Vec<_>>().join(", ");
        return Err(NoMail::SeveralSenders { file, senders });
    }
    let Some(sender) = senders.pop() else { return Err(NoMail::NoSender { file }) };
    let mut dates = mail.header_values(HeaderName::Date);
    let sent_at = match (dates.next(), dates.next()) {
        (Some(HeaderValue::DateTime(date)), None) => instant_of(date),
        _ => None,
    };
    let Some(sent_at) = sent_at else { return Err(NoMail::NoDate { file }) };
    let mut recipients = people(mail.header_values(HeaderName::To));
    recipients.extend(people(mail.header_values(HeaderName::Cc)));
    recipients.truncate(RECIPIENTS_MAX);
    let text: String = mail.body_text(0).unwrap_or_default().chars().take(TEXT_MAX).collect();
    Ok(Mail {
        file,
        sha256: hex(&sha256(bytes)),
        sender,
        recipients,
        subject: line(mail.subject().unwrap_or_default()).into_owned(),
        sent_at,
        text: block(&text),
    })
}

fn people<'m>(headers: impl Iterator<Item = &'m HeaderValue<'m>>) -> Vec<MailPerson> {
    let mut found = Vec::new();
    for header in headers {
        let HeaderValue::Address(address) = header else { continue };
        let listed: Box<dyn Iterator<Item = &mail_parser::Addr<'_>>> = match address {
            Address::List(list) => Box::new(list.iter()),
            Address::Group(groups) => Box::new(groups.iter().flat_map(|group| group.addresses.iter())),
        };
        for person in listed.take(RECIPIENTS_MAX) {
            let part = |text: Option<&str>| line(text.unwrap_or_default()).into_owned();
            found.push(MailPerson { name: part(person.name()), address: part(person.address()) });
        }
    }
    found
}

/// The date as an instant; `None` where the calendar has no such day or the zone no such offset.
fn instant_of(date: &DateTime) -> Option<i64> {
    let day =
        chrono::NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))?;
    // A leap second is written as :60 and counts as the last second of its minute.
    let second = u32::from(date.second.min(59));
    let local = day.and_hms_opt(u32::from(date.hour), u32::from(date.minute), second)?;
    let offset = i64::from(date.tz_hour) * 3600 + i64::from(date.tz_minute) * 60;
    let offset = if date.tz_before_gmt { -offset } else { offset };
    let known = (1990..2200).contains(&date.year) && offset.abs() <= 14 * 3600;
    known.then(|| local.and_utc().timestamp() - offset)
}

/// An empty line ends the head; a mail cut before it has nobody's words in it.
fn has_body(bytes: &[u8]) -> bool {
    bytes.windows(2).any(|two| two == b"\n\n") || bytes.windows(4).any(|four| four == b"\r\n\r\n")
}

/// A mail of several parts ends with its boundary and two dashes.
fn is_closed(mail: &Message<'_>, bytes: &[u8]) -> bool {
    let boundary = mail.header(HeaderName::ContentType).and_then(|value| match value {
        HeaderValue::ContentType(kind) if kind.c_type.eq_ignore_ascii_case("multipart") => {
            kind.attribute("boundary")
        }
        _ => None,
    });
    let Some(boundary) = boundary.filter(|boundary| !boundary.is_empty()) else { return true };
    let end = format!("--{boundary}--");
    bytes.windows(end.len()).any(|window| window == end.as_bytes())
}
