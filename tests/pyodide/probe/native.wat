;; An extension module of Python, as small as can be: `answer()` counts its calls in its own memory. It is called through
;; the table of functions, so it shows whether a shared library is linked, and linked again from a snapshot.
;; Layouts: https://docs.python.org/3/c-api/structures.html#c.PyMethodDef, https://docs.python.org/3/c-api/module.html#c.PyModuleDef
(module
  (import "env" "memory" (memory 0))
  (import "env" "__indirect_function_table" (table 1 funcref))
  (import "env" "__memory_base" (global $memory i32))
  (import "env" "__table_base" (global $table i32))
  (import "env" "PyModule_Create2" (func $create (param i32 i32) (result i32)))
  (import "env" "PyLong_FromLong" (func $long (param i32) (result i32)))
  (elem (global.get $table) $answer)
  ;; 0: PyModuleDef, 64: PyMethodDef[2], 96: two names, 112: the count
  (data (global.get $memory) "\01")
  (func $at (param $offset i32) (result i32) (i32.add (global.get $memory) (local.get $offset)))
  (func $answer (param i32 i32) (result i32)
    (i32.store (call $at (i32.const 112)) (i32.add (i32.load (call $at (i32.const 112))) (i32.const 1)))
    (call $long (i32.load (call $at (i32.const 112)))))
  (func (export "PyInit_native") (result i32)
    (i64.store (call $at (i32.const 96)) (i64.const 0x65766974616e)) ;; "native"
    (i64.store (call $at (i32.const 104)) (i64.const 0x726577736e61)) ;; "answer"
    (i32.store (call $at (i32.const 20)) (call $at (i32.const 96))) ;; m_name
    (i32.store (call $at (i32.const 28)) (i32.const -1)) ;; m_size: no state
    (i32.store (call $at (i32.const 32)) (call $at (i32.const 64))) ;; m_methods
    (i32.store (call $at (i32.const 64)) (call $at (i32.const 104))) ;; ml_name
    (i32.store (call $at (i32.const 68)) (global.get $table)) ;; ml_meth
    (i32.store (call $at (i32.const 72)) (i32.const 4)) ;; ml_flags: METH_NOARGS
    (call $create (global.get $memory) (i32.const 1013))))
