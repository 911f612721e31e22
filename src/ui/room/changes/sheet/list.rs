//! A list of assets or updates, named one by one: what is on it, and a search that adds to it.

use egui::{Key, Ui, vec2};

use super::Kind;
use crate::domain::book::Book;
use crate::domain::update::Update;
use crate::ui::room::Ctx;
use crate::ui::theme::size;
use crate::ui::widget::{Button, Field, FilterChip, form, number};
use crate::util::text::fold;

/// How many are offered at once.
const OFFERED: usize = 6;
/// How many of the list are named before the rest is counted.
const NAMED: usize = 40;

/// What the list is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Assets.
    Assets,
    /// Updates.
    Updates,
}

impl Wanted {
    /// What a field of a kind lists.
    pub fn of(kind: Kind) -> Self {
        if matches!(kind, Kind::Assets) { Self::Assets } else { Self::Updates }
    }

    /// The name of one.
    pub fn name(self, book: &Book, id: i64) -> String {
        match self {
            Self::Assets => book.assets.get(id).map(|asset| asset.name.clone()),
            Self::Updates => book.updates.get(id).map(Update::short_name),
        }
        .unwrap_or_else(|| "no longer in the register".to_owned())
    }

    fn found(self, book: &Book, words: &str, without: &[i64]) -> Vec<(i64, String)> {
        let words: Vec<String> = words.split_whitespace().map(fold).collect();
        let fits = |text: &str| {
            let text = fold(text);
            words.iter().all(|word| text.contains(word.as_str()))
        };
        match self {
            Self::Assets => book
                .assets
                .iter()
                .filter(|asset| !without.contains(&asset.id.0) && fits(&asset.name))
                .take(OFFERED)
                .map(|asset| (asset.id.0, asset.name.clone()))
                .collect(),
            Self::Updates => {
                let mut found: Vec<&Update> = book
                    .updates
                    .iter()
                    .filter(|update| !without.contains(&update.id.0))
                    .filter(|update| fits(&format!("{} {}", update.short_name(), update.title)))
                    .collect();
                found.sort_by_key(|update| std::cmp::Reverse(update.released_at));
                let words = |update: &Update| format!("{}: {}", update.short_name(), update.title);
                found.into_iter().take(OFFERED).map(|update| (update.id.0, words(update))).collect()
            }
        }
    }

    fn add_words(self) -> (&'static str, &'static str) {
        match self {
            Self::Assets => ("Add an asset", "Type a part of its name"),
            Self::Updates => ("Add an update", "Type a part of its number or title"),
        }
    }
}

/// Draws the list; answers whether it was changed.
#[expect(clippy::too_many_arguments, reason = "a field and the list it edits")]
pub fn ids_ui(
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    record: &(impl std::hash::Hash + std::fmt::Debug),
    label: &str,
    wanted: Wanted,
    ids: &mut Vec<i64>,
    required: bool,
    issue: Option<&str>,
) -> bool {
    let book = ctx.book();
    let before = ids.len();
    ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
    form::label_ui(ui, &format!("{label} ({})", number(ids.len())), required);
    let mut gone = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(size::GAP_SMALL, size::GAP_SMALL);
        for (at, id) in ids.iter().take(NAMED).enumerate() {
            let name = wanted.name(book, *id);
            if ui.add(FilterChip::new(&name, true).removable()).clicked() {
                gone = Some(at);
            }
        }
        if ids.len() > NAMED {
            ui.label(crate::ui::theme::Text::Small.rich(format!("and {} more", number(ids.len() - NAMED))));
        }
    });
    if let Some(at) = gone {
        ids.remove(at);
    }
    let place = egui::Id::unique(("search of a list", record));
    let mut search: String = ui.data(|data| data.get_temp(place)).unwrap_or_default();
    let (name, hint) = wanted.add_words();
    let response = Field::new((record, "search"), name, &mut search).hint(hint).issue(issue).ui(ui);
    if !search.trim().is_empty() {
        let found = wanted.found(book, &search, ids);
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let mut added = entered.then(|| found.first().map(|(id, _)| *id)).flatten();
        for (id, name) in &found {
            if ui.add(Button::quiet(name)).clicked() {
                added = Some(*id);
            }
        }
        if found.is_empty() {
            form::note_ui(ui, None, Some("Nothing of that name is in the register"));
        }
        if let Some(id) = added {
            ids.push(id);
            search.clear();
            response.request_focus();
        }
    }
    ui.data_mut(|data| data.insert_temp(place, search));
    ids.len() != before || gone.is_some()
}
