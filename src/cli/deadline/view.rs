//! Deadlines as lists and single ones, for people and for programs.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use super::super::output::{Output, columns};
use super::super::people::{input, instant};
use super::{known, open};
use crate::app::{Context, Error};
use crate::domain::book::Book;
use crate::domain::case::BusinessCaseId;
use crate::domain::case::change::{cost_text, judgement_text};
use crate::domain::compliance::explain::{explain, late_stages, later, standing};
use crate::domain::compliance::moved::rule_text;
use crate::domain::compliance::view::View;
use crate::domain::deadline::{DeadlineRule, second_text, seconds};
use crate::domain::ruleset::idle::{own_reason, set_reasons};
use crate::domain::ruleset::preset::{Preset, PresetRule, presets};
use crate::domain::ruleset::standing::{
    change_text, condition_text, in_force, pending, ratification_text, rule_binds_text, rules_of, scope_text,
    set_binds_text, time_text,
};
use crate::domain::ruleset::{RuleSet, Settled};
use crate::domain::update::Update;
use crate::store::Access;
use crate::util::clock::{day_text, text_in, zone};
use crate::util::text::fold;

pub(super) fn list(file: &Path, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(file, Access::ReadOnly, context, output)?;
    let (book, now) = (engine.book(), engine.context().clock.now_at());
    let mut own: Vec<_> =
        book.rules.iter().filter(|rule| rule.until_at.is_none_or(|until| until > now)).collect();
    own.sort_by_key(|rule| {
        (rule.rank, rule.class.is_none(), rule.class, rule.exposure.is_none(), rule.exposure)
    });
    let row = |rule: &&DeadlineRule| vec![rule_text(rule), rule_binds_text(book, rule), rule.source.clone()];
    let rows: Vec<Vec<String>> = own.iter().map(row).collect();
    let sets = in_force(book, now);
    let own_header = ["Own rule", "Binds", "Source"];
    let mut text = format!("{}\n\n{}", ratification_text(book), columns(&own_header, &rows));
    let rows: Vec<Vec<String>> = sets.iter().map(|set| set_row(book, set)).collect();
    if rows.is_empty() {
        text.push_str("\n\nNo rule set is adopted. See what there is: patchbook-cli deadline presets.");
    } else {
        let header = ["Key", "Rule set", "Binds", "Binds releases", "Waivers", "Marks"];
        let _infallible = write!(text, "\n\n{}", columns(&header, &rows));
    }
    for second in seconds(&book.rules) {
        let _infallible = write!(text, "\n\n{}", second_text(second));
    }
    let mut idle: Vec<String> = own
        .iter()
        .filter_map(|rule| Some(format!("{}, because {}", rule_text(rule), own_reason(book, now, rule)?)))
        .collect();
    for set in &sets {
        let of_set = set_reasons(book, now, set);
        idle.extend(of_set.iter().map(|(rule, why)| format!("{}, {}, because {why}", set.name, rule.label)));
    }
    if !idle.is_empty() {
        let _infallible = write!(text, "\n\nNever decide:\n  {}", idle.join("\n  "));
    }
    let waits = pending(book).len();
    if waits > 0 {
        let _infallible = write!(text, "\n\n{waits} pending: patchbook-cli deadline pending");
    }
    let own: Vec<Value> = own
        .iter()
        .map(|rule| json!({ "rule": rule_text(rule), "from_at": rule.from_at, "source": rule.source }))
        .collect();
    let sets: Vec<Value> = sets
        .iter()
        .map(|set| {
            json!({ "key": set.key, "name": set.name, "source": set.source, "binds": scope_text(book, &set.binds),
                    "waivers": set.waivers, "unconfirmed": set.unconfirmed, "adopted_at": set.adopted_at,
                    "rules": rules_of(book, set).len() })
        })
        .collect();
    let value = json!({ "ratification": ratification_text(book), "own": own, "sets": sets, "never_decide": idle, "pending": waits });
    output.result(&text, &value);
    Ok(())
}

fn set_row(book: &Book, set: &RuleSet) -> Vec<String> {
    let marks = if set.unconfirmed { "unconfirmed" } else { "" };
    vec![
        set.key.clone(),
        set.name.clone(),
        scope_text(book, &set.binds),
        set_binds_text(book, set).unwrap_or_default(),
        if set.waivers { "yes" } else { "no" }.to_owned(),
        marks.to_owned(),
    ]
}

pub(super) fn offered(output: &Output) {
    let all = presets();
    let row = |preset: &Preset| {
        let marks = if preset.unconfirmed() { "unconfirmed" } else { "" };
        let (key, name) = (preset.key.to_owned(), preset.name.to_owned());
        vec![key, name, preset.offer.text().to_owned(), preset.rules.len().to_string(), marks.to_owned()]
    };
    let rows: Vec<Vec<String>> = all.iter().map(row).collect();
    let value = |preset: &Preset| {
        json!({ "key": preset.key, "name": preset.name, "state": preset.offer.word(), "source": preset.source,
                "rules": preset.rules.len(), "waivers": preset.waivers, "unconfirmed": preset.unconfirmed() })
    };
    let values: Vec<Value> = all.iter().map(value).collect();
    output.result(
        &columns(&["Key", "Rule set", "State", "#Rules", "Marks"], &rows),
        &json!({ "presets": values }),
    );
}

pub(super) fn show(key: &str, output: &Output) -> Result<(), Error> {
    let preset = known(key)?;
    let time = |rule: &PresetRule| {
        if rule.own { "your own time".to_owned() } else { time_text(rule.count, rule.unit, rule.clock) }
    };
    let marks = |triage, unconfirmed| {
        let marks = [(triage, "evidence first"), (unconfirmed, "unconfirmed")];
        marks.into_iter().filter(|(holds, _)| *holds).map(|(_, mark)| mark).collect::<Vec<_>>().join(", ")
    };
    let rows: Vec<Vec<String>> = preset
        .rules
        .iter()
        .map(|rule| {
            vec![
                rule.label.to_owned(),
                condition_text(&rule.condition),
                rule.stage.text().to_owned(),
                time(rule),
                marks(rule.triage, rule.unconfirmed),
            ]
        })
        .collect();
    let waivers = if preset.waivers { "knows waivers" } else { "knows no waivers" };
    let mut text =
        format!("{} ({}), {waivers}\n{}\n{}", preset.name, preset.offer.text(), preset.source, preset.note);
    for (word, day) in [("from", preset.from_on), ("until", preset.until_on)] {
        if let Some(day) = day {
            let _infallible = write!(text, "\nIn force {word} {}", day_text(day));
        }
    }
    let header = ["Rule", "Binds", "To", "Time", "Marks"];
    let _infallible = write!(text, "\n\n{}", columns(&header, &rows));
    let values: Vec<Value> = preset
        .rules
        .iter()
        .map(|rule| {
            json!({ "label": rule.label, "binds": condition_text(&rule.condition), "stage": rule.stage.word(),
                    "count": rule.count, "unit": rule.unit.word(), "clock": rule.clock.word(),
                    "triage": rule.triage, "unconfirmed": rule.unconfirmed, "own": rule.own })
        })
        .collect();
    let value = json!({ "key": preset.key, "name": preset.name, "state": preset.offer.word(), "source": preset.source,
                        "note": preset.note, "from_on": preset.from_on, "until_on": preset.until_on,
                        "waivers": preset.waivers, "rules": values });
    output.result(&text, &value);
    Ok(())
}

pub(super) fn waiting(file: &Path, all: bool, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let zone = zone(&book.shop.zone);
    let shown = book.pending_rules.iter().enumerate().filter(|(_, row)| all || row.settled == Settled::Open);
    let shown: Vec<_> = shown.collect();
    let case = |id: Option<BusinessCaseId>| {
        id.and_then(|id| book.cases.get(id.0)).map_or("", |case| case.name.as_str()).to_owned()
    };
    let rows: Vec<Vec<String>> = shown
        .iter()
        .map(|(place, row)| {
            vec![
                (place + 1).to_string(),
                row.settled.text().to_owned(),
                change_text(book, row),
                row.reason.clone(),
                format!("{}, {}", row.proposed_by, text_in(zone, row.proposed_at)),
                case(row.case),
                cost_text(book, row),
                judgement_text(book, row),
            ]
        })
        .collect();
    let header = ["#No.", "State", "Change", "Because", "Proposed by", "Estimate", "Cost", "Judgement"];
    let text = if rows.is_empty() {
        format!("Nothing waits for the policy. {}", ratification_text(book))
    } else {
        format!("{}\n\n{}", ratification_text(book), columns(&header, &rows))
    };
    let values: Vec<Value> = shown
        .iter()
        .map(|(place, row)| {
            json!({ "number": place + 1, "state": row.settled.word(), "change": change_text(book, row),
                    "reason": row.reason, "proposed_by": row.proposed_by, "proposed_at": row.proposed_at,
                    "settled_at": row.settled_at, "case": case(row.case), "cost": cost_text(book, row),
                    "judgement": judgement_text(book, row) })
        })
        .collect();
    output.result(&text, &json!({ "ratification": ratification_text(book), "changes": values }));
    Ok(())
}

pub(super) fn told(
    file: &Path,
    update: &str,
    asset: &str,
    as_of: Option<&str>,
    context: &Context,
    output: &Output,
) -> Result<(), Error> {
    let engine = open(file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let now = engine.context().clock.now_at();
    let as_of_at = as_of.map_or(Ok(now), |text| instant(book, text))?;
    let wanted = fold(update);
    let number = wanted.trim_start_matches("kb");
    let fits = |row: &Update| {
        row.kbs.iter().any(|kb| kb == number) || fold(&row.title) == wanted || row.guid == wanted
    };
    let place = book.updates.rows().iter().position(fits).ok_or_else(|| {
        let hint = "Give its KB, its whole title or its id. See them: patchbook-cli update list FILE.";
        input(format!("{update} is no update of the register"), hint)
    })?;
    let found = book.asset_named(asset).ok_or_else(|| {
        input(format!("{asset} is not in the register"), "See what is: patchbook-cli assets FILE.")
    })?;
    let asset_place = book.asset_place(found.id).unwrap_or(0);
    let view = View::new(book, as_of_at);
    let all = explain(&view, place as u32, asset_place);
    let (words, inherited) = standing(&view, place as u32, asset_place);
    let site = zone(if found.zone.is_empty() { &book.shop.zone } else { &found.zone });
    let rows: Vec<Vec<String>> = all
        .iter()
        .map(|rule| {
            vec![
                rule.due_at.map_or_else(|| rule.no_date.to_owned(), |at| text_in(site, at)),
                rule.text.clone(),
                text_in(site, rule.start_at),
                rule.binds.clone(),
                if rule.triage { "evidence first" } else { "" }.to_owned(),
                rule.source.clone(),
            ]
        })
        .collect();
    let text = if rows.is_empty() {
        "No rule binds.".to_owned()
    } else {
        columns(&["Due", "Rule", "Clock started", "Binds", "Marks", "Source"], &rows)
    };
    let older = |place: u32| book.updates.rows()[place as usize].short_name();
    let first = inherited.as_ref().map_or_else(String::new, |inherited| {
        format!(
            " Due {}: inherited from {}, which it replaces and which was not installed ({}).",
            text_in(site, inherited.due_at),
            older(inherited.from),
            inherited.text
        )
    });
    let mut text = format!("{words}{first}\n\n{text}");
    let later = later(&view, place as u32, asset_place);
    for rule in &later {
        let _infallible = write!(text, "\n\nDoes not bind it: {rule}.");
    }
    let values: Vec<Value> = all
        .iter()
        .map(|rule| {
            json!({ "rule": rule.text, "source": rule.source, "due_at": rule.due_at, "start_at": rule.start_at,
                    "binds": rule.binds, "triage": rule.triage, "unconfirmed": rule.unconfirmed })
        })
        .collect();
    let inherited =
        inherited.map(|it| json!({ "from": older(it.from), "due_at": it.due_at, "rule": it.text }));
    let value = json!({ "standing": words, "inherited": inherited, "rules": values, "not_yet": later });
    output.result(&text, &value);
    Ok(())
}

pub(super) fn late(file: &Path, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let zone = zone(&book.shop.zone);
    let found = late_stages(&View::new(book, engine.context().clock.now_at()));
    let name = |place: u32| book.updates.rows()[place as usize].short_name();
    let rows: Vec<Vec<String>> = found
        .iter()
        .map(|late| {
            vec![
                name(late.update),
                late.stage.text().to_owned(),
                text_in(zone, late.due_at),
                late.text.clone(),
            ]
        })
        .collect();
    let text = if rows.is_empty() {
        "No time to assess or to report has passed.".to_owned()
    } else {
        columns(&["Update", "To", "Ended", "Rule"], &rows)
    };
    let values: Vec<Value> = found
        .iter()
        .map(|late| {
            json!({ "update": name(late.update), "stage": late.stage.word(), "due_at": late.due_at, "rule": late.text })
        })
        .collect();
    output.result(&text, &json!({ "late": values }));
    Ok(())
}
