//! Why an update has its rank: every reason, the course of the rank over time, and every fact with the catalogue it is from.

use egui::{Label, Ui};

use super::super::known::{Known, percent, tenths};
use super::super::list::rank_tone;
use crate::domain::book::Book;
use crate::domain::compliance::view::View;
use crate::domain::risk::{Dossiers, RankBasis, RankStep, Suggestion, suggestion};
use crate::domain::threat::{CatalogueId, Exploitation, Threat, ThreatFact};
use crate::domain::update::UpdateId;
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::room::form::{heading_ui, weak_ui};
use crate::ui::room::later::{Later, Seen};
use crate::ui::room::listing::{Line, Listing, Look, Value};
use crate::ui::theme::{Text, size};
use crate::ui::widget::table::Column;
use crate::ui::widget::{Chip, card_ui};
use crate::util::clock::day_text;
use crate::util::text::counted;

/// The table's name, by which its columns are kept and the keyboard finds it.
const TABLE: &str = "Facts of the update";

/// What was worked out of an update, once for each state of the register.
#[derive(Debug)]
pub struct Why {
    update: UpdateId,
    found: Later<UpdateId, Option<Found>>,
    facts: Listing,
}

/// What the facts suggest, and the facts.
#[derive(Debug)]
struct Found {
    suggestion: Suggestion,
    facts: Vec<Line>,
}

fn read(on: &Seen, id: UpdateId) -> Option<Found> {
    let book = on.book();
    let (place, update) = (book.updates.place(id.0)?, book.updates.get(id.0)?);
    let dossiers = Dossiers::new(book, on.as_of_at);
    let suggestion = suggestion(&View::new(book, on.as_of_at), &dossiers, place);
    let cves = dossiers.at(update, on.as_of_at).cves;
    let all = cves.iter().flat_map(|cve| dossiers.facts(cve).iter().rev().copied());
    let facts = all.enumerate().map(|(at, fact)| line(on, at, fact)).collect();
    Some(Found { suggestion, facts })
}

impl Why {
    /// Of an update.
    pub fn new(update: UpdateId) -> Self {
        let column = |key, title, width| (key, Column::new(key, title, width));
        let columns = vec![
            ("cve", Column::new("cve", "Vulnerability", size::NUMBER_FIELD).pinned()),
            column("says", "What is known", size::COLUMN_TEXT + size::COLUMN_TEXT),
            column("from", "From", size::COLUMN_WIDE),
            column("version", "Version", size::NUMBER_FIELD),
            column("recorded", "Known since", size::NUMBER_FIELD),
        ];
        Self { update, found: Later::default(), facts: Listing::new(TABLE, columns) }
    }

    /// Draws the reasons, the course and the facts.
    pub fn ui(&mut self, known: &Known, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
        let update = self.update;
        if self.found.ask(update, ctx, actions, move |on| read(on, update)) {
            self.facts.forget();
        }
        match self.found.value() {
            Some(Some(found)) => {
                card_ui(ui, None, |ui| {
                    ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
                    reasons_ui(&found.suggestion, ui);
                });
            }
            Some(None) => {}
            None => self.found.wait_ui(ui),
        }
        ui.add_space(size::GAP);
        card_ui(ui, None, |ui| {
            ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
            heading_ui(ui, "How the rank came about");
            for step in known.steps.iter().rev() {
                step_ui(step, ctx, ui);
            }
        });
        ui.add_space(size::GAP);
        self.facts_ui(ctx, ui, actions);
    }

    fn facts_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
        let Some(Some(found)) = self.found.value() else { return };
        self.facts.refresh(ctx, || found.facts.clone());
        self.facts.arrange(ctx, &|_| true);
        let count = self.facts.lines().len();
        if count == 0 {
            card_ui(ui, None, |ui| {
                heading_ui(ui, "Facts");
                weak_ui(
                    ui,
                    "No loaded catalogue says anything about it. Threat data shows which are loaded; without any the rank rests on \
                     what the update server says.",
                );
            });
            return;
        }
        let rows = count.min(12) as f32 + 1.0;
        let height = size::HEADER + size::STATUS_BAR + size::ROW * rows;
        let summary = counted(count as u64, "fact", "facts");
        actions.extend(self.facts.rows_ui(ui, &summary, Some(height)).actions);
    }
}

fn reasons_ui(suggestion: &Suggestion, ui: &mut Ui) {
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = size::CHIP;
        heading_ui(ui, "What the facts suggest");
        ui.add(Chip::new(rank_tone(suggestion.rank), suggestion.rank.text()));
    });
    for reason in &suggestion.reasons {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().interact_size.y = 0.0;
            let rank = reason.rank.map_or("Also", |rank| rank.text());
            ui.label(Text::Medium.rich(format!("{rank}:")));
            ui.add(Label::new(Text::Body.rich(&reason.text)).wrap().selectable(true));
        });
    }
}

fn step_ui(step: &RankStep, ctx: &Ctx<'_>, ui: &mut Ui) {
    let since = if step.since_at == 0 { "from the start".to_owned() } else { ctx.time_text(step.since_at) };
    let words = match &step.basis {
        RankBasis::Suggested => "suggested by the facts".to_owned(),
        RankBasis::Raised(reason) => format!("raised by a fact: {reason}"),
        RankBasis::Rated(rating) => {
            let ground = ctx.book().grounds.get(rating.id.0);
            match ground.filter(|ground| ground.suggested != rating.rank) {
                Some(ground) => {
                    format!("set by hand, {} was suggested: {}", ground.suggested.text(), rating.reason)
                }
                None => rating.reason.clone(),
            }
        }
    };
    let words = format!("{}, {since}: {words}", step.rank.text());
    ui.add(Label::new(Text::Body.rich(words)).wrap().selectable(true));
}

/// What a fact says, in words.
fn says(book: &Book, value: &Threat, catalogue: CatalogueId) -> String {
    match value {
        Threat::Listed { listed_on, due_on, ransomware, product, name } => {
            let due = due_on.map(|day| format!(", due {}", day_text(day))).unwrap_or_default();
            let ransom = if *ransomware { ", used for ransom" } else { "" };
            // The catalogue's title usually begins with the vendor and the product: said once is enough.
            let what =
                if name.contains(product.as_str()) { name.clone() } else { format!("{product}, {name}") };
            format!("Listed as exploited since {}{due}{ransom}: {what}", day_text(*listed_on))
        }
        Threat::Unlisted => "No longer listed; what was known stays known".to_owned(),
        Threat::Likelihood { score_ppm, percentile_ppm } => {
            let model = book.catalogues.get(catalogue.0).map_or("", |row| row.model.as_str());
            let model = if model.is_empty() { String::new() } else { format!(", model {model}") };
            let rank = percentile_ppm
                .map(|ppm| format!(", above {} of all", percent(Some(ppm))))
                .unwrap_or_default();
            format!("Exploitation within 30 days: {}{rank}{model}", percent(Some(*score_ppm)))
        }
        Threat::Scored { version, score_tenths, vector } => {
            format!("CVSS {version} {} {vector}", tenths(Some(*score_tenths))).trim_end().to_owned()
        }
        Threat::Vendor { severity, exploited, disclosed } => {
            let disclosed = if *disclosed { ", publicly disclosed" } else { "" };
            format!("Vendor: {}, {}{disclosed}", severity.text(), exploitation_text(*exploited))
        }
        Threat::Ssvc { exploitation, automatable, total_impact } => {
            let said = |value: &Option<bool>, yes: &str, no: &str| match value {
                Some(true) => format!(", {yes}"),
                Some(false) => format!(", {no}"),
                None => String::new(),
            };
            format!(
                "CISA: {}{}{}",
                exploitation_text(*exploitation),
                said(automatable, "can be automated", "cannot be automated"),
                said(total_impact, "total impact", "partial impact")
            )
        }
        Threat::Exploit { reference } => format!("A public exploit: {reference}"),
    }
}

fn line(on: &Seen, at: usize, fact: &ThreatFact) -> Line {
    let catalogue = on.book().catalogues.get(fact.catalogue.0);
    let words = says(on.book(), &fact.value, fact.catalogue);
    let values = vec![
        Value::new(Look::Strong, &fact.cve),
        Value::new(Look::Text, words),
        Value::new(Look::Text, catalogue.map_or("", |row| row.kind.text())),
        Value::new(Look::Text, catalogue.map_or("", |row| row.version.as_str())),
        Value::by(Look::Number, on.day_text(fact.recorded_at), Some(fact.recorded_at)),
    ];
    Line::new(at as i64 + 1, values)
}

fn exploitation_text(exploitation: Exploitation) -> String {
    match exploitation {
        Exploitation::Active => "exploited".to_owned(),
        Exploitation::Public => "an exploit is public".to_owned(),
        other => format!("exploitation {}", other.text()),
    }
}
