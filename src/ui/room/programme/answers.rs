//! What assessors and insurers ask, answered out of the register: the values of the document and of the console, each to be copied.
//! Worked out beside the window.

use egui::{Label, ScrollArea, Ui};

use crate::domain::book::Book;
use crate::domain::compliance::view::View as Pairs;
use crate::domain::programme::questionnaire::{asked_days, deployers, devices, end_of_life, in_time, within};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::{heading_ui, weak_ui};
use crate::ui::room::later::{Later, Seen};
use crate::ui::theme::{Text, size};
use crate::ui::widget::{Button, card_ui};
use crate::util::clock::day_text;
use crate::util::text::counted;

/// Times that are asked for beside the one that counts.
const WITHIN: [i64; 5] = [7, 14, 30, 60, 90];

/// One answer.
#[derive(Debug)]
struct Answer {
    title: String,
    /// What was counted, in a sentence.
    how: String,
    lines: Vec<String>,
}

impl Answer {
    fn text(&self) -> String {
        let mut text = format!("{}\n{}", self.title, self.how);
        for line in &self.lines {
            text.push('\n');
            text.push_str(line);
        }
        text
    }
}

/// The view and what was worked out for it.
#[derive(Debug, Default)]
pub struct View {
    answers: Later<(), Vec<Answer>>,
}

impl View {
    /// Draws the answers.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
        self.answers.ask((), ctx, actions, read);
        let Some(answers) = self.answers.value() else {
            return self.answers.wait_ui(ui);
        };
        ScrollArea::vertical().id_salt("answers").auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(size::RULE_COLUMN);
            for answer in answers {
                card_ui(ui, None, |ui| {
                    ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
                    ui.horizontal(|ui| {
                        heading_ui(ui, &answer.title);
                        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                            let name = format!("Copy: {}", answer.title);
                            let button = Button::secondary("Copy").icon(icon::COPY).tooltip(&name);
                            let response = ui.add(button);
                            // Every card has one: the name says of what.
                            response.widget_info(|| {
                                egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, &name)
                            });
                            if response.clicked() {
                                actions.push(Action::Copy(answer.text()));
                            }
                        });
                    });
                    weak_ui(ui, &answer.how);
                    for line in &answer.lines {
                        ui.add(Label::new(Text::Body.rich(line)).wrap().selectable(true));
                    }
                });
                ui.add_space(size::GAP);
            }
        });
    }
}

fn names(book: &Book, places: impl IntoIterator<Item = u32>) -> String {
    let rows = book.assets.rows();
    let mut names: Vec<&str> = places
        .into_iter()
        .filter_map(|place| rows.get(place as usize))
        .map(|row| row.name.as_str())
        .collect();
    names.sort_unstable();
    names.join(", ")
}

fn read(on: &Seen) -> Vec<Answer> {
    let view = Pairs::new(on.book(), on.as_of_at);
    vec![by_version(on, &view), share(on, &view), ended(on, &view), people(on, &view)]
}

fn by_version(on: &Seen, view: &Pairs<'_>) -> Answer {
    let lines: Vec<String> = devices(view)
        .into_iter()
        .map(|one| {
            let until = one.until_on.map_or_else(
                || "no end of security updates known".to_owned(),
                |day| format!("security updates until {}", day_text(day)),
            );
            let system = if one.system.is_empty() { "not recorded" } else { &one.system };
            let n = one.machines.len();
            format!("{n} × {}, {system}, {until}", one.kind.text())
        })
        .collect();
    let how = if lines.is_empty() {
        "No machine is in scope yet.".to_owned()
    } else {
        format!("Machines in scope by kind, system and version, as of {}.", on.time_text(on.as_of_at))
    };
    Answer { title: "Devices by system and version".to_owned(), how, lines }
}

fn share(on: &Seen, view: &Pairs<'_>) -> Answer {
    let days = asked_days(on.book());
    let found = in_time(view, days);
    let how = format!(
        "Of what mattered (critical, important or without a severity, or scored 7.0 or more) and was released from {} to {}. \
         A waiver changes nothing.",
        day_text(found.from_on),
        day_text(found.until_on)
    );
    let mut lines = vec![format!("Installed within {days} days: {}", found.ratio().with_counts())];
    if found.cannot_tell > 0 {
        lines.push(format!(
            "Satisfied when first seen, later than that, counted against it: {}",
            found.cannot_tell
        ));
    }
    for (other, ratio) in within(view, days, &WITHIN).into_iter().filter(|(other, _)| *other != days) {
        lines.push(format!("Within {other} days: {}", ratio.with_counts()));
    }
    if !found.late.is_empty() {
        let n = counted(found.late.len() as u64, "machine", "machines");
        lines.push(format!("Late with something, {n}: {}", names(on.book(), found.late.keys().copied())));
    }
    Answer { title: format!("Installed within {days} days"), how, lines }
}

fn ended(on: &Seen, view: &Pairs<'_>) -> Answer {
    let found = end_of_life(view);
    let lines: Vec<String> = found
        .iter()
        .map(|one| {
            let name = on.book().assets.rows().get(one.machine as usize).map_or("", |row| row.name.as_str());
            let ended = one.ended_on.map(|day| format!(", ended {}", day_text(day))).unwrap_or_default();
            format!("{name}: {}{ended}", one.product)
        })
        .collect();
    let how = if lines.is_empty() {
        "No machine in scope is without security updates, as far as the table of ends knows.".to_owned()
    } else {
        let n = counted(lines.len() as u64, "machine", "machines");
        format!("{n} without security updates and without proof of extended support.")
    };
    Answer { title: "End of life".to_owned(), how, lines }
}

fn people(on: &Seen, view: &Pairs<'_>) -> Answer {
    let book = on.book();
    let (named, nobody) = deployers(view);
    let mut lines: Vec<String> = named
        .into_iter()
        .map(|(person, places)| {
            let n = counted(places.len() as u64, "machine", "machines");
            format!("{} deploys to {n}", book.person_name(Some(person)))
        })
        .collect();
    if !nobody.is_empty() {
        let n = counted(nobody.len() as u64, "machine", "machines");
        lines.push(format!("Nobody is named to deploy to {n}: {}", names(book, nobody)));
    }
    let how = "Who is named in the register to deploy to each machine. Who may install, and by which control, stands in the lists.".to_owned();
    Answer { title: "Who installs".to_owned(), how, lines }
}
