//! What many runs have in common.

/// The middle one, or the mean of the two in the middle.
///
/// # Panics
///
/// When there is none.
pub fn median(figures: impl IntoIterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = figures.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 {
        sorted[middle]
    } else {
        (sorted[middle - 1] + sorted[middle]) / 2.0
    }
}

/// How many times as much each round's figure is as the same round's base: median, least and most.
/// A machine that slows down for a while slows down both.
pub fn ratio(figures: &[f64], base: &[f64]) -> Ratio {
    let ratios: Vec<f64> = figures
        .iter()
        .zip(base)
        .map(|(figure, base)| figure / base)
        .collect();
    Ratio {
        median: median(ratios.iter().copied()),
        least: ratios.iter().copied().fold(f64::INFINITY, f64::min),
        most: ratios.iter().copied().fold(0.0, f64::max),
    }
}

/// Ratios of several rounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    pub median: f64,
    pub least: f64,
    pub most: f64,
}

/// With as many digits as tell something: `0.61`, `4.3`, `38`.
pub fn shown(figure: f64) -> String {
    match figure {
        0.0..1.995 => format!("{figure:.2}"),
        1.995..9.95 => format!("{figure:.1}"),
        _ => format!("{figure:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        for (figures, want) in [
            (&[3.0][..], 3.0),
            (&[9.0, 1.0], 5.0),
            (&[100.0, 1.0, 2.0], 2.0),
            (&[4.0, 1.0, 3.0, 2.0], 2.5),
        ] {
            assert_eq!(median(figures.iter().copied()), want, "{figures:?}");
        }
    }

    #[test]
    fn ratios_are_taken_round_by_round() {
        // The second round was slow for both: a ratio of medians would be 9 / 2.
        let want = Ratio {
            median: 4.0,
            least: 3.0,
            most: 9.0,
        };
        assert_eq!(ratio(&[9.0, 40.0, 6.0], &[1.0, 10.0, 2.0]), want);
    }

    #[test]
    fn figures_have_few_digits() {
        for (figure, want) in [
            (0.614, "0.61"),
            (1.0, "1.00"),
            (1.996, "2.0"),
            (4.26, "4.3"),
            (9.96, "10"),
            (38.4, "38"),
            (512.5, "512"),
        ] {
            assert_eq!(shown(figure), want);
        }
    }
}
