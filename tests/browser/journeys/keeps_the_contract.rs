//! The device's storage in a real browser keeps the promises that the one in memory keeps, and its
//! arithmetic gives the same bytes.

use shared::result::engine_3::conformance::Examples;

use crate::person::{Device, Person};
use crate::server::Server;

#[test]
fn indexed_db_keeps_the_promises_of_storage() {
    let server = Server::start_with_the_contract();
    let person = Person::at("contract", Device::Desk, &server.address);
    person.open("/");
    let told = person.eval(
        "import('/contract.js').then(async (app) => {
            await app.default({ module_or_path: '/contract_bg.wasm' });
            await app.storage_conformance();
            await app.files_conformance();
            return 'every promise is kept';
        }).catch(String)",
    );
    assert_eq!(told, "every promise is kept");
}

/// The same examples as the domain's own tests compute, and ten thousand more made out of them.
#[test]
fn the_arithmetic_gives_the_same_bytes() {
    let examples = include_str!("../../../shared/tests/golden/engine_3.json");
    let read: Examples = serde_json::from_str(examples).expect("the domain's tests read them");
    let server = Server::start_with_the_contract();
    let person = Person::at("arithmetic", Device::Desk, &server.address);
    person.open("/");
    let text = serde_json::to_string(examples).expect("a text is JSON");
    let told = person.eval(&format!(
        "import('/contract.js').then(async (app) => {{
            await app.default({{ module_or_path: '/contract_bg.wasm' }});
            return app.arithmetic_conformance({text}, 10000);
        }}).catch(String)"
    ));
    assert_eq!(told, read.digest(10_000).as_str());
}
