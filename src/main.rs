//! The window binary: `patchbook [FILE]` and `patchbook demo [FOLDER]`.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use std::ffi::OsString;
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

use patchbook::app::preferences::{Places, Preferences};
use patchbook::app::sample::{Sample, build};
use patchbook::app::{Error, ErrorKind};
use patchbook::ui::app::Start;
use patchbook::ui::window;
use patchbook::util::progress::Progress;

const USAGE: &str = "\
patchbook                  open the window
patchbook FILE             open a register
patchbook demo [FOLDER]    build the sample register in a new folder and open it
patchbook --version

patchbook-cli does the same without a window.";

/// Where the sample goes if no folder is named.
const FOLDER: &str = "patchbook-demo";

fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().skip(1).collect();
    let words: Vec<Option<&str>> = args.iter().map(|arg| arg.to_str()).collect();
    match words.as_slice() {
        [] => show(Start::Welcome),
        [Some("--help" | "-h" | "help")] => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        [Some("--version" | "-V")] => {
            println!("patchbook {}", env!("CARGO_PKG_VERSION"));
            ExitCode::SUCCESS
        }
        [Some("demo")] => demo(Path::new(FOLDER)),
        [Some("demo"), _] => demo(Path::new(&args[1])),
        [Some(flag)] if flag.starts_with('-') => wrong(),
        [_] => show(Start::Open(absolute(Path::new(&args[0])))),
        _ => wrong(),
    }
}

fn wrong() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::from(ErrorKind::Input.exit_code())
}

/// Opens the window, or says in one line why there is none.
fn show(start: Start) -> ExitCode {
    let shown = if window::has_display() { window::run(start) } else { Err(no_display()) };
    match shown {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tell(&error);
            ExitCode::from(error.kind.exit_code())
        }
    }
}

fn no_display() -> Error {
    Error::new(
        ErrorKind::Machine,
        "no display was found, so no window opens",
        "patchbook-cli does the same without a window.",
    )
}

fn tell(error: &Error) {
    let hints = error.hints.join(" ");
    eprintln!("patchbook: {}. {hints}", error.summary);
}

/// Builds the sample, says where everything is, and opens the window on it. Without a display the files are all there is.
fn demo(folder: &Path) -> ExitCode {
    let folder = free(folder);
    let sample = match build_watched(folder) {
        Ok(sample) => sample,
        Err(error) => {
            tell(&error);
            return ExitCode::from(error.kind.exit_code());
        }
    };
    println!("Built the sample register from {} exports: {}", sample.imports, sample.folder.display());
    println!("  register  {}", sample.register.display());
    println!("  report    {}", sample.report.display());
    let opened = if window::has_display() {
        window::run(Start::Open(absolute(&sample.register)))
    } else {
        Err(no_display())
    };
    if let Err(error) = opened {
        println!(
            "{}; open the report with any PDF viewer, and the register with: patchbook-cli compliance {}",
            capital(&error.summary),
            sample.register.display()
        );
    }
    ExitCode::SUCCESS
}

/// The folder, or the next free name beside it: nothing is ever overwritten.
fn free(folder: &Path) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().to_os_string();
    let mut free = folder.to_owned();
    let mut number = 2;
    while free.exists() {
        let mut next = name.clone();
        next.push(format!("-{number}"));
        free = folder.with_file_name(next);
        number += 1;
    }
    free
}

/// Builds on a thread and tells how far it is, on a terminal only.
fn build_watched(folder: PathBuf) -> Result<Sample, Error> {
    let places = Places::of_system();
    let preferences =
        places.as_ref().map(|places| Preferences::read(&places.preferences).0).unwrap_or_default();
    let context = window::context(&preferences, places.as_ref());
    let progress = Progress::default();
    let (sender, done) = sync_channel(1);
    let watched = progress.clone();
    let work = move || sender.send(build(&folder, &context, &watched)).unwrap_or_default();
    let stopped =
        |why: String| Error::new(ErrorKind::Machine, format!("the sample could not be built: {why}"), "");
    let started = std::thread::Builder::new().name("sample".to_owned()).spawn(work);
    started.map_err(|cause| stopped(cause.to_string()))?;
    loop {
        match done.recv_timeout(Duration::from_millis(100)) {
            Ok(built) => {
                report("");
                return built;
            }
            Err(RecvTimeoutError::Timeout) => {
                let step = progress.step();
                if step.total > 0 {
                    report(&format!("{} {} of {}", step.title, step.done, step.total));
                }
            }
            Err(RecvTimeoutError::Disconnected) => return Err(stopped("a fault in Patchbook".to_owned())),
        }
    }
}

/// Writes a line over the last one.
fn report(line: &str) {
    let mut out = std::io::stderr();
    if out.is_terminal() {
        // Nobody can be told that the terminal is gone.
        write!(out, "\r\u{1b}[K{line}").and_then(|()| out.flush()).ok();
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
