//! A row as it is being typed: its image, and beside it the texts of what is not text in the row.
//!
//! Invariant: what was typed stays as typed until it is sent; nothing here decides whether it is allowed.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;
use serde_json::Value;

use crate::domain::row::Row;
use crate::ui::widget::date_text;
use crate::util::clock;

/// A text that stands for something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// A whole number; empty for none.
    Number(String),
    /// A day; empty for none.
    Day(String),
    /// A day and a time of day in the shop's zone; both empty for none.
    When {
        /// The day.
        day: String,
        /// The time, `21:00`.
        time: String,
    },
}

/// A row as it is being typed. Places in it are paths such as `plan/impact`.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    image: Value,
    typed: BTreeMap<String, Typed>,
}

impl Draft {
    /// The draft of a row.
    pub fn of<R: Row>(row: &R) -> Self {
        Self { image: Value::Object(row.image()), typed: BTreeMap::new() }
    }

    fn at(&self, path: &str) -> Option<&Value> {
        self.image.pointer(&format!("/{path}"))
    }

    fn at_mut(&mut self, path: &str) -> Option<&mut Value> {
        self.image.pointer_mut(&format!("/{path}"))
    }

    /// The text at a path; empty where there is none.
    pub fn text(&self, path: &str) -> &str {
        self.at(path).and_then(Value::as_str).unwrap_or_default()
    }

    /// The number at a path, such as an id.
    pub fn number(&self, path: &str) -> Option<i64> {
        self.at(path).and_then(Value::as_i64)
    }

    /// Whether a yes stands at a path.
    pub fn is_yes(&self, path: &str) -> bool {
        self.at(path).and_then(Value::as_bool).unwrap_or_default()
    }

    /// Whether there is anything at a path at all.
    pub fn has(&self, path: &str) -> bool {
        self.at(path).is_some_and(|value| !value.is_null())
    }

    /// How many entries the list at a path has.
    pub fn len(&self, path: &str) -> usize {
        self.at(path).and_then(Value::as_array).map_or(0, Vec::len)
    }

    /// The ids of the list at a path.
    pub fn ids(&self, path: &str) -> Vec<i64> {
        let list = self.at(path).and_then(Value::as_array);
        list.map_or_else(Vec::new, |list| list.iter().filter_map(Value::as_i64).collect())
    }

    /// Puts a value at a path that the row has.
    pub fn set(&mut self, path: &str, value: impl Into<Value>) {
        if let Some(place) = self.at_mut(path) {
            *place = value.into();
        }
        // What was typed below it is about the old value.
        let below = format!("{path}/");
        self.typed.retain(|known, _| known != path && !known.starts_with(&below));
    }

    /// Puts an entry at the end of the list at a path.
    pub fn push(&mut self, path: &str, value: Value) {
        if let Some(list) = self.at_mut(path).and_then(Value::as_array_mut) {
            list.push(value);
        }
    }

    /// Takes an entry out of the list at a path.
    pub fn take(&mut self, path: &str, at: usize) {
        if let Some(list) = self.at_mut(path).and_then(Value::as_array_mut)
            && at < list.len()
        {
            list.remove(at);
        }
        // What was typed further down has moved up.
        let below = format!("{path}/");
        let mut kept = BTreeMap::new();
        for (known, typed) in std::mem::take(&mut self.typed) {
            let Some(rest) = known.strip_prefix(&below) else {
                kept.insert(known, typed);
                continue;
            };
            let (place, rest) = rest.split_once('/').unwrap_or((rest, ""));
            match place.parse::<usize>() {
                Ok(place) if place == at => {}
                Ok(place) if place > at => {
                    kept.insert(format!("{below}{}/{rest}", place - 1), typed);
                }
                _ => {
                    kept.insert(known.clone(), typed);
                }
            }
        }
        self.typed = kept;
    }

    /// What is typed for a number at a path.
    pub fn typed_number(&mut self, path: &str) -> &mut Typed {
        let text = self.number(path).map(|number| number.to_string()).unwrap_or_default();
        self.typed.entry(path.to_owned()).or_insert(Typed::Number(text))
    }

    /// What is typed for a day at a path.
    pub fn typed_day(&mut self, path: &str) -> &mut Typed {
        let day = self.text(path).parse().map(date_text::say).unwrap_or_default();
        self.typed.entry(path.to_owned()).or_insert(Typed::Day(day))
    }

    /// What is typed for an instant at a path.
    pub fn typed_when(&mut self, path: &str, zone: Tz) -> &mut Typed {
        let at = self.number(path);
        self.typed.entry(path.to_owned()).or_insert_with(|| Typed::when(zone, at))
    }

    /// The row, or what cannot be read of it: a path and what is wrong there.
    pub fn row<R: Row>(&self, zone: Tz, today: NaiveDate) -> Result<R, Vec<(String, String)>> {
        let mut whole = self.clone();
        let mut flaws = Vec::new();
        for (path, typed) in &self.typed {
            match typed.value(zone, today) {
                Ok(value) => {
                    if let Some(place) = whole.at_mut(path) {
                        *place = value;
                    }
                }
                Err(flaw) => flaws.push((path.clone(), flaw)),
            }
        }
        if !flaws.is_empty() {
            return Err(flaws);
        }
        serde_json::from_value(whole.image).map_err(|_| {
            let numbers = self.typed.iter().filter(|(_, typed)| **typed == Typed::Number(String::new()));
            let flaw = "Write a whole number, such as 14.".to_owned();
            let mut flaws: Vec<_> = numbers.map(|(path, _)| (path.clone(), flaw.clone())).collect();
            if flaws.is_empty() {
                flaws.push((String::new(), "Something in this form cannot be read.".to_owned()));
            }
            flaws
        })
    }

    /// Takes over what changed elsewhere since `read`, where nothing was typed here: from a newer row.
    pub fn rebase(&mut self, read: &Self, theirs: &Self) {
        rebase(&mut self.image, &read.image, &theirs.image);
        let (image, read) = (&self.image, &read.typed);
        self.typed.retain(|path, typed| {
            read.get(path).is_none_or(|was| was != typed) || image.pointer(&format!("/{path}")).is_none()
        });
    }

    /// The paths at which two drafts differ.
    pub fn differs(&self, other: &Self) -> Vec<String> {
        let mut paths = Vec::new();
        differ(&self.image, &other.image, "", &mut paths);
        paths
    }
}

impl Typed {
    /// An instant as it is shown in a form.
    pub fn when(zone: Tz, at: Option<i64>) -> Self {
        let local = at.map(|at| clock::utc(at).with_timezone(&zone).naive_local());
        Self::When {
            day: local.map(|local| date_text::say(local.date())).unwrap_or_default(),
            time: local.map(|local| local.format("%H:%M").to_string()).unwrap_or_default(),
        }
    }

    fn value(&self, zone: Tz, today: NaiveDate) -> Result<Value, String> {
        match self {
            Self::Number(text) if text.trim().is_empty() => Ok(Value::Null),
            Self::Number(text) => {
                let number = text.trim().parse::<i64>();
                number.map(Value::from).map_err(|_| "Write a whole number, such as 14.".to_owned())
            }
            Self::Day(text) if text.trim().is_empty() => Ok(Value::Null),
            Self::Day(text) => match date_text::read(text, today) {
                Some(day) => Ok(Value::from(day.to_string())),
                None => Err("Write a day, such as 8 Dec 2026.".to_owned()),
            },
            Self::When { day, time } if day.trim().is_empty() && time.trim().is_empty() => Ok(Value::Null),
            Self::When { day, time } => instant(day, time, zone, today).map(Value::from),
        }
    }
}

/// The instant of a day and a time as typed, in a zone. A time that the clocks leave out is named, never moved silently.
pub fn instant(day: &str, time: &str, zone: Tz, today: NaiveDate) -> Result<i64, String> {
    let day = date_text::read(day, today).ok_or("Write a day, such as 8 Dec 2026.")?;
    let time = time_of(time).ok_or("Write a time, such as 21:00.")?;
    let local = NaiveDateTime::new(day, time);
    let at = clock::instant_of(zone, local);
    if clock::utc(at).with_timezone(&zone).naive_local() != local {
        return Err(format!(
            "{} does not exist on {} in {zone}: the clocks go forward. Choose another time.",
            time.format("%H:%M"),
            clock::day_text(day),
        ));
    }
    Ok(at)
}

/// `21:00`, `21.00`, `2100` or `21`.
fn time_of(text: &str) -> Option<NaiveTime> {
    let text = text.trim();
    let (hours, minutes) = match text.split_once([':', '.']) {
        Some(parts) => parts,
        None if text.len() <= 2 => (text, "0"),
        None => text.split_at_checked(text.len().saturating_sub(2))?,
    };
    NaiveTime::from_hms_opt(hours.parse().ok()?, minutes.parse().ok()?, 0)
}

fn rebase(mine: &mut Value, read: &Value, theirs: &Value) {
    match (mine, read, theirs) {
        (Value::Object(mine), Value::Object(read), Value::Object(theirs)) => {
            for (key, value) in mine.iter_mut() {
                if let (Some(read), Some(theirs)) = (read.get(key), theirs.get(key)) {
                    rebase(value, read, theirs);
                }
            }
        }
        (mine, read, theirs) if mine == read => *mine = theirs.clone(),
        _ => {}
    }
}

fn differ(one: &Value, other: &Value, path: &str, paths: &mut Vec<String>) {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            for (key, value) in one {
                let path = if path.is_empty() { key.clone() } else { format!("{path}/{key}") };
                differ(value, other.get(key).unwrap_or(&Value::Null), &path, paths);
            }
        }
        _ if one != other => paths.push(path.to_owned()),
        _ => {}
    }
}
