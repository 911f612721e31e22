//! The fields of an asset's form, in sections, each with its own and its imported value.

use egui::{Label, Ui};

use super::draft::{Part, YES};
use super::form::Form;
use crate::domain::asset::{AssetClass, AssetKind, Criticality, Exposure, Imported, Ownership, Status};
use crate::domain::standing::Standing;
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, size};
use crate::ui::widget::{Button, DateField, Dropdown, Field};

/// The option that adds a person.
const ADD: &str = "add";

/// Draws every section.
pub fn fields_ui(form: &mut Form, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    ui.spacing_mut().item_spacing.y = size::CELL_PAD;
    identity_ui(form, ctx, ui);
    standing_ui(form, ctx, ui);
    place_ui(form, ctx, ui);
    people_ui(form, ctx, ui, &mut actions);
    technical_ui(form, ctx, ui);
    patching_ui(form, ctx, ui);
    away_ui(form, ctx, ui);
    support_ui(form, ctx, ui);
    section_ui(ui, "Notes");
    text(Part::Note).lines(4).hint("What the next person should know").ui(form, ctx, ui);
    actions
}

fn identity_ui(form: &mut Form, ctx: &Ctx<'_>, ui: &mut Ui) {
    text(Part::Name).required().ui(form, ctx, ui);
    let kind_before = form.draft[Part::Kind].clone();
    two_ui(ui, |ui, width, at| match at {
        0 => choice_ui(
            form,
            ctx,
            ui,
            Part::Kind,
            &words(AssetKind::ALL, AssetKind::word, AssetKind::text),
            Some(width),
        ),
        _ => choice_ui(
            form,
            ctx,
            ui,
            Part::Criticality,
            &words(Criticality::ALL, Criticality::word, Criticality::text),
            Some(width),
        ),
    });
    if form.draft[Part::Kind] != kind_before && !form.class_chosen {
        // Until somebody chooses a class, it is the one of the kind.
        let kind = AssetKind::of_word(&form.draft[Part::Kind]).unwrap_or(AssetKind::Other);
        Standing::of_kind(kind).class.word().clone_into(&mut form.draft[Part::Class]);
    }
    text(Part::Aliases)
        .lines(2)
        .help("One a line: full name, names in other tools, old names")
        .ui(form, ctx, ui);
    text(Part::Function).hint("Domain controller, payroll, reception").ui(form, ctx, ui);
    two_ui(ui, |ui, width, at| match at {
        0 => text(Part::Environment).hint("production").width(width).ui(form, ctx, ui),
        _ => choice_ui(
            form,
            ctx,
            ui,
            Part::Ownership,
            &words(Ownership::ALL, Ownership::word, Ownership::text),
            Some(width),
        ),
    });
}

fn standing_ui(form: &mut Form, ctx: &Ctx<'_>, ui: &mut Ui) {
    section_ui(ui, "How it counts");
    let scope = [(YES.to_owned(), "In scope".to_owned()), (String::new(), "Out of scope".to_owned())];
    two_ui(ui, |ui, width, at| match at {
        0 => choice_ui(form, ctx, ui, Part::Scope, &scope, Some(width)),
        _ => choice_ui(
            form,
            ctx,
            ui,
            Part::Status,
            &words(Status::ALL, Status::word, Status::text),
            Some(width),
        ),
    });
    choice_ui(form, ctx, ui, Part::Exposure, &words(Exposure::ALL, Exposure::word, Exposure::text), None);
    let class_before = form.draft[Part::Class].clone();
    two_ui(ui, |ui, width, at| match at {
        0 => choice_ui(
            form,
            ctx,
            ui,
            Part::Class,
            &words(AssetClass::ALL, AssetClass::word, AssetClass::text),
            Some(width),
        ),
        _ => choice_ui(form, ctx, ui, Part::Group, &group_options(ctx), Some(width)),
    });
    form.class_chosen |= form.draft[Part::Class] != class_before;
    if form.leaves() {
        text(Part::Reason).required().help("Printed in the report beside the machine").ui(form, ctx, ui);
        text(Part::ApprovedBy).required().hint("Who decided it").ui(form, ctx, ui);
    }
}

/// Groups in their order, and none.
pub fn group_options(ctx: &Ctx<'_>) -> Vec<(String, String)> {
    let none = (String::new(), "No group".to_owned());
    let groups = ctx.book().groups_in_order();
    std::iter::once(none).chain(groups.into_iter().map(|g| (g.id.0.to_string(), g.name.clone()))).collect()
}

/// People by name, and nobody.
pub fn people_options(ctx: &Ctx<'_>) -> Vec<(String, String)> {
    let people = ctx.book().people.rows();
    let mut list: Vec<_> = people.iter().map(|p| (p.id.0.to_string(), p.name.clone())).collect();
    list.sort_by_key(|(_, name)| name.to_lowercase());
    list.insert(0, (String::new(), "Nobody".to_owned()));
    list
}

fn place_ui(form: &mut Form, ctx: &Ctx<'_>, ui: &mut Ui) {
    section_ui(ui, "Place");
    two_ui(ui, |ui, width, at| match at {
        0 => text(Part::Site).hint("Head office").width(width).ui(form, ctx, ui),
        _ => text(Part::Zone).hint(&ctx.book().shop.zone).width(width).ui(form, ctx, ui),
    });
    text(Part::Ip).number().imported(|imported| imported.ip.as_deref()).ui(form, ctx, ui);
}

fn people_ui(form: &mut Form, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    section_ui(ui, "People");
    let mut options = people_options(ctx);
    options.push((ADD.to_owned(), "New person…".to_owned()));
    for part in [Part::Owner, Part::DeployAdmin, Part::AppSupport, Part::Tester] {
        let before = form.draft[part].clone();
        choice_ui(form, ctx, ui, part, &options, None);
        if form.draft[part] == ADD {
            form.draft[part] = before;
            form.person = super::form::NewPerson::wanted(part);
            let id = Field::new((form.record(), "person"), "Name of the new person", &mut String::new()).id();
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        if form.person.part == Some(part) {
            person_ui(form, ctx, ui, actions);
        }
    }
}

fn person_ui(form: &mut Form, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let record = (form.record(), "person");
    let issue = form.person.issue.clone();
    let field = Field::new(record, "Name of the new person", &mut form.person.name)
        .required()
        .issue(issue.as_deref())
        .ui(ui);
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    ui.horizontal(|ui| {
        if ui.add(Button::secondary("Add person")).clicked() || entered {
            actions.extend(form.save_person(ctx));
        }
        if ui.add(Button::quiet("Not now")).clicked() {
            form.person = super::form::NewPerson::default();
        }
    });
}

fn technical_ui(form: &mut Form, ctx: &Ctx<'_>, ui: &mut Ui) {
    section_ui(ui, "Technical");
    text(Part::Os).imported(|imported| imported.os.as_deref()).ui(form, ctx, ui);
    text(Part::OsVersion).imported(|imported| imported.os_version.as_deref()).ui(form, ctx, ui);
    text(Part::Make).imported(|imported| imported.make.as_deref()).ui(form, ctx, ui);
    text(Part::Model).imported(|imported| imported.model.as_deref()).ui(form, ctx, ui);
    two_ui(ui, |ui, width, at| match at {
        0 => text(Part::Serial).width(width).ui(form, ctx, ui),
        _ => text(Part::Technology).hint("Windows").width(width).ui(form, ctx, ui),
    });
    imported_facts_ui(form, ctx, ui);
}

/// What sources say that the form has no field of its own for.
fn imported_facts_ui(form: &Form, ctx: &Ctx<'_>, ui: &mut Ui) {
    let Some(imported) = form.base().map(|asset| &asset.imported) else { return };
    let contact = imported.contact_at.map(|at| ctx.time_text(at));
    let disabled = imported.disabled.map(|off| if off { "disabled" } else { "enabled" }.to_owned());
    let facts = [
        ("Full name", imported.fqdn.clone()),
        ("Group there", imported.source_group.clone()),
        ("Description", imported.description.clone()),
        ("Last contact", contact),
        ("Account", disabled),
    ];
    let said: Vec<_> = facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    if said.is_empty() {
        return;
    }
    let tokens = theme::tokens(ui);
    ui.label(Text::Medium.rich("Imported, for reading").color(tokens.weak));
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
        for (name, value) in said {
            ui.add(Label::new(Text::Small.rich(format!("{name}: {value}")).color(tokens.text)).wrap());
        }
    });
}

fn patching_ui(form: &mut Form, ctx: &Ctx<'_>, ui: &mut Ui) {
    section_ui(ui, "Patching");
    for part in [Part::ManualOnly, Part::RemoteOnly] {
        let mut on = form.draft[part] == YES;
        let words = Text::Body.rich(part.text());
        if ui.add_enabled(ctx.can_write(), egui::Checkbox::new(&mut on, words)).changed() {
            form.draft[part] = if on { YES.to_owned() } else { String::new() };
        }
    }
    text(Part::Restart).lines(3).hint("Step by step, as for somebody new").ui(form, ctx, ui);
    text(Part::Products)
        .lines(2)
        .help("One a line; unknown while the source is not subscribed to it")
        .ui(form, ctx, ui);
    two_ui(ui, |ui, width, at| match at {
        0 => text(Part::Partner).hint("Name of an asset").width(width).ui(form, ctx, ui),
        _ => text(Part::StandbyOf).hint("Name of an asset").width(width).ui(form, ctx, ui),
    });
    text(Part::DependsOn)
        .lines(2)
        .help("Names of assets that must be up before it, one a line")
        .ui(form, ctx, ui);
}

fn away_ui(form: &mut Form, ctx: &Ctx<'_>, ui: &mut Ui) {
    section_ui(ui, "Away");
    text(Part::Holder).help("Explains why it is silent; it counts all the same").ui(form, ctx, ui);
    date_ui(form, ctx, ui, Part::AwaySince);
    date_ui(form, ctx, ui, Part::AwayBack);
}

fn support_ui(form: &mut Form, ctx: &Ctx<'_>, ui: &mut Ui) {
    section_ui(ui, "Support");
    date_ui(form, ctx, ui, Part::SupportEnd);
    text(Part::SupportProof).hint("Contract or licence number").ui(form, ctx, ui);
}

fn section_ui(ui: &mut Ui, title: &str) {
    ui.add_space(size::GAP);
    let heading = ui.label(Text::Section.rich(title));
    ui.ctx().accesskit_node_builder(heading.id, |node| node.set_role(egui::accesskit::Role::Heading));
}

fn date_ui(form: &mut Form, ctx: &Ctx<'_>, ui: &mut Ui, part: Part) {
    let issue = form.issue(part).map(str::to_owned);
    let record = form.record();
    ui.add_enabled_ui(ctx.can_write(), |ui| {
        DateField::new(record, part.text(), &mut form.draft[part], ctx.today).issue(issue.as_deref()).ui(ui);
    });
}

/// Two fields side by side; `draw` is called with the width and the place of each.
fn two_ui(ui: &mut Ui, mut draw: impl FnMut(&mut Ui, f32, usize)) {
    let width = (ui.available_width() - size::GAP) / 2.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = size::GAP;
        draw(ui, width, 0);
        draw(ui, width, 1);
    });
}

fn choice_ui(
    form: &mut Form,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    part: Part,
    options: &[(String, String)],
    width: Option<f32>,
) {
    let issue = form.issue(part).map(str::to_owned);
    let record = form.record();
    ui.add_enabled_ui(ctx.can_write(), |ui| {
        pick_ui(ui, record, part.text(), options, &mut form.draft[part], issue.as_deref(), width);
    });
}

/// A dropdown over words: the value is the word of the chosen option.
pub fn pick_ui(
    ui: &mut Ui,
    record: impl std::hash::Hash + std::fmt::Debug,
    label: &str,
    options: &[(String, String)],
    value: &mut String,
    issue: Option<&str>,
    width: Option<f32>,
) {
    let texts: Vec<&str> = options.iter().map(|(_, text)| text.as_str()).collect();
    let mut chosen = options.iter().position(|(word, _)| word == value);
    let mut dropdown = Dropdown::new(record, label, &texts, &mut chosen).issue(issue);
    if let Some(width) = width {
        dropdown = dropdown.width(width);
    }
    if dropdown.ui(ui).changed()
        && let Some(at) = chosen
    {
        value.clone_from(&options[at].0);
    }
}

/// The options of an enumeration.
pub fn words<V: Copy>(
    all: &[V],
    word: impl Fn(V) -> &'static str,
    text: impl Fn(V) -> &'static str,
) -> Vec<(String, String)> {
    all.iter().map(|value| (word(*value).to_owned(), text(*value).to_owned())).collect()
}

/// A text of the form, described before it is drawn.
struct TextPart<'a> {
    part: Part,
    lines: usize,
    hint: &'a str,
    help: &'a str,
    required: bool,
    number: bool,
    width: Option<f32>,
    imported: Option<fn(&Imported) -> Option<&str>>,
}

fn text<'a>(part: Part) -> TextPart<'a> {
    TextPart {
        part,
        lines: 1,
        hint: "",
        help: "",
        required: false,
        number: false,
        width: None,
        imported: None,
    }
}

impl<'a> TextPart<'a> {
    fn lines(self, lines: usize) -> Self {
        Self { lines, ..self }
    }

    fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    fn help(self, help: &'a str) -> Self {
        Self { help, ..self }
    }

    fn required(self) -> Self {
        Self { required: true, ..self }
    }

    fn number(self) -> Self {
        Self { number: true, ..self }
    }

    fn width(self, width: f32) -> Self {
        Self { width: Some(width), ..self }
    }

    /// The value sources give stands beside the own one, which wins.
    fn imported(self, of: fn(&Imported) -> Option<&str>) -> Self {
        Self { imported: Some(of), ..self }
    }

    fn ui(self, form: &mut Form, ctx: &Ctx<'_>, ui: &mut Ui) {
        let imported =
            self.imported.and_then(|of| form.base().and_then(|asset| of(&asset.imported))).map(str::to_owned);
        let own = !form.draft[self.part].trim().is_empty();
        let said = imported.as_ref().map(|value| {
            if own {
                format!("Imported: {value}. Yours wins.")
            } else {
                "Imported. Type here to put your own in front.".to_owned()
            }
        });
        let hint = imported.as_deref().unwrap_or(self.hint);
        let help = said.as_deref().unwrap_or(self.help);
        let issue = form.issue(self.part).map(str::to_owned);
        let record = form.record();
        let mut field = Field::new(record, self.part.text(), &mut form.draft[self.part])
            .issue(issue.as_deref())
            .read_only(!ctx.can_write());
        if self.lines > 1 {
            field = field.lines(self.lines);
        }
        if !hint.is_empty() {
            field = field.hint(hint);
        }
        if !help.is_empty() {
            field = field.help(help);
        }
        if self.required {
            field = field.required();
        }
        if self.number {
            field = field.number();
        }
        if let Some(width) = self.width {
            field = field.width(width);
        }
        field.ui(ui);
    }
}
