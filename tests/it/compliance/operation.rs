//! Failures and drift: M10, M14.

use patchbook::domain::asset::FactValue;
use patchbook::domain::compliance::operation::Operation;
use patchbook::domain::compliance::outcome::Period;
use patchbook::domain::compliance::view::View;
use patchbook::domain::group::GroupId;
use patchbook::domain::pair::State;

use super::maker::{Maker, at};

fn march() -> Period {
    Period { from_at: at(3, 1, 0), to_at: at(4, 1, 0) }
}

fn counted(m: Maker) -> Operation {
    View::new(&m.finish(), at(4, 20, 0)).operation(march())
}

#[test]
fn a_first_failure_counts_even_if_the_next_attempt_works_and_an_interval_cannot_tell() {
    let mut m = Maker::default();
    let update = m.update(at(3, 1, 0));
    let open = |m: &mut Maker, name: &str| {
        let asset = m.server(name);
        m.saw(asset, update, at(3, 2, 0), State::NotInstalled);
        asset
    };
    let mended = open(&mut m, "mended");
    m.saw(mended, update, at(3, 10, 0), State::Failed).saw(mended, update, at(3, 12, 0), State::Installed);
    let failed = open(&mut m, "failed");
    m.saw(failed, update, at(3, 10, 0), State::PendingReboot).saw(
        failed,
        update,
        at(3, 12, 0),
        State::Failed,
    );
    let exact = open(&mut m, "exact");
    m.installed(exact, update, at(3, 11, 0));
    let interval = open(&mut m, "interval");
    m.saw(interval, update, at(3, 12, 0), State::Installed);
    let censored = m.server("censored");
    m.saw(censored, update, at(3, 12, 0), State::Installed);
    let later = open(&mut m, "later");
    m.saw(later, update, at(4, 2, 0), State::Failed);
    open(&mut m, "untouched");
    let operation = counted(m);
    assert_eq!(operation.attempted.len(), 4);
    assert_eq!(operation.first_failed, [(mended, update)]);
    assert_eq!(operation.cannot_tell, [(interval, update)]);
    assert_eq!(operation.final_failed, [(failed, update)]);
    assert_eq!(operation.first_failure().with_counts(), "1/3 = 33.4\u{a0}%", "bad is high, so rounded up");
    assert_eq!(operation.final_failure().with_counts(), "1/4 = 25.0\u{a0}%");
}

#[test]
fn nothing_attempted_is_no_share_of_anything() {
    let operation = counted(Maker::default());
    assert_eq!(operation.first_failure().to_string(), "n/a (0 items)");
    assert_eq!(operation.drift().to_string(), "n/a (0 items)");
}

#[test]
fn what_was_installed_and_is_open_again_has_drifted_but_not_what_no_longer_applies() {
    let mut m = Maker::default();
    let update = m.update(at(3, 1, 0));
    let states = [
        ("back", State::NotInstalled),
        ("gone", State::NotApplicable),
        ("still", State::Installed),
        ("restart", State::PendingReboot),
    ];
    for (name, then) in states {
        let asset = m.server(name);
        m.saw(asset, update, at(3, 2, 0), State::Installed).saw(asset, update, at(4, 2, 0), then);
    }
    let operation = counted(m);
    assert_eq!(operation.drifted, [(0, update), (3, update)]);
    assert_eq!(operation.drift().with_counts(), "2/3 = 66.7\u{a0}%");
}

#[test]
fn a_machine_without_what_most_of_its_group_has_is_below_the_baseline() {
    let mut m = Maker::default();
    let (common, rare) = (m.update(at(3, 1, 0)), m.update(at(3, 1, 0)));
    for i in 0..4 {
        let asset = m.server(&format!("s{i}"));
        m.fact(asset, at(1, 1, 0), FactValue::Group(Some(GroupId(5))));
        let state = |has: bool| if has { State::Installed } else { State::NotInstalled };
        m.saw(asset, common, at(3, 2, 0), state(i > 0)).saw(asset, rare, at(3, 2, 0), state(i > 1));
    }
    let alone = m.server("of no group");
    m.saw(alone, common, at(3, 2, 0), State::NotInstalled);
    let operation = counted(m);
    assert_eq!(operation.below_baseline, [(0, common)], "half of the group is no baseline");
    assert_eq!(operation.machines_below().len(), 1);
}
