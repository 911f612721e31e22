//! The columns of a table nobody knows: each with its first values and what it means.

use egui::{Label, Ui, vec2};

use crate::import::{Profile, Role};
use crate::ui::theme::{self, Text, size};
use crate::ui::widget::Dropdown;

/// How many values of a column are shown.
const SAMPLES: usize = 3;

/// Draws one row per column.
pub fn mapping_ui(
    profile: &mut Profile,
    fingerprint: &str,
    header: &[String],
    samples: &[Vec<String>],
    ui: &mut Ui,
) {
    let tokens = theme::tokens(ui);
    let words = "Say which column names the computer, which the update, and which its state. Columns you do not need stay unused.";
    ui.add(Label::new(Text::Body.rich(words).color(tokens.weak)).wrap());
    let roles: Vec<Role> = Role::all().collect();
    let names: Vec<String> =
        std::iter::once("Not used".to_owned()).chain(roles.iter().map(|r| role_text(*r))).collect();
    let options: Vec<&str> = names.iter().map(String::as_str).collect();
    let mapping = profile.mapping.get_or_insert_default();
    for (at, column) in header.iter().enumerate() {
        ui.horizontal(|ui| {
            let row = vec2(size::COLUMN_WIDE, size::CONTROL);
            let left = egui::Layout::left_to_right(egui::Align::Center);
            ui.allocate_ui_with_layout(row, left, |ui| {
                ui.set_min_width(row.x);
                ui.add(Label::new(Text::Medium.rich(column)).truncate());
            });
            let mut chosen = Some(
                mapping
                    .role_of(column)
                    .and_then(|role| roles.iter().position(|r| *r == role))
                    .map_or(0, |at| at + 1),
            );
            let name = format!("Meaning of {column}");
            let mut dropdown = Dropdown::bare((fingerprint, at), &name, &options, &mut chosen);
            dropdown = dropdown.width(size::COLUMN_WIDE + size::GAP_SECTION);
            if dropdown.ui(ui).changed() {
                match chosen.and_then(|at| at.checked_sub(1)) {
                    Some(at) => mapping.set(roles[at], column),
                    None => mapping.columns.retain(|_, name| name != column),
                }
            }
            let values: Vec<&str> = samples
                .iter()
                .filter_map(|row| row.get(at))
                .map(String::as_str)
                .filter(|v| !v.is_empty())
                .take(SAMPLES)
                .collect();
            ui.add(Label::new(Text::Body.rich(values.join("   ")).color(tokens.weak)).truncate());
        });
    }
    if !(mapping.names_computer() || mapping.names_update()) {
        let words = "No column names a computer or an update yet.";
        ui.add(Label::new(Text::Body.rich(words).color(tokens.warn)).wrap());
    }
}

/// What people read of a meaning.
fn role_text(role: Role) -> String {
    let said = match role {
        Role::ComputerId => "Computer, by its identifier",
        Role::Host => "Computer, by its name",
        Role::Fqdn => "Computer, full name",
        Role::Ip => "Address",
        Role::Os => "Operating system",
        Role::OsVersion => "Operating system version",
        Role::Kb => "Update, by its KB number",
        Role::UpdateId => "Update, by its identifier",
        Role::Title => "Update, by its title",
        Role::State => "State of the update",
        Role::InstalledAt => "Installed on",
        Role::LastStatus => "Last status report",
        Role::LastSync => "Last contact",
        other => {
            return super::choice::sentence(&other.word().replace('-', " "));
        }
    };
    said.to_owned()
}
