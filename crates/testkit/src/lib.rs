//! Nothing is shared yet but the place.
//!
//! This package will hold the oracles, strategies and fixture loader that the tests, fuzz targets and benches share.
