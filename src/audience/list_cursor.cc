#include "audience/list_cursor.h"

#include "audience/sealed_numbers.h"

namespace keepsake {
namespace {

constexpr std::string_view purpose = "list cursor";

}  // namespace

std::string CursorSeal::text(const ListCursor& cursor) const {
  return seal_numbers(key_, purpose, {cursor.published, cursor.item.value});
}

std::optional<ListCursor> CursorSeal::parse(std::string_view text) const {
  const auto numbers = open_numbers(key_, purpose, text, 2);
  if (!numbers || numbers->size() != 2) return std::nullopt;
  return ListCursor{(*numbers)[0], ItemId{(*numbers)[1]}};
}

}  // namespace keepsake
