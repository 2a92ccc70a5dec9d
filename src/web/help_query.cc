#include "web/help_query.h"

#include "base/text.h"
#include "helpline/country.h"
#include "helpline/search.h"
#include "http/url.h"

namespace keepsake::web {

bool can_be_chosen(std::string_view country) {
  return is_country(country) || country == anywhere;
}

Result<HelpAsked> read_help_query(std::string_view query, const Respond& respond) {
  const auto fields = http::parse_form(query);
  if (!fields) return Refusal{Refused::malformed, respond.say("error_400_sentence"), ""};
  HelpAsked asked;
  for (const auto& [name, value] : *fields) {
    if (name == "country" && !value.empty()) {
      if (!can_be_chosen(value))
        return Refusal{Refused::invalid, "A country is two capital letters, such as NZ.", "country"};
      asked.country = value;
    } else if (name == "topic" && !value.empty()) {
      const auto topic = parse_topic(value);
      if (!topic)
        return Refusal{Refused::invalid, "This topic is not one that help can be found for.", "topic"};
      asked.topics.add(*topic);
    } else if (name == "q") {
      if (!is_clean_text(value) || value.size() > most_search_bytes)
        return Refusal{Refused::invalid, "This is too long to search for.", "q"};
      asked.search = std::string(trim(value));
    }
  }
  return asked;
}

std::string help_address(const HelpAsked& asked) {
  std::string address = "/help?";
  if (!asked.country.empty()) address += "country=" + asked.country + "&";
  asked.topics.each([&](Topic topic) { address += "topic=" + std::string(word_of(topic)) + "&"; });
  if (!asked.search.empty()) address += "q=" + http::percent_encode(asked.search) + "&";
  address.pop_back();
  return address;
}

}  // namespace keepsake::web
