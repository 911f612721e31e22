//! Jobs beside the store: a thread of their own, a notice at their end, and the error of a job that broke.

use std::path::PathBuf;

use super::{Notice, Session};
use crate::app::error::{Error, ErrorKind};
use crate::import::Input;

impl Session {
    /// Hashes a file, beside everything else. The answer is [`Notice::Hashed`]; for a mail [`Notice::MailRead`] comes before it.
    pub fn hash_file(&mut self, path: PathBuf) {
        let outbox = self.outbox.clone();
        let job = move || {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            outbox.send(match crate::app::import::sha256_of(&path) {
                Ok(sha256) => {
                    if name.to_lowercase().ends_with(".eml") {
                        let read = crate::import::mail::read_mail(&Input::from_path(path.clone()));
                        outbox.send(Notice::MailRead(Box::new(read)));
                    }
                    Notice::Hashed { name, sha256 }
                }
                Err(cause) => {
                    Notice::Failed { error: Error::io("cannot read the file", &path, &cause), ticket: None }
                }
            });
        };
        self.start("hash", job);
    }
}

pub(super) fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), Error> {
    let spawned = std::thread::Builder::new().name(name.to_owned()).spawn(work);
    spawned
        .map(drop)
        .map_err(|cause| Error::new(ErrorKind::Machine, format!("cannot start a thread: {cause}"), ""))
}

pub(super) fn broken() -> Error {
    Error::new(
        ErrorKind::Machine,
        "a fault in Patchbook stopped this job; nothing was changed",
        "Please report what you did; the register is as it was.",
    )
}
