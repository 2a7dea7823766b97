#pragma once

#include "polycampaign/error.hpp"

#include <string>
#include <string_view>

/// What PostgreSQL reports, in words that contain no value of a record and no part of a password.
namespace polycampaign::inline v1::journals {

/// Creates the tables of version 1. Can be repeated.
[[nodiscard]] std::string_view postgres_schema() noexcept;
/// Gives a role named `role` what it needs.
[[nodiscard]] std::string_view postgres_grants() noexcept;

/// An error of a statement, by its SQLSTATE. The server's own words may quote values, so they are left out.
[[nodiscard]] Error statement_failed(std::string_view sqlstate);
/// The connection broke, or the server did not answer in time.
[[nodiscard]] Error connection_lost(bool timed_out);
/// A connection could not be made. `said` is libpq's message, which may quote parts of a connection string
/// that was misread. Only what the server itself answered is passed on, without the password.
[[nodiscard]] Error not_connected(std::string_view said, std::string_view password);

}  // namespace polycampaign::inline v1::journals
