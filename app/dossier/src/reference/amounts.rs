//! The amounts as published, with their gaps.

use form::Cents;

use super::{AidKind, Amount, Day, Perimeter, Territory};

use AidKind::{Aci, Ai, Bridge, Ei, Eiti, Etti};
use Territory::{Mainland, Mayotte};

/// The amounts published by arrêté, sorted by first day. Posts in prison had amounts of their own
/// until 2022. The amount of ETTI goes down in 2020 and on 1 January 2022: it is so published.
/// From 2025 EITI have a flat rate, which is not an amount per ETP.
pub const PUBLISHED: &[Amount] = &[
    row(Ei, Mainland, (2013, 1, 1), 10_000).ordinary(),
    row(Etti, Mainland, (2014, 1, 1), 4_250),
    row(Ai, Mainland, (2014, 7, 1), 1_300),
    row(Aci, Mainland, (2014, 7, 1), 19_200).ordinary(),
    row(Etti, Mainland, (2015, 1, 1), 4_284),
    row(Ai, Mainland, (2015, 1, 1), 1_310),
    row(Ei, Mainland, (2015, 1, 1), 10_080).ordinary(),
    row(Aci, Mainland, (2015, 1, 1), 19_354).ordinary().support(979),
    row(Etti, Mainland, (2016, 1, 1), 4_311),
    row(Ai, Mainland, (2016, 1, 1), 1_319),
    row(Ei, Mainland, (2016, 1, 1), 10_143).ordinary(),
    row(Aci, Mainland, (2016, 1, 1), 19_474).ordinary().support(985),
    row(Etti, Mainland, (2017, 1, 1), 4_351),
    row(Ai, Mainland, (2017, 1, 1), 1_331),
    row(Ei, Mainland, (2017, 1, 1), 10_237).ordinary(),
    row(Aci, Mainland, (2017, 1, 1), 19_655).ordinary().support(995),
    row(Etti, Mainland, (2018, 1, 1), 4_405),
    row(Ai, Mainland, (2018, 1, 1), 1_347),
    row(Ei, Mainland, (2018, 1, 1), 10_363).ordinary(),
    row(Aci, Mainland, (2018, 1, 1), 19_897).ordinary().support(1_007),
    row(Ei, Mainland, (2018, 1, 1), 6_218).prison(),
    row(Aci, Mainland, (2018, 1, 1), 11_938).prison(),
    row(Etti, Mainland, (2019, 1, 1), 4_472),
    row(Ai, Mainland, (2019, 1, 1), 1_367),
    row(Eiti, Mainland, (2019, 1, 1), 5_548),
    row(Ei, Mainland, (2019, 1, 1), 10_520).ordinary(),
    row(Aci, Mainland, (2019, 1, 1), 20_199).ordinary().support(1_022),
    row(Ei, Mainland, (2019, 1, 1), 6_312).prison(),
    row(Aci, Mainland, (2019, 1, 1), 12_119).prison(),
    row(Etti, Mainland, (2020, 1, 1), 4_299).until((2021, 1, 1)),
    row(Ai, Mainland, (2020, 1, 1), 1_383),
    row(Eiti, Mainland, (2020, 1, 1), 5_614).until((2021, 1, 1)),
    row(Ei, Mainland, (2020, 1, 1), 10_646).ordinary(),
    row(Aci, Mainland, (2020, 1, 1), 20_441).ordinary().support(1_034),
    row(Ei, Mainland, (2020, 1, 1), 6_388).prison().until((2021, 1, 1)),
    row(Aci, Mainland, (2020, 1, 1), 12_265).prison().until((2021, 1, 1)),
    row(Etti, Mayotte, (2020, 1, 1), 3_245).until((2021, 1, 1)),
    row(Ai, Mayotte, (2020, 1, 1), 1_044).until((2021, 1, 1)),
    row(Ei, Mayotte, (2020, 1, 1), 8_035).ordinary().until((2021, 1, 1)),
    row(Aci, Mayotte, (2020, 1, 1), 15_428).ordinary().until((2021, 1, 1)),
    row(Ai, Mainland, (2021, 1, 1), 1_397),
    row(Ei, Mainland, (2021, 1, 1), 10_751).ordinary(),
    row(Aci, Mainland, (2021, 1, 1), 20_642).ordinary(),
    row(Etti, Mainland, (2021, 10, 1), 4_437),
    row(Ai, Mainland, (2021, 10, 1), 1_428),
    row(Eiti, Mainland, (2021, 10, 1), 5_794).until((2022, 1, 1)),
    row(Ei, Mainland, (2021, 10, 1), 10_988).ordinary(),
    row(Aci, Mainland, (2021, 10, 1), 21_096).ordinary().support(1_067),
    row(Ei, Mainland, (2021, 10, 1), 6_593).prison().until((2022, 1, 1)),
    row(Aci, Mainland, (2021, 10, 1), 12_658).prison().until((2022, 1, 1)),
    row(Etti, Mayotte, (2021, 10, 1), 3_349).until((2022, 1, 1)),
    row(Ai, Mayotte, (2021, 10, 1), 1_077).until((2022, 1, 1)),
    row(Eiti, Mayotte, (2021, 10, 1), 4_373).until((2022, 1, 1)),
    row(Ei, Mayotte, (2021, 10, 1), 8_294).ordinary().until((2022, 1, 1)),
    row(Aci, Mayotte, (2021, 10, 1), 15_924).ordinary().until((2022, 1, 1)),
    row(Ei, Mainland, (2022, 1, 1), 11_087),
    row(Etti, Mainland, (2022, 1, 1), 4_253),
    row(Ai, Mainland, (2022, 1, 1), 1_441),
    row(Aci, Mainland, (2022, 1, 1), 21_286),
    row(Bridge, Mainland, (2022, 1, 1), 2_114),
    row(Ei, Mainland, (2022, 5, 1), 11_381),
    row(Etti, Mainland, (2022, 5, 1), 4_366),
    row(Ai, Mainland, (2022, 5, 1), 1_479),
    row(Aci, Mainland, (2022, 5, 1), 21_850).support(1_106),
    row(Eiti, Mainland, (2022, 5, 1), 6_001).until((2022, 8, 1)),
    row(Bridge, Mainland, (2022, 5, 1), 2_170),
    row(Ei, Mayotte, (2022, 5, 1), 8_590),
    row(Etti, Mayotte, (2022, 5, 1), 3_295),
    row(Ai, Mayotte, (2022, 5, 1), 1_115),
    row(Aci, Mayotte, (2022, 5, 1), 16_493).support(834),
    row(Eiti, Mayotte, (2022, 5, 1), 4_529).until((2022, 8, 1)),
    row(Bridge, Mayotte, (2022, 5, 1), 1_639),
    row(Ei, Mainland, (2022, 8, 1), 11_609),
    row(Etti, Mainland, (2022, 8, 1), 4_454),
    row(Ai, Mainland, (2022, 8, 1), 1_509),
    row(Aci, Mainland, (2022, 8, 1), 22_289).support(1_128),
    row(Bridge, Mainland, (2022, 8, 1), 2_214).until((2023, 1, 1)),
    row(Ei, Mayotte, (2022, 8, 1), 8_763),
    row(Etti, Mayotte, (2022, 8, 1), 3_361),
    row(Ai, Mayotte, (2022, 8, 1), 1_138),
    row(Aci, Mayotte, (2022, 8, 1), 16_825).support(850),
    row(Bridge, Mayotte, (2022, 8, 1), 1_672).until((2023, 1, 1)),
    row(Ei, Mainland, (2023, 1, 1), 11_819),
    row(Etti, Mainland, (2023, 1, 1), 4_535),
    row(Ai, Mainland, (2023, 1, 1), 1_536),
    row(Aci, Mainland, (2023, 1, 1), 22_692).support(1_169),
    row(Ei, Mayotte, (2023, 1, 1), 8_922),
    row(Etti, Mayotte, (2023, 1, 1), 3_422),
    row(Ai, Mayotte, (2023, 1, 1), 1_159),
    row(Aci, Mayotte, (2023, 1, 1), 17_130),
    row(Ei, Mainland, (2023, 5, 1), 12_081),
    row(Etti, Mainland, (2023, 5, 1), 4_636),
    row(Ai, Mainland, (2023, 5, 1), 1_570),
    row(Aci, Mainland, (2023, 5, 1), 23_196).support(1_195),
    row(Bridge, Mainland, (2023, 5, 1), 2_304),
    row(Ei, Mayotte, (2023, 5, 1), 9_120),
    row(Etti, Mayotte, (2023, 5, 1), 3_498),
    row(Ai, Mayotte, (2023, 5, 1), 1_185),
    row(Aci, Mayotte, (2023, 5, 1), 17_510),
    row(Ei, Mainland, (2024, 1, 1), 12_218),
    row(Etti, Mainland, (2024, 1, 1), 4_688),
    row(Ai, Mainland, (2024, 1, 1), 1_588),
    row(Aci, Mainland, (2024, 1, 1), 23_458),
    row(Eiti, Mainland, (2024, 1, 1), 6_443),
    row(Bridge, Mainland, (2024, 1, 1), 2_330),
    row(Ei, Mayotte, (2024, 1, 1), 9_223),
    row(Etti, Mayotte, (2024, 1, 1), 3_538),
    row(Ai, Mayotte, (2024, 1, 1), 1_198),
    row(Aci, Mayotte, (2024, 1, 1), 17_708),
    row(Eiti, Mayotte, (2024, 1, 1), 4_862),
    row(Bridge, Mayotte, (2024, 1, 1), 1_760),
    row(Ei, Mainland, (2024, 11, 1), 12_459),
    row(Etti, Mainland, (2024, 11, 1), 4_781),
    row(Ai, Mainland, (2024, 11, 1), 1_619),
    row(Aci, Mainland, (2024, 11, 1), 23_921).support(1_233),
    row(Eiti, Mainland, (2024, 11, 1), 6_570).until((2025, 1, 1)),
    row(Bridge, Mainland, (2024, 11, 1), 2_376),
    row(Ei, Mayotte, (2024, 11, 1), 9_412),
    row(Etti, Mayotte, (2024, 11, 1), 3_610),
    row(Ai, Mayotte, (2024, 11, 1), 1_223),
    row(Aci, Mayotte, (2024, 11, 1), 18_070),
    row(Eiti, Mayotte, (2024, 11, 1), 4_961).until((2025, 1, 1)),
    row(Bridge, Mayotte, (2024, 11, 1), 1_796),
    row(Ei, Mainland, (2025, 1, 1), 13_304),
    row(Ei, Mayotte, (2025, 1, 1), 10_050),
];

const fn row(kind: AidKind, territory: Territory, valid_from: Day, euros: i64) -> Amount {
    Amount {
        kind,
        territory,
        perimeter: None,
        valid_from,
        valid_until: None,
        cents: Cents(euros * 100),
        of_which_support: None,
        order: order_of(valid_from),
    }
}

/// The arrêté behind the amounts of a first day, where it was found. Those of 2013, 2017 and
/// 1 January 2022 were read in the press, those of 1 January 2021 in the annexes of the ASP.
const fn order_of(valid_from: Day) -> Option<Day> {
    Some(match valid_from {
        (2014, ..) => (2014, 3, 6),
        (2015, ..) => (2015, 2, 18),
        (2016, ..) => (2016, 1, 14),
        (2018, ..) => (2018, 2, 15),
        (2019, ..) => (2019, 2, 27),
        (2020, ..) => (2020, 2, 7),
        (2021, 10, _) => (2021, 12, 21),
        (2022, 5, _) => (2022, 7, 5),
        (2022, 8, _) => (2022, 12, 5),
        (2023, ..) => (2023, 7, 28),
        (2024, 1, _) => (2024, 4, 30),
        (2024, 11, _) | (2025, ..) => (2024, 12, 4),
        _ => return None,
    })
}

impl Amount {
    const fn ordinary(self) -> Self {
        Self { perimeter: Some(Perimeter::Ordinary), ..self }
    }

    const fn prison(self) -> Self {
        Self { perimeter: Some(Perimeter::Prison), ..self }
    }

    const fn until(self, day: Day) -> Self {
        Self { valid_until: Some(day), ..self }
    }

    const fn support(self, euros: i64) -> Self {
        Self { of_which_support: Some(Cents(euros * 100)), ..self }
    }
}
