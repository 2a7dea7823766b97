#pragma once

#include <cstddef>
#include <string>

/// Vendors' answers as their documents show them, the same bytes for the same arguments: Yeastar's without
/// texts, SMSUP's with texts of 60 to 300 characters, a third of them beyond ASCII, numbers as strings.
namespace payload {

/// Campaigns `first` (counted from 0, newest first) to `first + count - 1` of `total`.
std::string yeastar_page(std::size_t first, std::size_t count, std::size_t total);
std::string bsg_page(std::size_t first, std::size_t count, std::size_t total);
std::string smsup_page(std::size_t first, std::size_t count, std::size_t total);
std::string smsup_page_xml(std::size_t first, std::size_t count);

/// The campaign 18000001, which was sent to so many.
std::string smsup_campaign(std::size_t recipients);
/// Messages of that campaign, `first` counted from 0, oldest first.
std::string smsup_messages(std::size_t first, std::size_t count, std::size_t total);

}
