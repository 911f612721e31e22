//! A change on the console from the first word to its end, with the mail that approves it.

use patchbook::app::{Context, Engine};
use patchbook::domain::command::Command as Order;
use patchbook::domain::person::{Person, PersonId};
use patchbook::store::Access;
use patchbook::util::clock::Clock;
use patchbook::util::id::Ids;
use patchbook::util::progress::Progress;

use crate::desk::Desk;

impl Desk {
    /// A register with the golden import and three people.
    fn staffed() -> Self {
        let desk = Self::of("Ada");
        desk.import();
        let context = Context {
            actor: "Ada".to_owned(),
            site: "desk".to_owned(),
            clock: Clock::System,
            ids: std::sync::Arc::new(Ids::Random),
            backups: None,
        };
        let mut engine = Engine::open(&desk.path("shop.patchbook"), Access::Write, context).unwrap();
        for (name, function) in [("Ada", "Administrator"), ("Bo", "Business owner"), ("Cy", "Tester")] {
            let mail = format!("{}@example.org", name.to_lowercase());
            let person =
                Person { id: PersonId(0), name: name.to_owned(), mail, function: function.to_owned() };
            engine.run(Order::SavePerson { base: None, person }, &Progress::default()).unwrap();
        }
        desk
    }

    fn change(&self, verb: &str, rest: &[&str]) -> (i32, String, String) {
        let mut args = vec!["change", verb, "shop.patchbook"];
        args.extend(rest);
        self.run(&args)
    }

    fn did(&self, verb: &str, rest: &[&str]) -> String {
        let (code, out, error) = self.change(verb, rest);
        assert_eq!(code, 0, "change {verb} {rest:?}: {error}");
        out
    }

    fn number(&self, out: &str) -> String {
        out.split_whitespace().next().unwrap().to_owned()
    }
}

const PLAN: [&str; 10] = [
    "reason=Security updates",
    "impact=Half an hour away",
    "risk_of_applying=Print service",
    "risk_of_waiting=Known weaknesses",
    "test_plan=Test servers first",
    "rollout_plan=Install and restart",
    "backout_plan=Restore the snapshot",
    "acceptance=A quiet week",
    "quiet_days=0",
    "requester=Ada",
];

#[test]
fn a_change_goes_from_draft_to_closed_on_the_console() {
    let desk = Desk::staffed();
    let (code, _, error) = desk.change("new", &[]);
    assert!(code == 3 && error.contains("--title"), "{code} {error}");
    let kb = desk.ok(&["compliance", "shop.patchbook", "--open", "WS-ACC-014"]);
    let kb = kb.split_whitespace().find(|word| word.starts_with("KB") && word.len() > 4).unwrap().to_owned();
    let updates = format!("updates={kb}");
    let mut args = vec!["--title", "Desks", "--asset", "WS-ACC-014"];
    for field in PLAN.iter().copied().chain([updates.as_str(), "implementer=Ada"]) {
        args.extend(["--set", field]);
    }
    args.extend(["--set", "window_from_at=2026-11-14 21:00", "--set", "window_until_at=2026-11-14 23:00"]);
    let number = desk.number(&desk.did("new", &args));
    desk.did("submit", &[&number]);
    let shown = desk.did("show", &[&number]);
    assert!(shown.contains("Approve: not yet") && shown.contains("no test evidence"), "{shown}");
    let (code, _, error) = desk.change("start", &[&number]);
    assert!(code == 2 && error.contains("cannot become in progress"), "{error}");
    desk.did("test", &[&number, "--case", "Boots", "--verdict", "passed", "--by", "Cy"]);
    let mail = format!(
        "From: Bo <bo@example.org>\r\nTo: ada@example.org\r\nSubject: Re: {number} please approve\r\n\
         Date: Mon, 4 Nov 2024 09:30:00 +0100\r\n\r\nYes, go ahead.\r\n"
    );
    patchbook::util::file::write_whole(&desk.path("approval.eml"), mail.as_bytes()).unwrap();
    let (code, _, error) = desk.run(&["approval", "shop.patchbook", "--eml", "approval.eml"]);
    assert!(code == 3 && error.contains("--decision"), "{error}");
    let args = ["approval", "shop.patchbook", "--eml", "approval.eml", "--decision", "approve"];
    let out = desk.ok(&args);
    assert!(out.contains("as decided by Bo (Business owner) by e-mail, evidence approval.eml"), "{out}");
    let (code, _, error) = desk.run(&args);
    assert!(code == 2 && error.contains("approved already by Bo"), "{error}");
    desk.did("schedule", &[&number]);
    desk.did("start", &[&number]);
    desk.did("finish", &[&number]);
    desk.did("set", &[&number, "--set", "outcome=Done"]);
    desk.did("monitor", &[&number]);
    desk.did("review", &[&number]);
    desk.did("set", &[&number, "--set", "review=Fine", "--set", "criteria_met=yes"]);
    let (code, _, error) = desk.change("close", &[&number]);
    assert!(code == 2 && error.contains("Nobody has verified WS-ACC-014"), "{error}");
    let out = desk.did("verify", &[&number, "--dry-run"]);
    assert!(out.contains("Cannot tell") && out.contains("Nothing was recorded"), "{out}");
    desk.did("verify", &[&number, "--line", "WS-ACC-014=done", "--by", "Cy"]);
    desk.did("close", &[&number]);
    let list = desk.did("list", &["--state", "closed"]);
    assert!(list.contains(&number), "{list}");
    let figures = desk.ok(&["compliance", "shop.patchbook"]);
    assert!(figures.contains("M12") && figures.contains("M13") && figures.contains("M15"), "{figures}");
    let history = desk.ok(&["history", "shop.patchbook"]);
    assert!(history.contains(&format!("Close {number}")), "{history}");
    assert!(desk.ok(&["verify", "shop.patchbook"]).contains("hold together"));
}

#[test]
fn a_window_in_the_gap_of_a_clock_change_is_a_named_error() {
    let desk = Desk::staffed();
    let number = desk.number(&desk.did("new", &["--title", "Night"]));
    let (code, _, error) = desk.change("set", &[&number, "--set", "window_from_at=2027-03-28 02:30"]);
    assert!(code == 2 && error.contains("02:30 does not exist on Sun 28 Mar 2027"), "{error}");
    let (code, _, error) = desk.change("set", &[&number, "--set", "implementer=Nobody"]);
    assert!(code == 2 && error.contains("nobody called Nobody"), "{error}");
    let (code, _, error) = desk.change("set", &[&number, "--set", "colour=red"]);
    assert!(code == 2 && error.contains("no field of a change record"), "{error}");
}

#[test]
fn a_message_becomes_a_mail_draft_and_is_logged() {
    let desk = Desk::staffed();
    let number = desk
        .number(&desk.did("new", &["--title", "Night", "--asset", "WS-ACC-014", "--set", "coordinator=Bo"]));
    let out = desk.did("notice", &[&number, "announcement", "--output", "mail.eml"]);
    assert!(out.contains("To: bo@example.org"), "{out}");
    let bytes = std::fs::read(desk.path("mail.eml")).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.starts_with("X-Unsent: 1") && text.contains("From: \"Ada\" <ada@example.org>"), "{text}");
    let (code, _, _) = desk.change("notice", &[&number, "announcement", "--output", "mail.eml"]);
    assert_eq!(code, 2, "a file that is there stays");
    desk.did("notice", &[&number, "announcement", "--sent"]);
    let (code, _, error) = desk.change("notice", &[&number, "announcement", "--sent"]);
    assert!(code == 2 && error.contains("waits to be sent"), "{error}");
}

#[test]
fn templates_are_ratified_by_somebody_named_and_withdrawn_with_a_reason() {
    let desk = Desk::staffed();
    assert!(desk.did("templates", &[]).contains("Workstations, monthly"));
    let name = "Workstations, monthly";
    desk.did("ratify", &[name, "--by", "Bo", "--function", "Owner", "--expires", &in_days(200)]);
    assert!(desk.did("templates", &[]).contains("ratified by Bo"));
    let (code, _, error) =
        desk.change("ratify", &[name, "--by", "Bo", "--function", "Owner", "--expires", &in_days(800)]);
    assert!(code == 2 && error.contains("at most a year"), "{error}");
    desk.did("revoke", &[name, "--because", "A run failed"]);
    assert!(desk.did("templates", &[]).contains("withdrawn"));
    assert!(desk.did("orphans", &[]).contains("outside any change"));
    assert!(desk.did("status", &["--month", "2026-10"]).contains("Update"));
}

#[test]
fn a_template_takes_the_words_of_a_record_and_a_line_its_own() {
    let desk = Desk::staffed();
    let out = desk.did("template", &["Web servers", "--set", "backout-plan=Restore", "--window", "120"]);
    assert!(out.contains("not ratified"), "{out}");
    let (code, _, error) = desk.change("template", &["Web servers", "--set", "title=No"]);
    assert!(code == 2 && error.contains("a reason and a plan only"), "{error}");
    let number = desk.number(
        &desk.did("new", &["--title", "Web", "--set", "template=Web servers", "--asset", "WS-ACC-014"]),
    );
    let shown = desk.did("show", &[&number]);
    assert!(shown.contains("Restore") && shown.contains("Web servers"), "{shown}");
    desk.did("line", &[&number, "WS-ACC-014", "--ring", "2", "--note", "Restart twice"]);
    let (code, _, error) = desk.change("line", &[&number, "WS-ACC-014", "--ring", "0"]);
    assert!(code == 2 && error.contains("from 1 to 99"), "{error}");
    let accept = ["--rule", "approver-requester", "--person", "Ada", "--by", "Bo", "--instead", "Cy looks"];
    let mut args = vec![number.as_str()];
    args.extend(accept);
    desk.did("accept", &args);
    let (code, _, error) = desk.change(
        "accept",
        &[&number, "--rule", "approver-requester", "--person", "Ada", "--by", "Ada", "--instead", "x"],
    );
    assert!(code == 2 && error.contains("their own"), "{error}");
}

fn in_days(days: i64) -> String {
    let at = Clock::System.now_at() + days * 86_400;
    patchbook::util::clock::day_in(chrono_tz::UTC, at).to_string()
}
