//! Deadlines, rule sets, go or no-go, threat data. The policy states the rules as they will be once it is ratified: every open
//! pending change applied.

use super::{Fill, day_or};
use crate::domain::case::change::{cost_text, judgement_text};
use crate::domain::deadline::{DeadlineRule, binding};
use crate::domain::document::kind::Kind;
use crate::domain::document::value::{Grid, Value};
use crate::domain::ruleset::standing::set_binds_text;
use crate::domain::ruleset::{
    Amount, Condition, PendingKind, PendingRule, RuleSet, SetClock, SetRule, SetScope, Settled, Stage,
    Trigger,
};
use crate::domain::threat::{Catalogue, CatalogueKind};

pub(super) fn value(fill: &Fill<'_>, kind: Kind, name: &str) -> Option<Value> {
    Some(match (kind, name) {
        (Kind::Table, "deadlines") => deadlines(&own_rules(fill, true)),
        (Kind::Table, "deadlines-in-force") => deadlines(&own_rules(fill, false)),
        (_, "policy.is-ratified") => {
            Value::Flag(crate::domain::ruleset::standing::policy_ratified(fill.book))
        }
        (Kind::Table, "rule-sets") => rule_sets(fill, true),
        (Kind::Table, "rule-sets-in-force") => rule_sets(fill, false),
        (Kind::Table, "rule-set-rules") => rule_set_rules(fill),
        (Kind::Bullets, "unconfirmed-rules") => unconfirmed(fill),
        (Kind::Table, "pending-rules") => pending(fill),
        (Kind::List, "sets-without-waivers") => {
            let without = sets(fill, true).into_iter().filter(|set| !set.waivers);
            let names: std::collections::BTreeSet<&String> = without.map(|set| &set.name).collect();
            Value::List(names.into_iter().cloned().collect())
        }
        (Kind::Table, "identify-and-report") => identify_and_report(fill),
        (Kind::Table, "domains") => domains(fill),
        (Kind::Bullets, "threat-sources") => {
            let loaded = |kind: &&CatalogueKind| fill.book.catalogues.iter().any(|c| c.kind == **kind);
            Value::Bullets(CatalogueKind::ALL.iter().filter(loaded).map(|k| k.text().to_owned()).collect())
        }
        (Kind::Table, "threat-versions") => threat_versions(fill),
        _ => return None,
    })
}

fn open_changes<'a>(fill: &Fill<'a>) -> impl Iterator<Item = &'a PendingRule> {
    fill.book.pending_rules.iter().filter(|pending| pending.settled == Settled::Open)
}

/// The rules of the own table: those in force now, or with all that waits done to them and all that was ratified for a later day, as
/// the policy states them; in the order of ranks.
fn own_rules<'a>(fill: &Fill<'a>, with_pending: bool) -> Vec<&'a DeadlineRule> {
    let at = fill.as_of_at;
    let in_force = |rule: &&DeadlineRule| {
        if with_pending {
            rule.until_at.is_none()
        } else {
            rule.from_at <= at && rule.until_at.is_none_or(|until| until > at)
        }
    };
    let mut rules = binding(fill.book.rules.iter().filter(in_force).collect());
    if with_pending {
        for change in open_changes(fill) {
            rules.retain(|rule| Some(rule.id) != change.replaces);
            rules.extend(&change.shall_be);
        }
    }
    rules.sort_by_key(|rule| (rule.rank, rule.class, rule.exposure, rule.id));
    rules
}

fn rule_cells(rule: &DeadlineRule) -> [String; 6] {
    [
        rule.rank.text().to_owned(),
        rule.class.map_or("any", |class| class.text()).to_owned(),
        rule.exposure.map_or("any", |exposure| exposure.text()).to_owned(),
        format!("{} {}", rule.amount, rule.unit.text()),
        rule.clock.text().to_owned(),
        rule.source.clone(),
    ]
}

fn deadlines(rules: &[&DeadlineRule]) -> Value {
    let mut grid = Grid::new(&["Rank", "Class", "Exposure", "Time", "Clock starts at", "Source"]);
    for rule in rules {
        grid.row(rule_cells(rule));
    }
    Value::Table(grid)
}

/// The sets that bind, with or without the changes that wait.
fn sets<'a>(fill: &Fill<'a>, with_pending: bool) -> Vec<&'a RuleSet> {
    let at = fill.as_of_at;
    let shall = |set: &RuleSet, kind: PendingKind| {
        with_pending && open_changes(fill).any(|change| change.kind == kind && change.set == Some(set.id))
    };
    let binds = |set: &&RuleSet| {
        let now = set.adopted_at.is_some_and(|adopted| with_pending || adopted <= at);
        set.ended_at.is_none_or(|ended| !with_pending && ended > at)
            && (now || shall(set, PendingKind::Adopt))
            && !shall(set, PendingKind::Drop)
    };
    let mut sets: Vec<&RuleSet> = fill.book.rule_sets.iter().filter(binds).collect();
    sets.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    sets
}

fn words<T: Copy>(items: &[T], text: fn(T) -> &'static str) -> String {
    items.iter().map(|item| text(*item)).collect::<Vec<_>>().join(" or ")
}

fn joined(parts: Vec<String>, none: &str) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { none.to_owned() } else { parts.join("; ") }
}

fn scope(fill: &Fill<'_>, scope: &SetScope) -> String {
    let groups: Vec<String> = scope.groups.iter().map(|id| fill.group(Some(*id))).collect();
    let parts = vec![
        words(&scope.classes, crate::domain::asset::AssetClass::text),
        words(&scope.exposures, crate::domain::asset::Exposure::text),
        groups.join(" or "),
    ];
    joined(parts, "every machine in scope")
}

/// A part that could not be confirmed at its source says so.
fn marked(name: &str, unconfirmed: bool) -> String {
    if unconfirmed { format!("{name} (unconfirmed)") } else { name.to_owned() }
}

fn rule_sets(fill: &Fill<'_>, with_pending: bool) -> Value {
    let head = ["Rule set", "Source", "Binds", "Source in force", "Binds releases", "Waivers"];
    let mut grid = Grid::new(&head);
    for set in sets(fill, with_pending) {
        let force = match (set.from_on, set.until_on) {
            (None, None) => String::new(),
            (from, None) => format!("from {}", day_or(from)),
            (None, until) => format!("until {}", day_or(until)),
            (from, until) => format!("{} to {}", day_or(from), day_or(until)),
        };
        grid.row([
            marked(&set.name, set.unconfirmed),
            set.source.clone(),
            scope(fill, &set.binds),
            force,
            binds_releases(fill, set),
            super::yes(set.waivers),
        ]);
    }
    Value::Table(grid)
}

/// From which releases on a set binds here: it dates nothing that was released before it was taken on, but for a source that had
/// ended by then. What a version brings binds from its ratification, in the same words before and after, so that ratifying does not
/// make it out of date.
fn binds_releases(fill: &Fill<'_>, set: &RuleSet) -> String {
    let by_this = |row: &PendingRule| {
        row.kind == PendingKind::Adopt
            && row.set == Some(set.id)
            && row.version.is_some()
            && row.version == fill.version
    };
    let brought = fill.book.pending_rules.iter().any(by_this);
    let bound = if brought { None } else { set_binds_text(fill.book, set) };
    bound.unwrap_or_else(|| "from the day this version is ratified".to_owned())
}

fn rules_of<'a>(fill: &Fill<'a>, set: &RuleSet) -> Vec<&'a SetRule> {
    let mut rules: Vec<&SetRule> = fill.book.set_rules.iter().filter(|rule| rule.set == set.id).collect();
    rules.sort_by_key(|rule| (rule.position, rule.id));
    rules
}

fn condition(condition: &Condition) -> String {
    let known = |flag: Option<bool>, yes: &str, no: &str| {
        flag.map_or_else(String::new, |flag| if flag { yes } else { no }.to_owned())
    };
    let trigger = if condition.trigger == Trigger::Any { "" } else { condition.trigger.text() };
    let parts = vec![
        words(&condition.ranks, crate::domain::rating::Rank::text),
        words(&condition.classes, crate::domain::asset::AssetClass::text),
        words(&condition.exposures, crate::domain::asset::Exposure::text),
        words(&condition.software, crate::domain::ruleset::Software::text),
        trigger.to_owned(),
        known(condition.automatable, "can be automated", "cannot be automated"),
        known(condition.total_impact, "total impact", "partial impact"),
        if condition.unassessed { "nobody has assessed it" } else { "" }.to_owned(),
    ];
    joined(parts, "any update")
}

fn time(count: i64, unit: Amount) -> String {
    match unit {
        Amount::Listed | Amount::Upgrade => unit.text().to_owned(),
        _ if count == 1 => format!("1 {}", unit.text().trim_end_matches('s')),
        _ => format!("{count} {}", unit.text()),
    }
}

fn rule_set_rules(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Rule set", "Rule", "Binds", "Time to", "Time"]);
    for set in sets(fill, true) {
        for rule in rules_of(fill, set) {
            let first = if rule.triage { "; evidence is kept first" } else { "" };
            let row = [
                set.name.clone(),
                marked(&rule.label, rule.unconfirmed),
                condition(&rule.condition),
                rule.stage.text().to_owned(),
                format!("{} from {}{first}", time(rule.count, rule.unit), clock_text(rule.clock)),
            ];
            // A set that is taken on twice, for some machines and then for all, states its rules once.
            if !grid.rows.iter().any(|known| *known == row) {
                grid.row(row);
            }
        }
    }
    Value::Table(grid)
}

fn clock_text(clock: SetClock) -> String {
    clock.text().to_owned()
}

fn unconfirmed(fill: &Fill<'_>) -> Value {
    let mut points = Vec::new();
    for set in sets(fill, true) {
        if set.unconfirmed {
            points.push(format!("{}: the set", set.name));
        }
        let rules = rules_of(fill, set).into_iter().filter(|rule| rule.unconfirmed);
        points.extend(rules.map(|rule| format!("{}: the rule", rule.label)));
    }
    let all = std::mem::take(&mut points);
    points.extend(
        all.iter().enumerate().filter(|(at, point)| !all[..*at].contains(point)).map(|(_, p)| p.clone()),
    );
    Value::Bullets(points)
}

fn pending(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Change", "As it shall be", "Reason", "Proposed", "Cost a year", "Judgement"]);
    for change in open_changes(fill) {
        let before = change.replaces.and_then(|id| fill.book.rules.get(id.0));
        let rule = change.shall_be.as_ref().or(before).map(|rule| rule_cells(rule)[..5].join(", "));
        let set = change.set.and_then(|id| fill.book.rule_sets.get(id.0)).map(|set| set.name.clone());
        grid.row([
            change.kind.text().to_owned(),
            rule.or(set).unwrap_or_default(),
            change.reason.clone(),
            format!("by {} on {}", change.proposed_by, fill.day(change.proposed_at)),
            cost_text(fill.book, change),
            judgement_text(fill.book, change),
        ]);
    }
    Value::Table(grid)
}

fn identify_and_report(fill: &Fill<'_>) -> Value {
    use crate::domain::cycle::{CycleKind, Phase};
    let mut grid = Grid::new(&["Time to", "How long", "Clock starts at", "Set by"]);
    let rules: Vec<&SetRule> = sets(fill, true).into_iter().flat_map(|set| rules_of(fill, set)).collect();
    let template = super::calendar::template_of(fill, CycleKind::Monthly);
    for stage in [Stage::Identify, Stage::Report] {
        let mine: Vec<&&SetRule> = rules.iter().filter(|rule| rule.stage == stage).collect();
        for rule in &mine {
            let cells = [time(rule.count, rule.unit), clock_text(rule.clock), rule.label.clone()];
            grid.row(std::iter::once(stage.text().to_owned()).chain(cells));
        }
        if !mine.is_empty() {
            continue;
        }
        let all = || template.iter().flat_map(|template| &template.steps);
        let steps: Vec<_> = if stage == Stage::Identify {
            all().filter(|step| step.phase == Phase::Assess && !step.document.is_empty()).collect()
        } else {
            let report = all().rfind(|step| step.document == "Compliance report");
            report.or_else(|| all().rfind(|step| step.phase == Phase::Verify)).into_iter().collect()
        };
        for step in steps {
            grid.row([
                stage.text().to_owned(),
                super::calendar::step_when(&step.when),
                "day 0 of the cycle".to_owned(),
                format!("step of the cycle: {}", step.title),
            ]);
        }
    }
    Value::Table(grid)
}

fn domains(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Domain", "Decider", "Deputy", "Silence means go"]);
    let mut rows: Vec<_> = fill.book.domains.iter().filter(|domain| domain.ended_at.is_none()).collect();
    rows.sort_by_key(|domain| (domain.position, domain.id));
    for domain in rows {
        let silence = if domain.silent_go {
            format!("unless objected by {} {}", domain.object_weekday.text(), domain.object_time)
        } else {
            "no".to_owned()
        };
        grid.row([domain.name.clone(), fill.person(domain.decider), fill.person(domain.deputy), silence]);
    }
    Value::Table(grid)
}

fn threat_versions(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Kind", "Title", "Version", "Published", "Loaded on", "Entries", "Kept"]);
    for kind in CatalogueKind::ALL {
        let of: Vec<&Catalogue> = fill.book.catalogues.iter().filter(|c| c.kind == *kind).collect();
        let Some(newest) = of.into_iter().max_by_key(|c| (c.recorded_at, c.id)) else { continue };
        grid.row([
            kind.text().to_owned(),
            newest.title.clone(),
            if newest.model.is_empty() {
                newest.version.clone()
            } else {
                format!("{}, model {}", newest.version, newest.model)
            },
            day_or(newest.published_on(fill.zone)),
            fill.day(newest.recorded_at),
            newest.entries.to_string(),
            newest.kept.to_string(),
        ]);
    }
    Value::Table(grid)
}
