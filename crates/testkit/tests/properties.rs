//! The oracles over generated input. `PROPTEST_CASES` makes a run longer.

use cnic_response::Response;
use cnic_testkit::{oracle, strategy};
use proptest::prelude::*;

proptest! {
    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        oracle::ALL.iter().for_each(|(_, oracle)| oracle(&bytes));
    }

    #[test]
    fn pieces_of_replies(bytes in strategy::soup(strategy::REPLY)) {
        oracle::response(&bytes);
        oracle::response_differential(&bytes);
    }

    #[test]
    fn pieces_of_commands(bytes in strategy::soup(strategy::COMMAND)) {
        oracle::command(&bytes);
    }

    #[test]
    fn pieces_of_forms(bytes in strategy::soup(strategy::COMMAND_FORM)) {
        oracle::form(&bytes);
    }

    #[test]
    fn pieces_of_registrations(bytes in strategy::soup(strategy::REGISTRATION)) {
        oracle::registration(&bytes);
    }

    #[test]
    fn pieces_of_name_servers(bytes in strategy::soup(strategy::NAME_SERVER)) {
        oracle::name_server(&bytes);
    }

    #[test]
    fn pieces_of_receipts(bytes in strategy::soup(strategy::RECEIPT)) {
        oracle::receipt(&bytes);
    }

    /// Column by column, row by row, in any order: one table, and every cell where its index says.
    #[test]
    fn the_order_of_lines_does_not_matter((grid, shuffled) in strategy::grids().prop_flat_map(|grid| {
        let lines = Just(grid.by_column()).prop_shuffle();
        (Just(grid), lines)
    })) {
        let texts = [grid.by_column(), grid.by_row(), shuffled].map(|lines| strategy::reply(&lines));
        let replies = texts.each_ref().map(|text| Response::parse(&**text).expect("a reply"));
        prop_assert!(replies[0] == replies[1] && replies[0] == replies[2]);
        for reply in &replies {
            prop_assert!(reply.notes().is_empty(), "{:?}", reply.notes());
            prop_assert_eq!(reply.columns().count(), grid.cells.len());
            for (name, cells) in &grid.cells {
                let column = reply.table().columns().find(|column| column.name() == name).expect("a column");
                let expected = cells.iter().map(|(&row, value)| (row as usize, value.as_str()));
                prop_assert!(column.cells().eq(expected));
            }
        }
        for text in &texts {
            oracle::response(text.as_bytes());
            oracle::response_differential(text.as_bytes());
        }
    }
}
