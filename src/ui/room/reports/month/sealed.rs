//! The tables of a sealed month: its figures with their parts, and its machines as they stood. Both are read off the seal.

use egui::Ui;

use crate::domain::compliance::cut::Cut;
use crate::domain::compliance::machine::Segment;
use crate::domain::month::compare::segment_text;
use crate::domain::month::{Seal, SealId};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::room::listing::{Line, Listing, Look, Value};
use crate::ui::theme::{Tone, size};
use crate::ui::widget::number;
use crate::ui::widget::table::Column;
use crate::util::text::counted;

/// The tables.
#[derive(Debug)]
pub struct Tables {
    figures: Listing,
    machines: Listing,
    /// Of which seal the rows are.
    of: Option<SealId>,
}

impl Default for Tables {
    fn default() -> Self {
        let column = |key, title, width| (key, Column::new(key, title, width));
        let count = |key, title| (key, Column::new(key, title, size::COLUMN_COUNT).right());
        let figures = vec![
            ("name", Column::new("name", "Figure", size::COLUMN_WIDE + size::COLUMN_COUNT).pinned()),
            column("text", "As printed", size::COLUMN_TEXT),
            column("of", "Counted over", size::COLUMN_WIDE),
            count("part", "Part"),
            count("whole", "Of"),
            column("id", "Key in the seal", size::COLUMN_TEXT),
        ];
        let machines = vec![
            ("machine", Column::new("machine", "Machine", size::COLUMN_WIDE).pinned()),
            column("segment", "Stood", size::COLUMN_STATE),
            count("overdue", "Overdue"),
            count("open", "Open"),
            count("waived", "Waived"),
            column("group", "Patch group", size::COLUMN_WIDE),
            column("owner", "Owner", size::COLUMN_WIDE),
            column("report", "Last report", size::NUMBER_FIELD),
            column("why", "Why unknown or out", size::COLUMN_TEXT),
        ];
        Self {
            figures: Listing::new("Sealed figures", figures),
            machines: Listing::new("Sealed machines", machines),
            of: None,
        }
    }
}

impl Tables {
    fn follow(&mut self, seal: &Seal) {
        if self.of != Some(seal.id) {
            self.figures.forget();
            self.machines.forget();
            self.of = Some(seal.id);
        }
    }

    /// Draws the figures.
    pub fn figures_ui(&mut self, seal: &Seal, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
        self.follow(seal);
        self.figures.refresh(ctx, || {
            let rows = seal.outputs.figures.iter().enumerate();
            rows.map(|(at, figure)| {
                let count = |n: Option<i64>| {
                    let words = n.map(|n| number(usize::try_from(n).unwrap_or_default())).unwrap_or_default();
                    Value::by(Look::Number, words, n)
                };
                let values = vec![
                    Value::by(Look::Strong, &figure.name, Some(at as i64)),
                    Value::new(Look::Number, &figure.text),
                    Value::new(Look::Text, counted_over(&figure.id)),
                    count(figure.part),
                    count(figure.whole),
                    Value::new(Look::Weak, &figure.id),
                ];
                Line::new(at as i64 + 1, values)
            })
            .collect()
        });
        self.figures.arrange(ctx, &|_| true);
        let summary = counted(seal.outputs.figures.len() as u64, "sealed figure", "sealed figures");
        actions.extend(self.figures.rows_ui(ui, &summary, None).actions);
    }

    /// Draws the machines; each opens the asset.
    pub fn machines_ui(&mut self, seal: &Seal, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
        self.follow(seal);
        self.machines.refresh(ctx, || {
            seal.outputs
                .machines
                .iter()
                .map(|machine| {
                    let segment = Segment::of_word(&machine.segment);
                    let count = |n: i64| {
                        let look = if n == 0 { Look::Weak } else { Look::Number };
                        Value::by(look, number(usize::try_from(n).unwrap_or_default()), Some(n))
                    };
                    let why = if machine.outside.is_empty() {
                        machine.silent.join(", ")
                    } else {
                        machine.outside.clone()
                    };
                    let values = vec![
                        Value::new(Look::Strong, &machine.name),
                        Value::by(
                            Look::Chip(segment.map_or(Tone::Neutral, super::super::segment_tone)),
                            segment_text(&machine.segment),
                            segment.map(|segment| segment as i64),
                        ),
                        count(machine.overdue),
                        count(machine.open),
                        count(machine.waived),
                        Value::new(Look::Text, &machine.group),
                        Value::new(Look::Text, &machine.owner),
                        Value::by(
                            Look::Number,
                            machine.report_at.map(|at| ctx.day_text(at)).unwrap_or_default(),
                            machine.report_at,
                        ),
                        Value::new(Look::Text, why),
                    ];
                    Line::new(machine.asset.0, values)
                })
                .collect()
        });
        self.machines.arrange(ctx, &|_| true);
        let summary = format!(
            "{} as they stood on {}",
            counted(seal.outputs.machines.len() as u64, "machine", "machines"),
            ctx.day_text(seal.as_of_at)
        );
        let asked = self.machines.rows_ui(ui, &summary, None);
        actions.extend(asked.actions);
        let known = asked.opened.filter(|id| ctx.book().assets.get(*id).is_some());
        actions.extend(known.map(|id| Action::OpenAsset(crate::domain::asset::AssetId(id))));
    }
}

/// What a figure of a seal is counted over, in words: `Group: Servers`, `2026-11`, `within 90 days`; empty for all of it.
fn counted_over(id: &str) -> String {
    let Some((figure, rest)) = id.split_once('/') else { return String::new() };
    let cut = rest.split_once('/').and_then(|(word, name)| Some((Cut::of_word(word)?, name)));
    match cut {
        Some((cut, name)) => format!("{}: {name}", cut.text()),
        None if figure == "segment" => String::new(),
        None if figure == "M16" => format!("within {rest} days"),
        None => rest.replace('/', ", "),
    }
}
