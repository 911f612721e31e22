//! The values behind the names, worked out from the very settings and facts that the program works with. Pure: the same Book, instant
//! and choice give the same values.

mod calendar;
mod case;
mod change;
mod deadline;
mod figure;
mod machine;
mod paper;
mod people;
mod posture;
mod practice;
mod programme;
mod questionnaire;
mod shop;
mod signature;
mod support;

use std::cell::OnceCell;

use chrono::NaiveDate;
use chrono_tz::Tz;

pub use super::subject::Chosen;

use super::kind::Kind;
use super::name;
use super::template::Template;
use super::value::Value;
use super::{Document, DocumentVersionId};
use crate::domain::book::Book;
use crate::domain::compliance::figures::Figures;
use crate::domain::compliance::month;
use crate::domain::compliance::outcome::Period;
use crate::domain::compliance::view::View;
use crate::domain::month::standing::MonthFigures;
use crate::domain::role::{Part, holder::assigned_on};
use crate::domain::standing::{Standing, standings};
use crate::util::clock;

/// Works values out for one document at one instant.
pub struct Fill<'a> {
    book: &'a Book,
    as_of_at: i64,
    zone: Tz,
    today: NaiveDate,
    template: &'a Template,
    document: Option<&'a Document>,
    version: Option<DocumentVersionId>,
    chosen: Chosen,
    view: OnceCell<View<'a>>,
    figures: OnceCell<Figures>,
    standings: OnceCell<Vec<Standing>>,
    month: OnceCell<Option<MonthFigures<'a>>>,
    asked: OnceCell<questionnaire::Asked>,
}

type Source = fn(&Fill<'_>, Kind, &str) -> Option<Value>;

const SOURCES: &[Source] = &[
    shop::value,
    machine::value,
    support::value,
    paper::value,
    deadline::value,
    practice::value,
    people::value,
    calendar::value,
    change::value,
    figure::value,
    signature::value,
    programme::value,
    case::value,
    posture::value,
    questionnaire::value,
];

impl<'a> Fill<'a> {
    /// For a template as of an instant, UTC seconds.
    pub fn new(book: &'a Book, as_of_at: i64, template: &'a Template) -> Self {
        let zone = clock::zone(&book.shop.zone);
        Self {
            book,
            as_of_at,
            zone,
            today: clock::day_in(zone, as_of_at),
            template,
            document: None,
            version: None,
            chosen: Chosen::default(),
            view: OnceCell::new(),
            figures: OnceCell::new(),
            standings: OnceCell::new(),
            month: OnceCell::new(),
            asked: OnceCell::new(),
        }
    }

    /// For a document of the register, and the version whose number, history and subject are meant.
    #[must_use]
    pub fn of(mut self, document: &'a Document, version: Option<DocumentVersionId>) -> Self {
        (self.document, self.version) = (Some(document), version);
        if let Some(version) = version.and_then(|id| self.book.versions.get(id.0)) {
            self.chosen = version.about;
        }
        self
    }

    /// About a chosen thing, whatever the version is about.
    #[must_use]
    pub fn about(mut self, chosen: Chosen) -> Self {
        self.chosen = chosen;
        self
    }

    /// The value of a name of a type; nothing where there is none, an error in words where it cannot be worked out.
    pub fn value(&self, kind: Kind, name: &str) -> Result<Option<Value>, String> {
        let known = name::find(kind, name)?;
        let found = SOURCES.iter().find_map(|source| source(self, kind, name));
        if let Some(value) = found {
            if !value.is_empty() && value.kind() != kind {
                return Err(format!(
                    "{name} was worked out as {}, not as {}.",
                    value.kind().word(),
                    kind.word()
                ));
            }
            return Ok(Some(value).filter(|value| !value.is_empty()));
        }
        if let Some(rows) = name.strip_prefix("has.") {
            let of = name::all().iter().filter(|known| known.name == rows);
            let has = of.map(|known| self.value(known.kind, rows).map(|value| value.is_some()));
            return Ok(Some(Value::Flag(has.collect::<Result<Vec<_>, _>>()?.contains(&true))));
        }
        Err(format!("{name} ({}) cannot be worked out by this version of the program.", known.says))
    }

    fn view(&self) -> &View<'a> {
        self.view.get_or_init(|| View::new(self.book, self.as_of_at))
    }

    fn period(&self) -> Period {
        let day = self.chosen.month.unwrap_or_else(|| month::reference_month(self.today));
        month::month_period(self.zone, day)
    }

    fn figures(&self) -> &Figures {
        self.figures.get_or_init(|| self.view().figures(self.period()))
    }

    fn standings(&self) -> &[Standing] {
        self.standings.get_or_init(|| standings(self.book, self.as_of_at))
    }

    fn day(&self, at: i64) -> String {
        clock::day_text(clock::day_in(self.zone, at))
    }

    fn person(&self, id: Option<crate::domain::person::PersonId>) -> String {
        self.book.person_name(id).to_owned()
    }

    fn group(&self, id: Option<crate::domain::group::GroupId>) -> String {
        id.and_then(|id| self.book.groups.get(id.0)).map(|group| group.name.clone()).unwrap_or_default()
    }

    fn asset(&self, id: crate::domain::asset::AssetId) -> String {
        self.book.assets.get(id.0).map(|asset| asset.name.clone()).unwrap_or_default()
    }

    fn role_name(&self, id: Option<crate::domain::role::RoleId>) -> String {
        id.and_then(|id| self.book.roles.get(id.0)).map(|role| role.name.clone()).unwrap_or_default()
    }

    fn holders(&self, role: crate::domain::role::RoleId, part: Part) -> String {
        let held = assigned_on(self.book, role, part, self.today);
        held.iter().map(|a| self.person(Some(a.person))).collect::<Vec<_>>().join(", ")
    }
}

/// Nothing to print.
fn nothing() -> Value {
    Value::Text(String::new())
}

fn text(words: impl Into<String>) -> Value {
    Value::Text(words.into())
}

/// The day, or nothing.
fn day_or(day: Option<NaiveDate>) -> String {
    day.map(clock::day_text).unwrap_or_default()
}

/// `yes`, `no`.
fn yes(flag: bool) -> String {
    if flag { "yes" } else { "no" }.to_owned()
}
