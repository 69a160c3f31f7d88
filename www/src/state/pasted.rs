//! A request body that was pasted.

use rollcall_core::{ExportRequest, Plan};

use super::State;
use super::form::{Form, Wanted};
use crate::show;

const WANTS_CONNECTIONS: &str =
    "Choose the files first: connection_id is looked up among their connections.";

impl State {
    /// Fills the form from a request body, or says what is wrong with it.
    pub(super) fn paste(&mut self, text: &str) {
        match self.read(text) {
            Ok(form) => {
                self.form = form;
                self.paste_fault = None;
                self.announcement = "The form is filled in from the JSON body.".to_owned();
            }
            Err(why) => {
                self.announcement = show::foreign(&why);
                self.paste_fault = Some(why);
            }
        }
    }

    fn read(&self, text: &str) -> Result<Form, String> {
        let request = ExportRequest::from_json(text.as_bytes()).map_err(|e| e.to_string())?;
        let plan = Plan::new(&request, &self.form.options).map_err(|e| e.to_string())?;
        let findings = self.inspection.as_ref().map(|known| &known.findings);
        let chosen = self.form.connection.as_ref().and_then(Wanted::found);
        let found: Vec<_> = findings
            .iter()
            .flat_map(|findings| &findings.connections)
            .map(|found| found.connection.clone())
            .chain(chosen.cloned())
            .collect();
        let connection = match (plan.among(&found), &self.inspection) {
            (Ok(plan), _) => {
                let name = plan.connection_name();
                let known = found.into_iter().find(|known| Some(&*known.name) == name);
                known.map(Wanted::Found)
            }
            (Err(_), None) => return Err(WANTS_CONNECTIONS.to_owned()),
            (Err(error), Some(inspection)) if inspection.lists_all() => {
                return Err(error.to_string());
            }
            // One of those that are not listed, or not found yet.
            (Err(_), Some(_)) => request.connection_id.clone().map(Wanted::Typed),
        };
        Ok(self.form.filled(&request, connection))
    }
}
