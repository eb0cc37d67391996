//! The functions on responses, in the three places where a cluster looks for them.
//!
//! The client resolves the names in a query, the scheduler decodes the query and plans it, and the
//! executors run the plan. Each of them finds functions in a registry of its own.

use std::sync::Arc;

use ballista_core::registry::BallistaFunctionRegistry;
use ballista_core::utils::{default_config_producer, default_session_builder};
use datafusion::error::Result;
use datafusion::execution::SessionState;
use datafusion::prelude::{SessionConfig, SessionContext};

/// Returns the state of a session at the scheduler.
pub(crate) fn session_state(config: SessionConfig) -> Result<SessionState> {
    let mut state = default_session_builder(config)?;
    cnic_datafusion::register(&mut state)?;
    Ok(state)
}

/// Returns what an executor finds functions in.
pub(crate) fn registry() -> Result<Arc<BallistaFunctionRegistry>> {
    let state = session_state(default_config_producer())?;
    Ok(Arc::new(BallistaFunctionRegistry::from(&state)))
}

/// Registers the functions with the session of a client.
///
/// This comes after the session was made for a cluster: functions that were in its state before
/// are replaced by the built-in ones.
pub(crate) fn register(context: &SessionContext) {
    for function in cnic_datafusion::functions() {
        context.register_udf(function.as_ref().clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of all functions of this workspace.
    fn names() -> Vec<String> {
        cnic_datafusion::functions().iter().map(|function| function.name().to_owned()).collect()
    }

    #[test]
    fn the_scheduler_knows_every_function() {
        let state = session_state(default_config_producer()).unwrap();
        for name in names() {
            assert!(state.scalar_functions().contains_key(&name), "{name}");
        }
    }

    #[test]
    fn an_executor_knows_every_function_and_the_built_in_ones() {
        let registry = registry().unwrap();
        for name in names().iter().map(String::as_str).chain(["split_part", "array_length"]) {
            assert!(registry.scalar_functions.contains_key(name), "{name}");
        }
        assert!(registry.aggregate_functions.contains_key("count"));
    }
}
