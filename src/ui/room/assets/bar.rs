//! The row of filters above the table, and the views they can be kept as.

use egui::{Ui, vec2};

use super::filter::{Filter, ScopeChoice, View};
use super::index::Index;
use crate::domain::asset::AssetKind;
use crate::domain::compliance::machine::Segment;
use crate::domain::group::GroupId;
use crate::domain::person::PersonId;
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{Text, paint, size};
use crate::ui::widget::{Button, Dropdown, FilterChip, SearchBox, number};

/// The name of the search box, by which it is given the keyboard.
pub const SEARCH: &str = "Search assets";

/// Under which name views are kept among the preferences.
pub const VIEWS: &str = "assets.views";

/// A view being named.
#[derive(Clone, Debug, Default)]
pub struct Naming {
    name: Option<String>,
    /// Set when the field has just been opened and wants the keyboard.
    fresh: bool,
}

/// The views kept among the preferences.
pub fn views(ctx: &Ctx<'_>) -> Vec<View> {
    let kept = ctx.preferences.tables.get(VIEWS).and_then(|value| value.as_str());
    kept.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

fn keep(views: &[View]) -> Option<Action> {
    // As one text: TOML has no word for what is absent.
    let text = serde_json::to_string(views).ok()?;
    Some(Action::Keep { name: VIEWS, value: serde_json::Value::String(text) })
}

/// Draws the filters; answers what is to be kept, and whether the rows want the keyboard.
pub fn bar_ui(
    filter: &mut Filter,
    naming: &mut Naming,
    index: &Index,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
) -> (Vec<Action>, bool) {
    let mut to_rows = false;
    let mut actions = Vec::new();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(size::GAP, size::GAP);
        let search = SearchBox::new(SEARCH, "Search name, owner, site…", &mut filter.text)
            .width(size::SEARCH_SHORT)
            .ui(ui);
        let down = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
        to_rows = (search.has_focus() && down(egui::Key::ArrowDown))
            || (search.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)));
        any_of(ui, "Compliance", Segment::ALL, Segment::text, &mut filter.segment);
        any_of(ui, "Kind", AssetKind::ALL, AssetKind::text, &mut filter.kind);
        group_ui(filter, ctx, ui);
        owner_ui(filter, ctx, ui);
        any_of(ui, "Scope", ScopeChoice::ALL, ScopeChoice::text, &mut filter.scope);
        actions.extend(chips_ui(filter, naming, index, ctx, ui));
    });
    (actions, to_rows)
}

/// A dropdown whose first option takes the filter away.
fn any_of<V: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    all: &[V],
    text: impl Fn(V) -> &'static str,
    value: &mut Option<V>,
) {
    let mut options = vec!["any"];
    options.extend(all.iter().map(|v| text(*v)));
    let mut chosen =
        Some(value.and_then(|v| all.iter().position(|known| *known == v)).map_or(0, |at| at + 1));
    if Dropdown::filter(name, &options, &mut chosen).width(width_of(ui, name)).ui(ui).changed() {
        *value = chosen.and_then(|at| at.checked_sub(1)).map(|at| all[at]);
    }
}

/// Wide enough for the filter's name and "any", and not much more: five of them share a row.
fn width_of(ui: &Ui, name: &str) -> f32 {
    let words = format!("{name}: any");
    let galley = paint::line(ui.painter(), &words, Text::Body, egui::Color32::PLACEHOLDER, size::DIALOG);
    galley.size().x + 2.0 * size::FIELD_PAD_X + size::ICON + size::GAP
}

/// The same over rows of the register; `none` names the row of id 0.
fn any_row(ui: &mut Ui, name: &str, none: &str, rows: &[(i64, &str)], value: &mut Option<i64>) {
    let mut options = vec!["any"];
    options.extend(rows.iter().map(|(_, text)| *text));
    options.push(none);
    let ids: Vec<i64> = rows.iter().map(|(id, _)| *id).chain([0]).collect();
    let mut chosen = Some(value.and_then(|v| ids.iter().position(|id| *id == v)).map_or(0, |at| at + 1));
    if Dropdown::filter(name, &options, &mut chosen).width(width_of(ui, name)).ui(ui).changed() {
        *value = chosen.and_then(|at| at.checked_sub(1)).map(|at| ids[at]);
    }
}

fn group_ui(filter: &mut Filter, ctx: &Ctx<'_>, ui: &mut Ui) {
    let groups = ctx.book().groups_in_order();
    let rows: Vec<(i64, &str)> = groups.iter().map(|g| (g.id.0, g.name.as_str())).collect();
    let mut value = filter.group.map(|id| id.0);
    any_row(ui, "Group", "No group", &rows, &mut value);
    filter.group = value.map(GroupId);
}

fn owner_ui(filter: &mut Filter, ctx: &Ctx<'_>, ui: &mut Ui) {
    let mut rows: Vec<(i64, &str)> =
        ctx.book().people.rows().iter().map(|p| (p.id.0, p.name.as_str())).collect();
    rows.sort_by_key(|(_, name)| name.to_lowercase());
    let mut value = filter.owner.map(|id| id.0);
    any_row(ui, "Owner", "Nobody", &rows, &mut value);
    filter.owner = value.map(PersonId);
}

fn chips_ui(
    filter: &mut Filter,
    naming: &mut Naming,
    index: &Index,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
) -> Vec<Action> {
    let mut actions = Vec::new();
    if let Some(only) = filter.only.clone() {
        let words = format!("{} ({})", only.title, number(only.assets.len()));
        if ui.add(FilterChip::new(&words, true).removable()).clicked() {
            filter.only = None;
        }
    }
    let away = number(index.away());
    if ui.add(FilterChip::new("Away", filter.away).count(away)).clicked() {
        filter.away = !filter.away;
    }
    let unknown = number(index.exposure_unknown());
    if ui.add(FilterChip::new("Exposure unknown", filter.exposure_unknown).count(unknown)).clicked() {
        filter.exposure_unknown = !filter.exposure_unknown;
    }
    let mut views = views(ctx);
    let mut taken = None;
    for (at, view) in views.iter().enumerate() {
        let on = *filter == view.filter;
        if ui.add(FilterChip::new(&view.name, on)).on_hover_text(view.filter.words(ctx.book())).clicked() {
            *filter = if on { Filter::default() } else { view.filter.clone() };
        }
        if on && ui.add(Button::icon_only(icon::TRASH_2, "Delete this view")).clicked() {
            taken = Some(at);
        }
    }
    if let Some(at) = taken {
        views.remove(at);
        actions.extend(keep(&views));
    }
    naming_ui(filter, naming, &mut views, ui, &mut actions);
    if !filter.is_empty() && ui.add(Button::quiet("Clear filters")).clicked() {
        *filter = Filter::default();
    }
    actions
}

fn naming_ui(
    filter: &Filter,
    naming: &mut Naming,
    views: &mut Vec<View>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) {
    let known = views.iter().any(|view| view.filter == *filter);
    let Some(name) = &mut naming.name else {
        let worth = !filter.is_empty() && filter.only.is_none() && !known;
        if worth && ui.add(Button::quiet("Save as view…").icon(icon::STAR)).clicked() {
            *naming = Naming { name: Some(String::new()), fresh: true };
        }
        return;
    };
    ui.label(Text::Body.rich("Name of the view"));
    let id = egui::Id::unique("name of a view");
    let input = crate::ui::widget::form::Input {
        hint: Some("Overdue servers"),
        ..crate::ui::widget::form::Input::line(id, size::FILTER)
    };
    let response = input.ui(ui, name).accessible_name("Name of the view");
    if std::mem::take(&mut naming.fresh) {
        response.request_focus();
    }
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    let save = ui.add(Button::secondary("Save view")).clicked() || entered;
    let leave = ui.add(Button::quiet("Cancel")).clicked();
    if save && !name.trim().is_empty() {
        views.retain(|view| view.name != name.trim());
        views.push(View { name: name.trim().to_owned(), filter: Filter { only: None, ..filter.clone() } });
        actions.extend(keep(views));
    }
    if leave || (save && !name.trim().is_empty()) {
        *naming = Naming::default();
    }
}
