;; Counts down the polls, and reads the clock at zero. CPython counts its turns down from 50 and starts over when it
;; polls in a loop. A poll that finds the count at another value comes from `str()`, `repr()` and the like: it is ignored.
(module
  (import "clock" "read" (func $read (result i32)))
  (import "clock" "memory" (memory 0))
  (import "clock" "turns" (global $turns i32)) ;; the address of CPython's count
  (global $polls (export "polls") (mut i32) (i32.const 1)) ;; left before the clock is read
  (func (export "poll") (result i32)
    (if (i32.ne (i32.load (global.get $turns)) (i32.const 50)) (then (return (i32.const 0))))
    (global.set $polls (i32.sub (global.get $polls) (i32.const 1)))
    (if (result i32) (i32.gt_s (global.get $polls) (i32.const 0))
      (then (i32.const 0))
      (else (call $read)))))
