//! End of servicing on the console.

use serde_json::Value;

use crate::desk::Desk;

impl Desk {
    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }
}

#[test]
fn rows_proofs_and_tables_are_kept_from_the_console() {
    let desk = Desk::new();
    desk.write(
        "ends.csv",
        "product,edition,security_updates_end,esu_end\nWindows 10 22H2,all editions,2025-10-14,2028-10-10\n",
    );
    desk.write(
        "computers.csv",
        "Id,FullDomainName,IPAddress,Model,OSDescription,OSVersion,ComputerRole,LastSync,LastStatus\n\
         00000000-0000-0000-0000-000000000001,PC1,10.0.0.1,X,Windows 10 Pro,10.0.19045.1,Workstation,2026-11-01T00:00:00Z,2026-11-01T00:00:00Z\n\
         00000000-0000-0000-0000-000000000002,LX1,10.0.0.2,X,Ubuntu 22.04.4 LTS,,Server,2026-11-01T00:00:00Z,2026-11-01T00:00:00Z\n",
    );
    let (code, out, error) = desk.run(&["import", "shop.patchbook", "computers.csv"]);
    assert_eq!(code, 0, "{out}{error}");
    let (code, out, _) = desk.run(&["support", "load", "shop.patchbook", "ends.csv", "--dry-run"]);
    assert!(code == 0 && out.contains("1 as before"), "{out}");
    let (code, out, error) = desk.run(&["support", "load", "shop.patchbook", "ends.csv"]);
    assert!(code == 0 && out.contains("Load the support ends of ends.csv"), "{out}{error}");

    let value = desk.json(&["support", "list", "shop.patchbook"]);
    assert_eq!(value["ends"][0]["asset"], "PC1");
    assert_eq!(
        (&value["ends"][0]["past"], &value["ends"][0]["standing"]),
        (&Value::Bool(true), &Value::from("past"))
    );
    assert_eq!(value["unfit"][0]["asset"], "LX1");

    let (code, _, error) = desk.run(&["support", "set", "shop.patchbook", "Ubuntu 22.04"]);
    assert!(code == 3 && error.contains("--until DATE"), "{error}");
    let set = ["support", "set", "shop.patchbook", "Ubuntu 22.04", "--until", "2035-04-01"];
    let (code, _, error) = desk.run(&set);
    assert!(code == 3 && error.contains("--source TEXT"), "{error}");
    let (code, out, error) = desk.run(&[&set[..], &["--source", "ubuntu.com"]].concat());
    assert!(code == 0 && out.contains("Add the support end of Ubuntu 22.04"), "{out}{error}");
    let (code, out, _) = desk.run(&["support", "list", "shop.patchbook"]);
    assert!(code == 0 && !out.contains("LX1"), "{out}");

    let prove = ["support", "prove", "shop.patchbook", "PC1", "--until", "2028-10-10"];
    let (code, _, error) = desk.run(&prove);
    assert!(code == 3 && error.contains("--reference TEXT"), "{error}");
    desk.write("order.pdf", "an order");
    let told = ["--reference", "order 7", "--evidence", "order.pdf"];
    let (code, out, error) = desk.run(&[&prove[..], &told[..]].concat());
    assert!(code == 0 && out.contains("until Tue 10 Oct 2028"), "{out}{error}");
    let value = desk.json(&["support", "list", "shop.patchbook", "--ahead", "3000"]);
    assert_eq!(
        (&value["ends"][0]["asset"], &value["ends"][0]["past"]),
        (&Value::from("PC1"), &Value::Bool(false))
    );
    let (code, out, _) = desk.run(&["support", "void", "shop.patchbook", "PC1"]);
    assert!(code == 0 && out.contains("Take back"), "{out}");
    let (code, _, error) = desk.run(&["support", "void", "shop.patchbook", "PC1"]);
    assert!(code == 2 && error.contains("no proof"), "{error}");

    let (code, out, _) = desk.run(&["support", "list", "shop.patchbook", "--table"]);
    assert!(code == 0 && out.contains("own: ubuntu.com") && out.contains("ended"), "{out}");
    let (code, out, _) = desk.run(&["support", "end", "shop.patchbook", "ubuntu 22.04"]);
    assert!(code == 0 && out.contains("End the row about Ubuntu 22.04"), "{out}");
    assert_eq!(desk.run(&["undo", "shop.patchbook"]).0, 0);
    assert_eq!(desk.run(&["verify", "shop.patchbook"]).0, 0);
}
