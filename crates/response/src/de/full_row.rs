//! A row in which each field of a structure has a cell.

use core::fmt;
use core::marker::PhantomData;

use cnic_text::scalar::{self, Fault, FaultKind};
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{Deserialize, DeserializeSeed, MapAccess};

use crate::de::columns::{Culprit, Field};
use crate::de::error::{Cell, DeserializeErrorKind, Mismatch};

/// The cells of a row that has one for each field of a structure, in the order of the fields.
///
/// A derived structure compares each name with those of all its fields. Here each name is told by a
/// call of its own, whose place is a constant. Once all of it is inlined, the compiler knows what
/// is compared and drops the comparisons; if there are few fields, it drops the loop too. The
/// structure is still told names and nothing else, so each value goes to the same field as in any
/// other row.
pub(super) struct FullRow<'a, 'r> {
    text: &'r str,
    row: usize,
    names: &'static [&'static str],
    /// As many as names.
    fields: &'a [Field<'r>],
    /// How many names were told.
    told: usize,
    culprit: &'a mut Option<Culprit<'r>>,
}

/// Tells the name at a place, by a call of its own for each `at`.
macro_rules! tell {
    ($names:expr, $place:expr, $seed:expr, $($at:literal)+) => {
        match $place {
            $($at => tell_at::<_, $at>($names[$at], $seed),)+
            _ => unreachable!("there are no more names than places"),
        }
    };
}

/// Tells a name. The type of the error is different for each place. So each place has a function of
/// its own, and the compiler can't merge their calls into one that takes the place as an argument.
#[inline(always)]
fn tell_at<'r, K: DeserializeSeed<'r>, const PLACE: usize>(
    name: &'static str,
    seed: K,
) -> Result<K::Value, Mismatch> {
    let name = BorrowedStrDeserializer::<'_, scalar::Mismatch<KindAt<PLACE>>>::new(name);
    seed.deserialize(name).map_err(|mismatch| mismatch.map(|KindAt(kind)| kind))
}

impl<'a, 'r> FullRow<'a, 'r> {
    /// Creates the cells of a row. The fields are those of a
    /// [full row](crate::de::columns::Fields::of_full_row).
    #[inline]
    pub(super) const fn new(
        text: &'r str,
        row: usize,
        names: &'static [&'static str],
        fields: &'a [Field<'r>],
        culprit: &'a mut Option<Culprit<'r>>,
    ) -> Self {
        Self { text, row, names, fields, told: 0, culprit }
    }
}

/// The methods are inlined however large they are: the names are known only where they are called.
impl<'r> MapAccess<'r> for FullRow<'_, 'r> {
    type Error = Mismatch;

    #[inline(always)]
    fn next_key_seed<K: DeserializeSeed<'r>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Mismatch> {
        let place = self.told;
        if place >= self.names.len() {
            return Ok(None);
        }
        self.told += 1;
        let told = tell!(self.names, place, seed, 0 1 2 3 4 5 6 7 8 9 10 11);
        told.map(Some).inspect_err(|_| *self.culprit = Some((self.fields[place].column, self.row)))
    }

    #[inline(always)]
    fn next_value_seed<V: DeserializeSeed<'r>>(&mut self, seed: V) -> Result<V::Value, Mismatch> {
        // There is no field if a value is asked for before a name.
        let field = self.fields.get(self.told.wrapping_sub(1));
        let text = field.map(|field| field.get_in_run(self.row, self.text));
        let value = seed.deserialize(Cell::new(text));
        if value.is_err() {
            *self.culprit = field.map(|field| (field.column, self.row));
        }
        value
    }

    // The same as in the trait, so that they are inlined too.

    #[inline(always)]
    fn next_key<K: Deserialize<'r>>(&mut self) -> Result<Option<K>, Mismatch> {
        self.next_key_seed(PhantomData)
    }

    #[inline(always)]
    fn next_value<V: Deserialize<'r>>(&mut self) -> Result<V, Mismatch> {
        self.next_value_seed(PhantomData)
    }
}

/// A kind of error, as a type of its own for each place.
#[derive(Clone, Copy, Debug)]
struct KindAt<const PLACE: usize>(DeserializeErrorKind);

impl<const PLACE: usize> FaultKind for KindAt<PLACE> {
    fn of(fault: Fault) -> Self {
        Self(DeserializeErrorKind::of(fault))
    }

    fn of_message(message: &dyn fmt::Display) -> Option<Self> {
        DeserializeErrorKind::of_message(message).map(Self)
    }
}

impl<const PLACE: usize> fmt::Display for KindAt<PLACE> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
