//! The page of questions: what the files leave open, each asked once and remembered for files with the same header.

use egui::{Label, ScrollArea, Ui};

use super::State;
use super::choice::choice_ui;
use super::columns::mapping_ui;
use crate::import::date::{Cell, DateOrder, Evidence, read as read_date};
use crate::import::row::State as PairState;
use crate::import::{Answers, FileScope, Profile, Question, QuestionKind, ReadSet};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::theme::{self, Text, size};
use crate::ui::widget::page_header::{Chosen, PageAction};
use crate::ui::widget::{Dropdown, Field, card_ui, page_header_ui};
use crate::util::clock;
use crate::util::text::counted;

/// Fills in what can be proposed without deciding anything: the guessed columns.
pub fn prepare(answers: &mut Answers, read: &ReadSet) {
    for question in &read.questions {
        if let QuestionKind::Mapping { guess, .. } = &question.kind {
            let profile = answers.profile_mut(&question.fingerprint);
            profile.mapping.get_or_insert_with(|| guess.clone());
        }
    }
}

/// Draws the page.
pub fn questions_ui(state: &mut State, ui: &mut Ui) -> Vec<Action> {
    let Some(read) = state.read.clone() else {
        state.leave();
        return Vec::new();
    };
    let open = read.questions.iter().filter(|question| !is_answered(&state.answers, question)).count();
    let asked = counted(read.questions.len() as u64, "question", "questions");
    let context = format!("{asked} about these files; the answers are remembered for the next ones");
    let go_on = PageAction {
        enabled: open == 0,
        tooltip: (open > 0).then_some("Answer every question first"),
        ..PageAction::new(Some(icon::ARROW_RIGHT), "Continue")
    };
    let chosen = page_header_ui(ui, "Import", &context, Some(go_on), &[PageAction::new(None, "Cancel")]);
    super::progress_ui(state, ui);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for (at, question) in read.questions.iter().enumerate() {
            let file = read.files.get(usize::from(question.file)).map_or("", |file| file.name.as_str());
            card_ui(ui, Some(&title(&question.kind)), |ui| {
                let tokens = theme::tokens(ui);
                ui.label(Text::Small.rich(file).color(tokens.weak));
                ui.push_id(at, |ui| question_ui(&mut state.answers, question, ui));
            });
            ui.add_space(size::GAP);
        }
    });
    match chosen {
        Some(Chosen::Primary) => vec![state.read_again()],
        Some(Chosen::Other(_)) => {
            state.leave();
            Vec::new()
        }
        None => Vec::new(),
    }
}

fn title(kind: &QuestionKind) -> String {
    match kind {
        QuestionKind::DateOrder { column, .. } => format!("Is the day or the month first in “{column}”?"),
        QuestionKind::StateWord { word, .. } => format!("What does the state “{word}” mean?"),
        QuestionKind::Scope { .. } => "Which updates does this file list for each computer?".to_owned(),
        QuestionKind::StateOfFile { .. } => "What does a row of this file mean?".to_owned(),
        QuestionKind::UpdateOfFile { .. } => "Which update is this file about?".to_owned(),
        QuestionKind::Mapping { .. } => "Which column means what?".to_owned(),
    }
}

fn is_answered(answers: &Answers, question: &Question) -> bool {
    let none = Profile::default();
    let profile = answers.profiles.get(&question.fingerprint).unwrap_or(&none);
    match &question.kind {
        QuestionKind::DateOrder { .. } => profile.date_order.is_some(),
        QuestionKind::StateWord { word, .. } => profile.state_words.contains_key(word),
        QuestionKind::Scope { .. } => profile.scope.is_some(),
        QuestionKind::StateOfFile { .. } => profile.every_state.is_some(),
        QuestionKind::UpdateOfFile { name } => answers
            .update_of_file
            .get(name)
            .is_some_and(|kb| !kb.is_empty() && kb.bytes().all(|b| b.is_ascii_digit())),
        QuestionKind::Mapping { .. } => {
            profile.mapping.as_ref().is_some_and(|mapping| mapping.names_computer() || mapping.names_update())
        }
    }
}

fn question_ui(answers: &mut Answers, question: &Question, ui: &mut Ui) {
    let fingerprint = question.fingerprint.as_str();
    match &question.kind {
        QuestionKind::DateOrder { samples, .. } => {
            date_order_ui(answers.profile_mut(fingerprint), samples, ui);
        }
        QuestionKind::StateWord { word, count, line } => {
            let said = counted(*count, "row says it", "rows say it");
            weak(ui, &format!("{said}, first in line {line}."));
            state_word_ui(answers.profile_mut(fingerprint), word, ui);
        }
        QuestionKind::Scope { suggested } => scope_ui(answers.profile_mut(fingerprint), suggested, ui),
        QuestionKind::StateOfFile { suggested } => {
            every_state_ui(answers.profile_mut(fingerprint), *suggested, ui);
        }
        QuestionKind::UpdateOfFile { name } => update_ui(answers, name, ui),
        QuestionKind::Mapping { header, samples, .. } => {
            mapping_ui(answers.profile_mut(fingerprint), fingerprint, header, samples, ui);
        }
    }
}

fn weak(ui: &mut Ui, words: &str) {
    let tokens = theme::tokens(ui);
    ui.add(Label::new(Text::Body.rich(words).color(tokens.weak)).wrap());
}

fn date_order_ui(profile: &mut Profile, samples: &[String], ui: &mut Ui) {
    for (order, word) in [(DateOrder::DayFirst, "Day first"), (DateOrder::MonthFirst, "Month first")] {
        let said: Vec<String> = samples.iter().filter_map(|sample| said(sample, order)).collect();
        if choice_ui(ui, profile.date_order == Some(order), word, &said.join("; ")) {
            profile.date_order = Some(order);
        }
    }
}

/// `4/3/2024 is Mon 4 Mar 2024`.
fn said(sample: &str, order: DateOrder) -> Option<String> {
    let Cell::Date(raw) = read_date(sample, &mut Evidence::default()) else { return None };
    let day = raw.resolve(order, 0).map(|at| clock::day_text(clock::utc(at).date_naive()));
    Some(format!("{sample} is {}", day.unwrap_or_else(|| "no date".to_owned())))
}

fn state_word_ui(profile: &mut Profile, word: &str, ui: &mut Ui) {
    let mut options: Vec<&str> = PairState::ALL.iter().map(|state| state.text()).collect();
    options.push("Leave these rows out");
    let mut chosen = profile.state_words.get(word).map(|meaning| match meaning {
        Some(state) => *state as usize,
        None => PairState::ALL.len(),
    });
    let dropdown =
        Dropdown::new(("state word", word), "It means", &options, &mut chosen).width(size::SIDE_PANEL);
    if dropdown.ui(ui).changed()
        && let Some(at) = chosen
    {
        profile.state_words.insert(word.to_owned(), PairState::ALL.get(at).copied());
    }
}

fn scope_ui(profile: &mut Profile, suggested: &FileScope, ui: &mut Ui) {
    let choices = [
        (
            FileScope::AllButNotApplicable,
            "Everything that applies to it",
            "All updates but those that do not apply. A row that is gone next time then means: no longer applicable.",
        ),
        (
            FileScope::All,
            "Every update, those that do not apply too",
            "A row that is missing proves nothing, but every computer named was looked at whole.",
        ),
        (
            FileScope::NeededOnly,
            "Only what it needs",
            "Shows what is missing, never what is installed: the machines count as looked at, and nothing turns green.",
        ),
        (
            FileScope::Unknown,
            "Some updates, or I do not know",
            "The rows are taken as they are, and a missing row proves nothing.",
        ),
    ];
    for (scope, word, meaning) in choices {
        let title = if scope == *suggested && scope != FileScope::Unknown {
            format!("{word} (it looks like this)")
        } else {
            word.to_owned()
        };
        if choice_ui(ui, profile.scope.as_ref() == Some(&scope), &title, meaning) {
            profile.scope = Some(scope);
        }
    }
}

fn every_state_ui(profile: &mut Profile, suggested: Option<PairState>, ui: &mut Ui) {
    weak(ui, "The file names computers and updates but no state, so every row stands for the same one.");
    let options: Vec<&str> = PairState::ALL.iter().map(|state| state.text()).collect();
    let mut chosen = profile.every_state.map(|state| state as usize);
    let help = suggested.map(|state| format!("It looks like: {}", state.text()));
    let mut dropdown =
        Dropdown::new("every state", "Every row means", &options, &mut chosen).width(size::SIDE_PANEL);
    if let Some(help) = &help {
        dropdown = dropdown.help(help);
    }
    if dropdown.ui(ui).changed() {
        profile.every_state = chosen.and_then(|at| PairState::ALL.get(at).copied());
    }
}

fn update_ui(answers: &mut Answers, name: &str, ui: &mut Ui) {
    let kb = answers.update_of_file.entry(name.to_owned()).or_default();
    let wrong = !kb.is_empty() && !kb.bytes().all(|byte| byte.is_ascii_digit());
    let response = Field::new(("update of file", name), "KB number", kb)
        .number()
        .required()
        .hint("5036892")
        .width(size::SIDE_PANEL)
        .issue(wrong.then_some("Write the digits of the KB number, like 5036892"))
        .ui(ui);
    if response.changed() {
        let digits = kb.trim().trim_start_matches(['K', 'k']).trim_start_matches(['B', 'b']);
        *kb = digits.to_owned();
    }
}
