//! Mails: dropped ones as evidence, and notices as drafts that any mail program opens.

use patchbook::import::Input;
use patchbook::import::mail::{Mail, MailPerson, NoMail, read_mail};
use patchbook::report::mail::{Draft, eml};
use patchbook::util::hash::{hex, sha256};
use proptest::prelude::*;

const APPROVAL: &str = "From: =?utf-8?Q?J=C3=BCrgen_Boss?= <boss@example.org>\r\n\
To: Ada <ada@example.org>, ops@example.org\r\n\
Cc: Security <ciso@example.org>\r\n\
Subject: Re: CHG-2026-11-003 =?utf-8?B?w7xiZXI=?=\r\n\
Date: Thu, 12 Nov 2026 09:30:00 +0100\r\n\
Content-Type: text/plain; charset=utf-8\r\n\
Content-Transfer-Encoding: quoted-printable\r\n\
\r\n\
Approved. Go ahead on Saturday =E2=80=93 with the back-out plan.\r\n";

fn read(bytes: &[u8]) -> Result<Mail, NoMail> {
    read_mail(&Input::from_bytes("approval.eml", bytes))
}

fn without(line: &str) -> String {
    APPROVAL.split_inclusive("\r\n").filter(|l| !l.starts_with(line)).collect()
}

#[test]
fn a_dropped_mail_tells_who_wrote_when_and_what() {
    let mail = read(APPROVAL.as_bytes()).unwrap();
    assert_eq!(mail.sender.text(), "Jürgen Boss <boss@example.org>");
    let to: Vec<String> = mail.recipients.iter().map(MailPerson::text).collect();
    assert_eq!(to, ["Ada <ada@example.org>", "ops@example.org", "Security <ciso@example.org>"]);
    assert_eq!(mail.subject, "Re: CHG-2026-11-003 über");
    assert_eq!(mail.sent_at, 1_794_472_200, "09:30 at +0100 is 08:30 UTC");
    assert_eq!(mail.text, "Approved. Go ahead on Saturday – with the back-out plan.");
    assert_eq!(mail.sha256, hex(&sha256(APPROVAL.as_bytes())));
}

#[test]
fn a_mail_in_html_is_read_as_plain_text() {
    let html = without("Content-")
        .replace("\r\n\r\nApproved.", "\r\nContent-Type: text/html\r\n\r\n<p><b>Approved</b>.</p>");
    let text = read(html.as_bytes()).unwrap().text;
    assert!(text.starts_with("Approved") && !text.contains('<'), "{text}");
}

#[test]
fn a_mail_that_does_not_say_who_or_when_is_no_evidence() {
    assert!(matches!(read(without("From").as_bytes()), Err(NoMail::NoSender { .. })));
    assert!(matches!(read(without("Date").as_bytes()), Err(NoMail::NoDate { .. })));
    let never = APPROVAL.replace("12 Nov 2026", "31 Feb 2026");
    assert!(matches!(read(never.as_bytes()), Err(NoMail::NoDate { .. })));
    let twice = APPROVAL.replace("Subject:", "Date: Fri, 13 Nov 2026 09:30:00 +0100\r\nSubject:");
    assert!(matches!(read(twice.as_bytes()), Err(NoMail::NoDate { .. })), "which of the two dates");
}

#[test]
fn a_mail_of_several_senders_does_not_show_who_decided() {
    let two = APPROVAL.replace("From: ", "From: Deputy <deputy@example.org>, ");
    let Err(NoMail::SeveralSenders { senders, .. }) = read(two.as_bytes()) else { panic!("two senders") };
    assert_eq!(senders, "deputy@example.org, boss@example.org");
    let lines = APPROVAL.replace("To: Ada", "From: deputy@example.org\r\nTo: Ada");
    assert!(matches!(read(lines.as_bytes()), Err(NoMail::SeveralSenders { .. })), "two lines of senders");
}

#[test]
fn what_is_no_mail_is_answered_by_name() {
    let refused = |bytes: &[u8]| read(bytes).unwrap_err();
    assert!(matches!(refused(b"  \r\n"), NoMail::Empty { .. }));
    assert!(matches!(refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"), NoMail::Outlook { .. }));
    assert!(matches!(refused(b"MZ\0\0\0\x01From: a@b\r\n\r\nx"), NoMail::NotMail { .. }));
    assert!(matches!(refused(b"Computer,State\r\nWS-1,Installed\r\n\r\n"), NoMail::NotMail { .. }));
    let outlook = refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0").to_string();
    assert!(outlook.starts_with("approval.eml ") && outlook.contains("Save as"), "{outlook}");
    let gone = read_mail(&Input::from_path("no/such/approval.eml")).unwrap_err();
    assert!(matches!(gone, NoMail::Unreadable { .. }), "{gone}");
}

#[test]
fn a_mail_that_ends_in_the_middle_is_not_whole() {
    let head = APPROVAL.split("\r\n\r\n").next().unwrap();
    assert!(matches!(read(head.as_bytes()), Err(NoMail::Truncated { .. })));
    let parts = APPROVAL
        .replace("text/plain; charset=utf-8", "multipart/mixed; boundary=cut")
        .replace("Content-Transfer-Encoding: quoted-printable\r\n", "")
        .replace("\r\n\r\n", "\r\n\r\n--cut\r\nContent-Type: text/plain\r\n\r\n");
    assert!(matches!(read(parts.as_bytes()), Err(NoMail::Truncated { .. })));
    let whole = format!("{parts}--cut--\r\n");
    assert!(read(whole.as_bytes()).unwrap().text.starts_with("Approved."));
}

#[test]
fn a_mail_that_is_too_large_is_refused_before_it_is_parsed() {
    let mut bytes = APPROVAL.as_bytes().to_vec();
    bytes.resize(33 * 1024 * 1024, b'a');
    assert!(matches!(read(&bytes), Err(NoMail::TooBig { .. })));
}

#[test]
fn signs_that_steer_the_reader_are_shown_and_not_obeyed() {
    let sly = APPROVAL.replace("Approved.", "=E2=80=AEdevorppA.").replace("Ada <", "\u{202e}adA <");
    let mail = read(sly.as_bytes()).unwrap();
    assert!(mail.text.contains("⟨U+202E⟩"), "{}", mail.text);
    assert!(mail.recipients[0].name.contains("⟨U+202E⟩"), "{:?}", mail.recipients[0]);
}

fn notice() -> Draft {
    Draft {
        from: ("Zoë".to_owned(), "zoe@example.org".to_owned()),
        to: vec![
            ("Ops, all".to_owned(), "ops@example.org".to_owned()),
            (String::new(), "help@example.org".to_owned()),
        ],
        subject: "Patching on Sat 14 Nov – Domain controllers".to_owned(),
        text: "Group 1 begins at 22:00.\n\nÜber die Brücke: 5512.\n.\nFrom here on, nothing.".to_owned(),
        at: 1_794_472_200,
        key: "CHG-2026-11-003 announcement".to_owned(),
    }
}

#[test]
fn a_notice_opens_as_a_draft_and_reads_back_as_it_was_written() {
    let bytes = eml(&notice());
    assert_eq!(bytes, eml(&notice()), "the same notice, the same bytes");
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.starts_with("X-Unsent: 1\r\n"), "{text}");
    assert!(!text.replace("\r\n", "").contains('\n'), "lines end as mail demands");
    let mail = read(&bytes).unwrap();
    assert_eq!(mail.sender.text(), "Zoë <zoe@example.org>");
    let to: Vec<String> = mail.recipients.iter().map(MailPerson::text).collect();
    assert_eq!(to, ["Ops, all <ops@example.org>", "help@example.org"]);
    assert_eq!((mail.subject, mail.sent_at), (notice().subject, notice().at));
    assert_eq!(mail.text, notice().text);
    let other = Draft { key: "CHG-2026-11-003 schedule".to_owned(), ..notice() };
    let id = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        text.lines().find(|l| l.starts_with("Message-ID:")).unwrap().to_owned()
    };
    assert_ne!(id(&bytes), id(&eml(&other)));
}

#[test]
fn a_line_break_in_a_name_adds_no_header() {
    let sly = Draft { subject: "Patching\r\nBcc: spy@example.org\r\n".to_owned(), ..notice() };
    let text = String::from_utf8(eml(&sly)).unwrap();
    assert!(!text.lines().any(|line| line.starts_with("Bcc")), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn damaged_mails_are_answered_and_never_end_the_program(
        at in 0..400_usize,
        cut in 0..450_usize,
        byte in any::<u8>(),
        noise in proptest::collection::vec(any::<u8>(), 0..40),
    ) {
        let mut bytes = APPROVAL.as_bytes().to_vec();
        let at = at.min(bytes.len() - 1);
        bytes[at] = byte;
        bytes.splice(at..at, noise);
        bytes.truncate(cut.max(1));
        match read(&bytes) {
            Ok(mail) => prop_assert_eq!(mail.sha256, hex(&sha256(&bytes))),
            Err(error) => {
                let text = error.to_string();
                prop_assert!(text.starts_with("approval.eml") && text.ends_with('.'));
            }
        }
    }
}
