//! Names and identifiers in one form.

use patchbook::import::identity::{
    Agreement, Found, NameIndex, agreement, fits_pattern, fold_guid, fold_host, fold_ip,
};

fn agree(a: &str, b: &str) -> Agreement {
    let there = agreement(&fold_host(a), &fold_host(b));
    assert_eq!(there, agreement(&fold_host(b), &fold_host(a)), "{a} and {b} agree both ways");
    there
}

#[test]
fn a_name_folds_from_every_spelling() {
    for text in ["WS-1", " ws-1 ", "WS-1$", "CORP\\WS-1", "\\\\WS-1", "ws-1.", "WS-1:8530", "CORP\\WS-1$"] {
        let host = fold_host(text);
        assert_eq!((host.short.as_str(), host.domain.as_str(), host.damaged), ("ws-1", "", false), "{text}");
    }
    let host = fold_host("WS-1.Corp.Example.COM");
    assert_eq!((host.short.as_str(), host.domain.as_str()), ("ws-1", "corp.example.com"));
    assert_eq!(host.full(), "ws-1.corp.example.com");
}

#[test]
fn an_address_is_no_name_with_a_domain() {
    assert_eq!(fold_host("10.20.4.14").short, "10.20.4.14");
    assert_eq!(fold_host("fe80::1").short, "fe80::1");
}

#[test]
fn names_agree_as_far_as_they_go() {
    assert_eq!(agree("ws-1.corp.local", "WS-1.CORP.LOCAL"), Agreement::Full);
    assert_eq!(agree("WS-1", "ws-1$"), Agreement::Full);
    assert_eq!(agree("WS-1", "ws-1.corp.local"), Agreement::Short);
    assert_eq!(agree("ws-1.corp.local", "ws-1.branch.local"), Agreement::None);
    assert_eq!(agree("ws-1", "ws-10"), Agreement::None);
    assert_eq!(agree("", ""), Agreement::None);
}

#[test]
fn a_name_cut_to_fifteen_letters_agrees_with_the_long_one() {
    assert_eq!(agree("PRODUCTION-LINE", "production-line-07.corp.local"), Agreement::Cut);
    assert_eq!(agree("PRODUCTION-LIN", "production-line-07"), Agreement::None);
    assert_eq!(agree("production-line.corp.local", "production-line-07.corp.local"), Agreement::None);
}

#[test]
fn a_question_mark_stands_for_one_letter() {
    assert_eq!(agree("lap-b?ro-07", "lap-büro-07.corp.local"), Agreement::Pattern);
    assert_eq!(agree("lap-b?ro-07.corp.local", "lap-büro-07.corp.local"), Agreement::Pattern);
    assert_eq!(agree("lap-b?ro-07", "lap-buero-07"), Agreement::None);
    assert!(fits_pattern("a?c", "abc") && !fits_pattern("a?c", "ac"));
}

#[test]
fn identifiers_have_one_form_and_the_empty_one_is_none() {
    let guid = "56db6148-65be-4294-8ad4-a0db86f66fe6";
    assert_eq!(fold_guid("{56DB6148-65BE-4294-8AD4-A0DB86F66FE6}").as_deref(), Some(guid));
    for text in
        ["", "00000000-0000-0000-0000-000000000000", "56db6148", "56db6148-65be-4294-8ad4-a0db86f66feg"]
    {
        assert_eq!(fold_guid(text), None, "{text}");
    }
}

#[test]
fn addresses_that_say_nothing_are_dropped() {
    assert_eq!(fold_ip(" 10.0.0.1 ").as_deref(), Some("10.0.0.1"));
    for text in ["255.255.255.255", "0.0.0.0", "::", "none", ""] {
        assert_eq!(fold_ip(text), None, "{text}");
    }
}

#[test]
fn a_weak_agreement_counts_only_where_no_other_machine_fits() {
    let mut index = NameIndex::default();
    for (name, key) in
        [("ws-1.corp.local", 1), ("ws-1.branch.local", 2), ("srv-1.corp.local", 3), ("OLD-NAME", 3)]
    {
        index.add(fold_host(name), key);
    }
    assert_eq!(index.find(&fold_host("WS-1.CORP.LOCAL")), Found::One(1, Agreement::Full));
    assert_eq!(index.find(&fold_host("WS-1")), Found::Several(vec![1, 2], Agreement::Short));
    assert_eq!(index.find(&fold_host("SRV-1$")), Found::One(3, Agreement::Short));
    assert_eq!(index.find(&fold_host("old-name")), Found::One(3, Agreement::Full));
    assert_eq!(index.find(&fold_host("ws-2")), Found::Nobody);
    assert_eq!(index.find(&fold_host("s?v-1")), Found::One(3, Agreement::Pattern));
}

#[test]
fn a_damaged_name_in_the_register_is_found_by_the_whole_one() {
    let mut index = NameIndex::default();
    index.add(fold_host("lap-b?ro-07.corp.local"), 7);
    assert_eq!(index.find(&fold_host("lap-büro-07.corp.local")), Found::One(7, Agreement::Pattern));
}
