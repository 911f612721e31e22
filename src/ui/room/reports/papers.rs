//! Papers: every sort of paper with what it can be about, and the way to print it.

use egui::{ScrollArea, Ui};

use crate::app::paper::PaperKind;
use crate::app::paper::choice::{Subject, subjects};
use crate::domain::document::shipped;
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::{cell_text, row_ui};
use crate::ui::theme::{Text, size};
use crate::ui::widget::{Button, Dropdown, card_ui};

/// Name, what it is about, print.
const SHARES: [f32; 3] = [14.0, 18.0, 7.0];

/// What can be printed, worked out once for each state of the register, and what was chosen.
#[derive(Debug, Default)]
pub struct View {
    seen: Option<(i64, chrono::NaiveDate)>,
    subjects: Vec<Vec<Subject>>,
    chosen: Vec<Option<usize>>,
}

impl View {
    fn refresh(&mut self, ctx: &Ctx<'_>) {
        let now = (ctx.book().head.seq, ctx.today);
        if self.seen != Some(now) {
            let all = PaperKind::ALL.iter();
            self.subjects = all.map(|kind| subjects(ctx.book(), *kind, ctx.now_at)).collect();
            self.chosen = vec![Some(0); self.subjects.len()];
            self.seen = Some(now);
        }
    }

    /// Draws the papers.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
        self.refresh(ctx);
        ScrollArea::vertical().id_salt("papers").auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(size::RULE_COLUMN.min(ui.available_width()));
            card_ui(ui, None, |ui| {
                ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
                for (at, kind) in PaperKind::ALL.iter().enumerate() {
                    let (Some(subjects), Some(chosen)) = (self.subjects.get(at), self.chosen.get_mut(at))
                    else {
                        continue;
                    };
                    actions.extend(paper_ui(*kind, subjects, chosen, ui));
                }
            });
        });
    }
}

/// What a subject is called here: a document by its title where the console takes its key, `policy` or `policy/2`.
fn called(kind: PaperKind, name: &str) -> String {
    let (key, version) = name.split_once('/').map_or((name, None), |(key, version)| (key, Some(version)));
    match (shipped::template(key), version) {
        (Some(template), None) if kind == PaperKind::Document => template.title.clone(),
        (Some(template), Some(version)) if kind == PaperKind::Document => {
            format!("{}, version {version}", template.title)
        }
        _ => name.to_owned(),
    }
}

fn paper_ui(
    kind: PaperKind,
    subjects: &[Subject],
    chosen: &mut Option<usize>,
    ui: &mut Ui,
) -> Option<Action> {
    let mut wanted = None;
    row_ui(ui, &SHARES, |ui, column| match column {
        0 => cell_text(ui, Text::Medium, kind.text(), subjects.is_empty()),
        1 if subjects.is_empty() => cell_text(ui, Text::Body, "Nothing to print yet", true),
        1 if subjects.len() == 1 && subjects[0].name.is_empty() => {
            cell_text(ui, Text::Body, "The whole register", true);
        }
        1 => {
            let words: Vec<String> = subjects.iter().map(|subject| called(kind, &subject.name)).collect();
            let names: Vec<&str> = words.iter().map(String::as_str).collect();
            let label = format!("{} of", kind.text());
            let width = ui.available_width();
            Dropdown::bare(("paper", kind.word()), &label, &names, chosen).width(width).ui(ui);
        }
        _ => {
            let subject = chosen.and_then(|at| subjects.get(at));
            let name = format!("Print {}", kind.text().to_lowercase());
            let button = Button::secondary("Print…").icon(icon::PRINTER).enabled(subject.is_some());
            let response = ui.add(button).on_hover_text(&name);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, &name));
            if response.clicked() {
                wanted = subject.map(|subject| Action::PrintPaper(subject.paper));
            }
        }
    });
    wanted
}
