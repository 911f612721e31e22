//! The sums of a business case (standards.md 5.1 and 5.2), in whole hundredths of the currency.
//!
//! Rounded against ourselves: a cost goes up to the next hundredth, a benefit down to it, a return down to the whole percent, a
//! break-even up. Nothing is rounded before the end, and a negative result stays negative. The range of the benefit takes the guesses
//! that are worst for the programme at the low end and those that are best for it at the high end.

use super::{CostGroup, CostInput, LossInput, Range};

/// The largest amount that an estimate may name, in hundredths: nothing that is multiplied here leaves its type.
pub const MOST_CENTS: i64 = 1_000_000_000_000;

/// The largest number of anything else.
pub const MOST: i64 = 1_000_000_000;

/// Thousandths of a minute in an hour.
const HOUR: i128 = 60_000;

/// What one cycle costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CycleCost {
    /// Hours of work, in tenths, rounded up.
    pub hours_tenths: i64,
    /// That work, the expected work on compatibility apart.
    pub labour_cents: i64,
    /// Outage.
    pub outage_cents: i64,
    /// Licences, extended support, storage.
    pub prerequisite_cents: i64,
    /// Work on compatibility: its probability times its hours.
    pub rework_cents: i64,
    /// All of it.
    pub total_cents: i64,
}

/// What compliance costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// One cycle.
    pub cycle: CycleCost,
    /// Twelve cycles.
    pub cycles_cents: i64,
    /// Emergencies of a year.
    pub emergencies_cents: i64,
    /// Tools and training of a year.
    pub fixed_cents: i64,
    /// A year.
    pub year_cents: i64,
    /// Machines.
    pub machines: i64,
    /// One machine in one cycle; `None` where there is no machine.
    pub machine_cycle_cents: Option<i64>,
    /// One machine in a year.
    pub machine_year_cents: Option<i64>,
}

/// What compliance saves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gain {
    /// Yearly loss to expect without the programme, likely.
    pub before_cents: i64,
    /// Yearly loss to expect with it, likely.
    pub after_cents: i64,
    /// What it saves in a year.
    pub benefit_cents: Range,
    /// What is left of that after its cost.
    pub net_cents: Range,
    /// Net over cost in whole percent, rounded down; `None` where it costs nothing.
    pub return_percent: Option<Range>,
    /// The loss from which the programme pays for itself; `None` where it does not make losses rarer.
    pub break_even_cents: Option<i64>,
}

fn whole(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

fn up(value: i128, by: i128) -> i64 {
    whole(-((-value).div_euclid(by)))
}

fn down(value: i128, by: i128) -> i64 {
    whole(value.div_euclid(by))
}

fn number(value: i64) -> i128 {
    i128::from(value.clamp(0, MOST))
}

fn price(cents: i64) -> i128 {
    i128::from(cents.clamp(0, MOST_CENTS))
}

/// Work on a group in one cycle, in thousandths of a minute.
fn work(group: &CostGroup) -> i128 {
    let by_hand = number((1000 - group.automated_permille).clamp(0, 1000));
    let touched = number(group.machines) * number(group.touch_minutes) * by_hand;
    let failed = number(group.failed_permille.min(1000));
    touched + number(group.machines) * number(group.retry_minutes) * failed
}

/// What compliance costs: `L x [H + sum n h (1 - a) + sum n f r] + sum D c + P + X`.
pub fn cost(input: &CostInput) -> Cost {
    let rate = price(input.hour_cents);
    let minutes: i128 = number(input.fixed_minutes) * 1000 + input.groups.iter().map(work).sum::<i128>();
    let outage: i128 = input
        .groups
        .iter()
        .map(|group| number(group.outage_minutes) * price(group.outage_cents_an_hour))
        .sum();
    let rework = number(input.rework_permille.min(1000)) * number(input.rework_minutes);
    let cycle = CycleCost {
        hours_tenths: up(minutes * 10, HOUR),
        labour_cents: up(minutes * rate, HOUR),
        outage_cents: up(outage, 60),
        prerequisite_cents: whole(price(input.prerequisite_cents)),
        rework_cents: up(rework * rate, HOUR),
        total_cents: 0,
    };
    let total = [cycle.labour_cents, cycle.outage_cents, cycle.prerequisite_cents, cycle.rework_cents];
    let total_cents = total.into_iter().fold(0, i64::saturating_add);
    let cycles_cents = total_cents.saturating_mul(12);
    let emergencies_cents = whole(number(input.emergencies) * price(input.emergency_cents));
    let fixed_cents = whole(price(input.tool_cents) + price(input.training_cents));
    let year_cents = cycles_cents.saturating_add(emergencies_cents).saturating_add(fixed_cents);
    let machines = input.machines();
    let each = |cents: i64| (machines > 0).then(|| up(i128::from(cents), i128::from(machines)));
    Cost {
        cycle: CycleCost { total_cents, ..cycle },
        cycles_cents,
        emergencies_cents,
        fixed_cents,
        year_cents,
        machines,
        machine_cycle_cents: each(total_cents),
        machine_year_cents: each(year_cents),
    }
}

/// What compliance saves, against what it costs in a year.
pub fn gain(loss: &LossInput, year_cents: i64) -> Gain {
    let (size, before, after) = (loss.loss_cents, loss.before_permille, loss.after_permille);
    let saved = |size: i64, rarer: i64| price(size) * i128::from(rarer.clamp(-MOST, MOST));
    let (worst, likely, best) =
        (before.low - after.high, before.likely - after.likely, before.high - after.low);
    // What makes losses more frequent costs the most where a loss is largest.
    let low = saved(if worst < 0 { size.high } else { size.low }, worst);
    let high = saved(if best < 0 { size.low } else { size.high }, best);
    let benefit_cents = Range {
        low: down(low, 1000),
        likely: down(saved(size.likely, likely), 1000),
        high: down(high, 1000),
    };
    let net = |benefit: i64| benefit.saturating_sub(year_cents);
    let net_cents = Range {
        low: net(benefit_cents.low),
        likely: net(benefit_cents.likely),
        high: net(benefit_cents.high),
    };
    let percent = |net: i64| down(i128::from(net) * 100, i128::from(year_cents));
    let return_percent = (year_cents > 0).then(|| Range {
        low: percent(net_cents.low),
        likely: percent(net_cents.likely),
        high: percent(net_cents.high),
    });
    Gain {
        before_cents: up(saved(size.likely, before.likely), 1000),
        after_cents: up(saved(size.likely, after.likely), 1000),
        benefit_cents,
        net_cents,
        return_percent,
        break_even_cents: (likely > 0).then(|| up(i128::from(year_cents) * 1000, i128::from(likely))),
    }
}
