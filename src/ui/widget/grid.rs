//! A short table with widgets in its cells: mapping columns to fields, editing deadlines. For registers there is
//! [`super::table`], which paints instead of laying out and never ends.

use egui::accesskit::Role;
use egui::{Align, Layout, Ui};
use egui_extras::{Column, TableBuilder};

use crate::ui::theme::{self, Text, size};

/// One column of a grid.
#[derive(Clone, Copy, Debug)]
pub struct GridColumn<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its width in points; none for an equal share of what is left over.
    pub width: Option<f32>,
}

/// Draws `rows` rows as high as a control; `cell` draws one, given its row and column. It grows with its rows up to
/// `most` points and scrolls then.
pub fn grid_ui(
    ui: &mut Ui,
    name: &str,
    columns: &[GridColumn<'_>],
    rows: usize,
    most: f32,
    mut cell: impl FnMut(&mut Ui, usize, usize),
) {
    let tokens = theme::tokens(ui);
    ui.push_id(("grid", name), |ui| {
        ui.spacing_mut().item_spacing.x = size::GAP;
        let mut table = TableBuilder::new(ui)
            .id_salt(name)
            .vscroll(true)
            .min_scrolled_height(0.0)
            .max_scroll_height(most)
            .auto_shrink([false, true])
            .cell_layout(Layout::left_to_right(Align::Center));
        for column in columns {
            table = table.column(match column.width {
                Some(width) => Column::exact(width).clip(true),
                None => Column::remainder().at_least(size::COLUMN_MIN).clip(true),
            });
        }
        table
            .header(size::STEP, |mut header| {
                for column in columns {
                    header.col(|ui| {
                        let title = ui.label(Text::SmallMedium.rich(column.title).color(tokens.weak));
                        let role = |node: &mut egui::accesskit::Node| node.set_role(Role::ColumnHeader);
                        ui.ctx().accesskit_node_builder(title.id, role);
                    });
                }
            })
            .body(|body| {
                // Room for a focus ring above and below what stands in a row.
                body.rows(size::CONTROL + size::GAP_SMALL, rows, |mut row| {
                    let at = row.index();
                    for column in 0..columns.len() {
                        row.col(|ui| cell(ui, at, column));
                    }
                });
            });
    });
}
