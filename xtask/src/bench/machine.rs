//! Where and when it was measured.

use std::{fs, time::SystemTime};

/// What a reader needs to judge figures.
pub struct Machine {
    processor: String,
    cores: usize,
    memory: String,
    date: String,
    /// Processes that wanted to run before we started.
    load: String,
}

impl Machine {
    /// Looks around; what is not known is left open.
    pub fn look() -> Self {
        let read = |path| fs::read_to_string(path).unwrap_or_default();
        Self {
            processor: value(&read("/proc/cpuinfo"), "model name")
                .unwrap_or("unknown")
                .to_owned(),
            cores: std::thread::available_parallelism().map_or(0, usize::from),
            memory: value(&read("/proc/meminfo"), "MemTotal")
                .and_then(|text| text.trim_end_matches(" kB").parse::<f64>().ok())
                .map_or_else(
                    || "unknown".to_owned(),
                    |kib| format!("{:.0} GB", kib * 1024.0 / 1e9),
                ),
            date: humantime::format_rfc3339_seconds(SystemTime::now()).to_string(),
            load: read("/proc/loadavg")
                .split(' ')
                .next()
                .unwrap_or_default()
                .to_owned(),
        }
    }

    /// A line for the head of the tables.
    pub fn line(&self) -> String {
        let Self {
            processor,
            cores,
            memory,
            date,
            load,
        } = self;
        format!(
            "{} UTC, {processor}, {cores} cores, {memory} of memory, load {load} before the start",
            date.replace('T', " ")
                .trim_end_matches(":00Z")
                .trim_end_matches('Z')
        )
    }
}

fn value<'text>(text: &'text str, key: &str) -> Option<&'text str> {
    text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        (name.trim() == key).then_some(value.trim())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_linux_tells() {
        let text = "processor\t: 0\nmodel name\t: A processor: fast\n";
        assert_eq!(value(text, "model name"), Some("A processor: fast"));
        assert_eq!(value(text, "model"), None);
    }
}
