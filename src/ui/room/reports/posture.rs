//! Postures: how the shop stood, in four parts (requirement S0-02), and any two postures or sealed months beside each other.

use egui::{Label, ScrollArea, Ui};

use super::take::TakeSheet;
use crate::domain::asset::AssetId;
use crate::domain::compliance::machine::Segment;
use crate::domain::month::canonical::verify_posture;
use crate::domain::month::compare::{Compared, Comparison, Side, compare, segment_text, sides};
use crate::domain::month::standing::{baseline, postures};
use crate::domain::month::{Posture, SealedMachine};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::{beside_ui, heading_ui, weak_ui};
use crate::ui::room::sheet::Sheet;
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::{Banner, Button, Chip, Dropdown, Link, card_ui, empty_state_ui, number};
use crate::util::text::counted;

/// What the view remembers: the two sides that are compared, by their keys, and which posture is unfolded.
#[derive(Debug, Default)]
pub struct View {
    before: Option<String>,
    after: Option<String>,
    open: Option<i64>,
}

impl View {
    /// Draws the view; the panel that was asked for.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let found = postures(ctx.book());
        if found.is_empty() && ctx.book().seals.is_empty() {
            let words = "A posture says in four parts how the shop stands: what threatens it, what must be protected, its \
                         environment, its defences, with the figures of that day. The first after the catch-up is the baseline.";
            let offers: &[&str] = if ctx.can_write() { &["Take a posture"] } else { &[] };
            let chosen = card_ui(ui, None, |ui| {
                empty_state_ui(ui, icon::SHIELD_CHECK, "No postures yet", words, offers)
            });
            return chosen.inner.map(|_| -> Box<dyn Sheet> { Box::new(TakeSheet::new(ctx)) });
        }
        ScrollArea::vertical().id_salt("postures").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = size::GAP_LARGE;
            card_ui(ui, None, |ui| self.compare_ui(ctx, ui, actions));
            for posture in found {
                card_ui(ui, None, |ui| self.posture_ui(posture, ctx, ui));
            }
        });
        None
    }

    fn posture_ui(&mut self, posture: &Posture, ctx: &Ctx<'_>, ui: &mut Ui) {
        ui.spacing_mut().item_spacing.y = size::GAP;
        let open = self.open == Some(posture.id.0);
        ui.horizontal(|ui| {
            heading_ui(ui, &posture.name);
            if baseline(ctx.book()).is_some_and(|row| row.id == posture.id) {
                ui.add(Chip::new(Tone::Info, "Baseline"));
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let verb = if open { "Fold" } else { "Show" };
                let glyph = if open { icon::CHEVRON_UP } else { icon::CHEVRON_DOWN };
                if ui.add(Button::quiet(&format!("{verb} {}", posture.name)).icon(glyph)).clicked() {
                    self.open = (!open).then_some(posture.id.0);
                }
            });
        });
        weak_ui(ui, &format!("Of {}, taken by {}", ctx.time_text(posture.taken_at), posture.taken_by));
        if !verify_posture(posture) {
            let words = "What is kept of it does not give its SHA-256. Verify the register under History.";
            Banner::new(Tone::Bad, "The posture does not hold").words(words).ui(ui);
        }
        if !open {
            return;
        }
        for (label, words) in [
            ("Threats", &posture.threat),
            ("What must be protected", &posture.protection),
            ("Environment", &posture.environment),
            ("Defences", &posture.defence),
        ] {
            ui.label(Text::Medium.rich(label));
            ui.add(Label::new(Text::Body.rich(words)).wrap().selectable(true));
        }
        let tokens = theme::tokens(ui);
        let digest = format!("SHA-256 {}", posture.sha256);
        ui.add(Label::new(Text::Small.rich(digest).color(tokens.weak)).wrap().selectable(true));
    }

    fn compare_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
        heading_ui(ui, "Compare");
        let all = sides(ctx.book());
        if all.len() < 2 {
            weak_ui(ui, "Two sealed months or postures can be compared, machine by machine, by name.");
            return;
        }
        let titles: Vec<String> = all.iter().map(|side| side.title()).collect();
        let words: Vec<&str> = titles.iter().map(String::as_str).collect();
        let at = |key: &Option<String>, fallback: usize| {
            key.as_ref().and_then(|key| all.iter().position(|side| side.key() == *key)).unwrap_or(fallback)
        };
        let mut before = Some(at(&self.before, all.len() - 2));
        let mut after = Some(at(&self.after, all.len() - 1));
        beside_ui(ui, &[1.0, 1.0], |ui, _, place| {
            let (label, chosen) = if place == 0 { ("Earlier", &mut before) } else { ("Later", &mut after) };
            Dropdown::new("compare", label, &words, chosen).ui(ui);
        });
        let (Some(before), Some(after)) = (before, after) else { return };
        self.before = Some(all[before].key());
        self.after = Some(all[after].key());
        if before == after {
            weak_ui(ui, "Choose two that differ.");
            return;
        }
        comparison_ui(&compare(all[before], all[after]), (all[before], all[after]), ctx, ui, actions);
    }
}

fn comparison_ui(
    found: &Comparison<'_>,
    (before, after): (Side<'_>, Side<'_>),
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) {
    let parts: Vec<String> = Segment::ALL
        .iter()
        .map(|segment| {
            let at = *segment as usize;
            format!(
                "{} {} → {}",
                segment.text(),
                number_of(found.segments[0][at]),
                number_of(found.segments[1][at])
            )
        })
        .collect();
    ui.add(Label::new(Text::Body.rich(parts.join(", "))).wrap());
    for (word, list) in [
        ("stand worse", &found.worse),
        ("stand better", &found.better),
        ("are new", &found.new),
        ("are gone", &found.gone),
        ("left the scope", &found.left),
        ("came into the scope", &found.joined),
    ] {
        if !list.is_empty() {
            machines_ui(word, list, ctx, ui, actions);
        }
    }
    weak_ui(
        ui,
        &format!("{} as they stood.", counted(found.same.len() as u64, "machine stands", "machines stand")),
    );
    let changed: Vec<_> = found.figures.iter().filter(|figure| figure.before != figure.after).collect();
    if changed.is_empty() {
        weak_ui(ui, "No figure differs.");
        return;
    }
    ui.label(Text::Medium.rich(format!("Figures: {} → {}", before.title(), after.title())));
    for figure in changed {
        let or = |text: &str| if text.is_empty() { "not counted".to_owned() } else { text.to_owned() };
        let words = format!("{} {}: {} → {}", figure.id, figure.name, or(&figure.before), or(&figure.after));
        ui.add(Label::new(Text::Body.rich(words)).wrap().selectable(true));
    }
}

/// Machines of one list, each with where it stood and stands; each opens the asset where it is still in the register.
fn machines_ui(word: &str, list: &[Compared<'_>], ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let title = format!("{} {word}", counted(list.len() as u64, "machine", "machines"));
    ui.label(Text::Medium.rich(title));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        for machine in list {
            let stood = |side: Option<&SealedMachine>| side.map(|row| segment_text(&row.segment).to_owned());
            let way: Vec<String> =
                [stood(machine.before), stood(machine.after)].into_iter().flatten().collect();
            let words = format!("{} ({})", machine.name(), way.join(" → "));
            let asset: Option<AssetId> = machine.after.or(machine.before).map(|row| row.asset);
            match asset.filter(|id| ctx.book().assets.get(id.0).is_some()) {
                Some(id) => {
                    if ui.add(Link::new(&words)).clicked() {
                        actions.push(Action::OpenAsset(id));
                    }
                }
                None => {
                    ui.label(Text::Body.rich(&words));
                }
            }
        }
    });
}

fn number_of(count: u64) -> String {
    number(usize::try_from(count).unwrap_or(usize::MAX))
}
