//! The list before a month is sealed: what the program found, by name, and the answers to what is an exception. Every named thing
//! is a door.

use std::collections::BTreeMap;

use egui::{Label, Ui};

use super::door::door;
use crate::app::session::Notice;
use crate::domain::command::{Command, MonthCommand};
use crate::domain::month::close::{Item, Point};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::room::form::{Answer, Form, heading_ui, weak_ui};
use crate::ui::theme::{Text, Tone, size};
use crate::ui::widget::{Button, Chip, Field, Link, card_ui};
use crate::util::text::counted;

/// So many findings are shown before somebody asks for the rest.
const SHOWN: usize = 6;

/// The answers being typed, and which lists are unfolded.
#[derive(Debug, Default)]
pub struct CloseList {
    answers: BTreeMap<&'static str, Form<String>>,
    unfolded: Vec<Item>,
}

impl CloseList {
    /// Whether an answer is typed and not saved.
    pub fn is_dirty(&self) -> bool {
        self.answers.values().any(Form::is_dirty)
    }

    /// Takes an answer to a save; `true` if it was for one of these forms.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let mut taken = false;
        for form in self.answers.values_mut() {
            taken |= form.notice(notice) != Answer::Foreign;
        }
        taken
    }

    /// Saves every answer that was typed.
    pub fn save(&mut self, month: &str, ctx: &Ctx<'_>) -> Vec<Action> {
        let dirty = self.answers.iter_mut().filter(|(_, form)| form.is_dirty() && !form.is_saving());
        dirty.map(|(item, form)| send(month, item, form, ctx)).collect()
    }

    /// Draws the list.
    pub fn ui(
        &mut self,
        month: &str,
        points: &[Point],
        ctx: &Ctx<'_>,
        ui: &mut Ui,
        actions: &mut Vec<Action>,
    ) {
        for point in points {
            card_ui(ui, None, |ui| {
                ui.spacing_mut().item_spacing.y = size::GAP;
                head_ui(point, ui);
                self.found_ui(month, point, ctx, ui, actions);
                if point.exception {
                    self.answer_ui(month, point, ctx, ui, actions);
                }
            });
            ui.add_space(size::GAP);
        }
    }

    fn found_ui(
        &mut self,
        month: &str,
        point: &Point,
        ctx: &Ctx<'_>,
        ui: &mut Ui,
        actions: &mut Vec<Action>,
    ) {
        // What is as the summary says needs no second line.
        if !point.exception || point.found.as_slice() == [point.summary.as_str()] {
            return;
        }
        let all = self.unfolded.contains(&point.item);
        let shown = if all { point.found.len() } else { SHOWN };
        ui.scope(|ui| {
            ui.spacing_mut().interact_size.y = 0.0;
            ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
            for line in point.found.iter().take(shown) {
                match door(ctx, month, point.item, line) {
                    Some(action) => {
                        if ui.add(Link::new(line)).clicked() {
                            actions.push(action);
                        }
                    }
                    None => {
                        ui.add(Label::new(Text::Body.rich(line)).wrap());
                    }
                }
            }
        });
        let rest = point.found.len().saturating_sub(SHOWN);
        if rest > 0 {
            let words = if all {
                format!("Show fewer of {}", point.item.text().to_lowercase())
            } else {
                format!(
                    "Show {} of {}",
                    counted(rest as u64, "more", "more"),
                    point.item.text().to_lowercase()
                )
            };
            if ui.add(Button::quiet(&words)).clicked() {
                self.unfolded.retain(|item| *item != point.item);
                if !all {
                    self.unfolded.push(point.item);
                }
            }
        }
    }

    fn answer_ui(
        &mut self,
        month: &str,
        point: &Point,
        ctx: &Ctx<'_>,
        ui: &mut Ui,
        actions: &mut Vec<Action>,
    ) {
        let given = point.answer.as_ref().map(|answer| answer.answer.clone()).unwrap_or_default();
        let form = self.answers.entry(point.item.word()).or_insert_with(|| Form::new(given.clone()));
        form.follow(given);
        if let Some(answer) = &point.answer {
            weak_ui(
                ui,
                &format!("Answered by {} on {}", answer.answered_by, ctx.time_text(answer.answered_at)),
            );
        } else if point.outdated {
            weak_ui(ui, "It was answered when something else was found. Answer it for what is found now.");
        }
        let label = format!("Answer to {}", point.item.text().to_lowercase());
        let issue = form.issue("answer");
        Field::new(("close", month, point.item.word()), &label, &mut form.draft)
            .lines(2)
            .hint("What is known about it, and what is done")
            .read_only(!ctx.can_write())
            .issue(issue.as_deref())
            .ui(ui);
        let save = format!("Save the answer to {}", point.item.text().to_lowercase());
        if ctx.can_write() && form.foot_ui(ui, ctx, &["answer"], &save) {
            actions.push(send(month, point.item.word(), form, ctx));
        }
    }
}

fn send(month: &str, item: &str, form: &mut Form<String>, ctx: &Ctx<'_>) -> Action {
    let answer = form.draft.clone();
    let command = MonthCommand::Answer { month: month.to_owned(), item: item.to_owned(), answer };
    form.send(ctx, Command::Month(command))
}

fn head_ui(point: &Point, ui: &mut Ui) {
    let (tone, word) = match (point.exception, &point.answer) {
        (false, _) => (Tone::Good, "In order"),
        (true, Some(_)) => (Tone::Info, "Answered"),
        (true, None) => (Tone::Warn, "Answer it"),
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = size::CHIP;
        heading_ui(ui, point.item.text());
        ui.add(Chip::new(tone, word));
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        ui.label(Text::Body.rich(&point.summary));
    });
}

/// The list as it was answered when the month was sealed.
pub fn answered_ui(answered: &[(String, String)], ui: &mut Ui) {
    for (item, words) in answered {
        card_ui(ui, None, |ui| {
            heading_ui(ui, item);
            ui.add(Label::new(Text::Body.rich(words)).wrap().selectable(true));
        });
        ui.add_space(size::GAP);
    }
    if answered.is_empty() {
        card_ui(ui, None, |ui| weak_ui(ui, "The list was empty."));
    }
}
