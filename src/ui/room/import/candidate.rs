//! Which asset of the register a computer is: chosen by a person where names do not tell.

use egui::{Label, Ui};

use super::State;
use crate::domain::asset::AssetId;
use crate::import::plan::{ComputerPlan, Verdict};
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, size};
use crate::ui::widget::{Button, SearchBox};
use crate::util::text::fold;

/// How many assets are offered.
const OFFERED: usize = 8;

/// Draws what can be chosen for a computer; `true` if something was.
pub fn choice_ui(state: &mut State, computer: &ComputerPlan, ctx: &Ctx<'_>, ui: &mut Ui) -> bool {
    let tokens = theme::tokens(ui);
    let key = computer.key.as_str();
    ui.add_space(size::GAP);
    if let Some(chosen) = state.choices.take_as.get(key) {
        let name = ctx.book().assets.get(chosen.0).map_or("", |asset| asset.name.as_str());
        ui.add(Label::new(Text::Body.rich(format!("You said it is {name}."))).wrap());
        if ui.add(Button::secondary("Take that back")).clicked() {
            state.choices.take_as.remove(key);
            return true;
        }
        return false;
    }
    let mut changed = false;
    if matches!(computer.verdict, Verdict::Ask(_))
        && ui.add(Button::secondary("Take it as a new asset").icon(icon::PLUS)).clicked()
    {
        state.choices.take.insert(key.to_owned());
        changed = true;
    }
    if matches!(computer.verdict, Verdict::Unchanged | Verdict::Change(_)) {
        return changed;
    }
    ui.label(Text::Medium.rich("Take as…"));
    let hint = "Search the register";
    let search = SearchBox::new("Search for the asset it is", hint, &mut state.view.wanted)
        .width(ui.available_width());
    if search.ui(ui).changed() || (state.view.wanted.is_empty() && state.view.found.is_empty()) {
        state.view.found = find(ctx, &state.view.wanted, &computer.name);
    }
    if state.view.found.is_empty() {
        ui.label(Text::Small.rich("No asset of this name").color(tokens.weak));
    }
    let found = state.view.found.clone();
    for (asset, name) in found {
        let button = format!("Take as {name}");
        if ui.add(Button::quiet(&button).icon(icon::LAPTOP)).clicked() {
            state.choices.take_as.insert(key.to_owned(), asset);
            state.choices.leave_out.remove(key);
            changed = true;
        }
    }
    changed
}

/// Assets whose name holds what is searched for, or the start of the computer's own name.
fn find(ctx: &Ctx<'_>, wanted: &str, name: &str) -> Vec<(AssetId, String)> {
    let short: String =
        name.split('.').next().unwrap_or_default().chars().take_while(|c| *c != '?').collect();
    let wanted = if wanted.trim().is_empty() { fold(&short) } else { fold(wanted) };
    if wanted.is_empty() {
        return Vec::new();
    }
    let fits = |asset: &&crate::domain::asset::Asset| {
        fold(&asset.name).contains(&wanted) || asset.aliases.iter().any(|alias| fold(alias).contains(&wanted))
    };
    ctx.book()
        .assets
        .rows()
        .iter()
        .filter(fits)
        .take(OFFERED)
        .map(|asset| (asset.id, asset.name.clone()))
        .collect()
}
