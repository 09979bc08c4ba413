//! Many short lists, and many look-ups, in a few arrays: there are thousands of them, and each in a place of its own would cost a start its time
//! and a text a wait for memory.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Lists, one behind the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Lists<T> {
    /// Where each list ends.
    #[serde(with = "lengths")]
    bounds: Vec<u32>,
    items: Vec<T>,
}

/// Says which of many things has a key. A key is a number of 64 bits that was made of what the thing is called, and 48 of them are kept: two
/// that are called differently and have one number are not to be expected.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Keys {
    /// By number of the thing, its key as [`spread`] makes it; rising.
    keys: Vec<u64>,
    /// By the first bits of a key: how many keys have less there.
    starts: Vec<u32>,
    /// How many bits do not count for that.
    shift: u32,
}

/// How many bits of a key are kept, and how many bytes those are.
const KEPT: u32 = 48;
const WRITTEN: usize = KEPT as usize / 8;

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { bounds: Vec::new(), items: Vec::new() }
    }
}

impl<T> Lists<T> {
    /// The list with this number; an empty one where there are not so many.
    pub(super) fn of(&self, number: usize) -> &[T] {
        let Some(end) = self.bounds.get(number) else { return &[] };
        let start = number.checked_sub(1).map_or(0, |before| self.bounds[before]);
        &self.items[start as usize..*end as usize]
    }

    pub(super) fn len(&self) -> usize {
        self.bounds.len()
    }

    pub(super) fn push(&mut self, list: impl IntoIterator<Item = T>) {
        self.items.extend(list);
        self.bounds.push(self.items.len() as u32);
    }
}

impl<T, L: IntoIterator<Item = T>> FromIterator<L> for Lists<T> {
    fn from_iter<I: IntoIterator<Item = L>>(lists: I) -> Self {
        let mut all = Self::default();
        lists.into_iter().for_each(|list| all.push(list));
        all
    }
}

impl Keys {
    /// The number of the thing with this key.
    pub(super) fn find(&self, key: u64) -> Option<usize> {
        let key = spread(key);
        let part = (key >> self.shift) as usize;
        let (start, end) = (*self.starts.get(part)? as usize, *self.starts.get(part + 1)? as usize);
        self.keys[start..end].iter().position(|known| *known == key).map(|at| start + at)
    }

    /// The things in the order of their numbers, with the keys for them.
    pub(super) fn numbered<T>(mut things: Vec<(u64, T)>) -> (Self, impl Iterator<Item = T>) {
        things.sort_by_key(|(key, _)| spread(*key));
        let keys: Vec<u64> = things.iter().map(|(key, _)| spread(*key)).collect();
        (keys.into(), things.into_iter().map(|(_, thing)| thing))
    }
}

impl From<Vec<u64>> for Keys {
    fn from(keys: Vec<u64>) -> Self {
        // One or two keys share the first bits.
        let bits = keys.len().max(2).ilog2();
        let shift = KEPT - bits;
        let mut starts = Vec::with_capacity((1 << bits) + 1);
        for (at, key) in (0..).zip(&keys) {
            starts.resize(((*key >> shift) as usize + 1).max(starts.len()), at);
        }
        starts.resize((1 << bits) + 1, keys.len() as u32);
        Self { keys, starts, shift }
    }
}

/// As bytes, six a key: any other way of writing them down is longer, or slower to read.
impl Serialize for Keys {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes: Vec<u8> = self.keys.iter().flat_map(|key| key.to_le_bytes().into_iter().take(WRITTEN)).collect();
        serializer.serialize_bytes(&bytes)
    }
}

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (keys, _) = <&[u8]>::deserialize(deserializer)?.as_chunks::<WRITTEN>();
        Ok(keys.iter().map(|&[a, b, c, d, e, f]| u64::from_le_bytes([a, b, c, d, e, f, 0, 0])).collect::<Vec<_>>().into())
    }
}

/// Numbers that rise, written down as how much each is more than the one before: most then take a single byte.
pub(super) mod lengths {
    use super::{Deserialize, Deserializer, Serializer};

    pub(in super::super) fn serialize<S: Serializer>(bounds: &[u32], serializer: S) -> Result<S::Ok, S::Error> {
        let before = std::iter::once(&0).chain(bounds);
        serializer.collect_seq(bounds.iter().zip(before).map(|(bound, before)| bound.wrapping_sub(*before)))
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u32>, D::Error> {
        let mut bounds = Vec::deserialize(deserializer)?;
        let mut last = 0u32;
        for bound in &mut bounds {
            last = last.wrapping_add(*bound);
            *bound = last;
        }
        Ok(bounds)
    }
}

/// Keys that have much in common come to lie far apart; of each, so many bits are kept.
fn spread(key: u64) -> u64 {
    key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - KEPT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_had_back_and_there_is_nothing_behind_the_last() {
        let lists: Lists<u32> = [vec![3, 1], vec![], vec![2]].into_iter().collect();
        assert_eq!((lists.of(0), lists.of(1), lists.of(2), lists.of(3)), (&[3, 1][..], &[][..], &[2][..], &[][..]));
    }

    #[test]
    fn a_key_is_found_and_others_are_not() {
        for count in [0u64, 1, 2, 3, 100, 1000] {
            let things = (0..count).map(|number| (number * number, number)).collect();
            let (keys, things) = Keys::numbered::<u64>(things);
            let things: Vec<_> = things.collect();
            for number in 0..count {
                assert_eq!(keys.find(number * number).map(|at| things[at]), Some(number), "of {count}");
            }
            assert_eq!((keys.find(count * count), keys.find(u64::MAX)), (None, None));
        }
        assert_eq!(Keys::default().find(0), None);
    }
}
