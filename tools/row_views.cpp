#include "cells.hpp"
#include "rows.hpp"

#include <string>

namespace polycampaign::inline v1::command {

namespace {

CsvLine row_of(Account const& account, Formulas formulas) {
  CsvLine line{formulas};
  line.add_or_absent(account.name);
  line.add(account.provider->name);
  return line;
}

std::string joined_words(std::vector<std::string> const& words, std::string_view separator) {
  std::string text;
  for (auto const& word : words) text.append(text.empty() ? "" : separator).append(word);
  return text;
}

std::string const& as_it_is(std::string const& text) {
  return text;
}

std::string or_absent(std::string_view text) {
  return std::string{text.empty() ? absent : text};
}

/// A reply and an opt-out have the same members.
template <class Answer>
CsvLine answer_row(Answer const& answer, Account const& account, Formulas formulas) {
  auto line = row_of(account, formulas);
  line.add(answer.campaign);
  line.add(answer.number);
  line.add(answer.text);
  line.add(answer.at);
  line.add(answer.reference);
  return line;
}

constexpr std::string_view answer_header = "account,provider,campaign,number,text,at,reference";

}  // namespace

template <>
RowShape shape_of<Balance>() {
  return {.columns = {{.title = "ACCOUNT", .least = 8},
                      {.title = "PROVIDER"},
                      {.title = "BALANCE", .right = true},
                      {.title = "UNIT"},
                      {.title = "CREDIT LIMIT", .right = true}},
          .csv_header = "account,provider,amount,unit,credit_limit"};
}

CsvLine csv_row(Balance const& balance, Account const& account, Formulas formulas) {
  auto line = row_of(account, formulas);
  line.add(balance.amount.text());
  line.add(balance.unit);
  line.add_or_absent(balance.credit_limit ? balance.credit_limit->text() : std::string{});
  return line;
}

std::vector<std::string> cells_of(Balance const& balance, Account const& account) {
  return {account.name, std::string{account.provider->name}, balance.amount.text(), balance.unit,
          balance.credit_limit ? balance.credit_limit->text() : std::string{absent}};
}

template <>
RowShape shape_of<Sender>() {
  return {.columns = {{.title = "ACCOUNT", .least = 8},
                      {.title = "SENDER", .least = 8},
                      {.title = "CHANNEL"},
                      {.title = "STATUS"},
                      {.title = "ID", .least = 8},
                      {.title = "COUNTRIES", .least = 8},
                      {.title = "DEFAULT"}},
          .csv_header = "account,provider,id,sender,channel,status,vendor_status,countries,is_default"};
}

CsvLine csv_row(Sender const& sender, Account const& account, Formulas formulas) {
  auto line = row_of(account, formulas);
  line.add(sender.id);
  line.add(sender.text);
  line.add_or_absent(sender.channel ? to_string(*sender.channel) : std::string_view{});
  line.add(to_string(sender.status.code));
  line.add(sender.status.vendor_word);
  line.add_list(sender.countries, as_it_is);
  line.add_or_absent(!sender.is_default ? "" : *sender.is_default ? "true" : "false");
  return line;
}

std::vector<std::string> cells_of(Sender const& sender, Account const& account) {
  return {account.name,
          sender.text,
          or_absent(sender.channel ? to_string(*sender.channel) : std::string_view{}),
          std::string{to_string(sender.status.code)},
          text_or_absent(sender.id),
          or_absent(joined_words(sender.countries, " ")),
          sender.is_default.value_or(false) ? "yes" : std::string{absent}};
}

template <>
RowShape shape_of<RecipientList>() {
  return {.columns = {{.title = "ACCOUNT", .least = 8},
                      {.title = "ID", .least = 12},
                      {.title = "NAME", .least = 10},
                      {.title = "SIZE", .right = true},
                      {.title = "CREATED (UTC)", .dispensable = 1}},
          .csv_header = "account,provider,id,name,size,created_at,notes"};
}

CsvLine csv_row(RecipientList const& list, Account const& account, Formulas formulas) {
  auto line = row_of(account, formulas);
  line.add(list.id);
  line.add(list.name);
  line.add(list.size);
  line.add(list.created_at);
  line.add_list(list.notes, as_it_is);
  return line;
}

std::vector<std::string> cells_of(RecipientList const& list, Account const& account) {
  return {account.name, text_or_absent(list.id), text_or_absent(list.name), count_text(list.size),
          minute(list.created_at)};
}

template <>
RowShape shape_of<Message>() {
  return {.columns = {{.title = "NUMBER"},
                      {.title = "STATUS", .least = 11},
                      {.title = "SENT (UTC)"},
                      {.title = "REPORTED (UTC)", .dispensable = 2},
                      {.title = "PARTS", .right = true, .dispensable = 4},
                      {.title = "COST", .right = true, .dispensable = 3},
                      {.title = "REFERENCE", .least = 9, .dispensable = 1}},
          .csv_header =
              "account,provider,id,campaign,reference,number,sender,text,status,vendor_status,"
              "created_at,sent_at,reported_at,parts,cost_amount,cost_unit,cost_kind,country,notes"};
}

CsvLine csv_row(Message const& message, Account const& account, Formulas formulas) {
  auto line = row_of(account, formulas);
  line.add_or_absent(message.id);
  for (auto const* text :
       {&message.campaign, &message.reference, &message.number, &message.sender, &message.text})
    line.add(*text);
  line.add(to_string(message.status.code));
  line.add(message.status.vendor_word);
  for (auto const* time : {&message.created_at, &message.sent_at, &message.reported_at}) line.add(*time);
  line.add(message.parts);
  line.add(message.cost);
  line.add(message.country);
  line.add_list(message.notes, as_it_is);
  return line;
}

std::vector<std::string> cells_of(Message const& message, Account const&) {
  std::string status{to_string(message.status.code)};
  if (message.status.code == MessageStatusCode::unknown && message.status.vendor_word)
    status.append(": ").append(*message.status.vendor_word);
  return {text_or_absent(message.number),   std::move(status),         minute(message.sent_at),
          minute(message.reported_at),      count_text(message.parts), cost_cell(message.cost),
          text_or_absent(message.reference)};
}

template <>
RowShape shape_of<Reply>() {
  return {.columns = {{.title = "NUMBER"},
                      {.title = "TIME (UTC)"},
                      {.title = "TEXT", .least = 20},
                      {.title = "REFERENCE", .least = 9, .dispensable = 1}},
          .csv_header = answer_header};
}

CsvLine csv_row(Reply const& reply, Account const& account, Formulas formulas) {
  return answer_row(reply, account, formulas);
}

std::vector<std::string> cells_of(Reply const& reply, Account const&) {
  return {text_or_absent(reply.number), minute(reply.at), text_or_absent(reply.text),
          text_or_absent(reply.reference)};
}

template <>
RowShape shape_of<OptOut>() {
  return {.columns = {{.title = "NUMBER"},
                      {.title = "TIME (UTC)"},
                      {.title = "CAMPAIGN", .least = 8},
                      {.title = "TEXT", .least = 10, .dispensable = 1}},
          .csv_header = answer_header};
}

CsvLine csv_row(OptOut const& opt_out, Account const& account, Formulas formulas) {
  return answer_row(opt_out, account, formulas);
}

std::vector<std::string> cells_of(OptOut const& opt_out, Account const&) {
  return {text_or_absent(opt_out.number), minute(opt_out.at), text_or_absent(opt_out.campaign),
          text_or_absent(opt_out.text)};
}

}  // namespace polycampaign::inline v1::command
