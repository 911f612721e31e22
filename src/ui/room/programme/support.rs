//! The panels of the end of servicing: proof of extended support for a machine, and a row of the shop's own.

use egui::{Label, Ui};

use super::choose::{date, maybe_date};
use super::sheet::{Frame, Sheet};
use crate::domain::asset::AssetId;
use crate::domain::command::{Command, Edit, Issue, ServicingCommand};
use crate::domain::lifecycle::{ExtendedSupport, ExtendedSupportId, Lifecycle, LifecycleId, Supports};
use crate::ui::action::{Action, Purpose};
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::{Form, heading_ui, weak_ui};
use crate::ui::theme::Text;
use crate::ui::widget::{Button, DateField, Field, TickBox, date_text};
use crate::util::clock::day_text;
use crate::util::text::fold;

#[derive(Clone, Debug, Default, PartialEq)]
struct ProofDraft {
    until: String,
    reference: String,
    evidence: Option<(String, String)>,
}

/// Records proof of extended support, and takes one back.
#[derive(Debug)]
pub struct ProofSheet {
    asset: AssetId,
    product: String,
    form: Form<ProofDraft>,
}

impl ProofSheet {
    /// For a product of an asset; empty: its operating system.
    pub fn new(asset: AssetId, product: &str) -> Self {
        Self { asset, product: product.to_owned(), form: Form::new(ProofDraft::default()) }
    }
}

impl Sheet for ProofSheet {
    fn title(&self, ctx: &Ctx<'_>) -> String {
        let name = ctx.book().assets.get(self.asset.0).map_or("An asset", |asset| asset.name.as_str());
        if self.product.is_empty() { name.to_owned() } else { format!("{name}, {}", self.product) }
    }

    fn verb(&self) -> &'static str {
        "Record proof"
    }

    fn fields(&self) -> &'static [&'static str] {
        &["until_on", "reference"]
    }

    fn frame(&self) -> Option<&dyn Frame> {
        Some(&self.form)
    }

    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        Some(&mut self.form)
    }

    fn evidence(&mut self, name: &str, sha256: &str) -> bool {
        self.form.draft.evidence = Some((name.to_owned(), sha256.to_owned()));
        true
    }

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let asset = ctx.book().assets.get(self.asset.0)?;
        let support = Supports::new(ctx.book(), ctx.now_at).of(asset);
        let same = |product: &str| fold(product) == fold(&self.product);
        if let Some(gap) = support.unfit.iter().find(|gap| same(&gap.product)) {
            ui.add(Label::new(Text::Body.rich(&gap.why)).wrap());
        }
        if let Some(end) = support.ends.iter().find(|end| same(&end.product)) {
            ui.add(Label::new(Text::Medium.rich(&end.name)).wrap());
            if let Some(day) = end.security_end_on {
                weak_ui(ui, &format!("Security updates until {}.", day_text(day)));
            }
            let words = match (end.row, end.extended_end_on) {
                (None, _) => "The day is the asset's own; it wins over the table.".to_owned(),
                (Some(_), Some(day)) => format!("Extended support is sold until {}.", day_text(day)),
                (Some(_), None) => "No extended support is sold for it.".to_owned(),
            };
            weak_ui(ui, &words);
        }
        let (until, reference) = (self.form.issue("until_on"), self.form.issue("reference"));
        let record = ("proof", self.asset.0);
        let draft = &mut self.form.draft;
        let field = DateField::new(record, "Paid until", &mut draft.until, ctx.today);
        field.required().issue(until.as_deref()).ui(ui);
        let field = Field::new(record, "Contract, key or order", &mut draft.reference);
        field.required().issue(reference.as_deref()).ui(ui);
        let word = if draft.evidence.is_some() { "Another file…" } else { "Name a file as evidence…" };
        if ui.add(Button::secondary(word).icon(icon::LINK)).clicked() {
            actions.push(Action::Pick(Purpose::Evidence));
        }
        match &draft.evidence {
            Some((name, sha256)) => weak_ui(ui, &format!("{name}, SHA-256 {sha256}")),
            None => weak_ui(ui, "No evidence"),
        }
        self.held_ui(ctx, ui, actions);
        None
    }

    fn command(&self, ctx: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        let mut issues = Vec::new();
        let draft = &self.form.draft;
        let until = date(&draft.until, ctx, "until_on", &mut issues);
        let Some(until_on) = until else { return Err(issues) };
        let (evidence_name, evidence_sha256) = draft.evidence.clone().unwrap_or_default();
        let proof = ExtendedSupport {
            id: ExtendedSupportId(0),
            asset: self.asset,
            product: self.product.clone(),
            until_on,
            reference: draft.reference.clone(),
            evidence_name,
            evidence_sha256,
            recorded_at: 0,
            voided_at: None,
        };
        Ok(Command::Servicing(ServicingCommand::Prove(Box::new(proof))))
    }
}

impl ProofSheet {
    /// The proofs that are recorded, each to be taken back.
    fn held_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
        let held = ctx.book().extended_supports.iter().filter(|proof| {
            proof.asset == self.asset
                && proof.voided_at.is_none()
                && fold(&proof.product) == fold(&self.product)
        });
        let held: Vec<&ExtendedSupport> = held.collect();
        if held.is_empty() {
            return;
        }
        heading_ui(ui, "Recorded proofs");
        for proof in held {
            let evidence = if proof.evidence_name.is_empty() { "no evidence" } else { &proof.evidence_name };
            let words = format!("{} until {}, {evidence}", proof.reference, day_text(proof.until_on));
            ui.add(Label::new(Text::Body.rich(words)).wrap());
            let word = format!("Take back {}", proof.reference);
            let button = Button::quiet_danger(&word).enabled(!self.form.is_dirty() && ctx.can_write());
            if ui.add(button).clicked() {
                actions.push(self.form.send(ctx, Command::Servicing(ServicingCommand::VoidProof(proof.id))));
            }
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct RowDraft {
    product: String,
    edition: String,
    none_set: bool,
    until: String,
    extended: String,
    source: String,
}

/// Adds a row of the shop's own, changes or ends one, or overrules the vendor's by one.
#[derive(Debug)]
pub struct RowSheet {
    base: Option<Lifecycle>,
    overruled: Option<String>,
    form: Form<RowDraft>,
}

impl RowSheet {
    /// A new row.
    pub fn new() -> Self {
        Self { base: None, overruled: None, form: Form::new(RowDraft::default()) }
    }

    /// Of a row of the table: to change it if it is the shop's own, else to overrule it.
    pub fn of(row: &Lifecycle) -> Self {
        let say = |day: Option<chrono::NaiveDate>| day.map(date_text::say).unwrap_or_default();
        let draft = RowDraft {
            product: row.product.clone(),
            edition: row.edition.clone(),
            none_set: row.security_end_on.is_none(),
            until: say(row.security_end_on),
            extended: say(row.extended_end_on),
            source: if row.own { row.source.clone() } else { String::new() },
        };
        Self {
            base: row.own.then(|| row.clone()),
            overruled: (!row.own).then(|| row.source.clone()),
            form: Form::new(draft),
        }
    }
}

impl Sheet for RowSheet {
    fn title(&self, _: &Ctx<'_>) -> String {
        match (&self.base, &self.overruled) {
            (Some(row), _) => row.name(),
            (None, Some(_)) => "Overrule a row of the vendor".to_owned(),
            (None, None) => "Add a row of your own".to_owned(),
        }
    }

    fn verb(&self) -> &'static str {
        if self.base.is_some() { "Save row" } else { "Add row" }
    }

    fn fields(&self) -> &'static [&'static str] {
        &["product", "security_end_on", "extended_end_on", "source"]
    }

    fn frame(&self) -> Option<&dyn Frame> {
        Some(&self.form)
    }

    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        Some(&mut self.form)
    }

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        if let Some(source) = &self.overruled {
            weak_ui(
                ui,
                &format!("The row is from {source} and stays. A row of your own is believed before it."),
            );
        }
        let issues =
            ["product", "security_end_on", "extended_end_on", "source"].map(|name| self.form.issue(name));
        let record = ("lifecycle", self.base.as_ref().map(|row| row.id.0));
        let draft = &mut self.form.draft;
        let field =
            Field::new(record, "Product", &mut draft.product).help("As its machines name it: Ubuntu 22.04");
        field.required().issue(issues[0].as_deref()).ui(ui);
        Field::new(record, "Edition", &mut draft.edition).help("Leave it empty for every edition").ui(ui);
        ui.add(TickBox::new(&mut draft.none_set, "No end is set"));
        if !draft.none_set {
            let field = DateField::new(record, "Security updates until", &mut draft.until, ctx.today);
            field.required().issue(issues[1].as_deref()).ui(ui);
            let field = DateField::new(record, "Extended support until", &mut draft.extended, ctx.today);
            field.issue(issues[2].as_deref()).ui(ui);
        }
        let field = Field::new(record, "Source", &mut draft.source).help("The vendor's page, a contract");
        field.required().issue(issues[3].as_deref()).ui(ui);
        let base = self.base.as_ref()?;
        let end = Button::quiet_danger("End this row").icon(icon::X).enabled(!self.form.is_dirty());
        if ui.add(end).clicked() {
            let command = Command::Servicing(ServicingCommand::EndRow(base.id));
            actions.push(self.form.send(ctx, command));
        }
        None
    }

    fn command(&self, ctx: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        let draft = &self.form.draft;
        let mut issues = Vec::new();
        let (mut security_end_on, mut extended_end_on) = (None, None);
        if !draft.none_set {
            security_end_on = date(&draft.until, ctx, "security_end_on", &mut issues);
            extended_end_on = maybe_date(&draft.extended, ctx, "extended_end_on", &mut issues);
        }
        if !issues.is_empty() {
            return Err(issues);
        }
        let row = Lifecycle {
            id: LifecycleId(0),
            product: draft.product.clone(),
            edition: draft.edition.clone(),
            security_end_on,
            extended_end_on,
            source: draft.source.clone(),
            as_of_on: Some(ctx.today),
            own: true,
            recorded_at: 0,
            ended_at: None,
        };
        Ok(Command::Servicing(ServicingCommand::Row(Box::new(Edit { base: self.base.clone(), row }))))
    }
}
