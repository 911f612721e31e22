//! A whole month by keyboard, from the hats of three people to the cycle that is closed, told in the order of time.
//!
//! Every control is reached by the Tab key, the arrows, Enter, Space and a shortcut, never by its name alone: what the
//! keyboard cannot reach fails here. What the register says is read by somebody else after each stage.

mod keys;
mod register;
mod stage;

use patchbook::domain::change::ChangeState;
use patchbook::domain::change::figure;
use patchbook::domain::change::line::{LineResult, Proof};
use patchbook::domain::cycle::measure::kept;

use super::desk::Desk;
use register::{APRIL, Export};

/// The walk as far as the records of the month are approved.
fn decided(export: &Export) -> Desk<'static> {
    let mut desk = register::shop(export);
    stage::hats(&mut desk);
    stage::window(&mut desk);
    stage::cycle(&mut desk);
    stage::records(&mut desk);
    stage::fill(&mut desk, register::SERVERS);
    stage::try_it(&mut desk);
    stage::submit(&mut desk);
    stage::approve(&mut desk);
    desk
}

#[test]
fn a_month_is_walked_by_keyboard_from_the_hats_to_the_closed_cycle() {
    let export = Export::new();
    let mut desk = decided(&export);
    stage::schedule(&mut desk);
    stage::plan_night(&mut desk);
    let mut desk = desk.reopened_at(register::NIGHT);
    stage::start(&mut desk);
    stage::night(&mut desk);
    let mut desk = desk.reopened_at(register::NIGHT_ENDS);
    stage::finish(&mut desk);
    let mut desk = desk.reopened_at(register::MONDAY);
    stage::import(&mut desk, &export);
    stage::verify(&mut desk);
    let book = desk.book();
    let line = stage::lines(&book)[0];
    assert_eq!((line.result, line.proof), (Some(LineResult::Done), Some(Proof::Tool)));
    stage::monitor(&mut desk);
    let mut desk = desk.reopened_at(register::QUIET);
    stage::close(&mut desk);
    let book = desk.book();
    assert_eq!(stage::record(&book).state, ChangeState::Closed);
    let m12 = figure::changes(&book, APRIL, register::QUIET);
    assert_eq!((m12.ended.len(), m12.successful.len(), m12.approved_before.len()), (1, 1, 1));
    assert_eq!(m12.evidenced.len(), 1, "everything that proves it is there");
    assert_eq!(kept(&book, APRIL, register::QUIET).milestones_on_time, 0);
    stage::review(&mut desk);
    stage::settle_steps(&mut desk);
    stage::close_is_refused(&mut desk);
    stage::give_up_the_other(&mut desk);
    stage::close_cycle(&mut desk);
    let m17 = kept(&desk.book(), APRIL, register::QUIET);
    assert_eq!((m17.cycles_due, m17.cycles_on_time), (1, 0), "five days after its review was due");
    assert_eq!((m17.milestones_due, m17.milestones_on_time), (register::STEPS as u64, 1));
    assert_eq!(m17.milestones_recorded_late, 1, "said nine days later, and counted as such");
}
