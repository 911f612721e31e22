//! Use-cases: what a person does with the register, for window and console alike.

pub mod sample;
