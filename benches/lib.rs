//! Nothing is measured yet.
//!
//! This package will hold the criterion groups (`response/parse`, `command/encode`, ..) and a program that compares the
//! parsers with others on the same table and prints ratios.
