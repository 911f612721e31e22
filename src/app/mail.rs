//! Messages as mail drafts, and mails as evidence: between the register's rows and the bytes of `.eml` files.
//!
//! Nothing is sent from here. A draft is written whole or not at all, and never over a file that is there.

use std::path::Path;

use crate::domain::book::Book;
use crate::domain::notice::NoticeSent;
use crate::report::mail::{Draft, eml};
use crate::util::file::write_whole;

use super::error::{Error, ErrorKind};

/// The bytes of a message as a mail draft. `from`: name and address of the sender; an empty address is left to the mail program.
pub fn draft(book: &Book, notice: &NoticeSent, from: (String, String)) -> Vec<u8> {
    let named = |address: &str| {
        let person = book.people.iter().find(|person| person.mail.eq_ignore_ascii_case(address));
        person.map_or_else(String::new, |person| person.name.clone())
    };
    let addresses = notice.recipients.split([',', ';']).map(str::trim).filter(|address| !address.is_empty());
    eml(&Draft {
        from,
        to: addresses.map(|address| (named(address), address.to_owned())).collect(),
        subject: notice.title.clone(),
        text: notice.text.clone(),
        at: notice.created_at,
        key: format!("{} {} {}", notice.subject.word(), notice.subject_id, notice.kind.word()),
    })
}

/// Writes a message as a mail draft.
pub fn write(book: &Book, notice: &NoticeSent, from: (String, String), path: &Path) -> Result<(), Error> {
    if path.exists() {
        let text = format!("there is already a file of this name: {}", path.display());
        return Err(Error::new(ErrorKind::Input, text, "Choose another name."));
    }
    write_whole(path, &draft(book, notice, from)).map_err(|e| Error::io("cannot write the mail", path, &e))
}
