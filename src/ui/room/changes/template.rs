//! Change templates: the plans that records are made from. A ratified one carries standard changes until it expires or is
//! withdrawn.

mod ratifying;

use egui::{Align, Context, Layout, ScrollArea, Ui};

use super::listing::{Line, Listing, Look, Value, to_search};
use super::section::{PLAN, section_ui, title_ui, weak_ui};
use super::sheet::field::{Need, words_of};
use super::sheet::{Answer, Kind, Sheet, Spec};
use crate::app::session::Notice;
use crate::domain::approval::evidence_text;
use crate::domain::change::missing::template_gap;
use crate::domain::change::template::{ChangeTemplate, ChangeTemplateId};
use crate::domain::change::{ChangeKind, ChangePlan};
use crate::domain::command::{ChangeCommand, Command};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{Tone, size};
use crate::ui::widget::page_header::{Chosen, PageAction};
use crate::ui::widget::table::Column;
use crate::ui::widget::{Chip, card_ui, empty_state_ui, page_header_ui};
use crate::util::clock;
use crate::util::text::counted;
use ratifying::Ratifying;

const SEARCH: &str = "Search templates";
const TABLE: &str = "Change templates";

const HEAD: &[Spec] = &[
    Spec::half("name", "Template name", Kind::Line).hint("Monthly workstations"),
    Spec::half("kind", "Makes changes of type", Kind::Words(words_of!(ChangeKind))),
    Spec::new("reason", "Reason", Kind::Block(2)).help("Written into every record"),
    Spec::half("window_minutes", "Length of the window", Kind::Number("minutes")),
];

const MORE: super::section::Section = super::section::Section {
    title: "Tests and notifications",
    fields: &[
        Spec::new("plan/test_plan", "Test plan", Kind::Block(3)),
        Spec::new("plan/notifications", "Who is told, and when", Kind::Block(2)),
    ],
};

/// The tab of templates and the page of one.
#[derive(Debug)]
pub struct Templates {
    listing: Listing,
    form: Option<Sheet<ChangeTemplate>>,
    ratifying: Option<Ratifying>,
}

impl Default for Templates {
    fn default() -> Self {
        let column = |key, title, width| (key, Column::new(key, title, width));
        let columns = vec![
            ("name", Column::new("name", "Template", size::COLUMN_TEXT).pinned()),
            column("type", "Type", size::COLUMN_COUNT),
            column("state", "State", size::COLUMN_NAME),
            column("by", "Ratified by", size::COLUMN_WIDE),
            column("expires", "Expires", size::COLUMN_NAME),
            ("used", Column::new("used", "Records", size::COLUMN_COUNT).right()),
        ];
        Self { listing: Listing::new(TABLE, columns), form: None, ratifying: None }
    }
}

/// How a template stands: a tone and a word.
fn state(ctx: &Ctx<'_>, template: &ChangeTemplate) -> (Tone, &'static str) {
    if template.revoked_at.is_some() {
        return (Tone::Bad, "Withdrawn");
    }
    if template.ratified_at.is_none() {
        return (Tone::Neutral, "Not ratified");
    }
    match template_gap(ctx.book(), template, ctx.now_at) {
        Some(_) => (Tone::Warn, "Expired"),
        None => (Tone::Good, "Ratified"),
    }
}

/// How a template stands, in a sentence.
pub fn standing_words(ctx: &Ctx<'_>, template: &ChangeTemplate) -> String {
    if let Some(gap) = template_gap(ctx.book(), template, ctx.now_at) {
        return gap;
    }
    let who = match (ctx.book().person_name(template.ratified_by), template.ratified_function.as_str()) {
        (name, "") => name.to_owned(),
        (name, function) => format!("{name} ({function})"),
    };
    let when = template.ratified_at.map(|at| ctx.time_text(at)).unwrap_or_default();
    let until = template.expires_on.map(clock::day_text).unwrap_or_default();
    let evidence = evidence_text(&template.evidence_name, &template.evidence_sha256);
    format!(
        "Approved through the template {}: ratified by {who} on {when}, {evidence}; it holds until {until}.",
        template.name
    )
}

impl Templates {
    /// What would be lost by leaving, by name.
    pub fn unsaved(&self) -> Option<String> {
        self.form.as_ref().filter(|form| form.is_dirty()).map(|form| match form.base() {
            Some(template) => format!("the template {}", template.name),
            None => "a new template".to_owned(),
        })
    }

    /// Whether a template is open.
    pub fn is_open(&self) -> bool {
        self.form.is_some()
    }

    /// Whether something over the page wants the keyboard.
    pub fn is_busy(&self) -> bool {
        self.ratifying.is_some()
    }

    /// Closes the page of a template.
    pub fn close(&mut self) {
        self.form = None;
        self.ratifying = None;
    }

    /// Takes an answer; `true` if it needs no other showing.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let mut taken = false;
        match self.form.as_mut().map_or(Answer::Foreign, |form| form.notice(notice)) {
            // A new one is found again in the list.
            Answer::Saved if self.form.as_ref().is_some_and(|form| form.base().is_none()) => self.form = None,
            Answer::Failed => taken = true,
            _ => {}
        }
        let Some(ratifying) = &mut self.ratifying else { return taken };
        match notice {
            Notice::Hashed { name, sha256 } => ratifying.evidence = Some((name.clone(), sha256.clone())),
            Notice::Changed { ticket, .. } if ticket.is_some() && *ticket == ratifying.waiting => {
                self.ratifying = None;
            }
            Notice::Failed { error, ticket } if ticket.is_some() && *ticket == ratifying.waiting => {
                ratifying.waiting = None;
                ratifying.flaws = error.issues.iter().map(|i| (i.field.to_owned(), i.text.clone())).collect();
                if ratifying.flaws.is_empty() {
                    ratifying.flaws.push((String::new(), error.summary.clone()));
                }
                taken = true;
            }
            _ => {}
        }
        taken
    }

    /// Saves the open template.
    pub fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        let form = self.form.as_mut().filter(|form| form.is_dirty())?;
        form.send(ctx, |edit| Command::Change(ChangeCommand::Template(edit)))
    }

    /// Begins a new template.
    pub fn begin(&mut self, ctx: &Ctx<'_>) {
        let row = ChangeTemplate {
            id: ChangeTemplateId(0),
            name: String::new(),
            kind: ChangeKind::Standard,
            reason: String::new(),
            plan: ChangePlan { quiet_days: Some(ctx.book().practice.quiet_days), ..ChangePlan::default() },
            window_minutes: 120,
            ratified_by: None,
            ratified_function: String::new(),
            ratified_at: None,
            evidence_name: String::new(),
            evidence_sha256: String::new(),
            expires_on: None,
            revoked_at: None,
            revoked_because: String::new(),
        };
        self.form = Some(Sheet::new(ctx, &row));
    }

    /// Gives the search box the keyboard.
    pub fn find(&self, ui: &Ui) {
        to_search(ui, SEARCH, &self.listing.search);
    }

    /// Gives the rows the keyboard.
    pub fn focus(&mut self, ui: &Ui) {
        self.listing.focus(ui);
    }

    /// How many there are.
    pub fn count(ctx: &Ctx<'_>) -> usize {
        ctx.book().change_templates.len()
    }

    /// Draws the list.
    pub fn list_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
        if ctx.book().change_templates.is_empty() {
            let words = "A template holds a plan with its risks and its way back. Ratified by somebody named it makes standard \
                         changes, which need no approval of their own, for at most a year.";
            let offers: &[&str] = if ctx.can_write() { &["New template"] } else { &[] };
            card_ui(ui, None, |ui| {
                if empty_state_ui(ui, icon::LAYERS, "No templates yet", words, offers).is_some() {
                    self.begin(ctx);
                }
            });
            return Vec::new();
        }
        self.listing.type_to_search(ui, SEARCH);
        self.listing.refresh(ctx, || {
            let mut templates: Vec<&ChangeTemplate> = ctx.book().change_templates.iter().collect();
            templates.sort_by_key(|template| template.name.to_lowercase());
            templates.into_iter().map(|template| row(ctx, template)).collect()
        });
        ui.horizontal_wrapped(|ui| {
            if self.listing.search_ui(ui, SEARCH, "Search name…") {
                self.listing.focus(ui);
            }
        });
        ui.add_space(size::GAP_SMALL);
        self.listing.arrange(ctx, &|_| true);
        let summary = counted(self.listing.lines().len() as u64, "template", "templates");
        let asked = self.listing.rows_ui(ui, &summary, None);
        if let Some(template) = asked.opened.and_then(|id| ctx.book().change_templates.get(id)) {
            self.form = Some(Sheet::open(template));
        }
        asked.actions
    }

    /// Draws the page of the open template; `true` when it is to be left.
    pub fn page_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui) -> (Vec<Action>, bool) {
        let (mut actions, mut back) = (Vec::new(), false);
        let Some(form) = &mut self.form else { return (actions, true) };
        let now = form.base().and_then(|base| ctx.book().change_templates.get(base.id.0));
        if let Some(now) = now {
            form.follow(now);
        } else if form.base().is_some() {
            return (actions, true);
        }
        let dirty = form.is_dirty();
        let title = now.map_or("New template", |template| template.name.as_str());
        let context = now.map_or_else(
            || "A plan that records are made from".to_owned(),
            |template| standing_words(ctx, template),
        );
        let save = PageAction {
            enabled: ctx.can_write() && dirty && !form.is_saving(),
            tooltip: Some("Ctrl+S"),
            ..PageAction::new(Some(icon::SAVE), "Save template")
        };
        let can = ctx.can_write() && !dirty && now.is_some();
        let ratify = PageAction { enabled: can, ..PageAction::new(Some(icon::USER_CHECK), "Ratify…") };
        let revoke =
            now.is_some_and(|template| template.ratified_at.is_some() && template.revoked_at.is_none());
        let withdraw = PageAction { enabled: can, ..PageAction::new(Some(icon::BAN), "Withdraw…") };
        let all = PageAction::new(Some(icon::CHEVRON_LEFT), "All templates");
        let others: &[PageAction<'_>] = if revoke {
            &[all, ratify, withdraw]
        } else if now.is_some() {
            &[all, ratify]
        } else {
            &[all]
        };
        let chosen = page_header_ui(ui, title, &context, Some(save), others);
        if let Some(template) = now {
            let (tone, word) = state(ctx, template);
            ui.add(Chip::new(tone, word));
            ui.add_space(size::GAP_SMALL);
        }
        fields_ui(form, ctx, ui, now);
        match chosen {
            Some(Chosen::Primary) => actions.extend(self.save(ctx)),
            Some(Chosen::Other(0)) => back = true,
            Some(Chosen::Other(at)) => {
                if let Some(template) = now {
                    self.ratifying = Some(Ratifying::new(ctx, template, at == 2));
                }
            }
            None => {}
        }
        (actions, back)
    }

    /// Draws the dialog over the page.
    pub fn dialog_ui(&mut self, ctx: &Ctx<'_>, egui: &Context) -> Vec<Action> {
        let Some(ratifying) = &mut self.ratifying else { return Vec::new() };
        let (actions, leave) = ratifying.dialog_ui(ctx, egui);
        if leave {
            self.ratifying = None;
        }
        actions
    }
}

fn row(ctx: &Ctx<'_>, template: &ChangeTemplate) -> Line {
    let (tone, word) = state(ctx, template);
    let used = ctx.book().changes.iter().filter(|record| record.template == Some(template.id)).count();
    let days = template.expires_on.map(|day| i64::from(chrono::Datelike::num_days_from_ce(&day)));
    Line::new(
        template.id.0,
        vec![
            Value::new(Look::Strong, &template.name),
            Value::new(Look::Text, template.kind.text()),
            Value::new(Look::Chip(tone), word),
            Value::new(Look::Text, ctx.book().person_name(template.ratified_by)),
            Value::by(Look::Number, template.expires_on.map(clock::day_text).unwrap_or_default(), days),
            Value::by(Look::Number, used.to_string(), Some(used as i64)),
        ],
    )
}

fn fields_ui(form: &mut Sheet<ChangeTemplate>, ctx: &Ctx<'_>, ui: &mut Ui, now: Option<&ChangeTemplate>) {
    let can = ctx.can_write();
    let need = move |path: &str| match path {
        _ if !can => Need::Locked,
        "name" | "kind" | "plan/backout_plan" => Need::Demanded,
        _ => Need::Offered,
    };
    ScrollArea::vertical().id_salt("template").auto_shrink(false).show(ui, |ui| {
        let column = egui::vec2(ui.available_width().min(size::FORM_COLUMN), 0.0);
        ui.allocate_ui_with_layout(column, Layout::top_down(Align::Min), |ui| {
            ui.spacing_mut().item_spacing.y = size::GAP;
            form.words_ui(ui, now, &super::section::label);
            card_ui(ui, None, |ui| {
                title_ui(ui, "Template");
                ui.spacing_mut().item_spacing.y = size::CELL_PAD;
                form.fields_ui(ctx, ui, HEAD, &need);
                if now.is_some_and(|template| template.ratified_at.is_some()) {
                    weak_ui(ui, "Another plan or type has to be ratified again.");
                }
            });
            for section in PLAN {
                section_ui(form, ctx, ui, section, &need);
            }
            section_ui(form, ctx, ui, &MORE, &need);
        });
    });
}
