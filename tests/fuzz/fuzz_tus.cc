// What uploads bring in their headers, and the first bytes and the name of what they bring: the header is
// read as one of the three that have a form of their own.
#include <string>
#include <string_view>

#include "base/text.h"
#include "fuzz/targets.h"
#include "photo/media.h"
#include "web/tus.h"

namespace keepsake::fuzz {
namespace {

using namespace web;

std::string_view without_zeros(std::string_view digits) {
  const std::size_t first = digits.find_first_not_of('0');
  return first == digits.npos ? digits.substr(digits.size() - 1) : digits.substr(first);
}

}  // namespace

void tus(ByteView input) {
  const std::string_view text = as_text(input);
  if (const auto number = tus::parse_number(text)) {
    must(*number >= 0, "no number is below zero");
    must(std::to_string(*number) == without_zeros(text), "a number is its digits");
  }
  if (const auto checksum = tus::parse_checksum(text); !checksum.refused()) {
    const std::size_t size = checksum->algorithm == HashAlgorithm::sha1 ? 20 : 32;
    must(checksum->value.size() == size, "a checksum has the size of its algorithm");
  }
  const auto name = tus::metadata(text, "filename");
  const std::string clean = media::clean_name(name.value_or(std::string(text)));
  must(clean.size() <= 200 && is_clean_text(clean), "a name is short and clean");
  must(clean.find_first_of("/\\\r\n") == clean.npos, "a name leads nowhere");
  must(media::clean_name(clean) == clean, "a clean name stays");
  if (const auto type = media::type_of(input)) must(type->find('/') != type->npos, "a media type is one");
}

}  // namespace keepsake::fuzz
