//! The form of one asset: what was read, what was typed, what became of saving it. It draws nothing.
//!
//! Invariant: a draft is only ever given up by the person: a failed save, a conflicting change and another row keep it.

use super::draft::{Draft, Part};
use crate::app::error::Error;
use crate::app::session::Notice;
use crate::domain::asset::{Asset, AssetId, AssetKind};
use crate::domain::book::Book;
use crate::domain::command::{Command, Issue};
use crate::domain::person::{Person, PersonId};
use crate::domain::standing::{FactsByAsset, Standing};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::util::text::fold;

/// A person being added from within the form.
#[derive(Clone, Debug, Default)]
pub struct NewPerson {
    /// For which part.
    pub part: Option<Part>,
    /// The name typed.
    pub name: String,
    /// What is wrong with it.
    pub issue: Option<String>,
    waiting: Option<u64>,
}

impl NewPerson {
    /// A person to be added for a part.
    pub fn wanted(part: Part) -> Self {
        Self { part: Some(part), ..Self::default() }
    }
}

/// The form.
#[derive(Clone, Debug)]
pub struct Form {
    /// The row as it was read; `None` for a new asset.
    base: Option<(Asset, Standing)>,
    /// What it showed when it was read.
    read: Draft,
    /// What it shows now.
    pub draft: Draft,
    /// What is wrong with single fields.
    pub issues: Vec<Issue>,
    /// Why the last save failed as a whole.
    pub failure: Option<Error>,
    /// A person being added.
    pub person: NewPerson,
    /// The draft that was sent, and its ticket.
    sent: Option<(u64, Draft)>,
    /// Tells drafts of new assets apart, so that text undo never crosses from one to the next.
    number: u64,
    /// The class was chosen by hand, so the kind no longer sets it.
    pub class_chosen: bool,
}

impl Form {
    /// The form of an asset.
    pub fn open(ctx: &Ctx<'_>, id: AssetId) -> Option<Self> {
        let (asset, standing) = row(ctx, id)?;
        let read = Draft::read(ctx.book(), asset, standing);
        Some(Self::over(Some((asset.clone(), *standing)), read, 0))
    }

    /// The form of a new asset.
    pub fn new(ctx: &Ctx<'_>) -> Self {
        let asset = Asset::new(AssetId(0), "", ctx.now_at);
        let read = Draft::read(ctx.book(), &asset, &Standing::of_kind(AssetKind::Other));
        Self::over(None, read, ctx.tickets.take())
    }

    fn over(base: Option<(Asset, Standing)>, read: Draft, number: u64) -> Self {
        Self {
            draft: read.clone(),
            read,
            class_chosen: base.is_some(),
            base,
            issues: Vec::new(),
            failure: None,
            person: NewPerson::default(),
            sent: None,
            number,
        }
    }

    /// Which asset; `None` for a new one.
    pub fn asset(&self) -> Option<AssetId> {
        self.base.as_ref().map(|(asset, _)| asset.id)
    }

    /// The row as it was read.
    pub fn base(&self) -> Option<&Asset> {
        self.base.as_ref().map(|(asset, _)| asset)
    }

    /// The dated values as they were read.
    pub fn base_standing(&self) -> Option<Standing> {
        self.base.as_ref().map(|(_, standing)| *standing)
    }

    /// The identity of the record, for the ids of its fields.
    pub fn record(&self) -> (i64, u64) {
        (self.asset().unwrap_or_default().0, self.number)
    }

    /// Its name for people.
    pub fn title(&self) -> String {
        match &self.base {
            Some((asset, _)) => asset.name.clone(),
            None if self.draft[Part::Name].trim().is_empty() => "New asset".to_owned(),
            None => self.draft[Part::Name].trim().to_owned(),
        }
    }

    /// Whether anything would be lost by leaving.
    pub fn is_dirty(&self) -> bool {
        self.draft != self.read
    }

    /// Whether the answer to a save is awaited.
    pub fn is_saving(&self) -> bool {
        self.sent.is_some()
    }

    /// Whether what is chosen takes the asset out of the figures, so that a reason is asked for.
    pub fn leaves(&self) -> bool {
        let becomes = self.draft.standing();
        let was = self.base_standing();
        let leaves_scope = !becomes.scope && was.is_none_or(|was| was.scope);
        let out = matches!(
            becomes.status,
            crate::domain::asset::Status::Retired | crate::domain::asset::Status::Stored
        );
        leaves_scope || (out && was.is_some_and(|was| was.status != becomes.status))
    }

    /// What is wrong with a part.
    pub fn issue(&self, part: Part) -> Option<&str> {
        self.issues.iter().find(|issue| issue.field == part.word()).map(|issue| issue.text.as_str())
    }

    /// What is wrong with the whole, beside single fields.
    pub fn general_issue(&self) -> Option<&str> {
        let unplaced = |issue: &&Issue| Part::of_word(issue.field).is_none();
        let issue = self.issues.iter().find(unplaced).map(|issue| issue.text.as_str());
        issue.or(self.failure.as_ref().map(|error| error.summary.as_str()))
    }

    /// Back to what was read.
    pub fn revert(&mut self) {
        self.draft = self.read.clone();
        self.issues.clear();
        self.failure = None;
    }

    /// Follows the register: a form nobody typed into shows what is there now. Answers the parts that changed meanwhile
    /// where somebody typed.
    pub fn follow(&mut self, ctx: &Ctx<'_>) -> Vec<Part> {
        let Some((base, was)) = &self.base else { return Vec::new() };
        let Some((now, standing)) = row(ctx, base.id) else { return Vec::new() };
        if now == base && standing == was {
            return Vec::new();
        }
        let theirs = Draft::read(ctx.book(), now, standing);
        if !self.is_dirty() {
            *self = Self::over(Some((now.clone(), *standing)), theirs, self.number);
            return Vec::new();
        }
        let changed = theirs.differs(&self.read);
        if changed.is_empty() && self.sent.is_none() {
            // Only what a form does not show moved, such as a contact time: the draft is about the row of now.
            self.base = Some((now.clone(), *standing));
        }
        changed
    }

    /// What the register says of a part now.
    pub fn theirs(&self, ctx: &Ctx<'_>) -> Option<Draft> {
        let (now, standing) = row(ctx, self.asset()?)?;
        Some(Draft::read(ctx.book(), now, standing))
    }

    /// Keeps what was typed and takes over everything else that changed meanwhile; saving then works.
    pub fn rebase(&mut self, ctx: &Ctx<'_>) {
        let Some((now, standing)) = self.asset().and_then(|id| row(ctx, id)) else { return };
        let theirs = Draft::read(ctx.book(), now, standing);
        self.draft.merge(&self.read, &theirs);
        self.read = theirs;
        self.base = Some((now.clone(), *standing));
        self.issues.clear();
        self.failure = None;
    }

    /// Saves the draft, or says what is wrong with it.
    pub fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        self.failure = None;
        self.issues.clear();
        if self.sent.is_some() {
            return None;
        }
        match self.draft.command(ctx.book(), self.base(), ctx.today) {
            Ok(draft) => {
                let ticket = ctx.tickets.take();
                self.sent = Some((ticket, self.draft.clone()));
                Some(Action::Run { ticket, command: Box::new(Command::SaveAsset(Box::new(draft))) })
            }
            Err(issues) => {
                self.issues = issues;
                None
            }
        }
    }

    /// Adds the person whose name was typed.
    pub fn save_person(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        if self.person.name.trim().is_empty() {
            self.person.issue = Some("Give the person a name.".to_owned());
            return None;
        }
        let person = Person {
            id: PersonId(0),
            name: self.person.name.clone(),
            mail: String::new(),
            function: String::new(),
        };
        let ticket = ctx.tickets.take();
        self.person.waiting = Some(ticket);
        Some(Action::Run { ticket, command: Box::new(Command::SavePerson { base: None, person }) })
    }

    /// Takes an answer; `true` if it needs no other showing.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        match notice {
            Notice::Changed { ticket: Some(ticket), shown, .. } => {
                if self.is_person(*ticket) {
                    self.person_added(&shown.book);
                } else if self.is_mine(*ticket) {
                    self.saved(&shown.book, shown.as_of_at);
                }
                // The app says "Saved" and offers Undo.
                false
            }
            Notice::Unchanged { ticket: Some(ticket) } if self.is_mine(*ticket) => {
                self.sent = None;
                self.revert();
                true
            }
            Notice::Failed { error, ticket: Some(ticket) } if self.is_person(*ticket) => {
                self.person.waiting = None;
                self.person.issue = Some(error.summary.clone());
                true
            }
            Notice::Failed { error, ticket: Some(ticket) } if self.is_mine(*ticket) => {
                self.sent = None;
                self.issues.clone_from(&error.issues);
                self.failure = error.issues.is_empty().then(|| error.clone());
                true
            }
            _ => false,
        }
    }

    fn is_mine(&self, ticket: u64) -> bool {
        self.sent.as_ref().is_some_and(|(sent, _)| *sent == ticket)
    }

    fn is_person(&self, ticket: u64) -> bool {
        self.person.waiting == Some(ticket)
    }

    fn saved(&mut self, book: &Book, at: i64) {
        let Some((_, sent)) = self.sent.take() else { return };
        let asset = match &self.base {
            Some((base, _)) => book.assets.get(base.id.0),
            // The newest of that name: the row this form has just made.
            None => book.assets.rows().iter().rev().find(|a| fold(&a.name) == fold(&sent[Part::Name])),
        };
        let Some(asset) = asset else { return };
        let place = book.assets.place(asset.id.0).unwrap_or_default();
        let standing = FactsByAsset::new(book).standing(asset, place, at);
        let theirs = Draft::read(book, asset, &standing);
        let mut typed = self.draft.clone();
        // Reason and approver belong to the step that was saved, not to the asset.
        for part in [Part::Reason, Part::ApprovedBy] {
            typed[part].clear();
        }
        let mut since = sent;
        for part in [Part::Reason, Part::ApprovedBy] {
            since[part].clear();
        }
        typed.merge(&since, &theirs);
        *self = Self::over(Some((asset.clone(), standing)), theirs, self.number);
        self.draft = typed;
    }

    fn person_added(&mut self, book: &Book) {
        let name = fold(&self.person.name);
        if let (Some(part), Some(person)) =
            (self.person.part, book.people.rows().iter().find(|p| fold(&p.name) == name))
        {
            self.draft[part] = person.id.0.to_string();
        }
        self.person = NewPerson::default();
    }
}

/// An asset and how it stands now.
fn row<'a>(ctx: &Ctx<'a>, id: AssetId) -> Option<(&'a Asset, &'a Standing)> {
    let place = ctx.book().asset_place(id)? as usize;
    Some((ctx.book().assets.rows().get(place)?, ctx.standings.get(place)?))
}
