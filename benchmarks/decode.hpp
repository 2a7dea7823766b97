#pragma once

/// Decoding of one page that is in memory, by the library and by its peers.
///
/// `decode/SHAPE/SIDE`, manual time: from the answer, as the transport hands it over, to the last campaign
/// freed. The copy of the page that a side uses up (the library's body, pugixml's buffer) is made outside of
/// the time, and is freed inside of it; sides that only read get the page itself. `time_per_campaign` is the
/// time of a record.
///
/// Registering them also tells glibc to give no memory back to the system: where its heap ends depends on
/// what ran before, and trimming there doubles the time of whichever side comes next.
///
/// * JSON: SHAPE is `yeastar_100`, `bsg_50`, `bsg_1000` or `smsup_1000`; SIDE is `library`, `simdjson`,
/// `sax`, `dom`
///   (both nlohmann) or `fill`. A ratio is taken within a shape; the figure of the row is the worst of the
///   four shapes: a mean would let the easy shapes hide the hard one.
/// * XML: SHAPE is `smsup_xml_1000`; SIDE is `library`, `expat` or `pugixml`.
///
/// `allocations/SHAPE`: the counters `library`, `structs` and `above` are allocations per campaign, of
/// decoding a page when pages like it were decoded before, of a copy of its campaigns, and their difference.
/// For JSON the copy is the one that `fill` makes.
void register_decode_benchmarks();

/// `hostile/GROUP`, for each vendor and format: decodes the answers of hostile.hpp once and again four times
/// as large. The counter `worst` is how many times as long the larger one takes, for the shape that says most
/// against the library; the label names it. `quick`: smaller ones, which show that it runs.
void register_hostile_benchmarks(bool quick);
