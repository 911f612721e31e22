//! Rule sets, binding, changes that wait for the policy, the business case.

mod preset;
