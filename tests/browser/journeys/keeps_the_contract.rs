//! The device's storage in a real browser keeps the promises that the one in memory keeps.

use crate::person::{Device, Person};
use crate::server::Server;

#[test]
fn indexed_db_keeps_the_promises_of_storage() {
    let server = Server::start_with_the_contract();
    let person = Person::at("contract", Device::Desk, &server.address);
    person.open("/");
    let told = person.eval(
        "import('/app.js').then(async (app) => {
            await app.default({ module_or_path: '/app_bg.wasm' });
            await app.storage_conformance();
            await app.files_conformance();
            return 'every promise is kept';
        }).catch(String)",
    );
    assert_eq!(told, "every promise is kept");
}
