//! The documents on the console.
