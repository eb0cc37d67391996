//! The binary `cnic`. Nothing is here yet.

fn main() {}
