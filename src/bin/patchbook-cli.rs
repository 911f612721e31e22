//! The console program.

use std::process::ExitCode;

fn main() -> ExitCode {
    patchbook::cli::main()
}
