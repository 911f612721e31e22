//! The panel beside a view: one form at a time, saved as one command. A draft is never lost without being asked about.

use std::fmt::Debug;

use egui::Ui;

use crate::app::session::Notice;
use crate::domain::command::{Command, Issue, Issues};
use crate::domain::decide::{Moment, decide};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::room::form::{Answer, Form};
use crate::ui::theme::{Tone, size};
use crate::ui::widget::{Button, side_panel_with_foot_ui};
use crate::util::id::Ids;

/// What every draft of a panel can be asked, whatever it holds.
pub trait Frame: Debug {
    /// Whether anything would be lost by leaving.
    fn is_dirty(&self) -> bool;
    /// Whether the answer to a save is awaited.
    fn is_saving(&self) -> bool;
    /// Sends it as one command.
    fn send(&mut self, ctx: &Ctx<'_>, command: Command) -> Action;
    /// Says what is wrong before anything was sent.
    fn refuse(&mut self, issues: Vec<Issue>);
    /// Whether it was changed since it was found wrong.
    fn is_amended(&self) -> bool;
    /// Keeps of what was said of it what is still true.
    fn rejudge(&mut self, found: Vec<Issue>);
    /// Takes an answer.
    fn notice(&mut self, notice: &Notice) -> Answer;
    /// What is wrong with the whole, drawn.
    fn words_ui(&self, ui: &mut Ui, fields: &[&str]);
}

impl<D: Clone + PartialEq + Debug> Frame for Form<D> {
    fn is_dirty(&self) -> bool {
        Form::is_dirty(self)
    }

    fn is_saving(&self) -> bool {
        Form::is_saving(self)
    }

    fn send(&mut self, ctx: &Ctx<'_>, command: Command) -> Action {
        Form::send(self, ctx, command)
    }

    fn refuse(&mut self, issues: Vec<Issue>) {
        Form::refuse(self, issues);
    }

    fn is_amended(&self) -> bool {
        Form::is_amended(self)
    }

    fn rejudge(&mut self, found: Vec<Issue>) {
        Form::rejudge(self, found);
    }

    fn notice(&mut self, notice: &Notice) -> Answer {
        Form::notice(self, notice)
    }

    fn words_ui(&self, ui: &mut Ui, fields: &[&str]) {
        Form::words_ui(self, ui, fields);
    }
}

/// What a panel holds: a form, or something to look at that leads to forms.
pub trait Sheet: Debug {
    /// Its heading.
    fn title(&self, ctx: &Ctx<'_>) -> String;
    /// The verb that saves it.
    fn verb(&self) -> &'static str {
        "Save"
    }
    /// The fields that show their own issues.
    fn fields(&self) -> &'static [&'static str] {
        &[]
    }
    /// Its draft; nothing where there is none.
    fn frame(&self) -> Option<&dyn Frame> {
        None
    }
    /// Its draft, to be changed.
    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        None
    }
    /// Whether saving is possible although nothing was typed: what it proposes is a draft already.
    fn is_ready(&self) -> bool {
        false
    }
    /// Takes the file that was named as evidence; `true` if it has a place for it.
    fn evidence(&mut self, _name: &str, _sha256: &str) -> bool {
        false
    }
    /// Draws what is inside; another sheet if one was asked for.
    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Box<dyn Sheet>>;
    /// What saving it means, or what is wrong with it before anybody is asked.
    fn command(&self, _ctx: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        Err(Vec::new())
    }
}

/// What was asked for in the panel.
#[derive(Debug)]
pub enum Wish {
    /// Close it.
    Close,
    /// Show another one.
    Open(Box<dyn Sheet>),
}

/// Whether something typed would be lost.
pub fn is_dirty(sheet: &dyn Sheet) -> bool {
    sheet.frame().is_some_and(Frame::is_dirty)
}

/// Sends what the sheet holds, or shows what is wrong with it.
pub fn save(sheet: &mut dyn Sheet, ctx: &Ctx<'_>) -> Option<Action> {
    if !ctx.can_write() || sheet.frame().is_none_or(Frame::is_saving) {
        return None;
    }
    let command = sheet.command(ctx);
    let frame = sheet.frame_mut()?;
    match command {
        Ok(command) => Some(frame.send(ctx, command)),
        Err(issues) => {
            frame.refuse(issues);
            None
        }
    }
}

/// Asks again what is wrong with a draft that was changed after it was refused, so that a corrected field is silent at once
/// and the others keep what was said of them.
fn rejudge(sheet: &mut dyn Sheet, ctx: &Ctx<'_>) {
    if !sheet.frame().is_some_and(Frame::is_amended) {
        return;
    }
    let found = match sheet.command(ctx) {
        Err(issues) => issues,
        Ok(command) => {
            let moment = Moment { at: ctx.now_at, actor: &ctx.preferences.actor, ids: &Ids::seeded(0) };
            decide(ctx.book(), command, moment).err().map(|Issues(issues)| issues).unwrap_or_default()
        }
    };
    if let Some(frame) = sheet.frame_mut() {
        frame.rejudge(found);
    }
}

/// Draws the panel. Call it before what stands beside it.
pub fn sheet_ui(
    sheet: &mut dyn Sheet,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) -> Option<Wish> {
    rejudge(sheet, ctx);
    let (title, verb) = (sheet.title(ctx), sheet.verb());
    let has_form = sheet.frame().is_some();
    let dirty = is_dirty(sheet);
    let can = ctx.can_write() && (dirty || sheet.is_ready()) && !sheet.frame().is_some_and(Frame::is_saving);
    let (mut pressed, mut closed) = (false, false);
    let mut foot = |ui: &mut Ui| {
        if has_form {
            pressed = ui.add(Button::primary(verb).enabled(can).shortcut("Ctrl+S")).clicked();
        }
        let word = if has_form { "Cancel" } else { "Close" };
        closed = ui.add(Button::secondary(word)).clicked();
    };
    let chip = dirty.then_some((Tone::Info, "Not saved"));
    let (opened, crossed) = side_panel_with_foot_ui(ui, "sheet", &title, chip, &mut foot, |ui| {
        ui.spacing_mut().item_spacing.y = size::CELL_PAD;
        if let Some(frame) = sheet.frame() {
            frame.words_ui(ui, sheet.fields());
        }
        ui.add_enabled_ui(ctx.can_write(), |ui| sheet.inside_ui(ctx, ui, actions)).inner
    });
    if pressed {
        actions.extend(save(sheet, ctx));
    }
    if closed || crossed {
        return Some(Wish::Close);
    }
    opened.map(Wish::Open)
}
