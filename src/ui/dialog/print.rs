//! Printing: which paper, about what, as of which day, and where to.

use std::path::{Path, PathBuf};

use chrono::{Datelike as _, NaiveDate};
use egui::{Align, Context, Id, Label, Layout, Ui, vec2};

use crate::app::paper::choice::{Subject, subjects};
use crate::app::paper::{Paper, PaperKind, Spec};
use crate::app::session::{Request, Shown};
use crate::ui::action::Purpose;
use crate::ui::theme::{self, Text, size};
use crate::ui::widget::modal::dialog_ui;
use crate::ui::widget::{Button, DateField, Dropdown, PathEvent, date_text, path_field_ui};
use crate::util::clock;

/// The dialog and what was chosen so far.
#[derive(Debug)]
pub struct PrintDialog {
    /// Index into [`PaperKind::ALL`].
    kind: Option<usize>,
    /// What each sort of paper can be about, in the order of [`PaperKind::ALL`].
    subjects: Vec<Vec<Subject>>,
    /// Index into the subjects of the kind.
    of: Option<usize>,
    past: Option<usize>,
    day: String,
    path: String,
    /// Whether the path was typed or picked: then another day no longer changes it.
    own_path: bool,
    folder: PathBuf,
    stem: String,
    zone: chrono_tz::Tz,
    today: NaiveDate,
    issue: Option<String>,
}

/// What came of it in a frame.
#[derive(Debug)]
pub enum Wanted {
    /// Ask for this.
    Print(Request),
    /// Show the system's dialog for the file.
    Browse(Purpose),
    /// Nothing after all.
    Cancelled,
}

impl PrintDialog {
    /// A dialog for a register with a paper chosen; the file is proposed beside it. `now_at` in UTC seconds.
    pub fn new(shown: &Shown, today: NaiveDate, now_at: i64, paper: Paper) -> Self {
        let all = || PaperKind::ALL.iter();
        let found: Vec<Vec<Subject>> = all().map(|kind| subjects(&shown.book, *kind, now_at)).collect();
        let kind = all().position(|kind| *kind == paper.kind());
        // A month is asked for by any day of it.
        let paper = match paper {
            Paper::Calendar(day) => Paper::Calendar(day.with_day(1).unwrap_or(day)),
            other => other,
        };
        let of = kind.and_then(|kind| found[kind].iter().position(|subject| subject.paper == paper));
        let folder = shown.path.parent().map(Path::to_owned).unwrap_or_default();
        let stem = shown.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut dialog = Self {
            kind,
            subjects: found,
            of: of.or(Some(0)),
            past: Some(0),
            day: today.pred_opt().unwrap_or(today).format("%Y-%m-%d").to_string(),
            path: String::new(),
            own_path: false,
            folder,
            stem,
            zone: clock::zone(&shown.book.shop.zone),
            today,
            issue: None,
        };
        dialog.propose();
        dialog
    }

    /// Chooses the end of a past day.
    pub fn as_of(&mut self, day: NaiveDate) {
        if day < self.today {
            self.past = Some(1);
            self.day = day.format("%Y-%m-%d").to_string();
            self.propose();
        }
    }

    /// The file that was picked.
    pub fn place(&mut self, path: &Path) {
        self.path = path.display().to_string();
        self.own_path = true;
        self.issue = None;
    }

    fn propose(&mut self) {
        if self.own_path {
            return;
        }
        let first = format!("{}-{}", self.stem, self.name());
        let mut path = self.folder.join(format!("{first}.pdf"));
        let mut number = 2;
        while path.exists() {
            path = self.folder.join(format!("{first}-{number}.pdf"));
            number += 1;
        }
        self.path = path.display().to_string();
    }

    fn chosen(&self) -> &[Subject] {
        self.kind.and_then(|kind| self.subjects.get(kind)).map_or(&[], Vec::as_slice)
    }

    fn paper(&self) -> Option<Paper> {
        self.chosen().get(self.of?).map(|subject| subject.paper)
    }

    /// What the file is called behind the register: `compliance-2026-12-01`, `change-CHG-2026-12-001`.
    fn name(&self) -> String {
        let day = self.as_of_on().unwrap_or(self.today);
        let Some(kind) = self.kind.and_then(|kind| PaperKind::ALL.get(kind)) else { return String::new() };
        if *kind == PaperKind::Monthly {
            return format!("compliance-{day}");
        }
        let subject = self.of.and_then(|of| self.chosen().get(of)).map_or("", |subject| &subject.name);
        let about = if subject.is_empty() { day.to_string() } else { subject.to_owned() };
        let plain = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '-' };
        format!("{}-{}", kind.word(), about.chars().map(plain).collect::<String>())
    }

    /// The past day that was chosen; `None` for now or where it cannot be read.
    fn as_of_on(&self) -> Option<NaiveDate> {
        if self.past == Some(0) {
            return None;
        }
        date_text::read(&self.day, self.today)
    }

    /// Draws the dialog until something is wanted. `can_browse` says whether the system has dialogs.
    pub fn dialog_ui(&mut self, ctx: &Context, can_browse: bool) -> Option<Wanted> {
        let (mut print, mut cancel, mut browse) = (false, false, false);
        let left = dialog_ui(ctx, Id::unique("print dialog"), "Print", |ui| {
            let tokens = theme::tokens(ui);
            ui.spacing_mut().item_spacing.y = size::CELL_PAD;
            let before = (self.kind, self.of, self.past, self.day.clone());
            self.paper_ui(ui);
            let dated = self.paper() == Some(Paper::Monthly);
            if dated {
                Dropdown::new("print", "As of", &["Now", "The end of a past day"], &mut self.past).ui(ui);
            }
            if dated && self.past == Some(1) {
                DateField::new("print", "Day", &mut self.day, self.today).ui(ui);
                let words = "Machines, rules and ranks as they were then, with the observations known today";
                ui.add(Label::new(Text::Small.rich(words).color(tokens.weak)).wrap());
            }
            if before != (self.kind, self.of, self.past, self.day.clone()) {
                self.issue = None;
                self.propose();
            }
            match path_field_ui(ui, "print", "File", &mut self.path, self.issue.as_deref(), can_browse) {
                Some(PathEvent::Changed) => {
                    self.own_path = true;
                    self.issue = None;
                }
                Some(PathEvent::Entered) => print = true,
                Some(PathEvent::Browse) => browse = true,
                None => {}
            }
            let room = vec2(ui.available_width(), size::CONTROL);
            ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), |ui| {
                let button = ui.add(Button::primary("Print"));
                if ctx.memory(|memory| memory.focused().is_none()) {
                    button.request_focus();
                }
                print |= button.clicked();
                cancel = ui.add(Button::secondary("Cancel")).clicked();
            });
        });
        if browse {
            let name = Path::new(&self.path).file_name().unwrap_or_default().to_string_lossy().into_owned();
            return Some(Wanted::Browse(Purpose::PrintTo { name }));
        }
        if print && let Some(request) = self.request() {
            return Some(Wanted::Print(request));
        }
        (left || cancel).then_some(Wanted::Cancelled)
    }

    /// Which paper and about what; a paper there is nothing for says so.
    fn paper_ui(&mut self, ui: &mut Ui) {
        let kinds: Vec<&str> = PaperKind::ALL.iter().map(|kind| kind.text()).collect();
        let before = self.kind;
        Dropdown::new("print", "Paper", &kinds, &mut self.kind).ui(ui);
        if before != self.kind {
            self.of = Some(0);
        }
        let mut of = self.of;
        let names: Vec<&str> = self.chosen().iter().map(|subject| subject.name.as_str()).collect();
        if names.is_empty() {
            let tokens = theme::tokens(ui);
            let words = "There is nothing to print for this paper yet";
            ui.add(Label::new(Text::Small.rich(words).color(tokens.weak)).wrap());
        } else if names != [""] {
            // Another sort of paper is another choice, whatever was open in the one before.
            Dropdown::new(("print", self.kind), "About", &names, &mut of).ui(ui);
        }
        self.of = of;
    }

    /// What to ask the engine for, or nothing with the issue named.
    fn request(&mut self) -> Option<Request> {
        let path = PathBuf::from(self.path.trim());
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        self.issue = if path.as_os_str().is_empty() || path.is_dir() {
            Some("Name a file".to_owned())
        } else if folder.is_some_and(|folder| !folder.is_dir()) {
            Some("There is no folder of this name".to_owned())
        } else if path.exists() && !self.own_path {
            Some("There is already a file of this name".to_owned())
        } else {
            None
        };
        let paper = self.paper();
        if paper.is_none() && self.issue.is_none() {
            self.issue = Some("Choose a paper that there is something to print for".to_owned());
        }
        let as_of_at = match self.past {
            Some(1) if paper == Some(Paper::Monthly) => {
                let day = date_text::read(&self.day, self.today)?;
                if day >= self.today {
                    self.issue = Some("The day must lie in the past; for today choose Now".to_owned());
                }
                Some(clock::end_of_day(self.zone, day))
            }
            _ => None,
        };
        let paper = paper.filter(|_| self.issue.is_none())?;
        Some(Request::Print { spec: Spec { paper, as_of_at }, path })
    }
}
