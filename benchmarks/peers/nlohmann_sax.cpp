#include "record.hpp"

#include <nlohmann/json.hpp>

#include <stdexcept>

namespace peers {
namespace {

using nlohmann::json;

/// Root object, array of records, record, its statistics or lists: levels 1 to 5.
template <Shape shape>
class Handler {
 public:
  Campaigns campaigns;

  bool null() { return true; }
  bool boolean(bool) { return true; }
  bool number_integer(json::number_integer_t value) { return number(value); }
  bool number_unsigned(json::number_unsigned_t value) {
    constexpr auto largest = static_cast<json::number_unsigned_t>(std::numeric_limits<std::int64_t>::max());
    return value > largest || number(static_cast<std::int64_t>(value));
  }
  bool number_float(json::number_float_t, std::string const&) { return true; }
  bool string(std::string& value) {
    if (!in_records_ || field_ == Field::other) return true;
    if (level_ == 3)
      put_text<shape>(campaigns.back(), field_, value);
    else if (shape == Shape::smsup && level_ == 5 && nested_id_)
      put_list_id(campaigns.back(), value);
    return true;
  }
  bool binary(json::binary_t&) { return true; }

  bool start_object(std::size_t) {
    if (++level_ == 3 && in_records_) begin_record<shape>(campaigns.emplace_back());
    return true;
  }
  bool end_object() {
    --level_;
    return true;
  }
  bool start_array(std::size_t) {
    if (++level_ == 2 && at_records_) in_records_ = true;
    return true;
  }
  bool end_array() {
    if (--level_ == 1) in_records_ = false;
    return true;
  }

  bool key(std::string& name) {
    switch (level_) {
      case 1: at_records_ = name == records_member(shape); break;
      case 3:
        if (in_records_) field_ = field_of<shape>(name);
        break;
      case 4:
        if (shape == Shape::bsg && in_records_) nested_ = field_of<shape>(name);
        break;
      case 5:
        if (shape == Shape::smsup && in_records_) nested_id_ = field_ == Field::lists && name == "id";
        break;
      default: break;
    }
    return true;
  }
  bool parse_error(std::size_t, std::string const&, json::exception const& what) {
    throw std::runtime_error{what.what()};
  }

 private:
  bool number(std::int64_t value) {
    if (!in_records_ || field_ == Field::other) return true;
    if (level_ == 3)
      put_number<shape>(campaigns.back(), field_, value);
    else if (shape == Shape::bsg && level_ == 4 && field_ == Field::statistics)
      put_number<shape>(campaigns.back(), nested_, value);
    return true;
  }

  int level_ = 0;
  bool at_records_ = false;
  bool in_records_ = false;
  bool nested_id_ = false;
  Field field_ = Field::other;
  Field nested_ = Field::other;
};

}

Campaigns nlohmann_sax(Shape shape, std::string const& page) {
  return with_shape(shape, [&](auto constant) {
    Handler<constant()> handler;
    json::sax_parse(page.data(), page.data() + page.size(), &handler);
    return std::move(handler.campaigns);
  });
}

}
