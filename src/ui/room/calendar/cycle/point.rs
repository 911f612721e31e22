//! The point person of every group for one cycle (requirement S1-35). A choice is saved at once, as one step.

use egui::Ui;

use super::super::rule::pick;
use crate::app::session::Notice;
use crate::domain::command::{Command, CycleCommand};
use crate::domain::cycle::Cycle;
use crate::domain::group::GroupId;
use crate::domain::person::PersonId;
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::room::form::{cell_text, row_ui, weak_ui};
use crate::ui::theme::{Text, size};
use crate::ui::widget::{Dropdown, card_ui, form};

/// What the card waits for.
#[derive(Debug, Default)]
pub struct Points {
    waiting: Option<(u64, GroupId)>,
    issue: Option<(GroupId, String)>,
}

impl Points {
    /// Takes an answer; `true` if it was this card's.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let (Notice::Changed { ticket, .. } | Notice::Unchanged { ticket } | Notice::Failed { ticket, .. }) =
            notice
        else {
            return false;
        };
        let Some((_, group)) = self.waiting.take_if(|(mine, _)| *ticket == Some(*mine)) else { return false };
        if let Notice::Failed { error, .. } = notice {
            self.issue = Some((group, error.summary.clone()));
        }
        true
    }

    /// Draws the card.
    pub fn ui(&mut self, cycle: &Cycle, open: bool, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Action> {
        let mut action = None;
        card_ui(ui, Some("Point persons"), |ui| {
            let groups = ctx.book().groups_in_order();
            if groups.is_empty() {
                weak_ui(ui, "There is no patch group yet. Add groups under Settings.");
                return;
            }
            weak_ui(ui, "Whom one asks about a group while this cycle runs.");
            ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
            let people = pick::people(ctx.book(), "Nobody");
            for group in groups {
                let mut person = cycle.points.iter().find(|p| p.group == group.id).map(|p| p.person);
                let before = person;
                row_ui(ui, &[1.0, 1.0, 1.0], |ui, at| match at {
                    0 => cell_text(ui, Text::Medium, &group.name, false),
                    1 => {
                        let name = format!("Point person of {}", group.name);
                        ui.add_enabled_ui(open && ctx.can_write(), |ui| {
                            bare_ui(ui, (cycle.id.0, group.id.0), &name, &people, &mut person);
                        });
                    }
                    _ => {}
                });
                if let Some((_, issue)) = self.issue.as_ref().filter(|(at, _)| *at == group.id) {
                    form::note_ui(ui, Some(issue), None);
                }
                if person != before {
                    let ticket = ctx.tickets.take();
                    self.waiting = Some((ticket, group.id));
                    self.issue = None;
                    let command = CycleCommand::SetPoint { cycle: cycle.id, group: group.id, person };
                    action = Some(Action::Run { ticket, command: Box::new(Command::Cycle(command)) });
                }
            }
        });
        action
    }
}

fn bare_ui(
    ui: &mut Ui,
    record: (i64, i64),
    name: &str,
    options: &[(String, Option<PersonId>)],
    value: &mut Option<PersonId>,
) {
    let words: Vec<&str> = options.iter().map(|(word, _)| word.as_str()).collect();
    let mut chosen = options.iter().position(|(_, known)| known == value);
    let width = ui.available_width();
    if Dropdown::bare(record, name, &words, &mut chosen).width(width).ui(ui).changed()
        && let Some((_, picked)) = chosen.and_then(|at| options.get(at))
    {
        *value = *picked;
    }
}
