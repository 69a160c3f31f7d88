//! Downloads, and the links that they go through.

use std::rc::Rc;
use std::time::Duration;

use gloo_file::ObjectUrl;
use yew::platform::spawn_local;
use yew::platform::time::sleep;

use super::{JOBS, Runner};
use crate::download::{LINK_SECONDS, save};
use crate::state::Action;
use crate::tenant;

impl Runner {
    /// Gets a fresh link to the file of a completed job, which ends after a while, and saves it.
    pub(super) fn download(self: &Rc<Self>, id: String, name: String) {
        let runner = self.clone();
        spawn_local(async move {
            match fresh_link(&id, &name).await {
                Ok(link) => runner.keep(id, link).await,
                Err(why) => {
                    // The job may have failed for the same reason.
                    runner.list().await;
                    runner.dispatch.emit(Action::JobFault(id, why));
                }
            }
        });
    }

    async fn keep(&self, id: String, link: ObjectUrl) {
        let url = link.to_string();
        self.links.borrow_mut().insert(id.clone(), link);
        sleep(Duration::from_secs(LINK_SECONDS)).await;
        let mut links = self.links.borrow_mut();
        if links.get(&id).is_some_and(|link| **link == *url) {
            links.remove(&id);
        }
    }
}

async fn fresh_link(id: &str, name: &str) -> Result<ObjectUrl, String> {
    #[derive(serde::Deserialize)]
    struct Completed {
        location: String,
    }
    let job = tenant::ask("GET", &format!("{JOBS}/{id}")).await?;
    let Completed { location } = job.read()?;
    let file = tenant::ask("GET", &location).await?.file();
    let file = file.ok_or("The file is gone: run the export again.")?;
    save(file, name).map_err(|_| "The browser refused to save the file.".to_owned())
}
