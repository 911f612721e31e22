//! A date by typing or picking: the text stays as typed, and below it stands what was understood.

use std::fmt::Debug;
use std::hash::Hash;

use chrono::NaiveDate;
use egui::{EventFilter, Id, Key, Modifiers, Popup, PopupCloseBehavior, Rect, RectAlign, Response, Ui};

use super::button::Button;
use super::calendar::{self, Calendar};
use super::date_text;
use super::dropdown::pointer_is_at_it;
use super::field::column_ui;
use super::form::{self, Input};
use crate::ui::icon;
use crate::ui::theme::size;

/// A labelled date. The text belongs to the caller's draft; [`date_text::read`] says what it means.
#[must_use = "a date field does nothing until it is shown"]
pub struct DateField<'a> {
    id: Id,
    label: &'a str,
    text: &'a mut String,
    today: NaiveDate,
    issue: Option<&'a str>,
    required: bool,
    width: Option<f32>,
}

impl<'a> DateField<'a> {
    /// A date of `record`, typed so far as `text`.
    pub fn new(record: impl Hash + Debug, label: &'a str, text: &'a mut String, today: NaiveDate) -> Self {
        Self {
            id: Id::unique(("date", &record, label)),
            label,
            text,
            today,
            issue: None,
            required: false,
            width: None,
        }
    }

    /// What is wrong with the date, in words. Text that is no date at all is said without being asked.
    pub fn issue(mut self, issue: Option<&'a str>) -> Self {
        self.issue = issue;
        self
    }

    /// Marks the field as one that must be filled.
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// A fixed width instead of all there is, in points.
    pub fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// Draws the field and returns the response of its input; `changed()` also after a pick.
    pub fn ui(self, ui: &mut Ui) -> Response {
        let width = self.width.unwrap_or_else(|| ui.available_width());
        let understood = date_text::read(self.text, self.today);
        let unread = understood.is_none() && !self.text.trim().is_empty();
        let issue = self.issue.or(unread.then_some("Not a date. Write it like 8 Dec 2026 or 2026-12-08"));
        column_ui(ui, width, |ui| {
            let label = form::label_ui(ui, self.label, self.required);
            let mut picked = None;
            let mut response = ui
                .horizontal(|ui| {
                    let input = Input {
                        hint: Some("8 Dec 2026"),
                        wrong: issue.is_some(),
                        figures: true,
                        ..Input::line(self.id, width - size::CONTROL - size::GAP_SMALL)
                    };
                    ui.spacing_mut().item_spacing.x = size::GAP_SMALL;
                    let response = input.ui(ui, self.text).labelled_by(label.id);
                    let name = format!("Pick {}", self.label.to_lowercase());
                    picked =
                        picker_ui(ui, self.id.with("picker"), &name, understood, self.today, response.rect);
                    response
                })
                .inner;
            if let Some(date) = picked {
                *self.text = date_text::say(date);
                response.mark_changed();
            }
            let echo = understood.map(date_text::say).filter(|said| said != self.text);
            form::describe(&response, self.required, issue.or(echo.as_deref()), issue.is_some());
            form::note_ui(ui, issue, echo.as_deref());
            response
        })
    }
}

/// The button beside the text and the calendar it opens. The keyboard stays on the button.
fn picker_ui(
    ui: &mut Ui,
    id: Id,
    name: &str,
    chosen: Option<NaiveDate>,
    today: NaiveDate,
    beside: Rect,
) -> Option<NaiveDate> {
    let mut open: Option<Calendar> = ui.data(|data| data.get_temp(id)).flatten();
    let button_id = id.with("button");
    let mut picked = None;
    if let Some(calendar) = &mut open
        && ui
            .data(|data| data.get_temp::<Id>(button_id))
            .is_some_and(|at| ui.memory(|memory| memory.has_focus(at)))
    {
        let take = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if take(Key::Enter) || take(Key::Space) {
            picked = Some(calendar.at);
        } else if take(Key::Escape) {
            open = None;
        } else {
            calendar.keys(ui);
        }
    }
    let button = ui.add(Button::icon_only(icon::CALENDAR, name).outlined());
    ui.data_mut(|data| data.insert_temp(button_id, button.id));
    if button.clicked() {
        button.request_focus();
        open = if open.is_some() { None } else { Some(Calendar::new(chosen.unwrap_or(today))) };
    }
    if button.has_focus() {
        let held = open.is_some();
        let filter = EventFilter { tab: false, horizontal_arrows: held, vertical_arrows: held, escape: held };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(button.id, filter));
    } else if button.lost_focus() && !pointer_is_at_it(ui) {
        open = None;
    }
    if let Some(calendar) = &mut open {
        let mut still = true;
        let shown = Popup::from_response(&button)
            .id(id.with("calendar"))
            .anchor(beside.union(button.rect))
            .align(RectAlign::BOTTOM_END)
            .open_bool(&mut still)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .accessible_name(name)
            .gap(size::GAP_SMALL)
            .show(|ui| {
                picked = picked.or(calendar::calendar_ui(ui, calendar, chosen, today));
            });
        if !still {
            open = None;
        } else if shown.is_some_and(|shown| shown.response.contains_pointer())
            && ui.input(|input| input.pointer.any_released())
        {
            // A click on a month's arrow took the keyboard from the button that moves the days.
            button.request_focus();
        }
    }
    if picked.is_some() {
        open = None;
        button.request_focus();
    }
    ui.data_mut(|data| data.insert_temp(id, open));
    picked
}
