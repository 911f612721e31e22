//! Risk on the console: updates with their rank, technology domains, go or no-go, conflicts, prerequisites; what they share: updates
//! and domains by name.

pub mod domain;
pub mod gate;
pub mod list;
pub mod tie;
pub mod update;

use super::people::input;
use crate::app::{Error, ErrorKind};
use crate::domain::book::Book;
use crate::domain::gate::TechDomain;
use crate::domain::gate::rule::domains;
use crate::domain::update::Update;
use crate::util::text::fold;

/// The updates that a name means: a KB, an `UpdateId` of the server, or a title. `product` keeps those of one product.
fn updates<'b>(book: &'b Book, name: &str, product: Option<&str>) -> Result<Vec<&'b Update>, Error> {
    let bare = name.trim().trim_start_matches(['K', 'k', 'B', 'b']);
    let means = |update: &&Update| {
        update.kbs.iter().any(|kb| kb == bare)
            || (!update.guid.is_empty() && update.guid.eq_ignore_ascii_case(name.trim()))
            || fold(&update.title) == fold(name)
    };
    let fits = |update: &&Update| {
        product.is_none_or(|wanted| update.products.iter().any(|known| fold(known).contains(&fold(wanted))))
    };
    let found: Vec<&Update> = book.updates.iter().filter(means).filter(fits).collect();
    if found.is_empty() {
        let of = product.map(|product| format!(" for {product}")).unwrap_or_default();
        let hint = "Name it by its KB, such as KB5036892. See them: patchbook-cli update list FILE.";
        return Err(input(format!("the register has no update {name}{of}"), hint));
    }
    Ok(found)
}

/// The one update that a name means; one KB may be the update of several products.
fn update<'b>(book: &'b Book, name: &str, product: Option<&str>) -> Result<&'b Update, Error> {
    let found = updates(book, name, product)?;
    match found.as_slice() {
        [one] => Ok(one),
        several => {
            let named: Vec<String> =
                several.iter().map(|update| format!("{} ({})", update.title, update.guid)).collect();
            Err(Error::new(
                ErrorKind::Question,
                format!("{name} is {} updates: {}", several.len(), named.join("; ")),
                "Say which: --product TEXT, or its UpdateId in place of the KB.",
            ))
        }
    }
}

/// A technology domain in use, by name.
fn tech_domain<'b>(book: &'b Book, name: &str) -> Result<&'b TechDomain, Error> {
    let all = domains(book);
    let found = all.iter().find(|domain| fold(&domain.name) == fold(name));
    found.copied().ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|domain| domain.name.as_str()).collect();
        let hint = "Add one: patchbook-cli domain set FILE NAME.";
        input(format!("{name} is no technology domain in use: {}", names.join(", ")), hint)
    })
}
