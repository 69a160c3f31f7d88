//! A request body that was pasted.

use rollcall_core::{ExportRequest, Plan};

use super::State;
use super::form::Form;
use crate::show;

const WANTS_CONNECTIONS: &str =
    "Choose the files first: connection_id is looked for among their connections.";

impl State {
    /// Fills the form from a request body, or says what is wrong with it.
    pub(super) fn paste(&mut self, text: &str) {
        match self.read(text) {
            Ok(form) => {
                self.form = form;
                self.paste_fault = None;
                self.announcement = "The form is filled from the JSON body.".to_owned();
            }
            Err(why) => {
                self.announcement = show::foreign(&why);
                self.paste_fault = Some(why);
            }
        }
    }

    fn read(&self, text: &str) -> Result<Form, String> {
        let request = ExportRequest::from_json(text.as_bytes()).map_err(|e| e.to_string())?;
        let plan = Plan::new(&request, &self.form.options()).map_err(|e| e.to_string())?;
        let findings = self.inspection.as_ref().map(|known| &known.findings);
        let found: Vec<_> = findings
            .iter()
            .flat_map(|findings| &findings.connections)
            .map(|found| found.connection.clone())
            .chain(self.form.connection.clone())
            .collect();
        let plan = match (plan.among(&found), &findings) {
            (Err(_), None) => return Err(WANTS_CONNECTIONS.to_owned()),
            (plan, _) => plan.map_err(|e| e.to_string())?,
        };
        let name = plan.connection_name();
        let connection = found.iter().find(|found| Some(found.name.as_str()) == name);
        Ok(self.form.filled(&request, connection.cloned()))
    }
}
