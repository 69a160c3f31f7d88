//! Where a job stands.

use rollcall_core::Error;
use rollcall_core::api::{Failure, JobDetails, StatusName};
use rollcall_core::job::Export;

/// Where a job stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    /// Waits for its turn.
    Pending,
    Processing,
    Completed(Export),
    Failed(Failure),
    Expired,
}

impl Status {
    /// That of a job of the list.
    pub fn of(listed: &JobDetails) -> Self {
        match (listed.view.status, &listed.export) {
            (StatusName::Pending, _) => Self::Pending,
            (StatusName::Processing, _) => Self::Processing,
            (StatusName::Completed, Some(export)) => Self::Completed(export.clone()),
            (StatusName::Failed | StatusName::Completed, _) => Self::Failed(failure(listed)),
            (StatusName::Expired, _) => Self::Expired,
        }
    }
}

fn failure(listed: &JobDetails) -> Failure {
    match (listed.view.reason, &listed.failure) {
        (Some(reason), _) => reason.into(),
        (None, Some(error)) => error.clone().into(),
        (None, None) => {
            let details = listed.view.status_details.as_deref();
            Error::io(details.unwrap_or_default()).into()
        }
    }
}
