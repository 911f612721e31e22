#!/usr/bin/env python3
"""Measures Patchbook against other programs doing the same work, in one run, and prints the ratios.

    cargo build --release --bins --benches
    benches/measure.py

Needs sqlite3, and for the last rows Xvfb and the PyPI package typst. A row whose tool is missing says so.
CPU times are user + system of the child process unless a row says otherwise; the smallest of three runs counts.
"""
import csv, glob, os, resource, shutil, subprocess, sys, tempfile, time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RELEASE = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"
CLI, WINDOW = RELEASE / "patchbook-cli", RELEASE / "patchbook"
rows = []


def child(args, **more):
    """Runs a program; CPU seconds, peak memory in MB, its standard output."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.dup2(write, 1)
        os.close(read)
        if more.get("quiet"):
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        if "stdin" in more:
            os.dup2(os.open(more["stdin"], os.O_RDONLY), 0)
        os.execvpe(str(args[0]), [str(a) for a in args], dict(os.environ, **more.get("env", {})))
    os.close(write)
    with os.fdopen(read) as pipe:
        out = pipe.read()
    _, status, used = os.wait4(pid, 0)
    if status != 0:
        sys.exit(f"failed: {args}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, out


def best(args, before=lambda: None, n=3, **more):
    results = []
    for _ in range(n):
        before()
        results.append(child(args, **more))
    return min(results, key=lambda r: r[0])


def bench():
    found = [p for p in glob.glob(str(RELEASE / "deps" / "measure-*")) if os.access(p, os.X_OK) and not p.endswith(".d")]
    return max(found, key=os.path.getmtime)


def row(work, ours, theirs, limit, unit="CPU s", other=""):
    ratio = ours / theirs if theirs else float("nan")
    rows.append((work, f"{ours:.3f} {unit}", f"{theirs:.3f} {unit} {other}", f"{ratio:.2f}", limit, "yes" if ratio <= float(limit) else "NO"))
    print(f"{work}: {ours:.3f} against {theirs:.3f} ({other}) = {ratio:.2f}, at most {limit}", flush=True)


def state_file(path):
    """60 computers x 5,000 updates; 40 of 100 open or installed, 60 not applicable."""
    states = ["NotApplicable", "NotApplicable", "Installed", "NotApplicable", "NotInstalled"]
    with open(path, "w", newline="") as f:
        f.write("Computername,TargetGroup,UpdateKB,UpdateTitle,UpdateInstallationState,UpdateApprovalAction,LastReportedStatusTime\n")
        for pc in range(60):
            for n in range(5000):
                kb, state = 5_000_000 + n, states[(pc + n) % 5]
                f.write(f'"ws-{pc:03}.corp.example.com","Workstations","{kb}","2026-10 Cumulative Update for Windows 11 Version 24H2 for x64-based Systems (KB{kb})","{state}","Install","2026-11-20T06:44:51Z"\n')


def measure_import(tmp):
    data = tmp / "states.csv"
    state_file(data)
    register, database = tmp / "import.patchbook", tmp / "import.db"

    def fresh():
        for path in tmp.glob("*import.patchbook*"):
            path.unlink()
        child([CLI, "new", register, "--name", "Measured"])

    env = {"PATCHBOOK_HOME": str(tmp / "home")}
    ours, memory, _ = best([CLI, "import", register, data, "--scope", "all", "--json"], fresh, env=env)

    def empty():
        database.unlink(missing_ok=True)

    script = tmp / "import.sql"
    script.write_text(f"PRAGMA journal_mode=DELETE;\nPRAGMA synchronous=EXTRA;\n.mode csv\n.import {data} states\n")
    theirs, _, _ = best(["sqlite3", database], empty, stdin=str(script))
    row("import of a 300,000-row state CSV", ours, theirs, "3", other="sqlite3 .import")
    row("its peak memory", memory, 300, "1", "MB", "the limit")


def measure_figures(tmp):
    data, database = tmp / "pairs.csv", tmp / "pairs.db"
    out = child([bench(), "figures", data])[2]
    ours = float(out.split()[-1])
    script = tmp / "fill.sql"
    script.write_text(f"CREATE TABLE pair(asset INT, update_ INT, state INT, at INT);\n.mode csv\n.import {data} pair\n")
    child(["sqlite3", database], stdin=str(script))
    with_query = best(["sqlite3", database, "SELECT state, count(*) FROM pair GROUP BY state"])[0]
    row("all figures for 5 million pairs, loaded, one thread", ours, with_query, "0.25", other="SQLite GROUP BY state")


def measure_file(tmp):
    register = tmp / "large.patchbook"
    child([bench(), "register", register, 300, 36, 20])
    ours = best([CLI, "verify", register])[0]
    theirs = best(["sqlite3", register, "PRAGMA integrity_check"])[0]
    row("verify of 300 machines x 36 months x 20 updates", ours, theirs, "3", other="PRAGMA integrity_check")
    return register


def first_frame(file, env):
    before = time.monotonic()
    subprocess.run([WINDOW, file], env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - before


def measure_window(tmp, register):
    if not shutil.which("Xvfb"):
        print("first frame: Xvfb is missing")
        return
    empty = tmp / "empty.patchbook"
    child([CLI, "new", empty, "--name", "Measured"])
    server = subprocess.Popen(["Xvfb", ":97", "-screen", "0", "1280x800x24"], stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            if Path("/tmp/.X11-unix/X97").exists():
                break
            time.sleep(0.1)
        env = dict(os.environ, DISPLAY=":97", PATCHBOOK_HOME=str(tmp / "home"), PATCHBOOK_FIRST_FRAME="1")
        env.pop("WAYLAND_DISPLAY", None)
        for file in (empty, register):
            first_frame(file, env)
        pairs = [(first_frame(register, env), first_frame(empty, env)) for _ in range(9)]
        large, small = (sorted(p[i] for p in pairs)[4] for i in (0, 1))
        row("first frame with 216,000 pairs (median of 9)", large, small, "1.5", "wall s", "an empty file")
    finally:
        server.terminate()


def measure_table():
    found = [p for p in glob.glob(str(RELEASE / "deps" / "table-*")) if os.access(p, os.X_OK) and not p.endswith(".d")]
    if not found:
        print("asset table: built without the window")
        return
    out = child([max(found, key=os.path.getmtime)])[2].split()
    row("asset table of 100,000 rows, wheel, p99 of a frame", float(out[0]), float(out[1]), "6", "ms", "an empty room")


def measure_report(tmp, what, build):
    register, pdf, sheet = tmp / f"{build[0]}-paper.patchbook", tmp / "report.pdf", tmp / "report.csv"
    child([bench(), build[0], register, *build[1:]])
    ours = min(float(child([bench(), "report", register, pdf, sheet], quiet=True)[2].split()[-1]) for _ in range(3))
    try:
        import typst  # noqa: F401
    except ImportError:
        print(f"{what}: {ours:.3f} CPU s; the PyPI package typst is missing")
        return
    source, tables, table = tmp / "report.typ", [], []
    for line in list(csv.reader(open(sheet, newline=""))) + [[]]:
        if not line:
            tables.append(table)
            table = []
        else:
            table.append(line)

    def cell(text):
        return '[#"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"]'

    with open(source, "w") as f:
        f.write("#set page(paper: \"a4\")\n#set text(size: 8pt)\n")
        for table in (t for t in tables if t):
            width = max(len(r) for r in table)
            f.write(f"#table(columns: {width},\n")
            for r in table:
                f.write(", ".join(cell(c) for c in r + [""] * (width - len(r))) + ",\n")
            f.write(")\n")
    script = f"import typst; typst.compile({str(source)!r}, output={str(tmp / 'typst.pdf')!r})"
    theirs = best([sys.executable, "-c", script])[0] - best([sys.executable, "-c", "import typst"])[0]
    row(what, ours, theirs, "0.5", other="typst compile of the same tables")


def main():
    if not CLI.exists():
        sys.exit("build first: cargo build --release --bins --benches")
    with tempfile.TemporaryDirectory() as folder:
        tmp = Path(folder)
        measure_import(tmp)
        measure_figures(tmp)
        register = measure_file(tmp)
        measure_window(tmp, register)
        measure_table()
        measure_report(tmp, "report for 1,000 machines", ["register", 1000, 6, 10])
        measure_report(tmp, "1,000 machines x 300 open duties ranked, dated, measured, rendered", ["promise"])
    print("\n| work | Patchbook | the other | ratio | at most | reached |\n|---|---|---|---|---|---|")
    for line in rows:
        print("| " + " | ".join(line) + " |")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
