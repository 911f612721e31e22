//! Bad input: one clear sentence, no panic, no hang, bounded memory.

mod reader;
