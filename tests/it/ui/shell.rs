//! The shell: welcome, today, palette, keys, dialogs, what is kept, and that nothing is painted when nothing happens.

pub mod bench;

mod idle;
mod keys;
mod pictures;
mod start;
mod today;
