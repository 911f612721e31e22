//! The view of business cases: what the promise costs and saves, whether the one who pays holds it for reasonable, and what a month
//! really took. Negative results stand as they are.

use egui::Ui;

use super::estimate::{Estimate, sums_ui};
use super::judging::Judging;
use super::sheet::Sheet;
use crate::domain::case::actual::{actual, beside, gaps, months};
use crate::domain::case::sum::{cost, gain};
use crate::domain::case::{BusinessCase, BusinessCaseId, Judgement, live};
use crate::domain::command::{CaseCommand, Command};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::{cell_text, row_ui, section_ui, weak_ui};
use crate::ui::theme::{Text, Tone, size};
use crate::ui::widget::modal::{Answer, Question, question_ui};
use crate::ui::widget::{Button, Chip, Dropdown, card_ui, empty_state_ui};

const SHARES: [f32; 4] = [20.0, 14.0, 14.0, 14.0];

/// What the view remembers.
#[derive(Debug, Default)]
pub struct View {
    /// The month that estimates are compared with.
    month: Option<usize>,
    ending: Option<BusinessCaseId>,
}

impl View {
    /// Draws the view; the panel that was asked for.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let book = ctx.book();
        let mut cases = live(book);
        cases.reverse();
        let mut opened: Option<Box<dyn Sheet>> = None;
        if cases.is_empty() {
            let words = "What patching costs in hours, outage and money, what it saves, and from which loss it pays for itself. The one \
                         who pays says whether that is reasonable.";
            let offers: &[&str] = if ctx.can_write() { &["Write an estimate"] } else { &[] };
            let chosen = card_ui(ui, None, |ui| {
                empty_state_ui(ui, icon::LIST_CHECKS, "No estimate yet", words, offers)
            });
            return chosen.inner.map(|_| -> Box<dyn Sheet> { Box::new(Estimate::new(ctx)) });
        }
        ui.spacing_mut().item_spacing.y = size::GAP_LARGE;
        let months = months(book);
        if !months.is_empty() {
            ui.set_max_width(ui.available_width());
            self.month = self.month.or(Some(0));
            Dropdown::filter("Compare with the month", &months, &mut self.month)
                .width(size::COLUMN_TEXT)
                .ui(ui);
        }
        let month = self.month.and_then(|at| months.get(at)).copied();
        for case in cases {
            opened = opened.take().or(self.case_ui(case, month, ctx, ui));
        }
        actions.extend(self.ending_ui(ctx, ui));
        opened
    }

    fn case_ui(
        &mut self,
        case: &BusinessCase,
        month: Option<&str>,
        ctx: &Ctx<'_>,
        ui: &mut Ui,
    ) -> Option<Box<dyn Sheet>> {
        let mut opened: Option<Box<dyn Sheet>> = None;
        let sums = cost(&case.cost);
        section_ui(ui, &case.name, &case.ask, false, |ui| {
            ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
            judged_ui(case, ctx, ui);
            sums_ui(ui, &case.cost, case.loss.as_ref(), &case.currency);
            if let Some(loss) = &case.loss {
                weak_ui(ui, &format!("Guesses: {}", loss.grounds));
                let negative = gain(loss, sums.year_cents).net_cents.likely < 0;
                if negative && case.other_side.is_empty() {
                    weak_ui(
                        ui,
                        "It costs more than it saves by these guesses. Write down what they leave out: contracts, certification, orders, insurance, or the saving from automation.",
                    );
                }
            }
            if !case.other_side.is_empty() {
                weak_ui(ui, &format!("What the sums leave out: {}", case.other_side));
            }
            if let Some(month) = month {
                compared_ui(case, month, ctx, ui);
            }
            ui.add_space(size::GAP);
            ui.horizontal(|ui| {
                let open = case.judged == Judgement::Open && ctx.can_write();
                let change = format!("Change {}", case.name);
                if ui
                    .add(Button::secondary("Change…").icon(icon::PENCIL).tooltip(&change).enabled(open))
                    .clicked()
                {
                    opened = Some(Box::new(Estimate::change(case)));
                }
                let judge = format!("Record what was made of {}", case.name);
                if ui.add(Button::secondary("Record judgement…").tooltip(&judge).enabled(open)).clicked() {
                    opened = Some(Box::new(Judging::new(ctx, case)));
                }
                let end = format!("Give up {}", case.name);
                if ui.add(Button::quiet_danger("Give up…").tooltip(&end).enabled(ctx.can_write())).clicked()
                {
                    self.ending = Some(case.id);
                }
            });
        });
        opened
    }

    fn ending_ui(&mut self, ctx: &Ctx<'_>, ui: &Ui) -> Option<Action> {
        let id = self.ending?;
        let case = ctx.book().cases.get(id.0)?;
        let title = format!("Give up the estimate {}?", case.name);
        let question = Question {
            title: &title,
            body: "It stays in the history; nothing shows it any more.",
            yes: "Give up",
            other: None,
            danger: true,
        };
        let answer = question_ui(ui.ctx(), &question)?;
        self.ending = None;
        // Ticket 0 is nobody's: a failure is told by the window.
        let command = Command::Case(CaseCommand::End(id));
        (answer == Answer::Yes).then(|| Action::Run { ticket: 0, command: Box::new(command) })
    }
}

fn judged_ui(case: &BusinessCase, ctx: &Ctx<'_>, ui: &mut Ui) {
    let tone = match case.judged {
        Judgement::Open => Tone::Neutral,
        Judgement::Reasonable => Tone::Good,
        Judgement::WithChanges => Tone::Warn,
        Judgement::Unreasonable => Tone::Bad,
    };
    ui.horizontal_wrapped(|ui| {
        ui.add(Chip::new(tone, case.judged.text()));
        if let Some(at) = case.judged_at {
            let (by, function) = (&case.judged_by, &case.judged_function);
            weak_ui(ui, &format!("{by}, {function}, {} {}", ctx.time_text(at), case.told_text()));
        }
    });
    if !case.comment.is_empty() {
        weak_ui(ui, &format!("\"{}\"", case.comment));
    }
}

fn compared_ui(case: &BusinessCase, month: &str, ctx: &Ctx<'_>, ui: &mut Ui) {
    let took = actual(ctx.book(), case, month);
    ui.add_space(size::GAP);
    let titles = [month, "Estimate", "Recorded", ""];
    row_ui(ui, &SHARES, |ui, at| cell_text(ui, Text::SmallMedium, titles[at], true));
    for row in beside(case, &took) {
        row_ui(ui, &SHARES, |ui, at| match at {
            0 => cell_text(ui, Text::Body, &row[0], false),
            1 | 2 => cell_text(ui, Text::Number, &row[at], false),
            _ => {}
        });
    }
    weak_ui(ui, &gaps(&took));
}
