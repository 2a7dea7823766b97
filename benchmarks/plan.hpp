#pragma once

/// `plan/few` and `plan/many`: one campaign of 10,000 and of 1,000,000 recipients (`quick`: 200 and 20,000),
/// each with a text of its own, every hundredth number a repeated one. Without a network. The counter `bytes`
/// is what one plan takes from the heap for each recipient, given back or not.
void register_plan_benchmarks(bool quick);
