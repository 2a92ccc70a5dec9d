#include "upkeep/house_texts.h"

#include <algorithm>

#include "base/text.h"
#include "upkeep/house_text_store.h"

namespace keepsake {
namespace {

constexpr std::array kinds = {HouseText::contact, HouseText::privacy, HouseText::help};

std::string with_plain_line_ends(std::string_view text) {
  std::string plain(text);
  std::erase(plain, '\r');
  return plain;
}

Refusal fault(std::string sentence) {
  return {Refused::invalid, std::move(sentence), "body"};
}

}  // namespace

HouseTexts::All HouseTexts::all() {
  {
    const std::lock_guard lock(mutex_);
    if (epoch_.still(kept_.epoch)) return kept_.texts;
  }
  const auto epoch = epoch_.current();  // before what it guards is read
  All texts;
  database_.read([&](db::Reader& reader) {
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      auto text = house_text_store::find(reader, kinds[i]);
      if (text) texts[i] = std::make_shared<const OwnText>(*std::move(text));
    }
  });
  const std::lock_guard lock(mutex_);
  kept_ = {epoch, texts};
  return texts;
}

std::shared_ptr<const OwnText> HouseTexts::find(HouseText kind) {
  return all().at(static_cast<std::size_t>(kind));
}

Result<Done> HouseTexts::set(HouseText kind, std::string_view lang, std::string_view body) {
  if (!is_clean_text(body)) return fault("This text holds characters that cannot be kept.");
  const std::string plain(trim(with_plain_line_ends(body)));
  if (plain.size() > most_characters * 4 || code_points(plain) > most_characters)
    return fault("This text can have up to 20,000 letters.");
  database_.write([&](db::Tx& tx) {
    if (plain.empty()) {
      house_text_store::remove(tx, kind);
    } else {
      house_text_store::put(tx, kind, {std::string(lang), plain, clock_.now()});
    }
    epoch_.raise(tx);
  });
  return Done{};
}

}  // namespace keepsake
