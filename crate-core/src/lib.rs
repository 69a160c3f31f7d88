//! Exports user profiles to CSV or NDJSON, bytes in and bytes out.
