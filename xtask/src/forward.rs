//! Puts tiny functions into those that call them, in each file of the program.
//!
//! Cutting the program into parts leaves a function of its own for every function of another part
//! that is called: a quarter of what a start runs. A browser compiles each when it is first called,
//! and the price is paid by the function, not by the byte.

use std::collections::HashMap;

use anyhow::anyhow;
use walrus::ir::{self, Instr, InstrLocId, InstrSeq, VisitorMut};
use walrus::{FunctionId, LocalFunction, LocalId, Module, ModuleConfig, ModuleLocals, ValType};

/// The most instructions of a function that is put where it is called.
const MOST: usize = 8;
/// What was put into another function may itself call a tiny one.
const ROUNDS: usize = 3;

/// A function without branches or locals of its own.
struct Tiny {
    params: Vec<(LocalId, ValType)>,
    /// Whether it begins by passing on its parameters in order and does not look at them again: then
    /// they stay where they are.
    passes_on: bool,
    instrs: Vec<Instr>,
}

/// Gives a program whose tiny functions stand where they are called.
///
/// # Errors
///
/// Fails for what is no program.
pub(crate) fn inlined(program: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut config = ModuleConfig::new();
    config
        .generate_name_section(false)
        .generate_producers_section(false);
    let mut module = Module::from_buffer_with_config(program, &config)
        .map_err(|error| anyhow!("a file of the program cannot be read: {error:#}"))?;
    for _ in 0..ROUNDS {
        let tiny: HashMap<FunctionId, Tiny> = module
            .funcs
            .iter_local()
            .filter_map(|(id, function)| Some((id, tiny(&module, function)?)))
            .collect();
        let locals = &mut module.locals;
        for (_, function) in module.funcs.iter_local_mut() {
            let entry = function.entry_block();
            let mut inliner = Inliner {
                tiny: &tiny,
                locals,
                places: HashMap::new(),
            };
            ir::dfs_pre_order_mut(&mut inliner, function, entry);
        }
        walrus::passes::gc::run(&mut module);
    }
    Ok(module.emit_wasm())
}

/// What a function does, if it is tiny.
fn tiny(module: &Module, function: &LocalFunction) -> Option<Tiny> {
    let params: Vec<_> = function
        .args
        .iter()
        .map(|local| (*local, module.locals.get(*local).ty()))
        .collect();
    let all = &function.block(function.entry_block()).instrs;
    if all.len() > MOST + params.len() {
        return None;
    }
    let begins = all.len() >= params.len()
        && params.iter().zip(all).all(
            |((param, _), (instr, _))| matches!(instr, Instr::LocalGet(get) if get.local == *param),
        );
    let rest = if begins { &all[params.len()..] } else { all };
    let looks = |(instr, _): &(Instr, InstrLocId)| matches!(instr, Instr::LocalGet(_));
    let passes_on = begins && !rest.iter().any(looks);
    let instrs = if passes_on { rest } else { all };
    if instrs.len() > MOST {
        return None;
    }
    let plain = |instr: &Instr| match instr {
        Instr::LocalGet(get) => function.args.contains(&get.local),
        Instr::Const(_)
        | Instr::Call(_)
        | Instr::CallIndirect(_)
        | Instr::GlobalGet(_)
        | Instr::Binop(_)
        | Instr::Unop(_)
        | Instr::Load(_)
        | Instr::Store(_)
        | Instr::Drop(_) => true,
        _ => false,
    };
    let instrs: Vec<Instr> = instrs.iter().map(|(instr, _)| instr.clone()).collect();
    instrs.iter().all(plain).then_some(Tiny {
        params,
        passes_on,
        instrs,
    })
}

/// Puts tiny functions into one function.
struct Inliner<'a> {
    tiny: &'a HashMap<FunctionId, Tiny>,
    locals: &'a mut ModuleLocals,
    /// Where parameters are kept: what stands there is used up before the next tiny function.
    places: HashMap<(ValType, usize), LocalId>,
}

impl Inliner<'_> {
    fn put(&mut self, tiny: &Tiny, loc: InstrLocId, into: &mut Vec<(Instr, InstrLocId)>) {
        if tiny.passes_on {
            into.extend(tiny.instrs.iter().map(|instr| (instr.clone(), loc)));
            return;
        }
        let mut places = HashMap::new();
        for (nth, (param, kind)) in tiny.params.iter().enumerate() {
            let locals = &mut *self.locals;
            let place = self.places.entry((*kind, nth));
            let place = *place.or_insert_with(|| locals.add(*kind));
            places.insert(*param, place);
        }
        // The last argument lies on top.
        for (param, _) in tiny.params.iter().rev() {
            let local = places[param];
            into.push((Instr::LocalSet(ir::LocalSet { local }), loc));
        }
        for instr in &tiny.instrs {
            let mut instr = instr.clone();
            if let Instr::LocalGet(get) = &mut instr {
                get.local = places[&get.local];
            }
            into.push((instr, loc));
        }
    }
}

impl VisitorMut for Inliner<'_> {
    fn start_instr_seq_mut(&mut self, seq: &mut InstrSeq) {
        let instrs = std::mem::take(&mut seq.instrs);
        for (instr, loc) in instrs {
            let callee = match &instr {
                Instr::Call(call) => self.tiny.get(&call.func),
                _ => None,
            };
            match callee {
                Some(callee) => self.put(callee, loc, &mut seq.instrs),
                None => seq.instrs.push((instr, loc)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use walrus::FunctionBuilder;

    use super::*;

    /// A program whose `outer` calls a function that calls another of another file.
    fn program() -> Vec<u8> {
        let mut module = Module::default();
        let kind = module
            .types
            .add(&[ValType::I32, ValType::I32], &[ValType::I32]);
        let (table, _) =
            module.add_import_table("main", "table", false, 1, None, walrus::RefType::FUNCREF);
        let (first, second) = (
            module.locals.add(ValType::I32),
            module.locals.add(ValType::I32),
        );
        let mut shim = FunctionBuilder::new(&mut module.types, &[ValType::I32; 2], &[ValType::I32]);
        shim.func_body()
            .local_get(first)
            .local_get(second)
            .i32_const(7)
            .call_indirect(kind, table);
        let shim = shim.finish(vec![first, second], &mut module.funcs);
        let (less, more) = (
            module.locals.add(ValType::I32),
            module.locals.add(ValType::I32),
        );
        let mut turned =
            FunctionBuilder::new(&mut module.types, &[ValType::I32; 2], &[ValType::I32]);
        turned
            .func_body()
            .local_get(more)
            .local_get(less)
            .call(shim);
        let turned = turned.finish(vec![less, more], &mut module.funcs);
        let mut outer = FunctionBuilder::new(&mut module.types, &[], &[ValType::I32]);
        outer.func_body().i32_const(3).i32_const(5).call(turned);
        let outer = outer.finish(Vec::new(), &mut module.funcs);
        module.exports.add("outer", outer);
        module.emit_wasm()
    }

    #[test]
    fn tiny_functions_stand_where_they_are_called() {
        let written = inlined(&program()).expect("it is a program");
        let module = Module::from_buffer(&written).expect("a program is written");
        let functions: Vec<_> = module.funcs.iter_local().collect();
        let [(_, outer)] = &*functions else {
            panic!("one function is left, not {}", functions.len());
        };
        let instrs = &outer.block(outer.entry_block()).instrs;
        // 3 and 5 are turned round by way of two places: the last lies on top.
        let words = instrs.iter().map(|(instr, _)| match instr {
            Instr::Const(_) => "const",
            Instr::LocalSet(_) => "set",
            Instr::LocalGet(_) => "get",
            Instr::CallIndirect(_) => "call",
            _ => "other",
        });
        let words: Vec<_> = words.collect();
        assert_eq!(
            words,
            [
                "const", "const", "set", "set", "get", "get", "const", "call"
            ]
        );
        let set = |at: usize| match &instrs[at].0 {
            Instr::LocalSet(set) => set.local,
            other => panic!("{other:?}"),
        };
        let get = |at: usize| match &instrs[at].0 {
            Instr::LocalGet(get) => get.local,
            other => panic!("{other:?}"),
        };
        // 5 is set first and asked for first.
        assert_eq!((set(2), set(3)), (get(4), get(5)));
    }

    #[test]
    fn what_is_no_program_is_refused() {
        inlined(b"no program").expect_err("nobody could read it");
    }
}
