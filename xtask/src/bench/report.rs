//! The tables, as markdown.

use super::{
    contender::{Group, Measured},
    data::Data,
    field::is_base,
    figures::{self, Ratio, median},
    machine::Machine,
    rounds::Outcome,
};

/// All tables, with where and when under which they were measured.
pub fn markdown(outcomes: &[Outcome], machine: &Machine, data: &Data, rounds: u32) -> String {
    let megabytes = data.bytes().unwrap_or_default() as f64 / 1e6;
    let mut text = format!(
        "{}. {} users, {megabytes:.0} MB. Medians of {rounds}; ratios are taken round by round, \
         with the minimum and maximum in brackets.\n",
        machine.line(),
        data.count(),
    );
    for group in Group::ALL {
        let members: Vec<_> = outcomes
            .iter()
            .filter(|outcome| outcome.contender.group == group)
            .collect();
        if !members.is_empty() {
            text += &table(group, &members);
        }
    }
    text
}

fn table(group: Group, members: &[&Outcome]) -> String {
    let mut text = format!(
        "\n### {}\n\n| | MB/s | time relative to Rollcall | MB per CPU second | CPU time relative to Rollcall | peak memory, MB | |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | --- |\n",
        group.title()
    );
    for outcome in members {
        text += &row(outcome, members[0]);
    }
    text
}

fn row(outcome: &Outcome, base: &Outcome) -> String {
    let version = outcome
        .version
        .as_ref()
        .map(|version| format!(" {version}"))
        .unwrap_or_default();
    let title = format!("{}{version}", outcome.contender.title);
    if let Some(why) = &outcome.failure {
        return format!(
            "| {title} | not run: {} | | | | | |\n",
            why.replace('\n', " ").replace('|', "/")
        );
    }
    let speed = |seconds: fn(&Measured) -> f64| {
        median(
            outcome
                .runs
                .iter()
                .map(|run| run.bytes as f64 / 1e6 / seconds(run)),
        )
    };
    let against = |seconds: fn(&Measured) -> f64| {
        let all = |outcome: &Outcome| outcome.runs.iter().map(seconds).collect::<Vec<_>>();
        match (base.runs.is_empty(), is_base(outcome.contender)) {
            (false, false) => ratio(figures::ratio(&all(outcome), &all(base))),
            _ => String::new(),
        }
    };
    let (wall, cpu) = (
        |run: &Measured| run.seconds,
        |run: &Measured| run.cpu_seconds,
    );
    let memory = median(outcome.runs.iter().map(|run| run.memory as f64 / 1e6));
    format!(
        "| {title} | {:.0} | {} | {:.0} | {} | {memory:.0} | {} |\n",
        speed(wall),
        against(wall),
        speed(cpu),
        against(cpu),
        outcome.contender.remark
    )
}

fn ratio(
    Ratio {
        median,
        least,
        most,
    }: Ratio,
) -> String {
    let [median, least, most] = [median, least, most].map(figures::shown);
    format!("{median} ({least}-{most})")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::field::chosen;

    #[test]
    fn a_table_has_a_row_for_each() {
        let contenders = chosen(&["jq".to_owned(), "miller".to_owned()], |_| true);
        let [rollcall, jq, miller] = contenders.as_slice() else {
            panic!("three are chosen");
        };
        let outcomes = [
            Outcome::of(rollcall, &[(1.0, 0.8), (2.0, 0.9), (1.0, 0.8)], 500_000_000),
            Outcome::of(jq, &[(38.0, 37.0), (90.0, 37.0), (40.0, 37.0)], 500_000_000),
            Outcome::failed(miller, "no | package\nof that name"),
        ];
        let want = "\n### Native, one thread unless stated otherwise\n\n\
            | | MB/s | time relative to Rollcall | MB per CPU second | CPU time relative to Rollcall | peak memory, MB | |\n\
            | --- | ---: | ---: | ---: | ---: | ---: | --- |\n\
            | **Rollcall** 1.2 | 500 |  | 625 |  | 21 | every record fully checked |\n\
            | jq 1.2 | 12 | 40 (38-45) | 14 | 46 (41-46) | 21 |  |\n\
            | Miller 1.2 | not run: no / package of that name | | | | | |\n";
        assert_eq!(
            table(Group::Native, &outcomes.iter().collect::<Vec<_>>()),
            want
        );
    }
}
