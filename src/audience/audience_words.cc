#include "audience/audience_words.h"

#include <algorithm>

#include "audience/circle_store.h"
#include "audience/guest_link_store.h"
#include "person/people.h"

namespace keepsake {
namespace {

Refusal invalid(std::string sentence) {
  return {Refused::invalid, std::move(sentence), "audience"};
}

std::optional<Key> key_without_name(std::string_view text, PersonId author) {
  if (text == "public") return Key::everyone();
  if (text == "door") return Key::door();
  if (text == "members") return Key::members();
  if (text == "followers") return Key::followers(author);
  return std::nullopt;
}

Result<Key> circle_named(db::Reader& reader, PersonId author, std::string_view name) {
  const auto id = PublicId::parse(name);
  const auto circle = id ? circle_store::row_of(reader, author, *id) : std::nullopt;
  if (!circle) return invalid("That circle is not one of yours.");
  return Key::circle(*circle);
}

Result<Key> person_named(db::Reader& reader, PersonId author, std::string_view name) {
  const auto person = People::find(reader, typed_name(name));
  if (!person) return invalid("There is nobody here by that name.");
  if (person->id == author) return invalid("You can always see your own story.");
  return Key::person(person->id);
}

Result<Key> link_named(db::Reader& reader, const std::optional<ItemId>& item, std::string_view name) {
  const auto id = PublicId::parse(name);
  const auto link = id && item ? guest_link_store::row_of(reader, *item, *id) : std::nullopt;
  if (!link) return invalid("That guest link does not belong to this story.");
  return Key::link(*link);
}

}  // namespace

Result<Key> AudienceWords::parse(db::Reader& reader, PersonId author, const std::optional<ItemId>& item,
                                 std::string_view text) {
  if (const auto key = key_without_name(text, author)) return *key;
  const auto colon = text.find(':');
  const auto kind = text.substr(0, colon);
  const auto name = colon == text.npos ? std::string_view() : text.substr(colon + 1);
  if (kind == "circle") return circle_named(reader, author, name);
  if (kind == "person") return person_named(reader, author, name);
  if (kind == "link") return link_named(reader, item, name);
  return invalid("An audience is public, door, members, followers, circle:ID, person:NAME or link:ID.");
}

Result<std::vector<Key>> AudienceWords::parse_all(db::Reader& reader, PersonId author,
                                                  const std::optional<ItemId>& item,
                                                  const std::vector<std::string>& texts) {
  if (texts.size() > most_words)
    return invalid("A story’s audience can name up to " + std::to_string(most_words) +
                   " people, circles and links. A circle can hold more.");
  std::vector<Key> keys;
  for (const auto& text : texts) {
    const auto key = parse(reader, author, item, text);
    if (key.refused()) return key.refusal();
    keys.push_back(*key);
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

std::optional<std::string> AudienceWords::say(db::Reader& reader, Key key) {
  const auto with = [](std::string_view kind, const auto& name) {
    return name ? std::optional(std::string(kind) + *name) : std::nullopt;
  };
  const auto text = [](const std::optional<PublicId>& id) {
    return id ? std::optional(id->text()) : std::nullopt;
  };
  switch (key.kind()) {
    case KeyKind::everyone:
      return "public";
    case KeyKind::door:
      return "door";
    case KeyKind::members:
      return "members";
    case KeyKind::followers:
      return "followers";
    case KeyKind::circle:
      return with("circle:", text(circle_store::public_id(reader, CircleId{key.id()})));
    case KeyKind::link:
      return with("link:", text(guest_link_store::public_id(reader, LinkId{key.id()})));
    case KeyKind::person:
      if (const auto person = People::find(reader, PersonId{key.id()})) return "person:" + person->name;
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace keepsake
