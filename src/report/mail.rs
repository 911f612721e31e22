//! Notices as mail drafts: a text and its readers become the bytes of an `.eml` file that a mail program opens for sending.
//!
//! Nothing is sent from here, and the bytes depend on the arguments alone: the date and the message id are given. What the
//! notice says is made in `domain`; this file only puts it into an envelope.

use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::date::Date;
use mail_builder::headers::raw::Raw;

use crate::util::clock::utc;
use crate::util::hash::{FieldHasher, hex};

/// A mail before it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Sender: name and address; the mail program fills it in where the address is empty.
    pub from: (String, String),
    /// Readers: name and address.
    pub to: Vec<(String, String)>,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The instant on it, UTC seconds.
    pub at: i64,
    /// What makes this notice one: the change's number and the kind of notice, such as `CHG-2026-11-003 announcement`.
    pub key: String,
}

/// The bytes of the `.eml` file; the same draft gives the same bytes.
pub fn eml(draft: &Draft) -> Vec<u8> {
    let address = |(name, mail): &(String, String)| {
        Address::new_address(Some(name.clone()).filter(|name| !name.is_empty()), mail.clone())
    };
    let mut message = MessageBuilder::new()
        .header("X-Unsent", Raw::new("1"))
        .date(Date::new(utc(draft.at).timestamp()))
        .message_id(message_id(draft));
    if !draft.from.1.is_empty() {
        message = message.from(address(&draft.from));
    }
    let to: Vec<Address<'_>> = draft.to.iter().filter(|(_, mail)| !mail.is_empty()).map(address).collect();
    if !to.is_empty() {
        message = message.to(Address::new_list(to));
    }
    let mut bytes = Vec::new();
    message.subject(draft.subject.as_str()).text_body(draft.text.as_str()).serialize(&mut bytes);
    bytes
}

/// An id that is this draft's alone and tells nothing of the machine.
fn message_id(draft: &Draft) -> String {
    let mut hasher = FieldHasher::new("patchbook notice 1");
    hasher.field(draft.key.as_bytes()).number(draft.at).field(draft.subject.as_bytes());
    hasher.field(draft.text.as_bytes());
    for (name, mail) in &draft.to {
        hasher.field(name.as_bytes()).field(mail.as_bytes());
    }
    format!("{}@patchbook.invalid", &hex(&hasher.finish())[..32])
}
